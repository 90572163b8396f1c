package crawler

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// A Stack fetches politely: follow(scoped(robots(down(ask(retry(polite(colly))))))).
// One Stack serves many sites; each host has its own limits. It is safe for
// many goroutines.
type Stack struct {
	opts   Options
	wire   *wire
	polite *polite
	robots *robots
	open   Fetcher // without scope
}

// New builds a Stack. Options are validated; zero fields mean their defaults.
func New(o Options) (*Stack, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	o = o.filled()
	s := &Stack{opts: o, wire: newWire(o)}
	s.polite = &polite{next: newCollyFetcher(o, s.wire), opts: o}
	again := &retry{next: s.polite, pause: retryPause(o)}
	s.robots = &robots{
		next:   &down{next: &ask{next: again}},
		reader: &follow{next: again, maxHops: 5, timeout: o.Timeout, clock: o.Clock},
		slow:   s.polite.slow,
		policy: o.Robots,
		agent:  o.UserAgent,
	}
	s.open = s.Within(Scope{})
	return s, nil
}

// retryPause is how long a second look waits: longer for a slower promise.
func retryPause(o Options) time.Duration {
	if o.Rate < 0 {
		return 0
	}
	return min(max(time.Duration(2/o.Rate*float64(time.Second)), 500*time.Millisecond), 5*time.Second)
}

// Within gives the Fetcher of one site: pages outside scope are not read.
func (s *Stack) Within(scope Scope) Fetcher {
	return &follow{next: &scoped{next: s.robots, scope: scope}, maxHops: s.opts.MaxHops, timeout: s.opts.Timeout, clock: s.opts.Clock}
}

// Fetch fetches v with no scope.
func (s *Stack) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	return s.open.Fetch(ctx, v)
}

// Requests counts the requests sent so far, robots.txt and repeats included.
func (s *Stack) Requests() int64 { return s.wire.requests.Load() }

// Bytes counts the bytes of bodies received so far, before decompression.
func (s *Stack) Bytes() int64 { return s.wire.bytes.Load() }

// Robots gives what was read of host's robots.txt; false when it was not asked.
func (s *Stack) Robots(host string) (RobotsRead, bool) { return s.robots.known(host) }

// Close gives up idle connections. Fetches under way end by their contexts.
func (s *Stack) Close() { s.wire.close() }
