package sweep

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/govsweep/govsweep"
)

// Result is how one target of a sweep ended.
type Result struct {
	Target     govsweep.SweepTarget
	Inspection *govsweep.Inspection // nil when Err is set
	Err        error
}

// Run inspects every target of a sweep that is not finished, several at the
// same time, and tells each as it ends. A broken target never stops the
// sweep; err means that the sweep itself could not go on, and it may be run
// again to resume.
func (in *Inspector) Run(ctx context.Context, s *govsweep.Sweep, sites int, tell func(Result)) error {
	targets, err := in.Store.SweepTargets(ctx, s.ID)
	if err != nil {
		return fmt.Errorf("targets of sweep %d: %w", s.ID, err)
	}
	s.State = govsweep.SweepRunning
	if err := in.Store.SaveSweep(ctx, s); err != nil {
		return fmt.Errorf("begin sweep %d: %w", s.ID, err)
	}
	var told sync.Mutex
	results := func(r Result) {
		told.Lock()
		defer told.Unlock()
		tell(r)
	}
	if err := in.each(ctx, s, targets, max(sites, 1), results); err != nil {
		return err
	}
	if gone, err := in.cancelled(ctx, s.ID); err != nil || gone {
		s.State = govsweep.SweepCancelled
		return err
	}
	s.State, s.Ended = govsweep.SweepDone, in.Now()
	if err := in.Store.SaveSweep(ctx, s); err != nil {
		return fmt.Errorf("end sweep %d: %w", s.ID, err)
	}
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

func (in *Inspector) each(ctx context.Context, s *govsweep.Sweep, targets []govsweep.SweepTarget, sites int, tell func(Result)) error {
	slots := make(chan struct{}, sites)
	var running sync.WaitGroup
	var lost error
	var mu sync.Mutex
	for _, t := range targets {
		if t.State == govsweep.SweepDone || t.State == govsweep.SweepCancelled {
			continue // a target that failed is tried again: the fault was ours
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if gone, err := in.cancelled(ctx, s.ID); gone || err != nil {
			break // the state is asked for again, and told, when the rest has ended
		}
		running.Go(func() {
			defer func() { <-slots }()
			if err := in.one(ctx, s, t, tell); err != nil {
				mu.Lock()
				lost = errors.Join(lost, err)
				mu.Unlock()
			}
		})
	}
	running.Wait()
	return errors.Join(lost, ctx.Err())
}

// one inspects one target and records a failure of ours against it. Its
// error is one of storage.
func (in *Inspector) one(ctx context.Context, s *govsweep.Sweep, t govsweep.SweepTarget, tell func(Result)) error {
	res, err := in.inspectSafely(ctx, s, &t)
	if ctx.Err() != nil {
		return nil // stopped: the target goes on where it was
	}
	tell(Result{Target: t, Inspection: res, Err: err})
	if err == nil {
		return nil
	}
	t.State, t.Note, t.Ended = govsweep.SweepFailed, noteOf(err), in.Now()
	if err := in.Store.SaveSweepTarget(ctx, &t); err != nil {
		return fmt.Errorf("record the failure of %s: %w", t.Target.ID, err)
	}
	return nil
}

// noteOf gives the sentence people read of an error; its steps are for the log.
func noteOf(err error) string {
	if e, ok := errors.AsType[*govsweep.Error](err); ok {
		return e.Say
	}
	return "检查该网站时程序出错，未能完成：" + err.Error()
}

func (in *Inspector) inspectSafely(ctx context.Context, s *govsweep.Sweep, t *govsweep.SweepTarget) (res *govsweep.Inspection, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = &govsweep.Error{Kind: govsweep.Internal, Say: "检查该网站时程序出错，未能完成", Err: fmt.Errorf("crash: %v", crash)}
		}
	}()
	return in.Inspect(ctx, s, t)
}
