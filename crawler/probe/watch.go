package probe

import (
	"context"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// A Site is one target of a series.
type Site struct {
	ID  govsweep.TargetID
	URL string // canonical home page
}

// A Log keeps visits. VisitedSlots gives the planned visits of one series and
// vantage that were made in a time, from included, to not, by target.
type Log interface {
	SaveProbes(ctx context.Context, visits []govsweep.ProbeVisit) error
	VisitedSlots(ctx context.Context, series govsweep.ProbeSeries, vantage string, from, to time.Time) (map[govsweep.TargetID][]int, error)
}

// A Watch makes series of visits. Its fields are set once. One run at a time;
// the plan of the day is kept from one to the next.
type Watch struct {
	Prober   *Prober
	Log      Log
	Series   govsweep.ProbeSeries
	Family   Family
	Visits   int      // a day
	Controls []string // home pages known to work
	Parallel int      // visits at the same time; 0 = 16. One host is visited once at a time.
	// Judge says what a page turned out to be; nil: only the status counts.
	// The crawler may not read pages itself, so the caller hands facts' reading in.
	Judge func(*govsweep.Page) (govsweep.Response, string)
	Now   func() time.Time
	// Wait sleeps until the time comes or ctx ends; a test moves its clock.
	Wait func(ctx context.Context, until time.Time) error
	// Look makes one visit; nil: Prober.Visit.
	Look func(ctx context.Context, r Request) (govsweep.ProbeVisit, *govsweep.Page)
	// Told is shown every visit, one at a time; may be nil.
	Told func(govsweep.ProbeVisit)
	// Idle is told, whenever no visit is due now, when the plan is looked at
	// next: at the next planned visit, at midnight at the latest; may be nil.
	Idle func(next time.Time)

	once sync.Once
	ctl  *controls
	kept *dayPlan
}

func (w *Watch) ready() {
	w.once.Do(func() {
		if w.Look == nil {
			w.Look = w.Prober.Visit
		}
		if w.Parallel <= 0 {
			w.Parallel = 16
		}
		if w.Now == nil {
			w.Now = time.Now
		}
		if w.Wait == nil {
			w.Wait = waitUntil
		}
		w.ctl = &controls{urls: w.Controls, visit: w.Look, now: w.Now}
	})
}

// waitUntil looks at the clock at least once a minute, so that a clock that
// was set meanwhile is noticed.
func waitUntil(ctx context.Context, until time.Time) error {
	d := min(time.Until(until), time.Minute)
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Once visits every site now, outside any plan.
func (w *Watch) Once(ctx context.Context, sites []Site) ([]govsweep.ProbeVisit, error) {
	w.ready()
	jobs := make([]job, len(sites))
	for i, s := range sites {
		jobs[i] = job{s, -1}
	}
	return w.batch(ctx, jobs)
}

// Run makes the planned visits of every site until the time until, or ctx
// ends. What the log holds of today is not visited again, so a run that was
// cut goes on.
func (w *Watch) Run(ctx context.Context, sites []Site, until time.Time) error {
	w.ready()
	var plan *dayPlan
	for {
		now := w.Now()
		if !now.Before(until) {
			w.kept = plan
			return nil
		}
		if plan == nil || !plan.start.Equal(dayStart(now)) {
			var err error
			if plan, err = w.plan(ctx, sites, now); err != nil {
				return err
			}
		}
		jobs, wake := plan.due(now)
		if len(jobs) > 0 {
			if _, err := w.batch(ctx, jobs); err != nil {
				return err
			}
			continue
		}
		if wake.After(until) {
			wake = until
		}
		if w.Idle != nil {
			w.Idle(wake)
		}
		if err := w.Wait(ctx, wake); err != nil {
			return err
		}
	}
}

// Until gives the end of a series of whole days: the midnight after the last
// of them. A day is whole from its first planned visit on; days before now
// that were begun so, without a gap, are part of the series, so that a run
// which was cut ends when it would have.
func (w *Watch) Until(ctx context.Context, sites []Site, days int) (time.Time, error) {
	w.ready()
	first := dayStart(w.Now()).AddDate(0, 0, 1)
	for range days {
		on := first.AddDate(0, 0, -1)
		made, err := w.Log.VisitedSlots(ctx, w.Series, w.Prober.Vantage, on, first)
		if err != nil {
			return time.Time{}, err
		}
		if missedFirst(sites, made, on, w.Visits, w.Now()) {
			return first.AddDate(0, 0, days), nil
		}
		first = on
	}
	return first.AddDate(0, 0, days), nil
}

type job struct {
	site Site
	slot int
}

// sameHostApart lies between the end of a visit and the next one to the same
// host: the first one may have been on its way for long.
const sameHostApart = 500 * time.Millisecond

// keepEvery is how many visits of a batch may be lost to a kill.
const keepEvery = 64

// batch makes visits, several at a time, of one host one at a time, asks the
// controls before them and after a failure, and keeps them some at a time.
// When keeping fails, no further visit is begun.
func (w *Watch) batch(ctx context.Context, jobs []job) ([]govsweep.ProbeVisit, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	byHost := map[string][]job{}
	for _, j := range jobs {
		byHost[address.Host(j.site.URL)] = append(byHost[address.Host(j.site.URL)], j)
	}
	line, err := w.ctl.open(ctx, w.Now().Add(-time.Minute))
	if err != nil {
		return nil, err
	}
	made := &batch{Watch: w, stop: stop, line: line}
	var group sync.WaitGroup
	slots := make(chan struct{}, w.Parallel)
	for _, list := range byHost {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			made.host(ctx, list)
		})
	}
	group.Wait()
	made.keep(ctx)
	if made.failed != nil {
		return made.out, made.failed
	}
	return made.out, ctx.Err()
}

