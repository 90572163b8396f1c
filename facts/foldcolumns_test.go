package facts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

const tzgg = foldHome + "zwgk/tzgg/"

// column folds a site whose column 通知公告 has these records.
func column(t *testing.T, records ...*govsweep.Record) govsweep.ColumnActivity {
	t.Helper()
	return columnOf(t, foldAll(foldInput(), append(records, homeRecord(navLink("zwgk/tzgg/", "通知公告")))...), "zwgk/tzgg/")
}

func front1(f *govsweep.PageFacts) *govsweep.Record { return rec(govsweep.ColumnRole, tzgg, f) }

func withResponse(resp govsweep.Response, f *govsweep.PageFacts) *govsweep.PageFacts {
	f.Response = resp
	return f
}

func TestColumnStates(t *testing.T) {
	item := li(tzgg+"1.html", "通知", "2021-08-02")
	call := func(f *govsweep.PageFacts) *govsweep.Record {
		r := rec(govsweep.ListCallRole, foldHome+"data?col=1", f)
		r.Visit.Form, r.Visit.Column = "col=1", tzgg
		r.Visit.Key = address.Key(r.Visit.URL, r.Visit.Form)
		return r
	}
	shell := func() *govsweep.Record {
		return front1(&govsweep.PageFacts{Response: govsweep.Shell, ListCalls: []govsweep.ListCall{{URL: foldHome + "data?col=1", Form: "col=1"}}})
	}
	robots := failed(govsweep.ColumnRole, tzgg, 0)
	robots.Failure = govsweep.FailRobots
	cut := front1(blankList())
	cut.Truncated = true
	cases := []struct {
		name    string
		records []*govsweep.Record
		state   govsweep.ListState
		unread  string
		looks   int
		items   int
	}{
		{"a list", []*govsweep.Record{front1(listed(item))}, govsweep.Listed, "", 1, 1},
		{"attachments only", []*govsweep.Record{front1(&govsweep.PageFacts{List: &govsweep.List{State: govsweep.AttachmentsOnly, Items: []govsweep.ListItem{item}}})}, govsweep.AttachmentsOnly, "", 1, 1},
		{"blank, seen once", []*govsweep.Record{front1(blankList())}, govsweep.BlankList, "", 1, 0},
		{"blank, seen twice", []*govsweep.Record{front1(blankList()), again(front1(blankList()))}, govsweep.BlankList, "", 2, 0},
		{"blank, then a list", []*govsweep.Record{front1(blankList()), again(front1(listed(item)))}, "", "两次读取结果不一致", 0, 1},
		{"blank, then a refusal", []*govsweep.Record{front1(blankList()), again(failed(govsweep.ColumnRole, tzgg, 503))}, "", "服务器返回错误（状态码503）", 0, 0},
		{"a refusal, then a list", []*govsweep.Record{failed(govsweep.ColumnRole, tzgg, 503), again(front1(listed(item)))}, govsweep.Listed, "", 1, 1},
		{"never visited", nil, "", "受抓取范围或数量限制", 0, 0},
		{"forbidden", []*govsweep.Record{failed(govsweep.ColumnRole, tzgg, 403)}, "", "服务器拒绝访问（状态码403）", 0, 0},
		{"robots", []*govsweep.Record{robots}, "", "robots.txt", 0, 0},
		{"truncated", []*govsweep.Record{cut}, "", "只读取了一部分", 0, 0},
		{"challenge", []*govsweep.Record{front1(withResponse(govsweep.Challenge, blankList())), again(front1(withResponse(govsweep.Challenge, blankList())))}, "", "防护系统", 0, 0},
		{"soft 404", []*govsweep.Record{front1(listed(item)), again(front1(withResponse(govsweep.Soft404, &govsweep.PageFacts{})))}, govsweep.Listed, "", 1, 1},
		{"redirected home", []*govsweep.Record{front1(withResponse(govsweep.HomeRedirect, &govsweep.PageFacts{Kind: govsweep.ColumnPage}))}, "", "跳转到了首页", 0, 0},
		{"a list nobody could read", []*govsweep.Record{front1(&govsweep.PageFacts{List: &govsweep.List{State: govsweep.UnreadList, Reason: "列表在图片中"}})}, "", "列表在图片中", 0, 0},
		{"a shell without its call", []*govsweep.Record{shell()}, "", "脚本", 0, 0},
		{"a shell with its call", []*govsweep.Record{shell(), call(listed(item))}, govsweep.Listed, "", 1, 1},
		{"a shell with a blank call", []*govsweep.Record{shell(), call(blankList())}, govsweep.BlankList, "", 1, 0},
		{"a shell with a blank call, twice", []*govsweep.Record{shell(), call(blankList()), again(call(blankList()))}, govsweep.BlankList, "", 2, 0},
		{"a shell with a broken call", []*govsweep.Record{shell(), call(withResponse(govsweep.ErrorPage, &govsweep.PageFacts{Reason: "列表数据无法识别"}))}, "", "列表数据无法识别", 0, 0},
		{"a page without a list", []*govsweep.Record{front1(&govsweep.PageFacts{})}, "", "", 1, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := column(t, c.records...)
			if got.State != c.state || got.Looks != c.looks || got.Items != c.items {
				t.Errorf("state %q, %d looks, %d items; want %q, %d, %d", got.State, got.Looks, got.Items, c.state, c.looks, c.items)
			}
			if c.unread == "" && got.Unread != "" || !strings.Contains(got.Unread, c.unread) {
				t.Errorf("unread %q, want %q", got.Unread, c.unread)
			}
		})
	}
}

