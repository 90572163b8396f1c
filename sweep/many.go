package sweep

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// Result is how one target of a sweep ended.
type Result struct {
	Target     govsweep.SweepTarget
	Inspection *govsweep.Inspection // nil when Err is set
	Err        error
}

// Run inspects the targets of a sweep that are not finished, several at the
// same time, and tells each as it ends. Other processes may run the same
// sweep: every target is worked on by one of them, and is told there. Run
// ends when nothing of the sweep is left to do anywhere; it takes over what a
// process that died leaves.
//
// A broken target never stops the sweep; err means that the sweep itself
// could not go on, and it may be run again to resume. A fault of the disk is
// none of a target: it pauses the sweep, and every target that is not judged
// stays open.
func (in *Inspector) Run(ctx context.Context, s *govsweep.Sweep, sites int, tell func(Result)) error {
	if err := in.Store.ReopenSweep(ctx, s.ID); err != nil {
		return fmt.Errorf("begin sweep %d: %w", s.ID, err)
	}
	c := &crew{in: in, sweep: s, tell: tell, slots: make(chan struct{}, max(sites, 1)), ended: make(chan struct{}, 1)}
	if err := c.work(ctx); err != nil {
		return err
	}
	now, err := in.Store.Sweep(ctx, s.ID)
	if err != nil {
		return fmt.Errorf("end sweep %d: %w", s.ID, err)
	}
	s.State, s.Ended = now.State, now.Ended
	return nil
}

// cancelled says whether a person has cancelled the sweep meanwhile, perhaps
// from another process.
func (in *Inspector) cancelled(ctx context.Context, sweep int64) (bool, error) {
	now, err := in.Store.Sweep(ctx, sweep)
	if err != nil {
		return false, fmt.Errorf("state of sweep %d: %w", sweep, err)
	}
	return now.State == govsweep.SweepCancelled, nil
}

// crew is what one process does for a sweep.
type crew struct {
	in    *Inspector
	sweep *govsweep.Sweep
	slots chan struct{} // one for each target worked on
	ended chan struct{} // told when one of them ends

	mu   sync.Mutex // guards tell and lost
	tell func(Result)
	lost error // of storage
}

// work claims targets as long as there are any.
func (c *crew) work(ctx context.Context) error {
	var running sync.WaitGroup
	for more := true; more && ctx.Err() == nil && c.err() == nil; {
		select {
		case c.slots <- struct{}{}:
		case <-ctx.Done():
			continue
		}
		lease, err := c.claim(ctx)
		if err == nil && lease != nil {
			running.Go(func() { c.one(ctx, *lease) })
			continue
		}
		<-c.slots
		if err == nil {
			more, err = c.wait(ctx)
		}
		c.fail(err)
	}
	running.Wait()
	if c.err() == nil && ctx.Err() == nil { // the last one may have ended it
		_, err := c.in.Store.EndSweep(ctx, c.sweep.ID, c.in.Now())
		c.fail(err)
	}
	return errors.Join(c.err(), ctx.Err())
}

// claim gives the next target. What a worker holds that has ended for certain
// is taken from it.
func (c *crew) claim(ctx context.Context) (*govsweep.Lease, error) {
	in := c.in
	next := func() (*govsweep.Lease, error) {
		l, err := in.Store.Claim(ctx, c.sweep.ID, in.Owner, time.Time{}, in.leaseTime())
		if err != nil {
			return nil, fmt.Errorf("claim a target of sweep %d: %w", c.sweep.ID, err)
		}
		return l, nil
	}
	l, err := next()
	if err != nil || l != nil || in.Gone == nil {
		return l, err
	}
	standing, err := in.Store.Leases(ctx, c.sweep.ID, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("leases of sweep %d: %w", c.sweep.ID, err)
	}
	for _, l := range standing {
		if !in.Gone(l.Owner) {
			continue
		}
		if err := in.Store.Release(ctx, l); err != nil {
			return nil, fmt.Errorf("take over %s: %w", l.Target.ID, err)
		}
	}
	return next()
}

// leaseTime is how long a lease holds.
func (in *Inspector) leaseTime() time.Duration {
	if in.Lease <= 0 {
		return time.Minute
	}
	return in.Lease
}

// wait says whether anything is left to do, and waits until it may be free.
func (c *crew) wait(ctx context.Context) (more bool, err error) {
	state, err := c.in.Store.EndSweep(ctx, c.sweep.ID, c.in.Now())
	if err != nil || state != govsweep.SweepRunning {
		return false, err
	}
	look := time.NewTimer(min(max(c.in.leaseTime()/4, 10*time.Millisecond), 2*time.Second))
	defer look.Stop()
	select {
	case <-ctx.Done():
	case <-c.ended:
	case <-look.C:
	}
	return true, nil
}

// one works on one target to its end.
func (c *crew) one(ctx context.Context, lease govsweep.Lease) {
	defer func() {
		<-c.slots
		select {
		case c.ended <- struct{}{}:
		default:
		}
	}()
	out, err := c.in.slice(ctx, c.sweep, lease, time.Time{})
	switch {
	case ctx.Err() != nil: // stopped: the target goes on where it was
	case errors.Is(err, govsweep.ErrLeaseLost):
		if c.in.Lost != nil {
			c.in.Lost(lease)
		}
	case !out.done:
		c.fail(err)
	case err != nil || out.result != nil:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.tell(Result{Target: out.target, Inspection: out.result, Err: err})
	}
}

func (c *crew) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = errors.Join(c.lost, err)
}

func (c *crew) err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lost
}

// noteOf gives the sentence people read of an error; its steps are for the log.
func noteOf(err error) string {
	if e, ok := errors.AsType[*govsweep.Error](err); ok {
		return e.Say
	}
	return "检查该网站时程序出错，未能完成：" + err.Error()
}
