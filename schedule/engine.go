package schedule

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"github.com/govsweep/govsweep"
)

// RunStore is what the engine needs beyond the planner.
type RunStore interface {
	Store
	Schedule(ctx context.Context, name string) (*govsweep.Schedule, error)
	ScheduleRun(ctx context.Context, schedule string, due time.Time) (*govsweep.ScheduleRun, error)
	Sweep(ctx context.Context, id int64) (*govsweep.Sweep, error)
	EndSweep(ctx context.Context, id int64, at time.Time) (govsweep.SweepState, error)
	SweepLeft(ctx context.Context, sweep int64) (left, failed int, err error)
}

// An Engine works on schedules until it is told to stop. Any number of
// engines, in any number of processes, may share one database. Its fields are
// set once.
type Engine struct {
	Store   RunStore
	Planner *Planner
	Workers map[govsweep.ScheduleKind]Worker
	Slots   int           // pieces at the same time in this process; 0 = 8
	Every   time.Duration // between two ticks; 0 = 15 s
	Slice   time.Duration // how long a piece lasts; 0 = 3 minutes
	// Ramp is how long a process takes after its start until all its slots
	// work: pieces begin one after the other, so that a restart with much to do
	// asks nobody all at once. 0 = at once; at most a minute.
	Ramp time.Duration
	// Hold says why no work may be done in this process just now (disk full),
	// "" when it may; nil is never.
	Hold func(ctx context.Context) string
	// Name is that of this process in its jobs, at most 100 letters, another
	// one for each process; "" = one the library makes.
	Name string
	// Gone says of such a name that its process has died for certain: its jobs
	// are taken back at once. nil: they wait until they count as lost.
	Gone func(name string) bool

	since    time.Time    // when it began
	begun    atomic.Int64 // pieces since then
	busy     atomic.Int64
	failures atomic.Int64
}

// A job is given up after jobTimeout and taken for lost after rescueAfter: a
// process that was killed holds its pieces no longer than that.
const (
	jobTimeout  = 5 * time.Minute
	rescueAfter = 6 * time.Minute
)

const tickQueue = "ticks"

func (e *Engine) slice() time.Duration {
	if e.Slice <= 0 {
		return 3 * time.Minute
	}
	return min(e.Slice, jobTimeout-2*time.Minute)
}

func (e *Engine) held(ctx context.Context) string {
	if e.Hold == nil {
		return ""
	}
	return e.Hold(ctx)
}

// Busy counts the pieces this process works on.
func (e *Engine) Busy() int64 { return e.busy.Load() }

// Failures counts the pieces that failed since the engine began.
func (e *Engine) Failures() int64 { return e.failures.Load() }

// Run works until ctx ends. Then it takes no more work, waits until what is
// under way has reached its checkpoint, and returns nil.
func (e *Engine) Run(ctx context.Context, d Database) error {
	if _, err := d.Migrate(ctx, false); err != nil {
		return err
	}
	e.since = time.Now()
	return d.on(ctx, func(r riverdriver.Driver[*sql.Tx]) error { return run(ctx, e, r) },
		func(r riverdriver.Driver[pgx.Tx]) error { return run(ctx, e, r) })
}

func run[T any](ctx context.Context, e *Engine, driver riverdriver.Driver[T]) error {
	every := e.Every
	if every <= 0 {
		every = 15 * time.Second
	}
	workers := river.NewWorkers()
	addWorker[sliceArgs](ctx, workers, e)
	addWorker[probeArgs](ctx, workers, e)
	addWorker[accountsArgs](ctx, workers, e)
	addWorker[noticesArgs](ctx, workers, e)
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[tickArgs]) error {
		return errors.Join(e.takeBack(ctx, driver.GetExecutor()), e.tick(ctx, river.ClientFromContext[T](ctx)))
	}))
	client, err := river.NewClient(driver, &river.Config{
		ID: e.Name,
		// Ticks have a queue of their own: long work never keeps them waiting.
		Queues:     map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: orDefault(max(e.Slots, 0), 8)}, tickQueue: {MaxWorkers: 1}},
		Workers:    workers,
		JobTimeout: jobTimeout, RescueStuckJobsAfter: rescueAfter,
		CompletedJobRetentionPeriod: time.Hour, CancelledJobRetentionPeriod: time.Hour, DiscardedJobRetentionPeriod: 24 * time.Hour,
		RetryPolicy: patient{}, MaxAttempts: 25,
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(every), func() (river.JobArgs, *river.InsertOpts) {
			return tickArgs{}, &river.InsertOpts{Queue: tickQueue, Priority: 1, MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: every}}
		}, &river.PeriodicJobOpts{RunOnStart: true})},
		Logger: slog.New(warnings{e.Planner.Log.Handler()}),
	})
	if err != nil {
		return fmt.Errorf("job client: %w", err)
	}
	if err := e.takeBack(ctx, driver.GetExecutor()); err != nil {
		e.Planner.Log.WarnContext(ctx, "jobs not taken back", "error", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return &govsweep.Error{Kind: govsweep.Internal, Say: "任务队列无法启动，请检查数据库。", Err: err}
	}
	e.Planner.Log.InfoContext(ctx, "workers started", "slots", e.Slots)
	<-ctx.Done()
	e.Planner.Log.Info("stopping: no more work is taken, work under way goes to its checkpoint", "busy", e.Busy())
	if err := client.Stop(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("stop the jobs: %w", err)
	}
	return nil
}

// warnings passes on what the job library warns of; what happens to runs we
// say ourselves.
type warnings struct{ slog.Handler }

// Enabled leaves out what is no warning.
func (w warnings) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}