func TestColumnMergesItsListsAndCountsItemsOnce(t *testing.T) {
	more := rec(govsweep.ListRole, tzgg+"index_1.html", listed(
		li(tzgg+"2.html", "二", "2021-06-02"), li(tzgg+"3.html", "三", "2021-05-02"), li(tzgg+"4.html", "四", "2022-01-01")))
	more.Visit.Column = tzgg
	got := column(t, front1(listed(li(tzgg+"1.html", "一", "2021-08-20"), li(tzgg+"2.html", "二", "2021-06-02"))), more)
	if got.Items != 4 || got.Newest != "2021-08-20" || got.NewestTitle != "一" || got.NewestURL != tzgg+"1.html" || got.NewestFrom != "list" {
		t.Errorf("items %d, newest %s %s %s %s", got.Items, got.Newest, got.NewestTitle, got.NewestURL, got.NewestFrom)
	}
	if got.Future != 1 {
		t.Errorf("%d items dated after the check point, want 1", got.Future)
	}
	if want := []string{"一", "二", "三"}; !slices.Equal(got.Titles, want) {
		t.Errorf("titles %v, want %v", got.Titles, want)
	}
	if got.Weeks[1] != 1 || got.Weeks[12] != 1 || got.Weeks[16] != 1 {
		t.Errorf("weeks %v", got.Weeks)
	}
}

func TestUndatedItemsTakeTheDateOfTheirArticle(t *testing.T) {
	article := func(n, date, from string) *govsweep.Record {
		return rec(govsweep.ArticleRole, tzgg+n+".html", &govsweep.PageFacts{Published: date, PublishedFrom: from, VisibleTitle: "文" + n})
	}
	got := column(t,
		front1(listed(li(tzgg+"1.html", "一", ""), li(tzgg+"2.html", "二", "2021-01-02"), li(tzgg+"3.html", "三", ""), li(tzgg+"t20210301_9.html", "四", ""))),
		article("1", "2021-08-25T09:00:00+08:00", "body"), article("2", "2021-08-26", "body"), article("t20210301_9", "2021-03-02", "url"))
	if got.Newest != "2021-08-25" || got.NewestFrom != "article" || got.NewestTitle != "一" {
		t.Errorf("newest %s from %s, %q: a row's own date is kept, an undated one takes the article's", got.Newest, got.NewestFrom, got.NewestTitle)
	}
	if got.Undated != 1 {
		t.Errorf("%d undated, want 1", got.Undated)
	}
	if want := []string{"2021-08-25", "2021-03-02", "2021-01-02", ""}; !slices.Equal(got.Dates, want) {
		t.Errorf("dates %v, want %v", got.Dates, want)
	}
}

