package reports_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

func annexColumn(name string, class govsweep.ColumnClass, dates ...string) govsweep.ColumnVerdict {
	c := govsweep.ColumnVerdict{Verdict: govsweep.ColumnFresh}
	c.Name, c.URL, c.Class, c.Path, c.State = name, "http://a.example/"+name+"/", class, []string{"首页", name}, govsweep.Listed
	c.Dates = dates
	return c
}

// inWeeks puts the items a column shows into the weeks before asOf.
func inWeeks(c govsweep.ColumnVerdict, asOf string) govsweep.ColumnVerdict {
	for _, d := range c.Dates {
		if days := govsweep.DaysBetween(at(d), at(asOf)); days >= 0 && days < 364 {
			c.Weeks[days/7]++
		}
	}
	return c
}

// annexInput is a county with three sites in the third quarter, counted at
// the check points 31 August and 30 September. By hand: July 3, August 2 (one
// of them by week), September 4 + 7 by weeks; 疫情专题 has 3 items in all.
func annexInput() reports.AnnexInput {
	site := func(n int) govsweep.Site { return quarterSite(1, n) }
	news := annexColumn("工作动态", govsweep.NewsColumn, "2026-09-28", "2026-09-02", "2026-08-30", "2026-07-15", "2026-07-01", "2025-01-01")
	gazette := annexColumn("政府公报", govsweep.GazetteColumn, "2026-09-15", "2026-07-20", "2026-10-09")
	many := annexColumn("通知公告", govsweep.AnnouncementColumn, "2026-09-30") // the newest titles only
	many.Weeks[0], many.Weeks[1], many.Weeks[5], many.Weeks[20] = 4, 3, 1, 9
	unread := annexColumn("财政信息", govsweep.FiscalColumn)
	unread.Unread, unread.State, unread.Verdict = "列表由脚本生成，本次未能读取。", govsweep.UnreadList, govsweep.ColumnUnread
	above := annexColumn("政务公开", govsweep.DisclosureColumn, "2026-09-28")
	above.Children = []string{news.URL}
	topic := annexColumn("疫情专题", govsweep.TopicColumn, "2026-09-03")
	topic.Undated = 2
	first := annexColumn("工作动态", govsweep.NewsColumn, "2026-08-30", "2026-07-15", "2026-07-01", "2026-08-05") // one was taken off later
	return reports.AnnexInput{
		Subject: "东陵县", From: at("2026-07-01"), To: at("2026-09-30"),
		Sites: []reports.AnnexSite{
			{Site: site(0), Inspections: []reports.AnnexInspection{
				{Sweep: 2, AsOf: govsweep.EndOfDay(at("2026-09-30")), Columns: []govsweep.ColumnVerdict{inWeeks(news, "2026-09-30"), inWeeks(gazette, "2026-09-30"), many, unread, above, inWeeks(topic, "2026-09-30")}},
			}},
			{Site: site(1), Inspections: []reports.AnnexInspection{{Sweep: 2, AsOf: govsweep.EndOfDay(at("2026-09-30")), Columns: []govsweep.ColumnVerdict{unread}}}},
			{Site: site(2), Inspections: []reports.AnnexInspection{
				{Sweep: 1, AsOf: govsweep.EndOfDay(at("2026-08-31")), Columns: []govsweep.ColumnVerdict{inWeeks(first, "2026-08-31")}},
				{Sweep: 2, AsOf: govsweep.EndOfDay(at("2026-09-20")), Columns: []govsweep.ColumnVerdict{inWeeks(annexColumn("工作动态", govsweep.NewsColumn, "2026-09-10"), "2026-09-20")}},
			}},
		},
		Figures: reports.Figures{Accounts: &reports.AccountFigures{Source: "东陵县政务新媒体台账", Platforms: []reports.AccountPlatform{
			{Name: "微信公众号", Registered: num(18), Posts: num(2000)}, {Name: "新浪微博", Registered: num(4), Posts: num(634)}}}},
		Printed: []reports.PrintedFigure{
			{Label: "政府网站公开信息", Value: 20, Count: reports.PrintedSiteItems}, {Label: "政务新媒体公开信息", Value: 2634, Count: reports.PrintedPosts},
			{Label: "合计", Value: 2654, Count: reports.PrintedItems}, {Label: "微信公众号", Value: 18, Count: reports.PrintedAccounts, Name: "微信公众号"},
			{Label: "抖音", Value: 2, Count: reports.PrintedAccounts, Name: "抖音"}, {Label: "政府公报期数", Value: 2, Count: reports.PrintedGazette},
			{Label: "疫情专题信息", Value: 1, Count: reports.PrintedColumn, Name: "疫情专题"}, {Label: "新闻发布会", Value: 18},
		},
	}
}

