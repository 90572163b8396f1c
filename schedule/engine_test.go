package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/pgtest"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
)

var server pgtest.Server

func TestMain(m *testing.M) {
	code := m.Run()
	server.Close()
	os.Exit(code)
}

// onBoth runs a test against an empty SQLite and an empty PostgreSQL database.
func onBoth(t *testing.T, test func(t *testing.T, db *storage.DB, jobs schedule.Database)) {
	for name, dsn := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "a.db") },
		"postgres": func(t *testing.T) string { return server.DSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := dsn(t)
			db, err := storage.Open(context.Background(), at, storage.Options{})
			must(t, err)
			t.Cleanup(func() { db.Close() })
			jobs := schedule.Database{DSN: at}
			if writer, postgres := db.Lend(); !postgres {
				jobs = schedule.Database{SQLite: writer}
			}
			test(t, db, jobs)
		})
	}
}

// works counts what was done of each run, by lane.
type works struct {
	sync.Mutex
	done  map[string]int
	event chan string
}

func (w *works) did(what string) {
	w.Lock()
	w.done[what]++
	w.Unlock()
	w.event <- what
}

// await waits until something has been done.
func (w *works) await(t *testing.T, what string) {
	t.Helper()
	limit := time.After(4 * time.Minute)
	for {
		w.Lock()
		n := w.done[what]
		w.Unlock()
		if n > 0 {
			return
		}
		select {
		case <-w.event:
		case <-limit:
			t.Fatalf("%s never came; done: %v", what, w.done)
		}
	}
}

func engineOn(db *storage.DB, workers map[govsweep.ScheduleKind]schedule.Worker) *schedule.Engine {
	log := slog.New(slog.DiscardHandler)
	return &schedule.Engine{Store: db, Every: time.Second, Slots: 4, Workers: workers, Planner: &schedule.Planner{Store: db, Days: workday.Default(), Now: time.Now, Log: log,
		Make: func(_ context.Context, s *govsweep.Schedule, due time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
			if s.Kind != govsweep.FullSchedule {
				return nil, nil, "", nil
			}
			var targets []govsweep.Target
			for i := range 5 {
				targets = append(targets, govsweep.Target{ID: govsweep.TargetID(fmt.Sprint("site", i)), Kind: govsweep.SiteTarget})
			}
			return &govsweep.Sweep{Kind: "sweep", AsOf: due, Started: due, State: govsweep.SweepRunning, Options: "{}"}, targets, "", nil
		}}}
}

// cancelledLate is a store where a person cancels every sweep just after it
// was asked what is left of it.
type cancelledLate struct{ *storage.DB }

func (c cancelledLate) SweepLeft(ctx context.Context, id int64) (left, failed int, err error) {
	left, failed, err = c.DB.SweepLeft(ctx, id)
	s, err2 := c.Sweep(ctx, id)
	if err2 == nil {
		s.State = govsweep.SweepCancelled
		err2 = c.DB.SaveSweep(ctx, s)
	}
	return left, failed, errors.Join(err, err2)
}

func TestASweepCancelledAtItsEndEndsCancelled(t *testing.T) {
	onBoth(t, func(t *testing.T, db *storage.DB, _ schedule.Database) {
		ctx := t.Context()
		must(t, db.SaveSchedule(ctx, &govsweep.Schedule{Name: "全面", Kind: govsweep.FullSchedule, When: "每小时"}))
		s := &govsweep.Sweep{Kind: "sweep", State: govsweep.SweepRunning, Options: "{}"}
		r := &govsweep.ScheduleRun{Schedule: "全面", Due: time.Now().Truncate(time.Millisecond), State: govsweep.RunRunning}
		_, err := db.AddScheduleRun(ctx, r, s, nil)
		must(t, err)
		e := engineOn(db, nil)
		e.Store = cancelledLate{db}
		_, err = e.Due(ctx)
		must(t, err)
		run, err := db.ScheduleRun(ctx, "全面", r.Due)
		must(t, err)
		sweep, err := db.Sweep(ctx, s.ID)
		must(t, err)
		if run.State != govsweep.RunCancelled || sweep.State != govsweep.SweepCancelled {
			t.Errorf("run %s, sweep %s", run.State, sweep.State)
		}
	})
}