func TestAnUnreadArticleLeavesTheDateInItsAddress(t *testing.T) {
	got := column(t, front1(listed(li(foldHome+"202107/t20210715_3.html", "一", ""))), failed(govsweep.ArticleRole, foldHome+"202107/t20210715_3.html", 503))
	if got.Newest != "2021-07-15" || got.NewestFrom != "url" || got.Undated != 0 {
		t.Errorf("newest %s from %s, %d undated", got.Newest, got.NewestFrom, got.Undated)
	}
}

func TestAddressDay(t *testing.T) {
	cases := map[string]string{
		"/202510/t20251027_725630.html": "2025-10-27", "/art/2025/6/13/art_141_5018833.html": "2025-06-13",
		"/html/2080/2023-05-04/content-131346.html": "2023-05-04", "/zwgk/20200525/i2026054.html": "2020-05-25",
		"/202510/1.html": "", "/info/2025/19.htm": "", "/c/12345678.html": "", "/a/20251399/1.html": "", "/x/120251027.html": "",
	}
	for path, want := range cases {
		day, _ := addressDay("https://www.x.gov.cn" + path)
		if got := dateOfDay(day); got != want {
			t.Errorf("%s gives %q, want %q", path, got, want)
		}
	}
}

func TestAParentIsAsFreshAsItsFreshestPart(t *testing.T) {
	crumbs := func(f *govsweep.PageFacts, path ...string) *govsweep.PageFacts { f.Breadcrumb = path; return f }
	d := foldAll(foldInput(), homeRecord(navLink("zwgk/", "政务公开")),
		rec(govsweep.ColumnRole, foldHome+"zwgk/", crumbs(blankList(), "网站首页", "政务公开")),
		again(rec(govsweep.ColumnRole, foldHome+"zwgk/", crumbs(blankList(), "网站首页", "政务公开"))),
		rec(govsweep.ColumnRole, foldHome+"zcwj/", crumbs(listed(li(foldHome+"1.html", "旧文件", "2020-01-01")), "首页", "政务公开", "政策文件")),
		rec(govsweep.ColumnRole, foldHome+"zcwj/gz/", crumbs(listed(li(foldHome+"2.html", "新规章", "2021-08-01")), "首页", "政务公开", "政策文件", "规章")))
	top := columnOf(t, d, "zwgk/")
	if top.State != govsweep.Listed || top.Newest != "2021-08-01" || top.NewestFrom != "sub-column" || top.Freshest != foldHome+"zcwj/gz/" || top.NewestTitle != "新规章" {
		t.Errorf("state %q newest %s %s from %s in %s", top.State, top.Newest, top.NewestTitle, top.NewestFrom, top.Freshest)
	}
	mid := columnOf(t, d, "zcwj/")
	if mid.Parent != top.URL || mid.Level != 2 || !slices.Equal(top.Children, []string{mid.URL}) || top.Level != 1 {
		t.Errorf("parent %q level %d, children %v level %d", mid.Parent, mid.Level, top.Children, top.Level)
	}
	if leaf := columnOf(t, d, "zcwj/gz/"); leaf.NewestFrom != "list" || leaf.Freshest != "" || leaf.Level != 3 {
		t.Errorf("leaf newest from %q, freshest %q, level %d", leaf.NewestFrom, leaf.Freshest, leaf.Level)
	}
}

