package facts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

const target = foldHome + "files/1.pdf"

// pointing is a page that points at urls.
func pointing(n int, urls ...string) *govsweep.Record {
	r := article(n, &govsweep.PageFacts{})
	for _, u := range urls {
		r.LinkKeys = append(r.LinkKeys, address.Key(u, ""))
	}
	slices.Sort(r.LinkKeys)
	return r
}

func answering(role govsweep.Role, status int, change func(r *govsweep.Record)) *govsweep.Record {
	r := failed(role, target, status)
	if change != nil {
		change(r)
	}
	return r
}

func TestDeadLinks(t *testing.T) {
	fails := func(f govsweep.Failure) func(*govsweep.Record) {
		return func(r *govsweep.Record) { r.Failure, r.Status = f, 0 }
	}
	media := func(m string) func(*govsweep.Record) { return func(r *govsweep.Record) { r.MediaType = m } }
	facts := func(resp govsweep.Response) func(*govsweep.Record) {
		return func(r *govsweep.Record) {
			r.Facts = &govsweep.PageFacts{Kind: govsweep.ArticlePage, Response: resp}
		}
	}
	cases := []struct {
		name   string
		role   govsweep.Role
		status int
		change func(*govsweep.Record)
		class  govsweep.LinkClass // "" = not dead
	}{
		{"404", govsweep.ArticleRole, 404, nil, govsweep.InternalLink},
		{"410 outside", govsweep.ProbeRole, 410, nil, govsweep.ExternalLink},
		{"500 twice", govsweep.ArticleRole, 500, nil, govsweep.InternalLink},
		{"401", govsweep.ArticleRole, 401, nil, ""},
		{"403", govsweep.ProbeRole, 403, nil, ""},
		{"405", govsweep.ProbeRole, 405, nil, ""},
		{"412", govsweep.ArticleRole, 412, nil, ""},
		{"429", govsweep.ArticleRole, 429, nil, ""},
		{"503", govsweep.ProbeRole, 503, nil, ""},
		{"a name that does not resolve", govsweep.ProbeRole, 0, fails(govsweep.FailDNS), govsweep.ExternalLink},
		{"a time-out", govsweep.ArticleRole, 0, fails(govsweep.FailTimeout), govsweep.InternalLink},
		{"our own guard", govsweep.ProbeRole, 0, fails(govsweep.FailGuard), ""},
		{"robots", govsweep.ArticleRole, 0, fails(govsweep.FailRobots), ""},
		{"we stopped", govsweep.ArticleRole, 0, fails(govsweep.FailCancelled), ""},
		{"soft 404", govsweep.ArticleRole, 200, facts(govsweep.Soft404), govsweep.InternalLink},
		{"redirect to home", govsweep.ArticleRole, 200, facts(govsweep.HomeRedirect), govsweep.InternalLink},
		{"a column that leads home", govsweep.ColumnRole, 200, facts(govsweep.HomeRedirect), ""},
		{"a challenge", govsweep.ArticleRole, 404, facts(govsweep.Challenge), ""},
		{"a page", govsweep.ArticleRole, 200, facts(govsweep.Content), ""},
		{"an attachment", govsweep.AttachmentRole, 200, media("application/pdf"), ""},
		{"a page for an attachment", govsweep.AttachmentRole, 200, nil, govsweep.AttachmentLink},
		{"a page behind a download script", govsweep.AttachmentRole, 200, func(r *govsweep.Record) { r.Visit.URL = foldHome + "download?id=1" }, ""},
		{"a picture", govsweep.ImageRole, 200, media("image/png"), ""},
		{"a picture without a type", govsweep.ImageRole, 200, media("application/octet-stream"), ""},
		{"a page for a picture", govsweep.ImageRole, 200, nil, govsweep.ImageLink},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			first := answering(c.role, c.status, c.change)
			d := foldAll(foldInput(), first, again(first), pointing(2, first.Visit.URL), pointing(1, first.Visit.URL))
			if c.class == "" {
				if len(d.Links.Dead) != 0 {
					t.Errorf("dead: %+v", d.Links.Dead[0])
				}
				return
			}
			if len(d.Links.Dead) != 1 {
				t.Fatalf("%d dead links", len(d.Links.Dead))
			}
			got := d.Links.Dead[0]
			if got.Class != c.class || got.Cause == "" || len(got.Tries) != 2 || len(got.Sources) != 2 || got.Sources[0].URL != foldHome+"a/1.html" || got.OnHome {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestOneLookIsNotEnough(t *testing.T) {
	first := answering(govsweep.ArticleRole, 404, nil)
	d := foldAll(foldInput(), first, pointing(1, target))
	if len(d.Links.Dead) != 0 || d.Links.Once != 1 || d.Links.Checked != 2 {
		t.Errorf("%+v", d.Links)
	}
}

func TestTwoTriesAreEnough(t *testing.T) {
	first := answering(govsweep.ArticleRole, 0, func(r *govsweep.Record) {
		r.Failure = govsweep.FailTimeout
		r.Tries = []govsweep.Try{{At: foldAsOf, Failure: govsweep.FailTimeout}, {At: foldAsOf.Add(time.Minute), Failure: govsweep.FailTimeout}}
	})
	if d := foldAll(foldInput(), first, pointing(1, target)); len(d.Links.Dead) != 1 {
		t.Errorf("%+v", d.Links)
	}
}

func TestASecondLookThatOpensClearsALink(t *testing.T) {
	first, second := answering(govsweep.ArticleRole, 404, nil), again(answering(govsweep.ArticleRole, 200, nil))
	if d := foldAll(foldInput(), second, first, pointing(1, target)); len(d.Links.Dead) != 0 || d.Links.Once != 1 {
		t.Errorf("%+v", d.Links)
	}
}

func TestALinkNobodyPointsAtIsNotDead(t *testing.T) {
	first := answering(govsweep.ArticleRole, 404, nil)
	if d := foldAll(foldInput(), first, again(first), pointing(1)); len(d.Links.Dead) != 0 {
		t.Errorf("%+v", d.Links.Dead)
	}
}

func TestADeadLinkOfTheHomePage(t *testing.T) {
	home := homeRecord(govsweep.Link{URL: target, Class: govsweep.InternalLink, Text: "下载附件"})
	home.LinkKeys = []uint64{address.Key(target, "")}
	first := answering(govsweep.AttachmentRole, 404, nil)
	in := foldInput()
	day := 24 * time.Hour
	in.Previous = &Dossier{Links: LinkTally{Dead: []DeadLink{{URL: target, Tries: []govsweep.Try{{At: foldAsOf.Add(-2 * day), Status: 404}}}}}}
	d := foldAll(in, home, first, again(first))
	got := d.Links.Dead[0]
	if !got.OnHome || got.Text != "下载附件" || got.Status != 404 || got.Digest == "" {
		t.Errorf("%+v", got)
	}
	if len(got.Tries) != 3 || got.Tries[0].At != foldAsOf.Add(-2*day) {
		t.Errorf("tries %+v: those of the last inspection come first", got.Tries)
	}
}

func TestRowsOfAListCallStandOnTheirColumn(t *testing.T) {
	call := rec(govsweep.ListCallRole, foldHome+"data?col=1", listed(li(target, "附件一", "2021-08-01")))
	call.Visit.Column, call.LinkKeys = tzgg, []uint64{address.Key(target, "")}
	first := answering(govsweep.ArticleRole, 404, nil)
	got := foldAll(foldInput(), call, first, again(first)).Links.Dead
	if len(got) != 1 || got[0].Sources[0].URL != tzgg || got[0].Text != "附件一" {
		t.Errorf("%+v", got)
	}
}

func TestWrongSpotsAreGroupedByTemplate(t *testing.T) {
	page := func(n int, spots ...govsweep.LinkSpot) *govsweep.Record {
		return article(n, &govsweep.PageFacts{EmptyLinks: spots})
	}
	d := foldAll(foldInput(),
		page(2, govsweep.LinkSpot{Href: "#", Text: "更多", Place: "ul>li:nth-child(3)>a"}),
		page(1, govsweep.LinkSpot{Href: "#", Text: "更多", Place: "ul>li:nth-child(7)>a"}, govsweep.LinkSpot{Href: "#", Text: "更多", Place: "ul>li:nth-child(8)>a"}),
		page(3, govsweep.LinkSpot{Href: "javascript:void(0)", Text: "下载", Place: "p>a"}))
	if len(d.Links.Empty) != 2 {
		t.Fatalf("%+v", d.Links.Empty)
	}
	got := d.Links.Empty[0]
	if got.Place != "ul>li:nth-child(7)>a" || len(got.Pages) != 2 || !strings.HasSuffix(got.Pages[0].URL, "/1.html") {
		t.Errorf("%+v", got)
	}
}

func TestSoft404Probe(t *testing.T) {
	probe := func(status int, f *govsweep.PageFacts) *govsweep.Record {
		r := rec(govsweep.SoftProbeRole, foldHome+"nothing-here", f)
		r.Status = status
		return r
	}
	refused := probe(0, nil)
	refused.Failure = govsweep.FailTimeout
	home := probe(200, &govsweep.PageFacts{TextRunes: 3000, Response: govsweep.HomeRedirect})
	home.FinalURL = foldHome
	cases := []struct {
		name              string
		r                 *govsweep.Record
		asked, body, home bool
		status            int
	}{
		{"a page of its own", probe(404, &govsweep.PageFacts{TextRunes: 60}), true, true, false, 404},
		{"bare 404", probe(404, nil), true, false, false, 404},
		{"soft 404", probe(200, &govsweep.PageFacts{TextRunes: 60, Response: govsweep.Soft404}), true, true, false, 200},
		{"the home page", home, true, true, true, 200},
		{"no answer", refused, false, false, false, 0},
		{"a challenge", probe(200, &govsweep.PageFacts{TextRunes: 60, Response: govsweep.Challenge}), false, false, false, 0},
		{"a refusal", probe(403, nil), false, false, false, 0},
	}
	for _, c := range cases {
		d := foldAll(foldInput(), homeRecord(), c.r)
		s := d.Soft404
		if s.Asked != c.asked || s.Body != c.body || s.Home != c.home || s.Status != c.status {
			t.Errorf("%s: %+v", c.name, s)
		}
		if _, missing := d.Missing[KindSoft404]; missing == c.asked {
			t.Errorf("%s: missing %v", c.name, missing)
		}
	}
}

func TestMarksComeFromAFootThatCouldBeRead(t *testing.T) {
	foot := func(icp string, unread bool) *govsweep.Marks {
		return &govsweep.Marks{ICP: icp, MarksUnread: unread, FooterPresent: true, Host: "市政府办公室"}
	}
	home := func(m *govsweep.Marks) *govsweep.Record {
		return rec(govsweep.HomeRole, foldHome, &govsweep.PageFacts{Marks: m, Title: "某市人民政府网"})
	}
	other := func(n int, m *govsweep.Marks) *govsweep.Record { return article(n, &govsweep.PageFacts{Marks: m}) }
	cases := []struct {
		name    string
		records []*govsweep.Record
		icp     string
		page    string
		missing bool
	}{
		{"of the home page", []*govsweep.Record{home(foot("甲", false)), other(1, foot("乙", false))}, "甲", foldHome, false},
		{"of the first other page", []*govsweep.Record{home(foot("", true)), other(2, foot("丙", false)), other(1, foot("乙", false))}, "乙", foldHome + "a/1.html", false},
		{"nowhere", []*govsweep.Record{home(foot("", true)), other(1, foot("", true))}, "", foldHome, true},
		{"no foot at all", []*govsweep.Record{home(nil)}, "", foldHome, false},
		{"home not read", []*govsweep.Record{failed(govsweep.HomeRole, foldHome, 503), other(1, foot("乙", false))}, "乙", foldHome + "a/1.html", false},
	}
	for _, c := range cases {
		d := foldAll(foldInput(), c.records...)
		if d.Marks.ICP != c.icp || d.Marks.Page.URL != c.page {
			t.Errorf("%s: %q on %s", c.name, d.Marks.ICP, d.Marks.Page.URL)
		}
		if _, missing := d.Missing[KindMarks]; missing != c.missing {
			t.Errorf("%s: missing %v, want %v", c.name, missing, c.missing)
		}
	}
}

func TestYearlyForms(t *testing.T) {
	home := homeRecord(govsweep.Link{URL: foldHome + "nb/2020.html", Class: govsweep.InternalLink, Text: "某市政府网站2020年度工作报表"},
		govsweep.Link{URL: foldHome + "nb/other.html", Class: govsweep.InternalLink, Text: "政府信息公开年度报告"})
	list := front1(listed(li(foldHome+"nb/2019.html", "政府网站工作年度报表（2019年）", "2020-01-15"), li(foldHome+"nb/2020.html", "政府网站工作年度报表（2020年度）", "")))
	form := rec(govsweep.ArticleRole, foldHome+"nb/2020.html", &govsweep.PageFacts{Published: "2021-01-20"})
	got := foldAll(foldInput(), home, list, form).YearlyForms
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	if got[0].Year != 2019 || got[0].Date != "2020-01-15" || got[0].OnHome {
		t.Errorf("%+v", got[0])
	}
	if got[1].Year != 2020 || got[1].Date != "2021-01-20" || !got[1].OnHome || got[1].Digest == "" {
		t.Errorf("%+v", got[1])
	}
}
