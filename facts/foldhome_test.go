package facts

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestHomeNewestComesFromRowsAndArticles(t *testing.T) {
	home := homeRecord()
	home.Facts.List.Items = []govsweep.ListItem{
		li(foldHome+"1.html", "一", "2021-08-01"), li(foldHome+"2.html", "二", ""), li(foldHome+"3.html", "三", ""),
		li(foldHome+"4.html", "四", "2021-09-09"), li(foldHome+"1.html", "一", "2021-08-01"),
	}
	home.Took = 1500 * time.Millisecond
	d := foldAll(foldInput(), home, rec(govsweep.ArticleRole, foldHome+"2.html", &govsweep.PageFacts{Published: "2021-08-20", VisibleTitle: "二"}))
	h := d.Home
	if !h.Reached || h.Items != 4 || h.Undated != 1 || h.Newest != "2021-08-20" || h.NewestURL != foldHome+"2.html" || h.NewestTitle != "二" || h.Seconds != 1.5 || h.Unread != "" {
		t.Errorf("%+v", h)
	}
}

func TestWhatMayBeConcludedFromTheHomePage(t *testing.T) {
	page := func(f *govsweep.PageFacts) *govsweep.Record { return rec(govsweep.HomeRole, foldHome, f) }
	call := []govsweep.ListCall{{URL: foldHome + "data?x=1"}}
	answered := rec(govsweep.ListCallRole, foldHome+"data?x=1", listed(li(foldHome+"9.html", "九", "2021-08-25")))
	answered.Visit.Via = foldHome
	one := page(listed(li(foldHome+"1.html", "一", "2021-01-01")))
	one.LinkKeys = make([]uint64, 80)
	cases := []struct {
		name    string
		records []*govsweep.Record
		reached bool
		navOnly bool
		unread  string
		newest  string
	}{
		{"an entrance", []*govsweep.Record{page(&govsweep.PageFacts{TextRunes: 80})}, true, true, "", ""},
		{"an entrance with one notice", []*govsweep.Record{page(&govsweep.PageFacts{TextRunes: 80, List: listed(li(foldHome+"1.html", "年度报表", "2021-01-20")).List})}, true, true, "", "2021-01-20"},
		{"much text without a list", []*govsweep.Record{page(&govsweep.PageFacts{TextRunes: 5000})}, true, false, "未能识别", ""},
		{"many links, one item", []*govsweep.Record{one}, true, false, "未能识别", "2021-01-01"},
		{"a shell", []*govsweep.Record{page(&govsweep.PageFacts{Response: govsweep.Shell})}, true, false, "脚本", ""},
		{"an unread list", []*govsweep.Record{page(&govsweep.PageFacts{List: &govsweep.List{State: govsweep.UnreadList, Reason: "列表由脚本生成"}})}, true, false, "脚本", ""},
		{"a call not answered", []*govsweep.Record{page(&govsweep.PageFacts{ListCalls: call, List: listed(li(foldHome+"1.html", "一", "2020-01-01")).List})}, true, false, "脚本", "2020-01-01"},
		{"a call answered", []*govsweep.Record{page(&govsweep.PageFacts{ListCalls: call}), answered}, true, false, "", "2021-08-25"},
		{"a challenge", []*govsweep.Record{page(&govsweep.PageFacts{Response: govsweep.Challenge})}, true, false, "防护", ""},
		{"an error", []*govsweep.Record{failed(govsweep.HomeRole, foldHome, 502)}, false, false, "502", ""},
		{"an error, then the page", []*govsweep.Record{failed(govsweep.HomeRole, foldHome, 502), again(homeRecord())}, true, false, "", "2021-08-26"},
		{"no visit", nil, false, false, "没有访问首页", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := foldAll(foldInput(), c.records...)
			h := d.Home
			if h.Reached != c.reached || h.NavOnly != c.navOnly || h.Newest != c.newest || !strings.Contains(h.Unread, c.unread) || c.unread == "" && h.Unread != "" {
				t.Errorf("%+v", h)
			}
			if _, missing := d.Missing[KindHome]; missing != (h.Response != govsweep.Content || !h.Reached) {
				t.Errorf("missing %v", d.Missing)
			}
		})
	}
}

func TestMissingSaysWhatCouldNotBeMeasured(t *testing.T) {
	d := foldAll(FolderInput{AsOf: foldAsOf, Site: govsweep.Site{URL: foldHome}}, failed(govsweep.HomeRole, foldHome, 503))
	for _, kind := range []FactKind{KindHome, KindColumns, KindListings, KindHeadTags, KindMetadata, KindMarks, KindLinks, KindArticles, KindRegister, KindSoft404} {
		if d.Missing[kind] == "" {
			t.Errorf("%s is not missing", kind)
		}
	}
}

func TestASiteThatWasReadMissesNothing(t *testing.T) {
	d := foldAll(foldInput(), sampleRecords()...)
	if len(d.Missing) != 0 {
		t.Errorf("missing %v", d.Missing)
	}
}

func TestNoDocumentPageIsNotMissing(t *testing.T) {
	d := foldAll(foldInput(), homeRecord())
	if why, missing := d.Missing[KindMetadata]; missing || d.Metadata.Documents != 0 {
		t.Errorf("missing %q, %d documents", why, d.Metadata.Documents)
	}
}

func TestChallengesEverywhereLeaveNothingMeasured(t *testing.T) {
	shield := func(role govsweep.Role, url string) *govsweep.Record {
		return rec(role, url, withResponse(govsweep.Challenge, blankList()))
	}
	in := foldInput()
	in.Nav = []govsweep.Link{navLink("zwgk/tzgg/", "通知公告")}
	d := foldAll(in, shield(govsweep.HomeRole, foldHome), shield(govsweep.ColumnRole, tzgg), again(shield(govsweep.ColumnRole, tzgg)),
		shield(govsweep.ArticleRole, tzgg+"1.html"), shield(govsweep.SoftProbeRole, foldHome+"nothing"))
	for _, kind := range []FactKind{KindHome, KindListings, KindHeadTags, KindMetadata, KindMarks, KindLinks, KindArticles, KindSoft404} {
		if d.Missing[kind] == "" {
			t.Errorf("%s is not missing", kind)
		}
	}
	if len(d.Links.Dead) != 0 || d.Columns[0].State != "" || d.Articles.Articles != 0 {
		t.Errorf("something negative rests on a challenge: %+v", d)
	}
}

func TestHomeKeepsTheLabelsOfItsLinks(t *testing.T) {
	home := homeRecord()
	home.Facts.Links = append(home.Facts.Links, govsweep.Link{URL: foldHome + "p/", Class: govsweep.InternalLink, Text: "政策\u00a0文件"},
		govsweep.Link{URL: foldHome + "q/", Class: govsweep.InternalLink, Text: "关于进一步加强农村供水工程管理工作的通知"},
		govsweep.Link{URL: home.Facts.List.Items[0].URL, Class: govsweep.InternalLink, Text: "政策解读"})
	h := foldAll(foldInput(), home).Home
	is := func(want string) func(string) bool { return func(s string) bool { return strings.Contains(s, want) } }
	if h.Label(is("政策文件")) != "政策文件" || h.Label(is("农村")) != "" || h.Label(is("解读")) != "" {
		t.Errorf("labels %q", h.Labels)
	}
}