func TestABlankParentOfAnUnreadPartIsUnread(t *testing.T) {
	parent := rec(govsweep.ColumnRole, foldHome+"zwgk/", blankList())
	d := foldAll(foldInput(), homeRecord(navLink("zwgk/", "政务公开"), navLink("zwgk/tzgg/", "通知公告")),
		parent, again(parent), failed(govsweep.ColumnRole, tzgg, 403))
	if got := columnOf(t, d, "zwgk/"); got.State == govsweep.BlankList || !strings.Contains(got.Unread, "下级栏目") {
		t.Errorf("state %q unread %q", got.State, got.Unread)
	}
}

func TestAParentOfBlankPartsOnlyIsBlank(t *testing.T) {
	parent, child := rec(govsweep.ColumnRole, foldHome+"zwgk/", blankList()), front1(blankList())
	d := foldAll(foldInput(), homeRecord(navLink("zwgk/", "政务公开")), parent, again(parent), child, again(child))
	if got := columnOf(t, d, "zwgk/"); got.State != govsweep.BlankList || got.Looks != 2 {
		t.Errorf("state %q, %d looks", got.State, got.Looks)
	}
}

func TestPathAndLevelFromTheNavigationWhereNoneIsPrinted(t *testing.T) {
	d := foldAll(foldInput(), homeRecord(navLink("zwgk/", "政务公开"), navLink("zwgk/tzgg/", "通知公告")),
		rec(govsweep.ColumnRole, foldHome+"zwgk/", &govsweep.PageFacts{}), front1(listed(li(tzgg+"1.html", "一", "2021-08-01"))))
	got := columnOf(t, d, "zwgk/tzgg/")
	if !slices.Equal(got.Path, []string{"首页", "政务公开", "通知公告"}) || got.Level != 2 || got.Parent != foldHome+"zwgk/" {
		t.Errorf("path %v level %d parent %s", got.Path, got.Level, got.Parent)
	}
	if got.Newest != "2021-08-01" || got.NewestFrom != "list" {
		t.Errorf("newest %s from %s", got.Newest, got.NewestFrom)
	}
}

func TestOneColumnPerAddress(t *testing.T) {
	pages := []*govsweep.Record{
		rec(govsweep.ArticleRole, tzgg+"index_2.html", listed(li(tzgg+"2.html", "二", "2021-07-01"))),
		rec(govsweep.ArticleRole, tzgg+"?page=3", listed(li(tzgg+"3.html", "三", "2021-06-01"))),
	}
	for _, p := range pages {
		p.Visit.Column, p.Facts.Kind = tzgg, govsweep.ColumnPage
	}
	d := foldAll(foldInput(), append(pages, homeRecord(navLink("zwgk/tzgg/index.html", "通知公告")), front1(listed(li(tzgg+"1.html", "一", "2021-08-01"))))...)
	if len(d.Columns) != 1 {
		t.Fatalf("%d columns, want 1: %+v", len(d.Columns), d.Columns)
	}
	if got := columnOf(t, d, "zwgk/tzgg/"); got.Items != 3 || got.Name != "通知公告" {
		t.Errorf("%d items in %q", got.Items, got.Name)
	}
}

func TestWhatIsNoColumn(t *testing.T) {
	alias := rec(govsweep.ColumnRole, foldHome+"old/", nil)
	alias.FinalURL = tzgg
	d := foldAll(foldInput(), homeRecord(
		navLink("", "首页"), navLink("login", "登录"), navLink("a/1.html", "关于开展某某专项整治工作的通知公告"),
		govsweep.Link{URL: "https://zwfw.other.gov.cn/", Class: govsweep.NavLink, Text: "政务服务"},
		govsweep.Link{URL: foldHome + "b/", Class: govsweep.InternalLink, Text: "文章"},
		govsweep.Link{URL: foldHome + "1.pdf", Class: govsweep.AttachmentLink, Text: "文件"}),
		rec(govsweep.ArticleRole, foldHome+"a/1.html", &govsweep.PageFacts{Published: "2021-01-01"}),
		failed(govsweep.ColumnRole, foldHome+"gone/", 404),
		rec(govsweep.ColumnRole, foldHome+"x/9.html", &govsweep.PageFacts{Kind: govsweep.ArticlePage}),
		rec(govsweep.ColumnRole, foldHome+"wzdt.html", &govsweep.PageFacts{Breadcrumb: []string{"首页", "网站地图"}}),
		alias, front1(listed(li(tzgg+"1.html", "一", "2021-08-01"))))
	if len(d.Columns) != 1 || d.Columns[0].URL != tzgg {
		t.Errorf("columns %+v, want only %s", d.Columns, tzgg)
	}
}

