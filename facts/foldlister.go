package facts

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

const quoteRunes = 200

// seenPage is one record while it is folded; its reference is made only when
// some list keeps it, once.
type seenPage struct {
	*govsweep.Record
	digest string
	place  string // the address it is filed under, where that is not its own
}

func (p *seenPage) url() string { return firstOf(p.place, p.Visit.URL) }

func (p *seenPage) ref(quote string) PageRef {
	if p.digest == "" && !p.Digest.IsZero() {
		p.digest = p.Digest.String()
	}
	return PageRef{URL: p.url(), Digest: p.digest, Quote: clip(quote, quoteRunes)}
}

// clip cuts s to n runes. What it gives does not hold on to a larger text.
func clip(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return strings.Clone(s)
	}
	return string([]rune(s)[:n])
}

// lister keeps the first pages by address and counts the rest. The order in
// which pages come does not matter.
type lister struct {
	limit int // 0 means ListLimit
	count int
	full  bool
	last  string // the greatest address kept, once full
	refs  []PageRef
}

func (l *lister) add(p *seenPage, quote string) {
	l.count++
	if l.full && p.url() > l.last {
		return
	}
	l.refs = append(l.refs, p.ref(quote))
	if limit := l.max(); len(l.refs) == limit && !l.full || len(l.refs) > limit+limit/4 {
		l.cut()
	}
}

func (l *lister) max() int {
	if l.limit > 0 {
		return l.limit
	}
	return ListLimit
}

// cut sorts what is kept and drops what lies beyond the limit.
func (l *lister) cut() {
	slices.SortFunc(l.refs, func(a, b PageRef) int {
		return cmp.Or(cmp.Compare(a.URL, b.URL), cmp.Compare(a.Quote, b.Quote), cmp.Compare(a.Digest, b.Digest))
	})
	if len(l.refs) < l.max() {
		return
	}
	clear(l.refs[l.max():])
	l.refs = l.refs[:l.max()]
	l.full, l.last = true, l.refs[len(l.refs)-1].URL
}

// result gives the pages kept in order and the number of those that are not.
func (l *lister) result() (refs []PageRef, more int) {
	l.cut()
	return l.refs, l.count - len(l.refs)
}

// tallyFold counts one property.
type tallyFold struct {
	pages int
	lister
}

// look counts one page and keeps it when it lacks the property.
func (t *tallyFold) look(p *seenPage, lacks bool, quote string) {
	t.pages++
	if lacks {
		t.add(p, quote)
	}
}

func (t *tallyFold) tally() Tally {
	refs, more := t.lister.result()
	return Tally{Pages: t.pages, Lacking: refs, More: more}
}

// tallies are tallies by key.
type tallies map[string]*tallyFold

func newTallies(limit int, keys ...string) tallies {
	ts := make(tallies, len(keys))
	for _, k := range keys {
		ts[k] = &tallyFold{lister: lister{limit: limit}}
	}
	return ts
}

func (ts tallies) result() map[string]*Tally {
	out := make(map[string]*Tally, len(ts))
	for k, t := range ts {
		v := t.tally()
		out[k] = &v
	}
	return out
}
