package rules_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
)

func shippedBook(t testing.TB) *rules.Rulebook {
	t.Helper()
	b, err := rules.LoadBook("", book.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestColumns(t *testing.T) {
	b := shippedBook(t)
	listed := func(class govsweep.ColumnClass, newest string) govsweep.ColumnActivity {
		return govsweep.ColumnActivity{
			Column: govsweep.Column{URL: "http://x/c/", Name: "通知公告", Class: class, Confidence: 1},
			State:  govsweep.Listed, Items: 20, Newest: newest,
		}
	}
	with := func(c govsweep.ColumnActivity, f func(*govsweep.ColumnActivity)) govsweep.ColumnActivity {
		f(&c)
		return c
	}
	for _, c := range []struct {
		name  string
		col   govsweep.ColumnActivity
		want  govsweep.ColumnState
		age   int
		limit string
		why   string
	}{
		{"stale announcements", listed(govsweep.AnnouncementColumn, "2021-02-02"), govsweep.ColumnStale, 206, "6个月",
			"栏目“通知公告”最近一条信息发布于2021年2月2日，距监测时间点已超过6个月。"},
		{"fresh announcements", listed(govsweep.AnnouncementColumn, "2021-02-27"), govsweep.ColumnFresh, 181, "6个月",
			"栏目“通知公告”最近一条信息发布于2021年2月27日，未超过6个月。"},
		{"a time of day does not matter", listed(govsweep.NewsColumn, "2021-08-13T00:00:01+08:00"), govsweep.ColumnFresh, 14, "14天",
			"栏目“通知公告”最近一条信息发布于2021年8月13日，未超过14天。"},
		{"no cycle printed", listed(govsweep.GazetteColumn, "2019-01-01"), govsweep.ColumnNoRule, 969, "",
			"栏目“通知公告”最近一条信息发布于2019年1月1日，政府公报类栏目没有规定更新周期。"},
		{"letters of a department have no cycle", listed(govsweep.LettersColumn, "2019-01-01"), govsweep.ColumnNoRule, 969, "",
			"栏目“通知公告”最近一条信息发布于2019年1月1日，留言公开类栏目没有规定更新周期。"},
		{"no list of its own", with(listed(govsweep.NewsColumn, ""), func(c *govsweep.ColumnActivity) { c.State, c.Items = "", 0 }),
			govsweep.ColumnNoRule, -1, "14天", "栏目“通知公告”不是信息列表，不按更新周期判定。"},
		{"unread", with(listed(govsweep.NewsColumn, ""), func(c *govsweep.ColumnActivity) { c.Unread = "被防火墙拦截" }),
			govsweep.ColumnUnread, -1, "14天", "栏目“通知公告”未能读取：被防火墙拦截。"},
		{"exempt to the last day", with(listed(govsweep.NewsColumn, "2020-01-01"), func(c *govsweep.ColumnActivity) { c.ExemptUntil, c.ExemptWhy = "2021-08-27", "改版中" }),
			govsweep.ColumnExempt, 604, "14天", "栏目“通知公告”已登记豁免检查至2021年8月27日：改版中。"},
		{"a broken date is no date", listed(govsweep.NewsColumn, "昨天"), govsweep.ColumnNoRule, -1, "14天", "栏目“通知公告”不是信息列表，不按更新周期判定。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &facts.Dossier{AsOf: asOf, Site: govsweep.Site{Kind: govsweep.DepartmentSite},
				Columns: []govsweep.ColumnActivity{c.col}, Coverage: govsweep.Coverage{Complete: true}}
			v := rules.Columns(d, b)[0]
			if v.Verdict != c.want || v.AgeDays != c.age || v.Limit != c.limit || v.Why != c.why {
				t.Errorf("%s, %d days, limit %q: %s\nwant %s, %d days, limit %q: %s", v.Verdict, v.AgeDays, v.Limit, v.Why, c.want, c.age, c.limit, c.why)
			}
			if (v.Limit == "") != (v.Clause == "" || v.Clause == "待录入") {
				t.Errorf("limit %q with clause %q", v.Limit, v.Clause)
			}
		})
	}
}

// TestMonthsAreCalendarMonths: the last day that is still in time, from check
// points at the ends of months.
func TestMonthsAreCalendarMonths(t *testing.T) {
	for asOf, last := range map[string]string{
		"2021-08-31": "2021-02-28", "2020-08-31": "2020-02-29", "2021-08-28": "2021-02-28", "2021-03-31": "2020-09-30", "2021-01-01": "2020-07-01",
	} {
		at, err := govsweep.ParseDate(asOf)
		if err != nil {
			t.Fatal(err)
		}
		day, err := govsweep.ParseDate(last)
		if err != nil {
			t.Fatal(err)
		}
		if rules.OverMonths(day, govsweep.EndOfDay(at), 6) || !rules.OverMonths(day.AddDate(0, 0, -1), govsweep.EndOfDay(at), 6) {
			t.Errorf("six months before %s do not begin on %s", asOf, last)
		}
	}
}

