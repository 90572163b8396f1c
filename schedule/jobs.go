package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/govsweep/govsweep"
)

// A Piece is some minutes of work on one run. Lane tells pieces of one run
// apart that are worked on at the same time.
type Piece struct {
	Schedule string `json:"schedule"`
	Due      int64  `json:"due"` // unix milliseconds: with the schedule the key of the run
	Lane     int    `json:"lane"`
}

// At is the due time of the run.
func (p Piece) At() time.Time { return time.UnixMilli(p.Due) }

// A Worker works on a run until soon before until, or until there is nothing
// left to do just now, and says whether more is left at once. It stops at its
// next checkpoint when ctx ends. Doing the same piece twice is harmless. An
// error caused by ErrLeaseLost says that another process works on the run: it
// is left to it, neither done nor broken, and a tick adds the piece again.
type Worker func(ctx context.Context, r *govsweep.ScheduleRun, lane int, until time.Time) (more bool, err error)

// The job kinds: a tick turns due times into runs and runs into jobs, each of
// the others works on the runs of its schedules.
type (
	tickArgs     struct{}
	sliceArgs    struct{ Piece }
	probeArgs    struct{ Piece }
	accountsArgs struct{ Piece }
	noticesArgs  struct{ Piece }
)

// Kind is the name of the job in the queue.
func (tickArgs) Kind() string { return "tick" }

// Kind is the name of the job in the queue.
func (sliceArgs) Kind() string { return "slice" }

// Kind is the name of the job in the queue.
func (probeArgs) Kind() string { return "probe-series" }

// Kind is the name of the job in the queue.
func (accountsArgs) Kind() string { return "account-sweep" }

// Kind is the name of the job in the queue.
func (noticesArgs) Kind() string { return "notice-due" }

func (a sliceArgs) piece() Piece    { return a.Piece }
func (a probeArgs) piece() Piece    { return a.Piece }
func (a accountsArgs) piece() Piece { return a.Piece }
func (a noticesArgs) piece() Piece  { return a.Piece }

// argsOf gives the job that works on the runs of a kind of schedule.
func argsOf(k govsweep.ScheduleKind, p Piece) river.JobArgs {
	switch k {
	case govsweep.AvailabilitySchedule:
		return probeArgs{p}
	case govsweep.AccountsSchedule:
		return accountsArgs{p}
	case govsweep.NoticesSchedule:
		return noticesArgs{p}
	}
	return sliceArgs{p}
}

type pieceArgs interface {
	river.JobArgs
	piece() Piece
}

// addWorker lists the worker of one kind of job. soft ends when the engine is
// told to stop; the context of a job ends only when its time is over.
func addWorker[A pieceArgs](soft context.Context, all *river.Workers, e *Engine) {
	river.AddWorker(all, river.WorkFunc(func(ctx context.Context, job *river.Job[A]) error { return e.work(ctx, soft, job.Args.piece()) }))
}

// pending are the states in which a job stands for its piece: a second one is
// not added. One that is done is none: the run may have more to do.
func pending() []rivertype.JobState {
	return []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}
}

// work does one piece and puts it back when more is left. Work that was
// stopped by us, when soft ended, goes back as it was.
func (e *Engine) work(ctx, soft context.Context, p Piece) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(soft, cancel)()
	if !e.ramp(ctx) {
		return river.JobSnooze(0)
	}
	defer func() {
		if crash := recover(); crash != nil {
			err = fmt.Errorf("crash: %v", crash)
		}
		e.told(p, err)
	}()
	r, err := e.Store.ScheduleRun(ctx, p.Schedule, p.At())
	if err != nil || r.State != govsweep.RunRunning {
		return ignore(err, govsweep.NotFound)
	}
	s, err := e.Store.Schedule(ctx, p.Schedule)
	if err != nil {
		return ignore(err, govsweep.NotFound) // removed meanwhile: the reconciler ends its run
	}
	worker := e.Workers[s.Kind]
	if worker == nil {
		return fmt.Errorf("no worker for schedules of kind %q", s.Kind)
	}
	end, err := e.hoursEnd(s)
	if err != nil || end.IsZero() {
		return err // its hours are over: a tick adds the piece again when they come
	}
	e.busy.Add(1)
	defer e.busy.Add(-1)
	if why := e.held(ctx); why != "" {
		return river.JobSnooze(heldPause)
	}
	until := e.Planner.Now().Add(e.slice())
	if end.Before(until) {
		until = end
	}
	more, err := worker(ctx, r, p.Lane, until)
	stopped := soft.Err() != nil
	if r.Sweep == 0 && err == nil {
		err = e.keep(context.WithoutCancel(ctx), r, more || stopped)
	}
	switch {
	case stopped:
		return river.JobSnooze(0) // whatever it says: it was told to stop
	case errors.Is(err, govsweep.ErrLeaseLost):
		return nil
	case err != nil:
		return err
	case more:
		return river.JobSnooze(0)
	}
	return nil
}

// ramp waits until one more piece may begin in a process that has just
// started; false when it was told to stop meanwhile.
func (e *Engine) ramp(ctx context.Context) bool {
	whole := min(e.Ramp, time.Minute)
	step := whole / time.Duration(orDefault(max(e.Slots, 0), 8))
	wait := time.Until(e.since.Add(min(time.Duration(e.begun.Add(1)-1)*step, whole)))
	if wait <= 0 {
		return true
	}
	pause := time.NewTimer(wait)
	defer pause.Stop()
	select {
	case <-pause.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// keep keeps how far a run without a sweep has come, or ends it.
func (e *Engine) keep(ctx context.Context, r *govsweep.ScheduleRun, more bool) error {
	if !more {
		return e.end(ctx, r, govsweep.RunDone, "")
	}
	return e.Store.SaveScheduleRun(ctx, r)
}

// heldPause is how long work waits when nothing may be done just now.
const heldPause = 30 * time.Second

// ignore gives nil for an error of a kind.
func ignore(err error, kind govsweep.ErrorKind) error {
	if govsweep.KindOf(err) == kind {
		return nil
	}
	return err
}

// told logs how a piece ended, once.
func (e *Engine) told(p Piece, err error) {
	var snooze *river.JobSnoozeError
	switch {
	case errors.As(err, &snooze), err == nil:
		e.Planner.Log.Debug("piece ended", "schedule", p.Schedule, "lane", p.Lane, "more", err != nil)
	default:
		e.failures.Add(1)
		e.Planner.Log.Error("piece failed", "schedule", p.Schedule, "due", p.At(), "lane", p.Lane, "error", err)
	}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
