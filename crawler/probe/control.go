package probe

import (
	"context"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// A control 对照网站 separates our line's faults from the site's: a failed
// visit stands only if a control opened in a look begun after it. One look
// serves every failure before it.
type controls struct {
	urls  []string
	visit func(ctx context.Context, r Request) (govsweep.ProbeVisit, *govsweep.Page)
	now   func() time.Time

	mu   sync.Mutex
	at   time.Time // when the last look began
	ok   bool
	told bool
}

// open says whether a control opens, looked at after since. A look that was cut
// off or got no turn says nothing of the line: it is an error, and the next one
// who asks looks anew.
func (c *controls) open(ctx context.Context, since time.Time) (bool, error) {
	if len(c.urls) == 0 {
		return true, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told && !c.at.Before(since) {
		return c.ok, nil
	}
	c.at, c.ok, c.told = c.now(), false, true
	for _, url := range c.urls {
		v, _ := c.visit(ctx, Request{URL: url})
		if v.Failure == govsweep.FailCancelled {
			c.told = false
			return false, cancelled(ctx, &v)
		}
		if v.Failure == "" && v.Status < 500 {
			c.ok = true
			break
		}
	}
	return c.ok, nil
}

// cancelled is why a visit was not made: we stop, or there was no turn for it.
func cancelled(ctx context.Context, v *govsweep.ProbeVisit) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &govsweep.Error{Kind: govsweep.Unavailable, Say: v.Cause, Err: v.NoTurn}
}
