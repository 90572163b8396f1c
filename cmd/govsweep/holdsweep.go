package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
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
// one has it, nothing more is written.
type heldAccounts struct {
	*storage.DB
	hold *sweepHold
}

// SaveReading keeps one look at one source.
func (s heldAccounts) SaveReading(ctx context.Context, account govsweep.TargetID, rd *govsweep.Reading, posts []govsweep.Post) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.DB.SaveReading(ctx, account, rd, posts)
}

// SaveSweepTarget keeps how far an account has come.
func (s heldAccounts) SaveSweepTarget(ctx context.Context, t *govsweep.SweepTarget) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.DB.SaveSweepTarget(ctx, t)
}

// SaveInspection keeps the result of an account.
func (s heldAccounts) SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error {
	if err := s.hold.still(ctx); err != nil {
		return err
	}
	return s.DB.SaveInspection(ctx, in, dossier, moves)
}
