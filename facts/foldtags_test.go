package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func article(n int, f *govsweep.PageFacts) *govsweep.Record {
	return rec(govsweep.ArticleRole, fmt.Sprintf("%sa/%d.html", foldHome, n), f)
}

func tagged(tags map[string]string) *govsweep.PageFacts { return &govsweep.PageFacts{HeadTags: tags} }

func TestTagsAreTalliedByKindOfPage(t *testing.T) {
	all := map[string]string{}
	for _, name := range HeadTagNames {
		all[name] = "值"
	}
	list := listed(li(tzgg+"1.html", "一", "2021-08-01"))
	list.HeadTags = map[string]string{"SiteName": "某市", "ColumnName": " "}
	more := rec(govsweep.ListRole, tzgg+"index_2.html", listed(li(tzgg+"9.html", "九", "2021-01-01")))
	more.Visit.Column, more.Facts.Breadcrumb = tzgg, []string{"首页", "通知公告"}
	d := foldAll(foldInput(), rec(govsweep.HomeRole, foldHome, tagged(all)), front1(list), more, article(1, tagged(all)), article(2, tagged(nil)),
		article(3, withResponse(govsweep.Challenge, tagged(nil))), article(4, withResponse(govsweep.Soft404, tagged(nil))))
	if got := d.Tags.Site["SiteName"]; got.Pages != 5 || !slices.Equal(lackingPages(got), []string{foldHome + "a/2.html", tzgg + "index_2.html"}) {
		t.Errorf("SiteName: %+v", got)
	}
	col := d.Tags.Column["ColumnName"]
	if col.Pages != 1 || col.Lacks() != 1 || col.Lacking[0].Quote != "值为空" {
		t.Errorf("ColumnName: an empty value counts as lacking, further list pages do not count: %+v", col)
	}
	if got := d.Tags.Column["ColumnType"]; got.Lacks() != 1 || got.Lacking[0].Quote != "" {
		t.Errorf("ColumnType: %+v", got)
	}
	for _, name := range []string{"ArticleTitle", "PubDate", "ContentSource"} {
		if got := d.Tags.Article[name]; got.Pages != 2 || got.Lacks() != 1 || got.Lacking[0].URL != foldHome+"a/2.html" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := d.Tags.Optional["Image"]; got.Pages != 2 || got.Lacks() != 1 {
		t.Errorf("Image: %+v", got)
	}
}

func TestPubDateForm(t *testing.T) {
	bad := tagged(map[string]string{"PubDate": "2021年8月"})
	bad.RawTags = []govsweep.RawTag{{Name: "PubDate", Value: "2021年8月", Fault: "bad-date"}}
	d := foldAll(foldInput(), article(1, bad), article(2, tagged(map[string]string{"PubDate": "2021-08-01 10:00"})), article(3, tagged(nil)))
	if got := d.Tags.BadDate; got.Pages != 2 || got.Lacks() != 1 || got.Lacking[0].Quote != "2021年8月" {
		t.Errorf("%+v", got)
	}
}

func TestTagMismatch(t *testing.T) {
	cases := []struct {
		name, key, tag, shown string
		differ                bool
	}{
		{"equal titles", "title", "关于做好工作的通知", "关于做好工作的通知", false},
		{"width, spaces and signs", "title", "关于 2021 年（第1次）工作的通知", "关于２０２１年(第１次)工作的通知", false},
		{"the site behind the title", "title", "通知-某市人民政府", "通知", false},
		{"the site before the title", "title", "某市人民政府：通知", "通知", false},
		{"a long part", "title", "关于做好防汛工作的通知", "某市水利局关于做好防汛工作的通知", false},
		{"a short part", "title", "通知", "关于做好防汛工作的通知", true},
		{"traditional letters", "title", "發文機關公開", "发文机关公开", false},
		{"other titles", "title", "关于做好防火工作的通知", "关于做好防汛工作的通知", true},
		{"nothing shown", "title", "通知", "", false},
		{"the same day", "time", "2021-08-06 10:20", "2021年8月6日 09:00", false},
		{"long dashes", "time", "2021——08——06 10:20", "2021-08-06", false},
		{"another day", "time", "2021-08-06 10:20", "2021-08-16", true},
		{"no date", "time", "昨天", "2021-08-16", false},
		{"equal sources", "source", "市政府办公室", "市政府办公室", false},
		{"a longer source", "source", "市政府办公室", "某市政府办公室", false},
		{"another source", "source", "新华社", "市政府办公室", true},
	}
	for _, c := range cases {
		f := tagged(map[string]string{})
		switch c.key {
		case "title":
			f.HeadTags["ArticleTitle"], f.VisibleTitle = c.tag, c.shown
		case "time":
			f.HeadTags["PubDate"], f.VisibleDate = c.tag, c.shown
		case "source":
			f.HeadTags["ContentSource"], f.Source = c.tag, c.shown
		}
		got := foldAll(foldInput(), article(1, f)).Tags.Mismatch[c.key]
		if got.Lacks() > 0 != c.differ {
			t.Errorf("%s: %+v, want a difference: %v", c.name, got, c.differ)
		}
		if c.differ && (!strings.Contains(got.Lacking[0].Quote, "标签:"+c.tag) || !strings.Contains(got.Lacking[0].Quote, "页面:"+c.shown)) {
			t.Errorf("%s: quote %q", c.name, got.Lacking[0].Quote)
		}
	}
}

func TestSiteCodesKeepTheirPages(t *testing.T) {
	records := []*govsweep.Record{article(900, tagged(map[string]string{"SiteIDCode": "1507830009"}))}
	for i := range 60 {
		records = append(records, article(i, tagged(map[string]string{"SiteIDCode": "1507830002"})))
	}
	codes := foldAll(foldInput(), records...).Tags.IDCodes
	if got := codes["1507830009"]; got.Lacks() != 1 || got.Lacking[0].URL != foldHome+"a/900.html" {
		t.Errorf("the odd code: %+v", got)
	}
	if got := codes["1507830002"]; got.Pages != 60 || len(got.Lacking) != usualCodePages || got.Lacks() != 60 {
		t.Errorf("the usual code: %d pages, %d listed", got.Pages, len(got.Lacking))
	}
}

func TestArticlesPrintTimeAndSource(t *testing.T) {
	mongolian := &govsweep.PageFacts{Mongolian: true}
	form := &govsweep.PageFacts{PrintedDate: "2021——08——06 10:20", VisibleDate: "2021-08-06T10:20:00+08:00", HeadTags: map[string]string{"ContentSource": "本网"}}
	meta := &govsweep.PageFacts{Source: "本网", PrintedDate: "2021年8月6日", CoreMetadata: map[string]govsweep.MetaValue{"index_number": {}, "written_date": {}, "issuing_body": {}, "pub_date": {Label: "发布日期", Value: "2021年8月6日"}}}
	d := foldAll(foldInput(), article(1, form), article(2, meta), article(3, &govsweep.PageFacts{}), article(4, mongolian),
		article(6, &govsweep.PageFacts{VisibleDate: "2021-08-06T10:20:00+08:00", Source: "本网"}), article(7, &govsweep.PageFacts{VisibleDate: "2021-08-06", PrintedDate: "2021年8月6日", Source: "本网"}),
		article(8, &govsweep.PageFacts{Title: "网站地图 - 某市"}),
		article(9, &govsweep.PageFacts{PrintedDate: "2021-8-6", Source: "本网", CoreMetadata: map[string]govsweep.MetaValue{"pub_date": {Value: "2021-08-06 17:05 ]"}}}),
		article(5, withResponse(govsweep.Challenge, &govsweep.PageFacts{})))
	a := d.Articles
	if a.Articles != 6 {
		t.Errorf("%d articles, want 6", a.Articles)
	}
	if got := lackingPages(&a.NoTime); !slices.Equal(got, []string{foldHome + "a/3.html"}) {
		t.Errorf("no time: %v", got)
	}
	if got := a.BadTime; got.Pages != 4 || got.Lacks() != 1 || got.Lacking[0].Quote != "2021年8月6日" {
		t.Errorf("bad time: %+v", got)
	}
	if got := lackingPages(&a.NoSource); !slices.Equal(got, []string{foldHome + "a/3.html"}) {
		t.Errorf("no source: %v", got)
	}
}

func TestARedirectedPageIsCountedUnderItsOwnName(t *testing.T) {
	moved := article(1, tagged(nil))
	moved.FinalURL = foldHome + "b/1.html"
	if got := foldAll(foldInput(), moved).Tags.Site["SiteName"].Pages; got != 0 {
		t.Errorf("%d pages, want 0", got)
	}
}

func TestAFrameIsNoPageOfItsOwn(t *testing.T) {
	frame := rec(govsweep.ListRole, foldHome+"tzgg/frame1.html", listed(li(foldHome+"1.html", "一", "2021-08-01")))
	frame.Facts.HeadTags, frame.Facts.Breadcrumb, frame.Facts.Links, frame.Facts.Marks = nil, nil, nil, nil
	with, without := foldAll(foldInput(), homeRecord(), frame), foldAll(foldInput(), homeRecord())
	if g, w := with.Tags.Site["SiteName"].Pages, without.Tags.Site["SiteName"].Pages; g != w {
		t.Errorf("%d pages looked at for tags, want %d", g, w)
	}
	page := rec(govsweep.ListRole, foldHome+"tzgg/index_1.html", listed(li(foldHome+"1.html", "一", "2021-08-01")))
	page.Facts.HeadTags, page.Facts.Breadcrumb = nil, []string{"首页", "通知公告"}
	if g, w := foldAll(foldInput(), homeRecord(), page).Tags.Site["SiteName"].Pages, without.Tags.Site["SiteName"].Pages+1; g != w {
		t.Errorf("%d pages looked at for tags, want %d", g, w)
	}
}
