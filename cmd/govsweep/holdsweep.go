package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// A sweep over accounts is worked on by one process at a time: it reads every
// source once, at most a few at a time of one host, and judges when all are
// read. On PostgreSQL the server keeps processes of all machines apart, on
// SQLite the lock of a file.

const (
	// holdIdle is how long a process that does not show itself keeps a sweep.
	holdIdle = time.Minute
	// holdEvery is how often one that works shows itself at least.
	holdEvery = 10 * time.Second
	// holdFresh is how old the last sign may be when something is written.
	holdFresh = time.Second
)

// A sweepHold is a sweep that this process holds.
type sweepHold struct {
	mu   sync.Mutex
	hold *storage.Hold // nil on SQLite, where a lock is never lost
	seen time.Time
	let  func()
}

// holdSweep takes a sweep for this process. One that another process has is a
// Conflict.
func (a *app) holdSweep(db *storage.DB, sweep int64) (*sweepHold, error) {
	if !db.Holds() {
		release, err := a.hold(sweep)
		return &sweepHold{let: release}, err
	}
	h, err := db.HoldWhile(a.ctx, fmt.Sprintf("sweep %d", sweep), holdIdle)
	if govsweep.KindOf(err) == govsweep.Conflict {
		err = &govsweep.Error{Kind: govsweep.Conflict, Err: err, Say: fmt.Sprintf("第%d次检查正由另一个程序运行，请等它结束", sweep)}
	}
	if err != nil {
		return nil, err
	}
	return &sweepHold{hold: h, let: h.Release, seen: time.Now()}, nil
}

// still is nil while the sweep is ours.
func (h *sweepHold) still(ctx context.Context) error {
	if h.hold == nil {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.seen) < holdFresh {
		return nil
	}
	if err := h.hold.Still(ctx); err != nil {
		return err
	}
	h.seen = time.Now()
	return nil
}

// run shows that we are at work while work lasts, and ends it with a Conflict
// when another process has taken the sweep over.
func (h *sweepHold) run(ctx context.Context, work func(ctx context.Context) error) error {
	held, stop := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(holdEvery)
		defer tick.Stop()
		for {
			select {
			case <-held.Done():
				return
			case <-tick.C:
			}
			if err := h.still(held); err != nil && held.Err() == nil {
				stop(err)
			}
		}
	}()
	err := work(held)
	stop(nil)
	<-ended
	if lost := context.Cause(held); ctx.Err() == nil && govsweep.KindOf(lost) == govsweep.Conflict {
		return lost
	}
	return err
}

// heldAccounts is the store of a sweep that this process holds: when another
// one has it, nothing more is written. Every method of sweep.AccountStore that
// writes is here; a test goes through all that are not.
type heldAccounts struct {
	sweep.AccountStore
	hold *sweepHold
}

// ReopenSweep makes failed targets wait again.
func (s heldAccounts) ReopenSweep(ctx context.Context, id int64) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.AccountStore.ReopenSweep(ctx, id)
}

// EndSweep ends the sweep when nothing of it is left to do.
func (s heldAccounts) EndSweep(ctx context.Context, id int64, at time.Time) (govsweep.SweepState, error) {
	if err := s.hold.still(ctx); err != nil {
		return "", err
	}
	return s.AccountStore.EndSweep(ctx, id, at)
}

// SaveCaptures keeps where the proof of findings lies.
func (s heldAccounts) SaveCaptures(ctx context.Context, captures []govsweep.Capture) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.AccountStore.SaveCaptures(ctx, captures)
}

// SaveReading keeps one look at one source.
func (s heldAccounts) SaveReading(ctx context.Context, account govsweep.TargetID, rd *govsweep.Reading, posts []govsweep.Post) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.AccountStore.SaveReading(ctx, account, rd, posts)
}

// SaveSweepTarget keeps how far an account has come.
func (s heldAccounts) SaveSweepTarget(ctx context.Context, t *govsweep.SweepTarget) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.AccountStore.SaveSweepTarget(ctx, t)
}

// SaveInspection keeps the result of an account.
func (s heldAccounts) SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.AccountStore.SaveInspection(ctx, in, dossier, moves)
}
