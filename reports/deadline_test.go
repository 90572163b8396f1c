package reports_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/workday"
)

func TestDeadlinesOverHolidays(t *testing.T) {
	for _, c := range []struct{ name, rule, from, day, hour, want, printed string }{
		{"ten working days in a plain month", "10 workdays", "issue", "2021-11-01", "09:00", "2021-11-15", "自印发之日起10个工作日内"},
		{"over National Day with its make-up days", "5 workdays", "issue", "2021-09-30", "09:00", "2021-10-13", "自印发之日起5个工作日内"},
		{"a make-up Sunday counts", "5 workdays", "receipt", "2021-09-17", "15:00", "2021-09-26", "自收到之日起5个工作日内"},
		{"over Spring Festival", "3 workdays", "issue", "2021-02-10", "23:59", "2021-02-20", "自印发之日起3个工作日内"},
		{"issued at night in Shanghai", "1 workday", "issue", "2021-11-01", "00:30", "2021-11-02", "自印发之日起1个工作日内"},
		{"days end on a Saturday and go on to Monday", "5 days", "issue", "2021-11-01", "09:00", "2021-11-08", "自印发之日起5日内"},
		{"days end in a holiday", "5 days", "issue", "2021-09-28", "09:00", "2021-10-08", "自印发之日起5日内"},
		{"days end on a make-up Saturday, a working day", "5 days", "issue", "2021-10-04", "09:00", "2021-10-09", "自印发之日起5日内"},
		{"five days by noon, as 杨陵区 wrote it", "5 days by 12:00", "issue", "2025-04-11", "09:00", "2025-04-16", "自印发之日起5日内，截止当日12时前"},
		{"a month from the last of January", "1 month", "issue", "2023-01-31", "09:00", "2023-02-28", "自印发之日起1个月内"},
		{"in Chinese", "10个工作日", "issue", "2021-11-01", "09:00", "2021-11-15", "自印发之日起10个工作日内"},
		{"a month in Chinese with minutes", "1个月 by 17:30", "issue", "2021-11-01", "09:00", "2021-12-01", "自印发之日起1个月内，截止当日17时30分前"},
	} {
		f := withDeadline(t, c.rule, "", c.from)
		n := draft(t, confirmedCase(), f)
		n.Drafted = at("2021-01-01")
		if err := reports.Issue(n, f, workday.Default(), at(c.day+"T"+c.hour+":00+08:00").UTC(), "王"); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if n.Deadline != c.want || n.DeadlineRule != c.printed || n.DeadlineNote != "" {
			t.Errorf("%s: %s, %s, %s; want %s, %s", c.name, n.Deadline, n.DeadlineRule, n.DeadlineNote, c.want, c.printed)
		}
	}
}

// withDeadline is the general form with another deadline for notices.
func withDeadline(t *testing.T, rule, veto, from string) *reports.Form {
	t.Helper()
	old := "      default: 10 workdays\n      veto: 5 workdays\n      from: issue\n"
	src := form(t, "general").Text()
	if !strings.Contains(src, old) {
		t.Fatal("the general form has another deadline")
	}
	now := "      default: " + rule + "\n"
	if veto != "" {
		now += "      veto: " + veto + "\n"
	}
	f, err := reports.ParseForm([]byte(strings.Replace(src, old, now+"      from: "+from+"\n", 1)), "test")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheGravestClassShortensTheDeadline(t *testing.T) {
	f := withDeadline(t, "10 workdays", "3 workdays", "issue")
	for _, c := range []struct {
		name  string
		drop  govsweep.IndicatorCode
		until string
	}{{"with a veto", "", "2021-11-04"}, {"without", "column-stale-veto", "2021-11-15"}} {
		cs := confirmedCase()
		if c.drop != "" {
			cs.Findings = cs.Findings[1:]
		}
		n := issued(t, draft(t, cs, f), f, "2021-11-01")
		if n.Deadline != c.until {
			t.Errorf("%s: %s, want %s", c.name, n.Deadline, c.until)
		}
	}
}

func TestAYearWithoutHolidayTableIsSaid(t *testing.T) {
	for _, rule := range []string{"10 workdays", "15 days", "1 month"} {
		f := withDeadline(t, rule, "", "issue")
		n := issued(t, draft(t, confirmedCase(), f), f, "2040-05-04")
		if n.Deadline == "" || !strings.Contains(n.DeadlineNote, "2040年") {
			t.Errorf("%s: %q, %q", rule, n.Deadline, n.DeadlineNote)
		}
	}
}

func TestWithdrawingHasNoDeadline(t *testing.T) {
	f := general(t)
	n := issued(t, draft(t, confirmedCase(), f), f, "2021-09-17")
	p, err := reports.Follow(n, further()[3], f)
	if err != nil {
		t.Fatal(err)
	}
	if issued(t, p, f, "2021-10-08"); p.Deadline != "" || p.DeadlineRule != "" {
		t.Errorf("%s %s", p.Deadline, p.DeadlineRule)
	}
}

func TestAPaperWithoutItemsHasTheUsualDeadline(t *testing.T) {
	src := form(t, "general").Text()
	f, err := reports.ParseForm([]byte(strings.Replace(src, "    name: 更正通知\n", "    name: 更正通知\n    answering:\n      - 请于{until}确认收到。\n    deadline: {default: 3 workdays}\n", 1)), "test")
	if err != nil {
		t.Fatal(err)
	}
	n := issued(t, draft(t, confirmedCase(), f), f, "2021-09-17")
	p, err := reports.Follow(n, reports.Further{Kind: govsweep.Amendment, By: "乌兰", At: n.Issued, Reason: "文字有误"}, f)
	if err != nil {
		t.Fatal(err)
	}
	if issued(t, p, f, "2021-11-01"); len(p.Items) != 0 || p.Deadline != "2021-11-04" {
		t.Errorf("%d items, %s", len(p.Items), p.Deadline)
	}
	if text := dump(reports.NoticePaper(p, f)); !strings.Contains(text, "请于2021年11月4日前（含当日）确认收到。") {
		t.Error(text)
	}
}

func TestAPaperDraftedInTheAfternoonMayBeRegisteredAsIssuedThatDay(t *testing.T) {
	f := general(t)
	c := confirmedCase()
	c.At = at("2021-09-16T15:00:00+08:00")
	n := draft(t, c, f)
	if err := reports.Issue(n, f, workday.Default(), at("2021-09-15T12:00:00+08:00"), "王"); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("issued the day before it was drafted: %v", err)
	}
	if err := reports.Issue(n, f, workday.Default(), at("2021-09-16T12:00:00+08:00"), "王"); err != nil {
		t.Error(err)
	}
}
