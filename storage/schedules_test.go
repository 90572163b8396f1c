package storage_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// What a person does to a schedule stands in the audit log when it is done,
// and only then.
func TestARunThatIsRefusedIsNotWrittenDownAsDone(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		r := &govsweep.ScheduleRun{Schedule: "每夜", Due: noon, State: govsweep.RunRunning}
		s := &govsweep.Sweep{Kind: "sweep", State: govsweep.SweepRunning}
		for _, first := range []bool{true, false} {
			if added, err := db.BeginScheduleRun(ctx, r, s, nil); err != nil || added != first {
				t.Errorf("begun %v %v", added, err)
			}
		}
		must(t, db.CancelScheduleRun(ctx, r, noon))
		if err := db.CancelScheduleRun(ctx, r, noon); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("cancelled twice: %v", err)
		}
		if err := db.CancelSweep(ctx, s.ID, noon); err != nil {
			t.Errorf("it was cancelled: %v", err)
		}
		now, err := db.Sweep(ctx, r.Sweep)
		must(t, err)
		lines, err := db.Audit(ctx, storage.AuditFilter{})
		must(t, err)
		var events []string
		for _, l := range lines {
			events = append(events, l.Event)
		}
		if got := strings.Join(events, " "); got != "schedule.cancel sweep.start schedule.run" || now.State != govsweep.SweepCancelled {
			t.Errorf("%s, sweep %s", got, now.State)
		}
		done := &govsweep.Sweep{Kind: "sweep", State: govsweep.SweepDone}
		must(t, db.CreateSweep(ctx, done, nil))
		if err := db.CancelSweep(ctx, done.ID, noon); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("cancelled when done: %v", err)
		}
		if err := db.CancelSweep(ctx, 99, noon); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("cancelled what is not there: %v", err)
		}
	})
}

// A sweep that nobody typed stands in the audit log as one that somebody did.
func TestASweepOfAScheduleStandsInTheAuditLogOnceAndInTheNameOfTheProgram(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		ctx := govsweep.WithActor(t.Context(), govsweep.Actor{Name: "本程序", Via: "定时"})
		r := &govsweep.ScheduleRun{Schedule: "每夜", Due: noon, State: govsweep.RunRunning}
		targets := []govsweep.Target{{ID: "a", Kind: govsweep.SiteTarget}, {ID: "b", Kind: govsweep.SiteTarget}}
		for _, first := range []bool{true, false} {
			s := &govsweep.Sweep{Kind: "sweep", Scope: "level=县级", Rulebook: "gov-2019-19", State: govsweep.SweepRunning}
			if added, err := db.AddScheduleRun(ctx, r, s, targets); err != nil || added != first {
				t.Errorf("begun %v %v", added, err)
			}
		}
		lines, err := db.Audit(ctx, storage.AuditFilter{})
		if err != nil || len(lines) != 1 {
			t.Fatal(lines, err)
		}
		if l := lines[0]; l.Event != "sweep.start" || l.Subject != strconv.FormatInt(r.Sweep, 10) || l.By != "本程序" || l.Via != "定时" || !strings.HasPrefix(l.Detail, "level=县级，2个对象，规则gov-2019-19") {
			t.Errorf("%+v", l)
		}
		skipped := &govsweep.ScheduleRun{Schedule: "每夜", Due: noon.Add(time.Hour), State: govsweep.RunSkipped}
		if added, err := db.AddScheduleRun(ctx, skipped, nil, nil); err != nil || !added {
			t.Error(added, err)
		}
		if lines, err = db.Audit(ctx, storage.AuditFilter{}); err != nil || len(lines) != 1 {
			t.Errorf("nothing was begun: %v %v", lines, err)
		}
	})
}

func TestSchedulesAndHoursAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		weekly := govsweep.Schedule{Name: "每周栏目", Kind: govsweep.ColumnsSchedule, When: "每周一 02:00", Scope: []string{"level=县级"},
			Window: "22:00-06:00", Blackout: []string{"10-01..10-07"}, Priority: 3, Since: noon.In(govsweep.Shanghai)}
		daily := govsweep.Schedule{Name: "可用性", Kind: govsweep.AvailabilitySchedule, When: "每日 00:00", Priority: 2, Since: noon.In(govsweep.Shanghai)}
		must(t, db.SaveSchedules(ctx, []govsweep.Schedule{weekly, daily}))
		weekly.Paused, weekly.Note = true, "机房搬迁"
		must(t, db.SaveSchedule(ctx, &weekly))
		all, err := db.Schedules(ctx)
		if diff := cmp.Diff([]govsweep.Schedule{daily, weekly}, all); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		one, err := db.Schedule(ctx, "每周栏目")
		if err != nil || !one.Paused {
			t.Errorf("%+v %v", one, err)
		}
		must(t, db.RemoveSchedule(ctx, "每周栏目"))
		if _, err := db.Schedule(ctx, "每周栏目"); govsweep.KindOf(err) != govsweep.NotFound {
			t.Error(err)
		}
		if err := db.RemoveSchedule(ctx, "每周栏目"); govsweep.KindOf(err) != govsweep.NotFound {
			t.Error(err)
		}
		must(t, db.SaveHours(ctx, []govsweep.SiteHours{{Scope: "region=甲市", Window: "22:00-06:00"}, {Scope: "", Blackout: []string{"周六"}}}))
		must(t, db.RemoveHours(ctx, ""))
		hours, err := db.Hours(ctx)
		if err != nil || len(hours) != 1 || hours[0].Window != "22:00-06:00" {
			t.Errorf("%+v %v", hours, err)
		}
	})
}

