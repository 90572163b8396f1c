package facts

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// AccountMonths counts what an account published in the months from and to
// lie in, and between them, up to the instant at: one item that several
// sources show counts once. A month is Whole only where a source lists every
// moment of it, so that its count may be printed as it is. Days before the
// account was opened, and after it was closed, need no source.
func AccountMonths(a *govsweep.Account, from, to, at time.Time, readings []govsweep.Reading, posts []govsweep.Post) []govsweep.AccountMonth {
	spans := momentsOf(a, readings)
	var out []govsweep.AccountMonth
	place := map[string]int{}
	from = from.In(govsweep.Shanghai)
	for m := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, govsweep.Shanghai); !m.After(to); m = m.AddDate(0, 1, 0) {
		end := m.AddDate(0, 1, 0).Add(-time.Second)
		whole := !end.After(at) && slices.ContainsFunc(spans, func(s moments) bool { return !s.from.After(m) && !s.to.Before(end) })
		place[m.Format("2006-01")] = len(out)
		out = append(out, govsweep.AccountMonth{Month: m.Format("2006-01"), Whole: whole})
	}
	posts = distinct(posts, at)
	for i := range posts {
		if k, ok := place[govsweep.DateOf(posts[i].At)[:7]]; ok {
			countPost(&out[k], &posts[i])
		}
	}
	return out
}

// moments is a time over which every post is known, both ends within it.
type moments struct{ from, to time.Time }

// momentsOf gives the times over which every post of an account is known,
// merged. A feed may have dropped older items of the day of its oldest one.
func momentsOf(a *govsweep.Account, readings []govsweep.Reading) []moments {
	var all []moments
	if t, err := govsweep.ParseDate(a.Opened); err == nil {
		all = append(all, moments{time.Time{}, t})
	}
	if t, err := govsweep.ParseDate(a.Closed); err == nil && a.State == govsweep.AccountClosed {
		all = append(all, moments{govsweep.EndOfDay(t), time.Date(9999, 1, 1, 0, 0, 0, 0, govsweep.Shanghai)})
	}
	for i := range readings {
		from, to, ok := complete(&readings[i])
		if k := readings[i].Source.Kind; k != govsweep.ExportSource && k != govsweep.ManualSource {
			from = govsweep.EndOfDay(from)
		}
		if ok && !to.Before(from) {
			all = append(all, moments{from, to})
		}
	}
	slices.SortFunc(all, func(x, y moments) int { return x.from.Compare(y.from) })
	var out []moments
	for _, s := range all {
		if n := len(out); n > 0 && !s.from.After(out[n-1].to.Add(time.Second)) {
			if s.to.After(out[n-1].to) {
				out[n-1].to = s.to
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
