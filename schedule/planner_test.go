package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
)

var _ schedule.Store = (*storage.DB)(nil)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func database(t testing.TB) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

// world is a planner with a clock of its own, over one schedule.
type world struct {
	*schedule.Planner
	db  *storage.DB
	now time.Time
}

func newWorld(t testing.TB, now string, all ...govsweep.Schedule) *world {
	w := &world{db: database(t), now: at(now)}
	for i := range all {
		all[i].Since = at(now)
		must(t, w.db.SaveSchedule(t.Context(), &all[i]))
	}
	w.Planner = &schedule.Planner{Store: w.db, Days: workday.Default(), Now: func() time.Time { return w.now }, Log: slog.New(slog.DiscardHandler),
		Make: func(_ context.Context, s *govsweep.Schedule, due time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
			return &govsweep.Sweep{Kind: "sweep", Scope: s.Name, AsOf: due, Started: due, State: govsweep.SweepRunning, Options: "{}"},
				[]govsweep.Target{{ID: "a", Kind: govsweep.SiteTarget}}, "", nil
		}}
	return w
}

func (w *world) tick(t testing.TB, now string) {
	t.Helper()
	w.now = at(now)
	must(t, w.Tick(t.Context()))
}

// finish ends what is under way.
func (w *world) finish(t testing.TB) {
	t.Helper()
	open, err := w.db.OpenScheduleRuns(t.Context())
	must(t, err)
	for i := range open {
		open[i].State, open[i].Ended = govsweep.RunDone, w.now
		must(t, w.db.SaveScheduleRun(t.Context(), &open[i]))
	}
}

// runs prints every run, the oldest first.
func (w *world) runs(t testing.TB) string {
	t.Helper()
	all, err := w.db.ScheduleRuns(t.Context(), "", 1000)
	must(t, err)
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, all[i].Due.In(govsweep.Shanghai).Format("01-02 15:04")+" "+string(all[i].State))
	}
	return strings.Join(out, "; ")
}

var nightly = govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 02:00", Priority: 3}

func TestADueTimeRunsWhenItComesAndOnce(t *testing.T) {
	w := newWorld(t, "2026-03-02 12:00", nightly)
	w.tick(t, "2026-03-03 01:59")
	w.tick(t, "2026-03-03 02:00")
	w.tick(t, "2026-03-03 02:01")
	w.finish(t)
	w.tick(t, "2026-03-03 02:02")
	if got := w.runs(t); got != "03-03 02:00 done" {
		t.Error(got)
	}
	if beats, err := w.db.Beats(t.Context()); err != nil || !beats[schedule.TickBeat].Equal(w.now) {
		t.Errorf("%v %v", beats, err)
	}
}

func TestWhatWasMissedIsMadeUpForOnceAndSaid(t *testing.T) {
	w := newWorld(t, "2026-03-02 12:00", nightly)
	w.tick(t, "2026-03-06 09:00")
	all, err := w.db.ScheduleRuns(t.Context(), "每夜", 9)
	must(t, err)
	if len(all) != 1 || all[0].Missed != 3 || all[0].Note != "原定2026年3月6日02:00，实际2026年3月6日09:00开始。此前错过3次，合并为这一次补做。" {
		t.Errorf("%+v", all)
	}
}

func TestATimeIsSkippedWhileTheLastOneRuns(t *testing.T) {
	w := newWorld(t, "2026-03-02 12:00", nightly)
	w.tick(t, "2026-03-03 02:00")
	w.tick(t, "2026-03-04 02:00")
	w.tick(t, "2026-03-04 02:01")
	w.finish(t)
	w.tick(t, "2026-03-05 02:00")
	if got := w.runs(t); got != "03-03 02:00 done; 03-04 02:00 skipped; 03-05 02:00 running" {
		t.Error(got)
	}
	all, err := w.db.ScheduleRuns(t.Context(), "每夜", 9)
	must(t, err)
	if all[1].Note != "2026年3月3日02:00开始的上一次尚未结束，本次跳过。" {
		t.Error(all[1].Note)
	}
}

