package probe

import (
	"context"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// An ownLine is what the controls said of our own IPv6. One look at them
// serves every site that asks for one begun since.
type ownLine struct {
	mu    sync.Mutex
	at    time.Time // when the last look began
	visit *govsweep.ProbeVisit
	why   string
}

// look says why our own IPv6 may not be relied on, "" when a control opened
// in a look begun at since or later.
func (o *ownLine) look(ctx context.Context, l *IPv6Look, since time.Time) (*govsweep.ProbeVisit, string) {
	if len(l.Controls) == 0 {
		return nil, "没有设置IPv6对照网站，无法证明监测端自身的IPv6正常"
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.at.IsZero() && !o.at.Before(since) {
		return o.visit, o.why
	}
	at := l.Prober.options().Clock()
	for _, url := range l.Controls {
		v, _ := l.Prober.Visit(ctx, Request{URL: url, Series: govsweep.IPv6Series, Family: V6})
		o.visit, o.why = &v, ""
		if v.Failure == govsweep.FailCancelled { // cut off, or no turn: no word about the line
			o.at, o.why = time.Time{}, "没有访问成IPv6对照网站，无法证明监测端自身的IPv6正常"
			return o.visit, o.why
		}
		if v.Failure == "" && v.Status < 500 {
			o.at = at
			return o.visit, o.why
		}
	}
	o.at, o.why = at, "对照网站通过IPv6打不开，监测端自身的IPv6不正常"
	return o.visit, o.why
}
