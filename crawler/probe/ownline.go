package probe

import (
	"context"
	"strings"
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
	o.visit, o.why = nil, ""
	for _, url := range l.Controls {
		v, _ := l.Prober.Visit(ctx, Request{URL: url, Series: govsweep.IPv6Series, Family: V6})
		if v.Failure == govsweep.FailCancelled { // cut off, or no turn: no word about the line
			o.at, o.visit, o.why = time.Time{}, &v, "没有访问成IPv6对照网站，无法证明监测端自身的IPv6正常"
			return o.visit, o.why
		}
		if v.Failure == "" && v.Status < 500 {
			o.at, o.visit, o.why = at, &v, ""
			return o.visit, o.why
		}
		if o.visit == nil || o.visit.Failure == govsweep.FailGuard {
			o.visit, o.why = &v, unproven(&v)
		}
	}
	o.at = at
	return o.visit, o.why
}

// unproven says why a visit of a control proves nothing of our own IPv6: what
// the guard held back is no word about the line.
func unproven(v *govsweep.ProbeVisit) string {
	how := "通过IPv6打不开"
	if v.Failure == govsweep.FailGuard {
		how = "没有访问"
	}
	return "对照网站" + how + "（" + strings.TrimRight(v.Cause, "。") + "），无法证明监测端自身的IPv6正常"
}
