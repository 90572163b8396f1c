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

// open says whether a control opens, looked at after since.
func (c *controls) open(ctx context.Context, since time.Time) bool {
	if len(c.urls) == 0 {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told && !c.at.Before(since) {
		return c.ok
	}
	c.at, c.ok, c.told = c.now(), false, true
	for _, url := range c.urls {
		if v, _ := c.visit(ctx, Request{URL: url}); v.Failure == "" && v.Status < 500 {
			c.ok = true
			break
		}
	}
	return c.ok
}