// By hand: site 0: July 工作动态 2 + 政府公报 1; August 工作动态 1 + 通知公告 1
// (week 5 ends 26 August); September 工作动态 2 + 政府公报 1 + 通知公告 4 + 3 +
// 疫情专题 1. Site 2: July 2 and August 2 as seen on 31 August, September 1.
func TestItemsByMonthAreThoseCountedByHand(t *testing.T) {
	a, err := reports.NewAnnex(annexInput())
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"items.1": "5", "items.2": "4", "items.3": "12", "items.total": "21", "items.sites": "2", "items.unknown": "1",
		"columns.counted": "5", "columns.byweek": "1", "columns.unread": "2", "gazette.items": "2", "readings.items": "—", "letters.items": "—",
		"accounts.registered": "22", "accounts.posts": "2634", "interpretations.items": "—", "answers.answered": "—", "printed.all": "8", "printed.counted": "6",
	} {
		if n := a.Find(key); n == nil || n.Text != want {
			t.Errorf("%s is %v, want %s", key, n, want)
		}
	}
	var got []string
	for _, l := range a.Lists {
		if l.Title == "报告数据复核" {
			for _, r := range l.Grid.Rows {
				got = append(got, r[1].Text+" "+r[2].Text+" "+r[3].Text+" "+r[4].Text)
			}
		}
	}
	want := "政府网站公开信息 20 21 -1\n政务新媒体公开信息 2634 2634 0\n合计 2654 2655 -1\n微信公众号 18 18 0\n抖音 2 — —\n政府公报期数 2 2 0\n疫情专题信息 1 1 0\n新闻发布会 18 — —"
	if strings.Join(got, "\n") != want {
		t.Errorf("recounted\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	body := bodyText(reports.AnnexPaper(a))
	for _, say := range []string{"2026年9月尚未统计完整：部分网站只统计到监测时间点，不能与其他月份比较。", "单位统计表同一网址只计一次，两者可以不同", "据东陵县政务新媒体台账提供，在册政务新媒体22个，发布信息2634条。", "未提供留言办理数据"} {
		if !strings.Contains(body, say) {
			t.Errorf("the annex does not say %q:\n%s", say, body)
		}
	}
	if strings.Contains(body, "2026年8月尚未统计完整") {
		t.Error("August was over at the last check point")
	}
	for _, b := range reports.AnnexPaper(a).Body {
		bars, ok := b.(paper.Bars)
		if ok && (len(bars.Bars) == 0 || bars.Bars[len(bars.Bars)-1].Label != "2026年9月（未满月）") {
			t.Errorf("the bars are %+v", bars.Bars)
		}
	}
}

func TestEveryNumberOfTheAnnexIsCountedAgain(t *testing.T) {
	a, err := reports.NewAnnex(annexInput())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := reports.AnnexWorkbook(&b, a); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("数据出处")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		row = append(row, make([]string, 12-len(row))...)
		if got := recount(t, f, row); got != row[2] && !(got == "0" && row[2] == "—") {
			t.Errorf("%s %s: printed %s, counted %s", row[0], row[1], row[2], got)
		}
	}
}

func TestAnAnnexOfNoWholePeriodIsRefused(t *testing.T) {
	for name, in := range map[string]reports.AnnexInput{
		"no period": {}, "ends before it begins": {From: at("2026-07-01"), To: at("2026-06-30")}, "too long": {From: at("2020-01-01"), To: at("2026-06-30")},
	} {
		if _, err := reports.NewAnnex(in); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
	a, err := reports.NewAnnex(reports.AnnexInput{Subject: "空县", From: at("2026-07-01"), To: at("2026-07-31")})
	if err != nil || a.Find("items.total").Text != "—" {
		t.Errorf("an annex of nothing: %v", err)
	}
}

func TestHostileTextsAreInertInTheAnnex(t *testing.T) {
	in := annexInput()
	for i, s := range hostile() {
		c := annexColumn(s, govsweep.NewsColumn, s)
		c.URL, c.Unread = fmt.Sprint(i), s
		in.Sites[0].Inspections[0].Columns = append(in.Sites[0].Inspections[0].Columns, c)
		in.Printed = append(in.Printed, reports.PrintedFigure{Label: s, Name: s, Count: reports.PrintedColumn})
	}
	in.Subject, in.Sites[0].Site.Name, in.Figures.Accounts.Source = hostile()[0], hostile()[12], hostile()[24]
	a, err := reports.NewAnnex(in)
	if err != nil {
		t.Fatal(err)
	}
	p := reports.AnnexPaper(a)
	var doc, page, book bytes.Buffer
	for _, err := range []error{paper.DOCX(&doc, p), paper.HTML(&page, p), reports.AnnexWorkbook(&book, a)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	checkCircularDocx(t, doc.Bytes())
	circularShape(t, page.Bytes())
	checkCircularBook(t, book.Bytes())
}
