package sweep

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

// Slice works on the target of a lease until the deadline (zero: to the end)
// and says whether the target is concluded: judged, or recorded as failed. A
// slice ends at a checkpoint: everything read is committed and its captures
// are flushed, and the next slice, here or elsewhere, goes on from there. It
// takes one page at least. What concludes a target is not cut: it may take
// longer than the deadline, for a site of 200,000 pages about a minute.
//
// While it works it extends the lease, and it gives it back at the end. A
// slice that is done twice, or by two workers, leads to the same: of two the
// one with the older lease is refused.
//
// An error caused by ErrLeaseLost means that another worker goes on, one of
// kind Unavailable, of the context or caused by ErrDisk that the slice is to be
// done again; every other one is kept as the failure of the target.
func (in *Inspector) Slice(ctx context.Context, s *govsweep.Sweep, lease govsweep.Lease, until time.Time) (done bool, err error) {
	r, err := in.slice(ctx, s, lease, until)
	return r.done, err
}

// sliced is how a slice ended.
type sliced struct {
	target govsweep.SweepTarget
	result *govsweep.Inspection // nil unless this slice judged the target
	done   bool
}

func (in *Inspector) slice(ctx context.Context, s *govsweep.Sweep, lease govsweep.Lease, until time.Time) (out sliced, err error) {
	defer in.release(ctx, lease)
	t, err := in.Store.SweepTarget(ctx, lease.Run())
	if err != nil {
		return out, fmt.Errorf("target %s: %w", lease.Target.ID, err)
	}
	t.Fence = lease.Fence
	out.target = *t
	if t.State != govsweep.SweepWaiting && t.State != govsweep.SweepRunning {
		out.done = true
		return out, nil
	}
	held, letGo := in.keepLease(ctx, lease)
	out.result, err = in.inspectSafely(held, s, t, until)
	lost := context.Cause(held)
	letGo()
	out.target, out.done = *t, out.result != nil
	if err == nil && out.result == nil {
		return out, nil
	}
	return in.failed(ctx, out, errors.Join(err, lost))
}

// failed tells what ends a slice from what is the failure of its target, and
// keeps the latter.
func (in *Inspector) failed(ctx context.Context, out sliced, err error) (sliced, error) {
	switch {
	case out.result != nil:
		return out, nil
	case ctx.Err() != nil, errors.Is(err, govsweep.ErrLeaseLost), unavailable(err):
		return out, err
	case errors.Is(err, govsweep.ErrDisk):
		return out, pausedByDisk(out.target.Sweep, err)
	}
	t := &out.target
	t.State, t.Note, t.Ended = govsweep.SweepFailed, noteOf(err), in.Now()
	if kept := in.Store.SaveSweepTarget(ctx, t); kept != nil {
		return out, errors.Join(fmt.Errorf("record the failure of %s: %w", t.Target.ID, kept), err)
	}
	out.done = true
	return out, err
}

// pausedByDisk makes an error of the disk one that pauses the sweep: no target
// is to fail because the disk was full at that moment, and on a full disk all
// of them would.
func pausedByDisk(sweep int64, err error) error {
	return &govsweep.Error{Kind: govsweep.Internal, Err: err,
		Say: fmt.Sprintf("第%d次检查已暂停，尚未完成的网站保持原状：%s请排除磁盘故障后继续（govsweep sweep resume %d），已采集的内容不重新采集。", sweep, ended(noteOf(err)), sweep)}
}

// unavailable says that the database could not be reached, wherever in err
// that stands.
func unavailable(err error) bool {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			if unavailable(e) {
				return true
			}
		}
		return false
	}
	if e, ok := err.(*govsweep.Error); ok && e.Kind == govsweep.Unavailable {
		return true
	}
	if next := errors.Unwrap(err); next != nil {
		return unavailable(next)
	}
	return false
}

// keepLease extends a lease while its work lasts, and ends the work when the
// lease is lost: at once when that is told, and when it must be feared because
// the database was out of reach for as long as the lease holds.
func (in *Inspector) keepLease(ctx context.Context, lease govsweep.Lease) (held context.Context, letGo func()) {
	held, cancel := context.WithCancelCause(ctx)
	every := max(lease.TTL/3, time.Millisecond)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for safe := time.Now(); ; {
			select {
			case <-held.Done():
				return
			case <-tick.C:
			}
			asked := time.Now()
			brief, stop := context.WithTimeout(held, every)
			err := in.Store.Extend(brief, &lease, time.Time{})
			stop()
			switch {
			case err == nil:
				safe = asked
			case errors.Is(err, govsweep.ErrLeaseLost):
				cancel(err)
			case time.Since(safe) > lease.TTL && held.Err() == nil:
				cancel(&govsweep.Error{Kind: govsweep.Unavailable, Say: "数据库长时间无法访问，检查暂停，稍后可以继续", Err: err})
			}
		}
	}()
	return held, func() {
		cancel(nil)
		<-ended
	}
}

// release gives a lease back, also when the work was stopped. When that
// fails, the lease runs out.
func (in *Inspector) release(ctx context.Context, lease govsweep.Lease) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	_ = in.Store.Release(ctx, lease) // it runs out by itself
}

// inspectSafely is inspect that turns a crash into an error.
func (in *Inspector) inspectSafely(ctx context.Context, s *govsweep.Sweep, t *govsweep.SweepTarget, until time.Time) (res *govsweep.Inspection, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = &govsweep.Error{Kind: govsweep.Internal, Say: "检查该网站时程序出错，未能完成", Err: fmt.Errorf("crash: %v", crash)}
		}
	}()
	return in.inspect(ctx, s, t, until)
}

// inspect takes one target of a sweep from its address to its verdict, or as
// far as the time allows: then there is no inspection and no error. A target
// whose crawl was cut short goes on where it was; t is told how far it came.
func (in *Inspector) inspect(ctx context.Context, s *govsweep.Sweep, t *govsweep.SweepTarget, until time.Time) (res *govsweep.Inspection, err error) {
	if s.Kind == govsweep.RetestSweep {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查是复查，只能重新复查", s.ID)}
	}
	site, err := in.Store.Site(ctx, t.Target.ID)
	if err != nil {
		return nil, fmt.Errorf("site %s: %w", t.Target.ID, err)
	}
	columns, err := in.Store.Columns(ctx, site.ID)
	if err != nil {
		return nil, fmt.Errorf("columns of %s: %w", site.ID, err)
	}
	spool, err := in.spool(s.ID, site.ID, t.Fence)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeSpool(spool)) }() // also after a crash; a dropped one is closed
	r := in.newRun(s, site, columns, spool, t.Fence)
	if !until.IsZero() {
		r.rest = func() bool { return !in.Now().Before(until) }
	}
	if t.Began.IsZero() {
		t.Began = in.Now().Truncate(time.Millisecond) // as it is kept
	}
	r.began = t.Began
	t.State, t.Note, t.Ended = govsweep.SweepRunning, "", time.Time{}
	err = r.crawl(ctx, t.Wave, in.waveOf(ctx, s, t))
	if errors.Is(err, errRest) || err == nil && r.over() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return in.conclude(ctx, s, r, spool)
}