// A batch is the visits of one call to Watch.batch.
type batch struct {
	*Watch
	stop context.CancelFunc
	line bool // the controls opened before it

	mu     sync.Mutex // guards what follows
	out    []govsweep.ProbeVisit
	kept   int // of out: in the log
	failed error
}

// host visits the sites of one host, one after the other.
func (b *batch) host(ctx context.Context, list []job) {
	for i, j := range list {
		if i > 0 && waitFor(ctx, sameHostApart) != nil || ctx.Err() != nil {
			return
		}
		v, err := b.one(ctx, j, b.line)
		if !b.take(ctx, v, err) {
			return
		}
	}
}

// take notes a visit; false when it was none, and no other is to be begun.
func (b *batch) take(ctx context.Context, v govsweep.ProbeVisit, err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		if ctx.Err() == nil && b.failed == nil { // it got no turn: the slot is not given up
			b.failed = err
			b.stop()
		}
		return false
	}
	b.out = append(b.out, v)
	if b.Told != nil {
		b.Told(v)
	}
	if len(b.out)-b.kept >= keepEvery {
		b.keep(ctx)
	}
	return true
}

// keep puts what is new into the log; mu is held, or nobody else is left. What
// was seen is kept also when we are told to stop.
func (b *batch) keep(ctx context.Context) {
	if b.failed == nil {
		b.failed = b.Log.SaveProbes(context.WithoutCancel(ctx), b.out[b.kept:])
		b.kept = len(b.out)
	}
	if b.failed != nil {
		b.stop()
	}
}

// one makes a visit. An error says that it, or the look at the controls which
// it needs, was not made: it is no visit then.
func (w *Watch) one(ctx context.Context, j job, line bool) (govsweep.ProbeVisit, error) {
	v, page := w.Look(ctx, Request{Target: j.site.ID, Series: w.Series, URL: j.site.URL, Family: w.Family})
	v.Slot = j.slot
	if v.Failure == govsweep.FailCancelled {
		return v, cancelled(ctx, &v)
	}
	if w.Judge != nil && page != nil && page.Failure == "" {
		r, why := w.Judge(page)
		Settle(&v, r, why)
	}
	v.Checked = v.Result == govsweep.ProbeFailed && v.Status != 0 // an answer of the site, whatever it says, proves our line
	if v.Result != govsweep.ProbeFailed || v.Checked || len(w.Controls) == 0 {
		return v, nil
	}
	if line {
		var err error
		if v.Checked, err = w.ctl.open(ctx, w.Now()); err != nil {
			return v, err
		}
	}
	if !v.Checked {
		v.Result = govsweep.ProbeUnmeasured
		v.Cause = "同一时间对照网站也打不开，应为监测端网络问题，本次不计：" + v.Cause
	}
	return v, nil
}