// A run that another process works on is not done, and not broken: the next
// tick looks again.
func TestARunThatAnotherProcessWorksOnIsLeftOpen(t *testing.T) {
	onBoth(t, func(t *testing.T, db *storage.DB, jobs schedule.Database) {
		must(t, db.SaveSchedule(t.Context(), &govsweep.Schedule{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每小时", Since: time.Now().Add(-2 * time.Hour)}))
		w := &works{done: map[string]int{}, event: make(chan string, 100)}
		var asked atomic.Int64
		e := engineOn(db, map[govsweep.ScheduleKind]schedule.Worker{govsweep.NoticesSchedule: func(context.Context, *govsweep.ScheduleRun, int, time.Time) (bool, error) {
			if asked.Add(1) == 1 {
				return false, &govsweep.Error{Kind: govsweep.Conflict, Say: "另一个程序正在办理", Err: govsweep.ErrLeaseLost}
			}
			w.did("again")
			return false, nil
		}})
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- e.Run(ctx, jobs) }()
		w.await(t, "again")
		cancel()
		must(t, <-ended)
		if n := e.Failures(); n != 0 {
			t.Errorf("%d pieces failed", n)
		}
	})
}

// A piece whose process has died goes to another one at once, not when it
// counts as lost minutes later.
func TestPiecesOfADeadProcessAreTakenBackAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *storage.DB, jobs schedule.Database) {
		must(t, db.SaveSchedule(t.Context(), &govsweep.Schedule{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每小时", Since: time.Now().Add(-2 * time.Hour)}))
		w := &works{done: map[string]int{}, event: make(chan string, 100)}
		end := make(chan struct{})
		run := func(name string, work func()) (stop func()) {
			e := engineOn(db, map[govsweep.ScheduleKind]schedule.Worker{govsweep.NoticesSchedule: func(context.Context, *govsweep.ScheduleRun, int, time.Time) (bool, error) {
				w.did(name)
				work()
				return false, nil
			}})
			e.Name, e.Gone = name, func(other string) bool { return other == "dead" }
			ctx, cancel := context.WithCancel(context.Background())
			ended := make(chan error, 1)
			go func() { ended <- e.Run(ctx, jobs) }()
			return func() { cancel(); must(t, <-ended) }
		}
		stopDead := run("dead", func() { <-end }) // it stands still as one that was killed
		w.await(t, "dead")
		stopNext := run("next", func() {})
		w.await(t, "next")
		close(end)
		stopNext()
		stopDead()
	})
}

// A due order becomes a run, the run becomes jobs, each piece ends with more
// to do until nothing is left; then run and sweep are done. The same on both
// databases, with two engines at once.
func TestAnEngineTakesDueTimesToTheirEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, db *storage.DB, jobs schedule.Database) {
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		yesterday := time.Now().AddDate(0, 0, -1)
		must(t, db.SaveSchedules(ctx, []govsweep.Schedule{
			{Name: "全面", Kind: govsweep.FullSchedule, When: "每小时", Priority: 3, Parallel: 2, Since: yesterday},
			{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每小时", Priority: 1, Since: yesterday},
		}))
		w := &works{done: map[string]int{}, event: make(chan string, 1000)}
		workers := map[govsweep.ScheduleKind]schedule.Worker{
			govsweep.FullSchedule: func(ctx context.Context, r *govsweep.ScheduleRun, lane int, _ time.Time) (bool, error) {
				w.did(fmt.Sprint("lane ", lane))
				targets, err := db.SweepTargets(ctx, r.Sweep)
				if err != nil {
					return false, err
				}
				for i := range targets { // one target a piece
					if targets[i].State == govsweep.SweepWaiting {
						targets[i].State = govsweep.SweepDone
						return true, db.SaveSweepTarget(ctx, &targets[i])
					}
				}
				return false, nil
			},
			govsweep.NoticesSchedule: func(_ context.Context, r *govsweep.ScheduleRun, _ int, until time.Time) (bool, error) {
				if until.Before(time.Now().Add(time.Minute)) || r.Missed == 0 {
					return false, fmt.Errorf("until %s, missed %d", until, r.Missed)
				}
				if r.Cursor += "x"; len(r.Cursor) < 3 {
					return true, nil
				}
				w.did("notices " + r.Cursor)
				return false, nil
			},
		}
		var ended sync.WaitGroup
		for range 2 {
			e := engineOn(db, workers)
			ended.Go(func() {
				if err := e.Run(ctx, jobs); err != nil {
					t.Error(err)
				}
			})
		}
		w.await(t, "notices xxx")
		w.await(t, "lane 1")
		all := awaitRuns(t, db, 2)
		stop()
		ended.Wait()
		for _, r := range all {
			if r.State != govsweep.RunDone || r.Missed < 20 || !strings.Contains(r.Note, "合并为这一次补做") {
				t.Errorf("%+v", r)
			}
		}
		if s, err := db.Sweep(context.Background(), 1); err != nil || s.State != govsweep.SweepDone || s.Ended.IsZero() {
			t.Errorf("%+v %v", s, err)
		}
		if sweeps, err := db.Sweeps(context.Background()); err != nil || len(sweeps) != 1 {
			t.Errorf("%d sweeps, %v", len(sweeps), err)
		}
		if w.done["notices xxx"] != 1 {
			t.Errorf("notices were done %d times", w.done["notices xxx"])
		}
	})
}

