package main

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sampling"
)

func TestTheDateOfACircularIsTodayOrEarlier(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 20, 3, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct{ number, date, want, says string }{
		"a draft without a date has none":     {},
		"a numbered paper is dated today":     {number: "云政办函〔2026〕30号", want: "2026-10-20"},
		"an earlier date stands":              {number: "云政办函〔2026〕30号", date: "2026-10-15", want: "2026-10-15"},
		"a draft may carry a date":            {date: "2026-10-15", want: "2026-10-15"},
		"tomorrow is refused":                 {date: "2026-10-21", says: "晚于今天"},
		"a day that does not exist":           {date: "2026-02-30", says: "不正确"},
		"round brackets in the number":        {number: "云政办函（2026）30号", says: "六角括号"},
		"square ASCII brackets in the number": {number: "云政办函[2026]30号", says: "六角括号"},
	} {
		date, err := (&reportCircularCmd{Number: c.number, Date: c.date}).dated(now)
		got := ""
		if !date.IsZero() {
			got = govsweep.DateOf(date)
		}
		if got != c.want || (err == nil) != (c.says == "") || err != nil && !strings.Contains(said(err), c.says) {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

func TestASampleThatRoundingMadeLargeIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		platforms int
		want      string
	}{"each site its own stratum": {10, "100%"}, "one stratum": {1, ""}} {
		var members []sampling.Member
		for i := range 10 {
			members = append(members, sampling.Member{ID: string(rune('a' + i)), Platform: string(rune('a' + i%c.platforms))})
		}
		d, err := sampling.Sample(members, "30%", "甲")
		must(t, err)
		if got := roundedUp(d); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
