package sweep

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// breakAfter is how many pages of a site running may fail to open before its
// home page is asked whether the site is there at all.
const breakAfter = 24

// breaker gives a site up that went away while it was crawled: every further
// page would cost the full 15 seconds, and the site whatever hurts it more
// requests. Pages not asked for are unread, never dead.
type breaker struct {
	mu     sync.Mutex
	failed int
	gone   bool
}

// open says whether pages of the site may be asked for.
func (b *breaker) open() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !b.gone
}

// note counts a page that did not open and says whether it is time to ask
// the home page; any answer begins the count anew.
func (b *breaker) note(f govsweep.Failure) (ask bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch f {
	case govsweep.FailTimeout, govsweep.FailRefused, govsweep.FailDNS, govsweep.FailTLS:
		b.failed++
	case govsweep.FailGuard, govsweep.FailScope, govsweep.FailRobots, govsweep.FailCancelled:
	default:
		b.failed = 0
	}
	if b.failed < breakAfter {
		return false
	}
	b.failed = 0
	return true
}

// trip gives the site up.
func (b *breaker) trip() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.gone = true
}

// failures gathers how the last pages of the site ended that an earlier slice
// or a killed process asked for.
type failures struct {
	own  func(*govsweep.Visit) bool
	last []govsweep.Record // the newest, the oldest of them first; without facts
	gone bool
}

// note takes one record, in any order.
func (p *failures) note(rec *govsweep.Record) {
	if !p.own(&rec.Visit) {
		return
	}
	if rec.Failure == govsweep.FailCancelled {
		p.gone = true // the site was given up
		return
	}
	if len(p.last) == breakAfter && rec.FetchedAt.Before(p.last[0].FetchedAt) {
		return
	}
	i, _ := slices.BinarySearchFunc(p.last, rec.FetchedAt, func(r govsweep.Record, at time.Time) int { return r.FetchedAt.Compare(at) })
	p.last = slices.Insert(p.last, i, govsweep.Record{FetchedAt: rec.FetchedAt, Failure: rec.Failure})
	if len(p.last) > breakAfter {
		p.last = slices.Delete(p.last, 0, 1)
	}
}

// recall brings the breaker to where an earlier slice left it.
func (b *breaker) recall(p *failures) {
	for i := range p.last {
		b.note(p.last[i].Failure)
	}
	if p.gone {
		b.trip()
	}
}

// own says whether a visit asks the site itself for a page.
func (r *run) own(v *govsweep.Visit) bool {
	return v.Role != govsweep.ProbeRole && r.scope.Same(v.URL)
}

// fetchOwn fetches one address of a run: pages of the site itself not any
// more when the site is gone.
func (r *run) fetchOwn(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	own := r.own(&v)
	if own && !r.breaker.open() {
		return &govsweep.Page{Visit: v, Failure: govsweep.FailCancelled, Cause: failureWords[govsweep.FailCancelled]}, nil
	}
	p, err := r.fetch.Fetch(ctx, v)
	if err != nil || !own || !r.breaker.note(p.Failure) {
		return p, err
	}
	home, err := r.fetch.Fetch(ctx, r.seeds()[0])
	if err == nil && home.Failure != "" {
		r.breaker.trip()
	}
	return p, err
}