func TestASingleArticleColumnHasNoListAndADate(t *testing.T) {
	d := foldAll(foldInput(), homeRecord(navLink("jgzn.html", "机构职能")),
		rec(govsweep.ArticleRole, foldHome+"jgzn.html", &govsweep.PageFacts{Published: "2021-03-01", PublishedFrom: "body", VisibleTitle: "本局职能"}))
	got := columnOf(t, d, "jgzn.html")
	if got.State != "" || got.Unread != "" || got.Newest != "2021-03-01" || got.NewestFrom != "article" || got.Name != "机构职能" {
		t.Errorf("state %q unread %q newest %s from %s name %q", got.State, got.Unread, got.Newest, got.NewestFrom, got.Name)
	}
}

func TestColumnsThatLeadOutside(t *testing.T) {
	moved := front1(nil)
	moved.Failure, moved.FinalURL, moved.Status = govsweep.FailScope, "https://zwfw.other.gov.cn/", 0
	cases := map[string]struct {
		record *govsweep.Record
		want   bool
	}{
		"undated links to other hosts":   {front1(listed(li("https://a.other.cn/1", "一", ""), li("https://a.other.cn/2", "二", ""))), true},
		"dated items on other hosts":     {front1(listed(li("https://mp.weixin.qq.com/s/1", "一", "2021-08-01"))), false},
		"one link of the site":           {front1(listed(li("https://a.other.cn/1", "一", ""), li(tzgg+"1.html", "二", ""))), false},
		"a log-in form":                  {front1(&govsweep.PageFacts{Login: true}), true},
		"a redirect to another web site": {moved, true},
	}
	for name, c := range cases {
		if got := column(t, c.record); got.OutsideOnly != c.want {
			t.Errorf("%s: outside only %v, want %v", name, got.OutsideOnly, c.want)
		}
	}
}

func TestAColumnKeepsItsNoticeAndPhones(t *testing.T) {
	f := blankList()
	f.Notice, f.Phones = "本栏目已停止更新，请访问“政策文件”栏目。", []string{"0470-1234567"}
	if got := column(t, front1(f)); got.Notice != f.Notice || !slices.Equal(got.Phones, f.Phones) {
		t.Errorf("notice %q phones %v", got.Notice, got.Phones)
	}
}

func TestTheRegisterIsCarriedOn(t *testing.T) {
	in := foldInput()
	seen := time.Date(2020, 1, 1, 0, 0, 0, 0, govsweep.Shanghai)
	in.Columns = []govsweep.Column{
		{URL: tzgg, Name: "公告公示", Path: []string{"首页", "公告公示"}, Level: 1, Class: govsweep.StaticColumn, ClassBy: "张三", Source: "register", FirstSeen: seen, CycleDays: 7, ExemptUntil: "2021-12-31", ExemptWhy: "改版"},
		{URL: foldHome + "rsxx/", Name: "人事信息", Class: govsweep.PersonnelColumn, Source: "register"},
		{URL: foldHome + "gone/", Name: "旧栏目", Source: "navigation", HadContent: true},
	}
	f := listed(li(tzgg+"1.html", "一", "2021-08-01"))
	f.Breadcrumb, f.HeadTags = []string{"首页", "政务公开", "通知公告"}, map[string]string{"ColumnType": "政策文件"}
	d := foldAll(in, homeRecord(), front1(f))
	got := columnOf(t, d, "zwgk/tzgg/")
	if got.Name != "公告公示" || got.Class != govsweep.StaticColumn || got.Level != 1 || len(got.Path) != 2 || !got.FirstSeen.Equal(seen) || got.CycleDays != 7 || got.ExemptUntil == "" || !got.HadContent {
		t.Errorf("%+v", got.Column)
	}
	if got := columnOf(t, d, "rsxx/"); got.Class != govsweep.PersonnelColumn || got.Unread == "" || got.Site != in.Site.ID {
		t.Errorf("class %q unread %q", got.Class, got.Unread)
	}
	if got := columnOf(t, d, "gone/"); !got.HadContent || got.Unread == "" {
		t.Errorf("had content %v, unread %q", got.HadContent, got.Unread)
	}
}

