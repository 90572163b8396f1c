package origin

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// AccountSide is what is known of the posts of an account.
type AccountSide struct {
	Account govsweep.Account
	Posts   []govsweep.Published
	// Spans are the times over which some source lists every post.
	Spans []Span
}

// Span is a time from its beginning to its end, both within it.
type Span struct{ From, To time.Time }

// NewAccountSide makes the side of an account of all looks at its sources and
// of all posts they showed.
//
// An export of the platform and a manual log are whole from the day they
// begin to the day they reach. A feed is whole only from its oldest to its
// newest item: that it shows nothing later may be its own fault.
func NewAccountSide(a govsweep.Account, readings []govsweep.Reading, posts []govsweep.Post) *AccountSide {
	s := &AccountSide{Account: a}
	for i := range posts {
		p := &posts[i]
		s.Posts = append(s.Posts, govsweep.Published{Title: p.Title, URL: p.URL, At: p.At, DayOnly: p.DayOnly, Place: p.Source, Sketch: p.Sketch})
	}
	for i := range readings {
		r := &readings[i]
		if r.Health != govsweep.SourceWorking || r.Undated > 0 || r.From.IsZero() {
			continue
		}
		to := r.Newest
		if r.Source.Kind == govsweep.ExportSource || r.Source.Kind == govsweep.ManualSource {
			if r.Through.IsZero() {
				continue
			}
			to = r.Through
		}
		s.Spans = append(s.Spans, Span{r.From, to})
	}
	s.Spans = join(s.Spans)
	return s
}

// join makes one span of those that meet.
func join(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.From.Compare(b.From) })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && !s.From.After(out[n-1].To) {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// whole says whether every post of the days from and to, and between them, is known.
func (s *AccountSide) whole(from, to int) bool {
	return slices.ContainsFunc(s.Spans, func(x Span) bool {
		return dayOf(&govsweep.Published{At: x.From}) <= from && dayOf(&govsweep.Published{At: x.To}) >= to
	})
}
