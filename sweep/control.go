package sweep

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
)

// ControlEvery is how often control targets are looked at while a sweep runs.
const ControlEvery = 10 * time.Minute

// ControlStore keeps what control targets showed.
type ControlStore interface {
	SaveControls(ctx context.Context, sweep int64, controls []govsweep.Control) error
}

// A Watch looks at the control targets 对照网站 of a sweep before it, while it
// runs and after it: sites known to work, asked through the same stack, so
// that a failure is the inspector's own line. A control belongs to no site
// and may lie anywhere the guard lets be dialled. One failed look spoils the
// control for this sweep, also when the sweep is resumed.
type Watch struct {
	stack  *crawler.Stack
	store  ControlStore
	sweep  int64
	now    func() time.Time
	nudge  chan struct{}
	ended  chan struct{}
	stop   context.CancelFunc
	mu     sync.Mutex
	states []govsweep.Control
	err    error
}

// StartWatch looks once at every control and then begins to watch, every so
// often and whenever it is nudged. before is what an earlier part of the
// sweep kept. Stop must be called.
func (in *Inspector) StartWatch(ctx context.Context, store ControlStore, sweep int64, urls []string, before []govsweep.Control, every time.Duration) *Watch {
	w := &Watch{stack: in.Stack, store: store, sweep: sweep, now: in.Now, nudge: make(chan struct{}, 1), ended: make(chan struct{})}
	for _, url := range urls {
		c := govsweep.Control{URL: url, OK: true}
		if i := slices.IndexFunc(before, func(o govsweep.Control) bool { return o.URL == url }); i >= 0 {
			c = before[i]
		}
		w.states = append(w.states, c)
	}
	w.look(ctx, "检查前")
	ctx, w.stop = context.WithCancel(ctx)
	go w.run(ctx, every)
	return w
}

func (w *Watch) run(ctx context.Context, every time.Duration) {
	defer close(w.ended)
	if len(w.states) == 0 {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.nudge:
		}
		w.look(ctx, "检查中")
	}
}

// Nudge asks for a look between two others. It never waits.
func (w *Watch) Nudge() {
	select {
	case w.nudge <- struct{}{}:
	default:
	}
}

// Controls gives what the looks so far showed.
func (w *Watch) Controls() []govsweep.Control {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.states)
}

// Stop looks a last time, unless ctx has ended, and gives what all looks
// showed. It is called once.
func (w *Watch) Stop(ctx context.Context) ([]govsweep.Control, error) {
	w.stop()
	<-w.ended
	if ctx.Err() == nil {
		w.look(ctx, "检查后")
	}
	return w.Controls(), w.err
}

// look asks every control once and keeps the result.
func (w *Watch) look(ctx context.Context, when string) {
	for i, url := range w.urls() {
		p, err := w.stack.Fetch(crawler.WithBody(ctx), govsweep.Visit{Key: address.Key(url, ""), URL: url, Role: govsweep.ProbeRole})
		if err != nil {
			return // the sweep was stopped: no word about the control
		}
		if why := controlFault(p); why != "" {
			w.mu.Lock()
			if c := &w.states[i]; c.OK {
				c.OK, c.Why = false, fmt.Sprintf("%s（%s）访问时%s", when, w.now().In(govsweep.Shanghai).Format("2006-01-02 15:04"), why)
			}
			w.mu.Unlock()
		}
	}
	if len(w.states) == 0 {
		return
	}
	if err := w.store.SaveControls(context.WithoutCancel(ctx), w.sweep, w.Controls()); err != nil {
		w.mu.Lock()
		w.err = errors.Join(w.err, err)
		w.mu.Unlock()
	}
}

func (w *Watch) urls() []string {
	var out []string
	for _, c := range w.Controls() {
		out = append(out, c.URL)
	}
	return out
}

// controlFault says in Chinese why an answer is not the page of a site that
// works; "" when it is.
func controlFault(p *govsweep.Page) string {
	switch {
	case p.Failure != "":
		return first(p.Cause, failureWords[p.Failure], "未能打开")
	case p.Status != http.StatusOK:
		return fmt.Sprintf("服务器返回状态码%d", p.Status)
	case len(p.Body) == 0:
		return "服务器返回的页面没有内容"
	}
	return ""
}
