package schedule_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
	"github.com/govsweep/govsweep/schedule"
)

func shipped(t testing.TB) *rules.Rulebook {
	t.Helper()
	b, err := rules.LoadBook("", book.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func column(class govsweep.ColumnClass, newest string, perWeek int) govsweep.ColumnActivity {
	c := govsweep.ColumnActivity{Column: govsweep.Column{URL: "http://x/c/", Name: "通知公告", Class: class, Confidence: 1},
		State: govsweep.Listed, Items: 20, Newest: newest, Looks: 2}
	for i := range c.Weeks {
		c.Weeks[i] = perWeek
	}
	return c
}

func lookAt(t testing.TB, c govsweep.ColumnActivity, asOf time.Time) govsweep.ColumnLook {
	t.Helper()
	return schedule.Looks(&facts.Dossier{AsOf: asOf, Columns: []govsweep.ColumnActivity{c}}, shipped(t))[0]
}

func TestWhenAColumnIsLookedAtNext(t *testing.T) {
	last := at("2026-03-02 03:00")
	with := func(c govsweep.ColumnActivity, f func(*govsweep.ColumnActivity)) govsweep.ColumnActivity {
		f(&c)
		return c
	}
	for _, c := range []struct {
		name, next, why string
		column          govsweep.ColumnActivity
	}{
		{"news every day: after two days", "2026-03-04", "每周更新5.0条，预计3日", column(govsweep.NewsColumn, "2026-03-01", 5)},
		{"very busy news: the next day", "2026-03-03", "每周更新40条，预计1日", column(govsweep.NewsColumn, "2026-03-01", 40)},
		{"news whose cycle runs out on 4 March: on the 5th", "2026-03-05", "2026年3月4日更新期满", column(govsweep.NewsColumn, "2026-02-18", 1)},
		{"news without a rate: half the cycle", "2026-03-09", "更新周期14天的一半", column(govsweep.NewsColumn, "2026-03-01", 0)},
		{"policies once a week: after eleven days", "2026-03-13", "每周更新1.0条，预计12日", column(govsweep.PolicyColumn, "2026-03-01", 1)},
		{"policies without a rate: half of six months", "2026-05-31", "更新周期6个月的一半", column(govsweep.PolicyColumn, "2026-03-01", 0)},
		{"nothing asked of it", "2026-05-31", "没有规定更新周期", column(govsweep.StaticColumn, "2020-03-01", 0)},
		{"stale", "2026-03-09", "空白或超期", column(govsweep.NewsColumn, "2026-01-01", 5)},
		{"blank", "2026-03-09", "空白或超期", with(column(govsweep.NewsColumn, "", 0), func(c *govsweep.ColumnActivity) { c.State, c.Items = govsweep.BlankList, 0 })},
		{"unread", "2026-03-03", "未能读取", with(column(govsweep.NewsColumn, "", 0), func(c *govsweep.ColumnActivity) { c.Unread = "拦截" })},
		{"exempt", "2026-04-02", "豁免至2026年4月1日", with(column(govsweep.NewsColumn, "2020-01-01", 0), func(c *govsweep.ColumnActivity) { c.ExemptUntil = "2026-04-01" })},
	} {
		l := lookAt(t, c.column, last)
		if govsweep.DateOf(l.Next) != c.next || !strings.Contains(l.Why, c.why) {
			t.Errorf("%s: %s %s", c.name, govsweep.DateOf(l.Next), l.Why)
		}
	}
}

// Whatever a column does, it is looked at again later than the last look, at
// the latest on the first day it would be overdue, and twice in its cycle.
func TestALookIsNeverLaterThanTheLawDemands(t *testing.T) {
	b := shipped(t)
	classes := []govsweep.ColumnClass{govsweep.NewsColumn, govsweep.AnnouncementColumn, govsweep.PersonnelColumn, govsweep.LettersColumn, govsweep.StaticColumn}
	rapid.Check(t, func(r *rapid.T) {
		last := at("2026-03-02 03:00").Add(time.Duration(rapid.IntRange(0, 24*60).Draw(r, "minute")) * time.Minute)
		c := column(rapid.SampledFrom(classes).Draw(r, "class"), govsweep.DateOf(last.AddDate(0, 0, -rapid.IntRange(0, 400).Draw(r, "age"))), 0)
		for i := range c.Weeks {
			c.Weeks[i] = rapid.IntRange(0, 3).Draw(r, "week")
		}
		c.CycleDays = rapid.SampledFrom([]int{0, 1, 3, 30}).Draw(r, "local")
		d := &facts.Dossier{AsOf: last, Columns: []govsweep.ColumnActivity{c}, Site: govsweep.Site{Kind: govsweep.Portal}}
		due, l := rules.Dues(d, b)[0], schedule.Looks(d, b)[0]
		if !l.Next.After(last) || l.Next.Sub(last) > 90*24*time.Hour || l.Why == "" {
			r.Fatalf("next %s after %s: %s", l.Next, last, l.Why)
		}
		if due.Verdict == govsweep.ColumnFresh && l.Next.After(due.Fresh.AddDate(0, 0, 1)) {
			r.Fatalf("fresh to %s, looked at on %s", due.Fresh, l.Next)
		}
		if due.Days > 1 && due.Verdict == govsweep.ColumnFresh && l.Next.Sub(last) > time.Duration(due.Days)*24*time.Hour/2 {
			r.Fatalf("cycle of %d days, next look after %s", due.Days, l.Next.Sub(last))
		}
	})
}

func TestASiteIsLookedAtWhenItsFirstColumnIs(t *testing.T) {
	last := at("2026-03-02 03:00")
	d := &facts.Dossier{AsOf: last, Columns: []govsweep.ColumnActivity{column(govsweep.PolicyColumn, "2026-03-01", 0), column(govsweep.NewsColumn, "2026-03-01", 5)}}
	looks := schedule.Looks(d, shipped(t))
	if s := schedule.SiteNext("a", last, looks); !s.Next.Equal(at("2026-03-04 00:00")) || s.Why != looks[0].Why || looks[0].Class != govsweep.NewsColumn {
		t.Errorf("%+v", s)
	}
	if s := schedule.SiteNext("a", last, looks[1:]); !s.Next.Equal(at("2026-03-09 00:00")) || s.Column != "首页" {
		t.Errorf("the home page: %+v", s)
	}
}