// patient waits longer after each failure, at most five minutes.
type patient struct{}

// NextRetry gives when a failed job is tried again.
func (patient) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(min(time.Duration(max(job.Attempt, 1))*20*time.Second, 5*time.Minute))
}

// tick begins what is due and sees to it that every run under way has its
// jobs: they are added after the run is kept, so one may be lost in between,
// or with a process that was killed.
func (e *Engine) tick(ctx context.Context, jobs inserter) error {
	wanted, err := e.Due(ctx)
	if len(wanted) == 0 {
		return err
	}
	all := make([]river.InsertManyParams, len(wanted))
	for i, w := range wanted {
		all[i] = river.InsertManyParams{Args: argsOf(w.Kind, w.Piece), InsertOpts: &river.InsertOpts{Priority: w.Priority, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: pending()}}}
	}
	if _, failed := jobs.InsertMany(ctx, all); failed != nil {
		err = errors.Join(err, fmt.Errorf("add jobs: %w", failed))
	}
	return err
}

type inserter interface {
	InsertMany(ctx context.Context, params []river.InsertManyParams) ([]*rivertype.JobInsertResult, error)
}

// A Wanted is a piece that may be worked on now.
type Wanted struct {
	Piece
	Kind     govsweep.ScheduleKind
	Priority int
}

// Due begins what is due, ends runs that are over, and gives every piece of
// those under way that may be worked on now. A fault of one schedule does not
// hold up the others.
func (e *Engine) Due(ctx context.Context) ([]Wanted, error) {
	faults := []error{e.Planner.Tick(ctx)}
	open, err := e.Store.OpenScheduleRuns(ctx)
	if err != nil {
		return nil, errors.Join(faults[0], fmt.Errorf("runs under way: %w", err))
	}
	var wanted []Wanted
	for i := range open {
		some, err := e.piecesOf(ctx, &open[i])
		if err != nil {
			faults = append(faults, fmt.Errorf("schedule %s: %w", open[i].Schedule, err))
		}
		wanted = append(wanted, some...)
	}
	return wanted, errors.Join(faults...)
}

// piecesOf gives the pieces of a run: none outside its hours, and none for a
// run that is over, which is ended.
func (e *Engine) piecesOf(ctx context.Context, r *govsweep.ScheduleRun) ([]Wanted, error) {
	s, err := e.Store.Schedule(ctx, r.Schedule)
	if govsweep.KindOf(err) == govsweep.NotFound {
		return nil, e.end(ctx, r, govsweep.RunCancelled, "计划已被删除。")
	}
	if err == nil && s.Unread != "" {
		err = wrong("%s", s.Unread)
	}
	if err != nil {
		return nil, err
	}
	lanes := 1
	if r.Sweep != 0 {
		if lanes, err = e.lanes(ctx, s, r); err != nil || lanes == 0 {
			return nil, err
		}
	}
	if until, err := e.hoursEnd(s); err != nil || until.IsZero() {
		return nil, err
	}
	var out []Wanted
	for lane := range lanes {
		out = append(out, Wanted{Piece{Schedule: r.Schedule, Due: r.Due.UnixMilli(), Lane: lane}, s.Kind, s.Priority})
	}
	return out, nil
}

// hoursEnd gives when the hours of a schedule that are open now end; the zero
// time when they are closed.
func (e *Engine) hoursEnd(s *govsweep.Schedule) (time.Time, error) {
	h, err := ParseHours(s.Window, s.Blackout)
	if err != nil {
		return time.Time{}, err
	}
	now := e.Planner.Now()
	if !h.Open(now) {
		return time.Time{}, nil
	}
	return h.Until(now), nil
}

// lanes gives how many targets of a sweep are to be worked on at the same
// time; 0 ends it when no target is left.
func (e *Engine) lanes(ctx context.Context, s *govsweep.Schedule, r *govsweep.ScheduleRun) (int, error) {
	sweep, err := e.Store.Sweep(ctx, r.Sweep)
	if err != nil {
		return 0, err
	}
	if sweep.State == govsweep.SweepCancelled {
		return 0, e.endCancelled(ctx, r)
	}
	left, failed, err := e.Store.SweepLeft(ctx, r.Sweep)
	if err == nil && left > 0 && s.Kind == govsweep.AccountsSchedule {
		return 1, nil // one worker reads all sources, many at a time
	}
	if err != nil || left > 0 {
		return min(left, orDefault(s.Parallel, 8)), err
	}
	switch state, err := e.Store.EndSweep(ctx, r.Sweep, e.Planner.Now()); {
	case err != nil:
		return 0, err
	case state == govsweep.SweepCancelled: // since it was read
		return 0, e.endCancelled(ctx, r)
	case state == govsweep.SweepRunning: // a person goes on with it
		return 0, nil
	}
	note := ""
	if failed > 0 {
		note = fmt.Sprintf("%d个对象未能完成检查。", failed)
	}
	return 0, e.end(ctx, r, govsweep.RunDone, note)
}

func (e *Engine) endCancelled(ctx context.Context, r *govsweep.ScheduleRun) error {
	return e.end(ctx, r, govsweep.RunCancelled, "检查已被取消。")
}

// end ends a run.
func (e *Engine) end(ctx context.Context, r *govsweep.ScheduleRun, state govsweep.ScheduleRunState, note string) error {
	r.State, r.Ended = state, e.Planner.Now()
	r.Note += note
	e.Planner.Log.InfoContext(ctx, "schedule ended", "schedule", r.Schedule, "due", r.Due, "state", r.State, "note", r.Note)
	return e.Store.SaveScheduleRun(ctx, r)
}
