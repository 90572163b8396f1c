package service

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/sweep"
)

// WorkStore is what pieces of work are taken from.
type WorkStore interface {
	sweep.ControlStore
	Sweep(ctx context.Context, id int64) (*govsweep.Sweep, error)
	SweepHealth(ctx context.Context, sweep int64) (*govsweep.SweepHealth, error)
	Hours(ctx context.Context) ([]govsweep.SiteHours, error)
	Site(ctx context.Context, id govsweep.TargetID) (*govsweep.Site, error)
	Claim(ctx context.Context, sweep int64, owner string, now time.Time, ttl time.Duration) (*govsweep.Lease, error)
	Leases(ctx context.Context, sweep int64, now time.Time) ([]govsweep.Lease, error)
	Release(ctx context.Context, l govsweep.Lease) error
	Park(ctx context.Context, l govsweep.Lease, now time.Time) error
}

// Tools inspect the sites of sweeps that have their options in common.
type Tools struct {
	Inspector *sweep.Inspector
	Control   []string // control sites
}

// A Worker does pieces of schedules over sites. Its fields are set once; any
// number of pieces may be worked on at the same time.
type Worker struct {
	Store WorkStore
	Tools func(sw *govsweep.Sweep) (*Tools, error)
	Owner string // names this process in leases
	// Gone says of the owner of a lease that its process has died for certain:
	// its targets are taken over at once. nil: when their leases have run out.
	Gone func(owner string) bool
	Now  func() time.Time
	Log  *slog.Logger
}

// leaseTTL is how long a target stays with a worker that does not answer any more.
const leaseTTL = 90 * time.Second

// Slice works on targets of a sweep, one after the other, until the time is up.
func (w *Worker) Slice(ctx context.Context, r *govsweep.ScheduleRun, _ int, until time.Time) (bool, error) {
	sw, err := w.Store.Sweep(ctx, r.Sweep)
	if err != nil || sw.State != govsweep.SweepRunning {
		return false, err
	}
	t, err := w.Tools(sw)
	if err != nil {
		return false, err
	}
	kept, err := w.Store.Hours(ctx)
	if err != nil {
		return false, err
	}
	hours, err := schedule.NewSiteHours(kept)
	if err != nil {
		return false, err
	}
	if len(t.Control) > 0 {
		health, err := w.Store.SweepHealth(ctx, sw.ID)
		if err != nil {
			return false, err
		}
		watch := t.Inspector.StartWatch(ctx, w.Store, sw.ID, t.Control, health.Controls, sweep.ControlEvery)
		defer func() { _, _ = watch.Stop(ctx) }() // what it saw is kept as it comes
	}
	for ctx.Err() == nil && time.Now().Before(until) {
		lease, err := w.claim(ctx, sw.ID)
		if err != nil || lease == nil {
			return false, err
		}
		if err := w.target(ctx, t, sw, lease, hours, until); err != nil {
			return false, err
		}
	}
	return true, nil
}

// claim gives the next target that is free; where there is none, those of
// processes that have died are set free first. The fence rises as always.
func (w *Worker) claim(ctx context.Context, id int64) (*govsweep.Lease, error) {
	next := func() (*govsweep.Lease, error) { return w.Store.Claim(ctx, id, w.Owner, time.Time{}, leaseTTL) }
	lease, err := next()
	if err != nil || lease != nil || w.Gone == nil {
		return lease, err
	}
	standing, err := w.Store.Leases(ctx, id, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, l := range standing {
		if l.Owner == "" || !w.Gone(l.Owner) { // parked, or alive
			continue
		}
		if err := w.Store.Release(ctx, l); err != nil {
			return nil, err
		}
	}
	return next()
}

// target works on one target, or leaves it until its hours come: the lease
// then stands until they do.
func (w *Worker) target(ctx context.Context, t *Tools, sw *govsweep.Sweep, lease *govsweep.Lease, hours *schedule.SiteHours, until time.Time) error {
	site, err := w.Store.Site(ctx, lease.Target.ID)
	if err != nil {
		return err
	}
	now := w.Now()
	if open := hours.Next(site, now); open.After(now) {
		lease.TTL = open.Sub(now)
		return w.Store.Park(ctx, *lease, time.Time{})
	}
	if end := hours.Until(site, now); end.Before(until) {
		until = end
	}
	done, err := t.Inspector.Slice(ctx, sw, *lease, until)
	switch {
	case errors.Is(err, govsweep.ErrLeaseLost):
		return nil // another worker goes on
	case !done:
		return err
	case err != nil:
		w.Log.Warn("target failed", "sweep", sw.ID, "target", lease.Target.ID, "error", err)
		return nil // kept as the failure of the target
	}
	w.Log.Info("target judged", "sweep", sw.ID, "target", lease.Target.ID)
	return nil
}