// The clock is set back, far ahead, and right again: no due time runs twice,
// and the years that were never there do not silence the schedule.
func TestJumpsOfTheClockAreHarmless(t *testing.T) {
	w := newWorld(t, "2026-03-02 12:00", nightly)
	for _, now := range []string{"2026-03-03 02:00", "2026-03-02 23:00", "2026-03-03 02:00", "2036-01-01 10:00", "2026-03-03 03:00", "2026-03-04 02:00"} {
		w.tick(t, now)
		w.finish(t)
	}
	if got := w.runs(t); got != "03-03 02:00 done; 03-04 02:00 done; 01-01 02:00 done" {
		t.Error(got)
	}
}

func TestWorkWaitsForItsHours(t *testing.T) {
	s := nightly
	s.When, s.Window, s.Blackout = "每日 20:00", "22:00-06:00", []string{"03-04"}
	w := newWorld(t, "2026-03-02 12:00", s)
	w.tick(t, "2026-03-03 20:00")
	if got := w.runs(t); got != "" {
		t.Error(got)
	}
	w.tick(t, "2026-03-03 22:00")
	w.finish(t)
	w.tick(t, "2026-03-04 23:00")
	w.tick(t, "2026-03-05 22:30")
	if got := w.runs(t); got != "03-03 20:00 done; 03-05 20:00 running" {
		t.Error(got)
	}
}

func TestPausedSchedulesHoldsAndFaults(t *testing.T) {
	paused, other := nightly, nightly
	paused.Paused, other.Name = true, "另一个"
	w := newWorld(t, "2026-03-02 12:00", paused, other)
	full := true
	w.Hold = func(context.Context) string {
		if full {
			return "磁盘空间不足"
		}
		return ""
	}
	w.tick(t, "2026-03-03 02:00")
	if got := w.runs(t); got != "" {
		t.Errorf("held, yet %s", got)
	}
	full = false
	making := w.Make
	w.Make = func(context.Context, *govsweep.Schedule, time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
		return nil, nil, "", errors.New("down")
	}
	if err := w.Tick(t.Context()); err == nil || w.runs(t) != "" {
		t.Errorf("%v, %s", err, w.runs(t))
	}
	w.Make = making
	w.tick(t, "2026-03-03 02:30")
	if got := w.runs(t); got != "03-03 02:00 running" {
		t.Errorf("after the fault: %s", got)
	}
}

func TestManyPlannersBeginOneRun(t *testing.T) {
	w := newWorld(t, "2026-03-02 12:00", nightly)
	w.now = at("2026-03-03 02:00")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := w.Tick(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	sweeps, err := w.db.Sweeps(t.Context())
	if err != nil || len(sweeps) != 1 {
		t.Errorf("%d sweeps, %v", len(sweeps), err)
	}
}

func TestAPersonBeginsAScheduleWhateverItsTime(t *testing.T) {
	s := govsweep.Schedule{Name: "每月", Kind: govsweep.FullSchedule, When: "每月1日 20:00", Priority: 3, Paused: true}
	w := newWorld(t, "2026-03-02 10:00", s)
	must(t, w.Begin(t.Context(), &s))
	open, err := w.db.OpenScheduleRuns(t.Context())
	if err != nil || len(open) != 1 || open[0].Sweep == 0 || !strings.Contains(open[0].Note, "立即执行") {
		t.Fatalf("%+v %v", open, err)
	}
	if err := w.Begin(t.Context(), &s); govsweep.KindOf(err) != govsweep.Conflict {
		t.Error("begun twice:", err)
	}
	open[0].State, open[0].Ended = govsweep.RunDone, w.now
	must(t, w.db.SaveScheduleRun(t.Context(), &open[0]))
	w.Hold = func(context.Context) string { return "磁盘将满。" }
	if err := w.Begin(t.Context(), &s); govsweep.KindOf(err) != govsweep.Conflict {
		t.Error("begun while work is held:", err)
	}
}