func TestPageOf(t *testing.T) {
	cases := []struct {
		url, column string
		want        bool
	}{
		{"index_2.html", "", true}, {"list_3.shtml", "list.shtml", true}, {"?page=2", "", true}, {"index.html?pageNum=4&uid=1", "index.html", true},
		{"tzgg/3.htm", "tzgg.htm", true}, {"tzgg/", "", false}, {"sub/index_2.html", "", false}, {"about.html", "", false}, {"?id=2", "", false},
	}
	for _, c := range cases {
		if got := pageOf(foldHome+"zwgk/"+c.url, foldHome+"zwgk/"+c.column); got != c.want {
			t.Errorf("pageOf(%q, %q) = %v", c.url, c.column, got)
		}
	}
}

// TestColumnsNobodyNamed: what the crawl finds beside the menu.
func TestColumnsNobodyNamed(t *testing.T) {
	text := func(url, title string, crumbs ...string) *govsweep.Record {
		return rec(govsweep.ArticleRole, url, &govsweep.PageFacts{Kind: govsweep.ArticlePage, VisibleTitle: title, Breadcrumb: crumbs})
	}
	calendar := func(query string) *govsweep.Record {
		return rec(govsweep.DoubtfulRole, foldHome+"rili/index.html?"+query, blankList())
	}
	d := foldAll(foldInput(), homeRecord(),
		text(foldHome+"zwgk/jgzn/", "机构职能", "首页", "政府信息公开", "机构职能"),
		text(foldHome+"zwgk/a/123456.html", "领导调研", "首页", "政府信息公开", "领导调研"),
		text(foldHome+"zwgk/b/", "今年的工作总结和明年的工作打算", "首页", "今年的工作总结和明年的工作打算"),
		calendar("y=2025&m=12"), calendar("y=2026&m=1"),
	)
	var urls []string
	for _, c := range d.Columns {
		urls = append(urls, c.URL)
	}
	if want := []string{foldHome + "zwgk/jgzn/"}; !slices.Equal(urls, want) {
		t.Errorf("columns %v, want %v", urls, want)
	}
}

// TestAnEmptyColumnOfAnOldSite: behind a query, in no menu, but the only page
// of its breadcrumb; the pages of a calendar share theirs.
func TestAnEmptyColumnOfAnOldSite(t *testing.T) {
	empty := func(url string, crumbs ...string) *govsweep.Record {
		p := blankList()
		p.Kind, p.Breadcrumb = govsweep.ColumnPage, crumbs
		return rec(govsweep.DoubtfulRole, url, p)
	}
	d := foldAll(foldInput(), homeRecord(),
		empty(foldHome+"list.asp?id=27", "首页", "政务公开", "政府公报"),
		empty(foldHome+"rili.asp?m=1", "首页", "工作日历"), empty(foldHome+"rili.asp?m=2", "首页", "工作日历"),
		empty(foldHome+"day.asp?d=3", "首页", "工作安排", "2026年3月"),
	)
	var urls []string
	for _, c := range d.Columns {
		urls = append(urls, c.URL)
	}
	if want := []string{foldHome + "list.asp?id=27"}; !slices.Equal(urls, want) {
		t.Errorf("columns %v, want %v", urls, want)
	}
}
