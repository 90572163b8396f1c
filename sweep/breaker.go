package sweep

import (
	"context"
	"sync"

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

// fetchOwn fetches one address of a run: pages of the site itself not any
// more when the site is gone.
func (r *run) fetchOwn(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	own := v.Role != govsweep.ProbeRole && r.scope.Same(v.URL)
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