// awaitRuns waits until n runs are there and none is under way.
func awaitRuns(t *testing.T, db *storage.DB, n int) []govsweep.ScheduleRun {
	t.Helper()
	every := time.NewTicker(50 * time.Millisecond)
	defer every.Stop()
	limit := time.After(4 * time.Minute)
	for {
		open, err := db.OpenScheduleRuns(context.Background())
		must(t, err)
		all, err := db.ScheduleRuns(context.Background(), "", 100) // read after, else one that ends in between stands here as under way
		must(t, err)
		if len(all) == n && len(open) == 0 {
			return all
		}
		select {
		case <-every.C:
		case <-limit:
			t.Fatalf("%d runs, %d under way: %+v", len(all), len(open), all)
		}
	}
}

// Told to stop, an engine ends the context of the work, waits for it and puts
// it back; the next engine takes it up.
func TestWorkThatWasStoppedIsTakenUpAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, db *storage.DB, jobs schedule.Database) {
		ctx := context.Background()
		must(t, db.SaveSchedule(ctx, &govsweep.Schedule{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每小时", Priority: 1, Since: time.Now().AddDate(0, 0, -1)}))
		w := &works{done: map[string]int{}, event: make(chan string, 1000)}
		worker := func(ctx context.Context, r *govsweep.ScheduleRun, _ int, _ time.Time) (bool, error) {
			if r.Cursor == "stopped" {
				w.did("finished")
				return false, nil
			}
			w.did("begun")
			<-ctx.Done()
			r.Cursor = "stopped"
			w.did("checkpoint")
			return false, nil
		}
		for _, last := range []string{"begun", "finished"} {
			soft, stop := context.WithCancel(ctx)
			e := engineOn(db, map[govsweep.ScheduleKind]schedule.Worker{govsweep.NoticesSchedule: worker})
			ended := make(chan error)
			go func() { ended <- e.Run(soft, jobs) }()
			w.await(t, last)
			if last == "finished" {
				awaitRuns(t, db, 1)
			}
			stop()
			must(t, <-ended)
			if e.Busy() != 0 {
				t.Errorf("%d pieces at work after the end", e.Busy())
			}
		}
		if w.done["begun"] != 1 || w.done["checkpoint"] != 1 || w.done["finished"] != 1 {
			t.Error(w.done)
		}
	})
}

// The steps of the jobs' tables are told before they are taken, and taken once
// by processes that start together.
func TestTheTablesOfTheJobsAreMadeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, _ *storage.DB, jobs schedule.Database) {
		ctx := context.Background()
		would, err := jobs.Migrate(ctx, true)
		if err != nil || would < 5 {
			t.Fatalf("%v %v", would, err)
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := jobs.Migrate(ctx, false); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if left, err := jobs.Migrate(ctx, true); err != nil || left != 0 {
			t.Errorf("left %v %v", left, err)
		}
	})
}
