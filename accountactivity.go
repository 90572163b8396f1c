package govsweep

import (
	"slices"
	"time"
)

// AccountActivity is when an account published in the year up to the check
// point: what a report prints as figures and as a strip of days. Days are
// YYYY-MM-DD of Asia/Shanghai.
type AccountActivity struct {
	From string `json:"from"` // first day of the window
	To   string `json:"to"`   // day of the check point
	// Posts counts what was published a day, [0] is From. One item that several
	// sources show counts once.
	Posts []int `json:"posts"`
	// Known are the days over which a working source is complete. A day with no
	// post outside of them is unknown, never silent.
	Known  []DaySpan      `json:"known,omitempty"`
	Months []AccountMonth `json:"months,omitempty"` // the oldest first
	Last   *Post          `json:"last,omitempty"`   // newest not after the check point, also from before the window
}

// DaySpan is a run of days, both ends included.
type DaySpan struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Holds says whether day lies in s.
func (s DaySpan) Holds(day string) bool { return s.From <= day && day <= s.To }

// AccountMonth is what an account published in one month.
type AccountMonth struct {
	Month     string `json:"month"` // 2026-03
	Posts     int    `json:"posts"`
	Originals int    `json:"originals"` // 原创, as far as sources say
	Reprints  int    `json:"reprints"`  // 转载, as far as sources say
	Unsaid    int    `json:"unsaid"`    // no source says which
	Whole     bool   `json:"whole"`     // every day of it is known: there was nothing else
}

// Gap is the time between two days of publishing that follow each other.
type Gap struct {
	From string `json:"from"`
	To   string `json:"to"`
	Days int    `json:"days"`
}

// Day gives the i-th day of the window; "" when From is no day.
func (a *AccountActivity) Day(i int) string {
	t, err := ParseDate(a.From)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, i).Format(time.DateOnly)
}

// IsKnown says whether a working source is complete over day.
func (a *AccountActivity) IsKnown(day string) bool {
	return slices.ContainsFunc(a.Known, func(s DaySpan) bool { return s.Holds(day) })
}

// Total counts the posts of the window.
func (a *AccountActivity) Total() int {
	n := 0
	for _, p := range a.Posts {
		n += p
	}
	return n
}

// Gaps gives the proven gaps between days of publishing, the oldest first:
// all their days are known. What lies between two sources may have been
// published. The time since the last post is no gap: see SinceLast.
func (a *AccountActivity) Gaps() []Gap {
	var days []string
	for i, n := range a.Posts {
		if n > 0 {
			days = append(days, a.Day(i))
		}
	}
	return GapsOf(days, a.Known)
}

// GapsOf gives the gaps between ascending days that known spans cover whole.
func GapsOf(days []string, known []DaySpan) []Gap {
	var out []Gap
	for i := 1; i < len(days); i++ {
		from, err := ParseDate(days[i-1])
		to, err2 := ParseDate(days[i])
		if err != nil || err2 != nil || !to.After(from) {
			continue
		}
		if slices.ContainsFunc(known, func(s DaySpan) bool { return s.Holds(days[i-1]) && s.Holds(days[i]) }) {
			out = append(out, Gap{days[i-1], days[i], DaysBetween(from, to)})
		}
	}
	return out
}

// LongestGap gives the longest proven gap, the older of two alike; false when
// none is proven.
func (a *AccountActivity) LongestGap() (Gap, bool) {
	var most Gap
	for _, g := range a.Gaps() {
		if g.Days > most.Days {
			most = g
		}
	}
	return most, most.Days > 0
}

// Over counts the days of proven gaps beyond limit: how long the account was
// out of compliance before it last published.
func (a *AccountActivity) Over(limit int) int {
	n := 0
	for _, g := range a.Gaps() {
		n += max(0, g.Days-limit)
	}
	return n
}

// Between gives the proven gaps of from to to days: publishing just before
// the limit 卡点更新.
func (a *AccountActivity) Between(from, to int) []Gap {
	return slices.DeleteFunc(a.Gaps(), func(g Gap) bool { return g.Days < from || g.Days > to })
}

// SinceLast gives the days from the last post to the check point; -1 when no
// post is known. Whether nothing came after it only the verdict says.
func (a *AccountActivity) SinceLast() int {
	to, err := ParseDate(a.To)
	if a.Last == nil || err != nil {
		return -1
	}
	return DaysBetween(a.Last.At, to)
}