func TestAScheduleOfAnotherFormIsToldByItsName(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		must(t, db.SaveSchedules(ctx, []govsweep.Schedule{{Name: "甲", Kind: govsweep.FullSchedule, When: "每日 02:00"}, {Name: "乙", When: "每日 02:00"}}))
		must(t, db.Exec(ctx, `UPDATE schedules SET body = $1 WHERE name = $2`, `{"name":"甲","priority":"high"}`, "甲"))
		all, err := db.Schedules(ctx)
		if err != nil || len(all) != 2 {
			t.Fatalf("%+v %v", all, err)
		}
		for _, s := range all {
			if (s.Unread != "") != (s.Name == "甲") || s.Unread != "" && s.When != "" {
				t.Errorf("%+v", s)
			}
		}
		one, err := db.Schedule(ctx, "甲")
		must(t, err)
		one.Paused = true
		if err := db.SetPaused(ctx, one); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("what is kept of it was overwritten: %v", err)
		}
	})
}

func TestATimetableIsKeptWholeOrNotAtAll(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		nameless := []govsweep.Schedule{{Name: "每夜"}, {Name: ""}} // the second is refused
		if err := db.SaveTimetable(ctx, nameless, []govsweep.SiteHours{{Scope: "region=甲市", Window: "22:00-06:00"}}); err == nil {
			t.Error("a schedule without a name was kept")
		}
		schedules, err := db.Schedules(ctx)
		must(t, err)
		hours, err := db.Hours(ctx)
		if err != nil || len(schedules)+len(hours) != 0 {
			t.Errorf("%+v %+v %v", schedules, hours, err)
		}
	})
}

// A due time has one run with one sweep, however often it is started.
func TestADueTimeRunsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		due := noon.Truncate(time.Millisecond)
		start := func() (*govsweep.ScheduleRun, bool) {
			r := &govsweep.ScheduleRun{Schedule: "全面", Due: due, State: govsweep.RunRunning, Missed: 2, Note: "补做", Started: due}
			s := &govsweep.Sweep{Kind: "sweep", Scope: "全部", Rulebook: "gov-2019-19", AsOf: due, Started: due, State: govsweep.SweepRunning, Options: "{}"}
			added, err := db.AddScheduleRun(ctx, r, s, []govsweep.Target{{ID: "a", Kind: govsweep.SiteTarget}, {ID: "b", Kind: govsweep.SiteTarget}})
			must(t, err)
			return r, added
		}
		r, added := start()
		if !added || r.Sweep != 1 {
			t.Fatalf("%+v %v", r, added)
		}
		if _, again := start(); again {
			t.Error("the same due time was started twice")
		}
		if all, err := db.Sweeps(ctx); err != nil || len(all) != 1 {
			t.Errorf("%d sweeps %v", len(all), err)
		}
		if targets, err := db.SweepTargets(ctx, 1); err != nil || len(targets) != 2 {
			t.Errorf("%d targets %v", len(targets), err)
		}
		open, err := db.OpenScheduleRuns(ctx)
		if err != nil || len(open) != 1 || open[0].Sweep != 1 || open[0].Missed != 2 || open[0].Note != "补做" || !open[0].Due.Equal(due) {
			t.Errorf("%+v %v", open, err)
		}
		r.State, r.Ended, r.Cursor = govsweep.RunDone, due.Add(time.Hour), "x"
		must(t, db.SaveScheduleRun(ctx, r))
		r.State, r.Note = govsweep.RunFailed, "late"
		must(t, db.SaveScheduleRun(ctx, r)) // a run that has ended stays as it ended
		one, err := db.ScheduleRun(ctx, "全面", due)
		if err != nil || one.State != govsweep.RunDone || one.Note != "补做" || one.Cursor != "x" {
			t.Errorf("%+v %v", one, err)
		}
		if open, err = db.OpenScheduleRuns(ctx); err != nil || len(open) != 0 {
			t.Errorf("%+v %v", open, err)
		}
		future := &govsweep.ScheduleRun{Schedule: "全面", Due: due.AddDate(10, 0, 0), State: govsweep.RunDone, Started: due} // the clock was wrong
		_, err = db.AddScheduleRun(ctx, future, nil, nil)
		must(t, err)
		if last, err := db.LastDue(ctx, "全面", due.Add(time.Hour)); err != nil || !last.Equal(due) {
			t.Errorf("last due %s %v", last, err)
		}
		if last, err := db.LastDue(ctx, "另一个", due); err != nil || !last.IsZero() {
			t.Errorf("last due %s %v", last, err)
		}
		done, err := db.LastDone(ctx)
		if err != nil || len(done) != 1 || !done[0].Due.Equal(future.Due) {
			t.Errorf("%+v %v", done, err)
		}
		if runs, err := db.ScheduleRuns(ctx, "", 1); err != nil || len(runs) != 1 || !runs[0].Due.Equal(future.Due) {
			t.Errorf("%+v %v", runs, err)
		}
	})
}

func TestLooksAndBeatsAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		look := govsweep.SiteLook{Target: "a", Last: noon.In(govsweep.Shanghai), Next: noon.AddDate(0, 0, 2).In(govsweep.Shanghai), Column: "要闻", Why: "因为"}
		earlier := look
		earlier.Column = "首页"
		must(t, db.SaveSiteLooks(ctx, []govsweep.SiteLook{earlier, {Target: "b"}, look}))
		looks, err := db.SiteLooks(ctx)
		if diff := cmp.Diff([]govsweep.SiteLook{look, {Target: "b"}}, looks); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		must(t, db.Beat(ctx, "tick", noon))
		must(t, db.Beat(ctx, "tick", noon.Add(time.Minute)))
		if beats, err := db.Beats(ctx); err != nil || len(beats) != 1 || !beats["tick"].Equal(noon.Add(time.Minute)) {
			t.Errorf("%v %v", beats, err)
		}
	})
}
