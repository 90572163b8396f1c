package facts

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/govsweep/govsweep"
)

// KnownDays gives the days over which the readings are complete, merged and
// ascending: of a feed the days from its oldest to its newest item, of an
// export or log the days it is said to hold. What a feed that shows nothing
// newer proves is for the verdict to say.
func KnownDays(readings []govsweep.Reading) []govsweep.DaySpan {
	type stretch struct{ from, to time.Time }
	var all []stretch
	for i := range readings {
		if from, to, ok := complete(&readings[i]); ok {
			all = append(all, stretch{from, to})
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return a.from.Compare(b.from) })
	var out []govsweep.DaySpan
	var end time.Time
	for _, s := range all {
		if len(out) > 0 && !s.from.After(end) {
			if s.to.After(end) {
				end, out[len(out)-1].To = s.to, govsweep.DateOf(s.to)
			}
			continue
		}
		end = s.to
		out = append(out, govsweep.DaySpan{From: govsweep.DateOf(s.from), To: govsweep.DateOf(s.to)})
	}
	return out
}

func complete(r *govsweep.Reading) (from, to time.Time, ok bool) {
	if r.Health != govsweep.SourceWorking || r.Undated > 0 || r.From.IsZero() {
		return from, to, false
	}
	switch r.Source.Kind {
	case govsweep.ExportSource, govsweep.ManualSource:
		return r.From, r.Through, !r.Through.IsZero()
	}
	return r.From, r.Newest, !r.Newest.Before(r.From)
}

// activityOf counts what was published in the year up to at.
func activityOf(at time.Time, readings []govsweep.Reading, posts []govsweep.Post) *govsweep.AccountActivity {
	first := govsweep.EndOfDay(at.AddDate(-1, 0, 0)).Add(time.Second)
	a := &govsweep.AccountActivity{From: govsweep.DateOf(first), To: govsweep.DateOf(at), Posts: make([]int, govsweep.DaysBetween(first, at)+1), Known: KnownDays(readings)}
	months := map[string]*govsweep.AccountMonth{}
	for i := range posts {
		p := &posts[i]
		if a.Last == nil || newer(p, a.Last) {
			a.Last = p
		}
		n := govsweep.DaysBetween(first, p.At)
		if n < 0 {
			continue
		}
		a.Posts[n]++
		month := govsweep.DateOf(p.At)[:7]
		if months[month] == nil {
			months[month] = &govsweep.AccountMonth{}
		}
		countPost(months[month], p)
	}
	for m := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, govsweep.Shanghai); !m.After(at); m = m.AddDate(0, 1, 0) {
		month := months[m.Format("2006-01")]
		if month == nil {
			month = &govsweep.AccountMonth{}
		}
		month.Month = m.Format("2006-01")
		month.Whole = wholeMonth(a, m)
		a.Months = append(a.Months, *month)
	}
	return a
}

func newer(p, than *govsweep.Post) bool {
	return p.At.After(than.At) || p.At.Equal(than.At) && p.Title < than.Title
}

func countPost(m *govsweep.AccountMonth, p *govsweep.Post) {
	m.Posts++
	switch {
	case p.Original != nil && *p.Original:
		m.Originals++
	case p.Original != nil:
		m.Reprints++
	default:
		m.Unsaid++
	}
}

func wholeMonth(a *govsweep.AccountActivity, m time.Time) bool {
	from, to := m.Format(time.DateOnly), m.AddDate(0, 1, -1).Format(time.DateOnly)
	return from >= a.From && to <= a.To && slices.ContainsFunc(a.Known, func(s govsweep.DaySpan) bool { return s.Holds(from) && s.Holds(to) })
}

// distinct gives every post not after at once: several sources show the same
// one, and feeds change the address of an item. Of two alike the one that says
// more of its origin counts.
func distinct(posts []govsweep.Post, at time.Time) []govsweep.Post {
	seen := map[string]int{}
	var out []govsweep.Post
	for _, p := range posts {
		if p.At.After(at) {
			continue
		}
		key := PlainTitle(p.Title) + "\x00" + govsweep.DateOf(p.At)
		if key[0] == 0 {
			key = p.URL + key
		}
		i, again := seen[key]
		if !again {
			seen[key] = len(out)
			out = append(out, p)
			continue
		}
		was := &out[i]
		if was.Original == nil {
			was.Original = p.Original
		}
		if was.From == "" {
			was.From = p.From
		}
		if was.DayOnly && !p.DayOnly {
			was.At, was.DayOnly = p.At, false
		}
	}
	return out
}

// PlainTitle brings a title to the form in which two are compared: letters
// and digits alone.
func PlainTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
