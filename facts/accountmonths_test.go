package facts_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func moment(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, govsweep.Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

func posted(title, at string) govsweep.Post { return govsweep.Post{Title: title, At: moment(at)} }

func reading(kind govsweep.SourceKind, from, to string) govsweep.Reading {
	return govsweep.Reading{Source: govsweep.MediaSource{Kind: kind}, Health: govsweep.SourceWorking, From: moment(from), Newest: moment(to), Through: moment(to)}
}

func TestMonthsOfAnAccountAreWholeOnlyWhereEveryMomentIsKnown(t *testing.T) {
	posts := []govsweep.Post{
		posted("一月甲", "2026-01-01 00:00:00"), posted("一月乙", "2026-01-31 23:59:59"), posted("一月乙！", "2026-01-31 09:00:00"),
		posted("三月甲", "2026-03-02 10:00:00"), posted("四月甲", "2026-04-20 10:00:00"), posted("四月乙", "2026-04-21 10:00:00"),
	}
	for _, c := range []struct {
		name     string
		account  govsweep.Account
		readings []govsweep.Reading
		whole    string // of January to April
	}{
		{name: "no source knows no month", whole: "----"},
		{name: "an export that reaches the last second", readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-01-01 00:00:00", "2026-03-31 23:59:59")}, whole: "www-"},
		{name: "an export that ends a second early", readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-01-01 00:00:00", "2026-03-31 23:59:58")}, whole: "ww--"},
		{name: "two exports that meet", readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-02-11 00:00:00", "2026-02-28 23:59:59"), reading(govsweep.ManualSource, "2026-02-01 00:00:00", "2026-02-10 23:59:59")}, whole: "-w--"},
		{name: "two exports with a day between", readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-02-12 00:00:00", "2026-02-28 23:59:59"), reading(govsweep.ManualSource, "2026-02-01 00:00:00", "2026-02-10 23:59:59")}, whole: "----"},
		{name: "a feed may have dropped items of its first day", readings: []govsweep.Reading{reading(govsweep.FeedSource, "2026-02-01 00:00:00", "2026-04-20 10:00:00")}, whole: "--w-"},
		{name: "a broken source says nothing", readings: []govsweep.Reading{{Source: govsweep.MediaSource{Kind: govsweep.ExportSource}, Health: govsweep.SourceBlocked, From: moment("2026-01-01 00:00:00"), Through: moment("2026-04-30 23:59:59")}}, whole: "----"},
		{name: "before it was opened there was nothing", account: govsweep.Account{Opened: "2026-02-15"}, readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-02-15 00:00:00", "2026-03-31 23:59:59")}, whole: "www-"},
		{name: "after it was closed there was nothing", account: govsweep.Account{State: govsweep.AccountClosed, Closed: "2026-02-10"}, readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-02-01 00:00:00", "2026-02-10 23:59:59")}, whole: "-ww-"},
		{name: "a month that is not over is never whole", readings: []govsweep.Reading{reading(govsweep.ExportSource, "2026-01-01 00:00:00", "2026-12-31 23:59:59")}, whole: "www-"},
	} {
		got := facts.AccountMonths(&c.account, moment("2026-01-01 00:00:00"), moment("2026-04-30 23:59:59"), moment("2026-04-20 23:59:59"), c.readings, posts)
		whole, counts := "", []int{}
		for _, m := range got {
			whole += map[bool]string{true: "w", false: "-"}[m.Whole]
			counts = append(counts, m.Posts)
		}
		// By hand: two in January (one shown twice), none in February, one in March, one in April up to the 20th.
		if whole != c.whole || len(counts) != 4 || counts[0] != 2 || counts[1] != 0 || counts[2] != 1 || counts[3] != 1 {
			t.Errorf("%s: whole %q, want %q; counts %v", c.name, whole, c.whole, counts)
		}
	}
}