func TestSubColumnsThatPointAtEachOther(t *testing.T) {
	b := shippedBook(t)
	blank := func(url string, children ...string) govsweep.ColumnActivity {
		return govsweep.ColumnActivity{Column: govsweep.Column{URL: url, Name: url}, State: govsweep.BlankList, Looks: 2, Children: children}
	}
	d := &facts.Dossier{AsOf: asOf, Columns: []govsweep.ColumnActivity{blank("http://x/a/", "http://x/b/"), blank("http://x/b/", "http://x/a/")}}
	for _, v := range rules.Columns(d, b) {
		if v.Verdict != govsweep.ColumnBlank {
			t.Errorf("%s is %s", v.URL, v.Verdict)
		}
	}
}

// bigDossier is a site with more of everything than most have: 200 columns,
// 5,000 pages that lack tags and metadata, 300 dead links.
func bigDossier() *facts.Dossier { return dossierOf(200, 5000, 300) }

// dossierOf is a site with faults in proportion to its size.
func dossierOf(columns, pages, dead int) *facts.Dossier {
	refs := func(n int) []facts.PageRef {
		out := make([]facts.PageRef, n)
		for i := range out {
			out[i] = facts.PageRef{URL: fmt.Sprintf("http://www.x.gov.cn/a/%05d.html", i), Digest: "sha256:00", Quote: "2021/8/6"}
		}
		return out
	}
	tally := func(n int) *facts.Tally { return &facts.Tally{Pages: pages, Lacking: refs(n)} }
	d := &facts.Dossier{
		AsOf: asOf, Site: govsweep.Site{ID: "1507830002", Code: "1507830002", URL: "http://www.x.gov.cn/", Kind: govsweep.Portal, Level: "县级"},
		Home: facts.Home{URL: "http://www.x.gov.cn/", Reached: true, Newest: "2021-08-26", Items: 40},
		Tags: facts.TagTally{
			Site: map[string]*facts.Tally{"SiteName": tally(pages), "SiteDomain": tally(pages / 50)}, Article: map[string]*facts.Tally{"PubDate": tally(pages * 2 / 5)},
			Optional: map[string]*facts.Tally{"Author": tally(pages * 4 / 5)},
		},
		Metadata: facts.MetadataTally{Documents: pages * 2 / 5, NoLabel: map[string]*facts.Tally{govsweep.MetaSubjectTerms: tally(pages * 2 / 5)}},
		Links:    facts.LinkTally{Checked: 9000},
	}
	classes := []govsweep.ColumnClass{govsweep.NewsColumn, govsweep.AnnouncementColumn, govsweep.PolicyColumn, govsweep.TopicColumn, govsweep.StaticColumn}
	for i := range columns {
		d.Columns = append(d.Columns, govsweep.ColumnActivity{
			Column: govsweep.Column{URL: fmt.Sprintf("http://www.x.gov.cn/c%d/", i), Name: "栏目", Path: []string{"首页", "政务公开", "栏目"}, Class: classes[i%5], Confidence: 0.9, Level: 1 + i%3},
			State:  govsweep.Listed, Items: 20, Newest: govsweep.DateOf(asOf.AddDate(0, 0, -7*i)), Digest: "sha256:00",
		})
	}
	for i := range dead {
		d.Links.Dead = append(d.Links.Dead, facts.DeadLink{URL: fmt.Sprintf("http://www.x.gov.cn/gone/%d", i), Class: govsweep.InternalLink, Status: 404, Sources: refs(10)})
	}
	return d
}

// BenchmarkInspectAndJudge is one replay of a site as most are (the nation
// counts 17 columns a site) and of a big one. The goal is 15,000 sites a
// minute: 4 ms each.
func BenchmarkInspectAndJudge(b *testing.B) {
	rb := shippedBook(b)
	for name, d := range map[string]*facts.Dossier{"usual": dossierOf(20, 1000, 20), "big": bigDossier()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				outcomes := rules.Inspect(d, rb, book.Indicators)
				rb.Judge(d, outcomes)
				rules.Columns(d, rb)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()*60, "sites/min")
		})
	}
}

// TestSameDossierSameVerdict: nothing depends on the order of maps or on what
// was judged before.
func TestSameDossierSameVerdict(t *testing.T) {
	rb := shippedBook(t)
	say := func() string {
		d := bigDossier()
		outcomes := rules.Inspect(d, rb, book.Indicators)
		verdict, err := json.Marshal(rb.Judge(d, outcomes))
		if err != nil {
			t.Fatal(err)
		}
		text := string(verdict)
		for _, o := range outcomes {
			text += fmt.Sprintf("%s %s %s\n", o.Indicator, o.Status, o.Reason)
			for _, f := range o.Findings {
				text += fmt.Sprintln(f.ID, f.Summary, len(f.Pages), f.Detail, f.Evidence)
			}
		}
		return text
	}
	first := say()
	for range 5 {
		if got := say(); got != first {
			t.Fatal("another run says something else")
		}
	}
}
