package crawler

import (
	"context"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// polite lets a request start when its host's turn has come: never more than
// the promised number a second and at the same time, within the hours agreed,
// and within the budget over all sites. A cancelled context ends every wait.
type polite struct {
	next  Fetcher
	opts  Options
	mu    sync.Mutex
	hosts map[string]*pace
}

const mostPaces = 8192

// Fetch waits for its turn and passes v on.
func (f *polite) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	if err := f.opts.Window.wait(ctx, f.opts.Clock); err != nil {
		return nil, err
	}
	h := f.pace(address.Host(v.URL))
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	if err := f.turn(ctx, h); err != nil {
		return nil, err
	}
	defer f.opts.Budget.give()
	if err := f.opts.turn(ctx, v.URL, h.gap()); err != nil { // last: what waits after its turn comes too close to the next one
		return nil, err
	}
	p, err := f.next.Fetch(ctx, v)
	if err == nil {
		h.learn(p, time.Now(), f.opts.Clock())
	}
	return p, err
}

// turn waits for the host's turn and then for a place in the budget; no place
// is held while waiting for the turn.
func (f *polite) turn(ctx context.Context, h *pace) error {
	for {
		if err := pause(ctx, h.wait(time.Now())); err != nil {
			return err
		}
		if err := f.opts.Budget.take(ctx); err != nil {
			return err
		}
		if h.claim(time.Now()) {
			return nil
		}
		f.opts.Budget.give()
	}
}

func (f *polite) pace(host string) *pace {
	f.mu.Lock()
	defer f.mu.Unlock()
	h, ok := f.hosts[host]
	if ok {
		return h
	}
	if f.hosts == nil {
		f.hosts = map[string]*pace{}
	}
	if len(f.hosts) >= mostPaces {
		f.forget()
	}
	h = newPace(f.opts)
	f.hosts[host] = h
	return h
}

// forget drops hosts that were not asked for a while and owe us nothing.
func (f *polite) forget() {
	line := time.Now().Add(-longestWait)
	for host, h := range f.hosts {
		h.mu.Lock()
		idle := len(h.slots) == 0 && h.last.Before(line) && h.next.Before(time.Now())
		h.mu.Unlock()
		if idle {
			delete(f.hosts, host)
		}
	}
}

// slow is how robots.txt asks for a longer interval.
func (f *polite) slow(host string, d time.Duration) { f.pace(host).atLeast(d) }
