package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
)

// A sweep over accounts belongs to one process: serve leaves it alone while
// another has it, a person is told, and afterwards it goes on.
func TestASweepOverAccountsIsWorkedOnByOneProcessAtATime(t *testing.T) {
	for name, dsn := range map[string]func(dir string) string{
		"sqlite":   func(dir string) string { return "sqlite:" + dir + "/govsweep.db" },
		"postgres": func(string) string { return server.DSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			machine := func() *app {
				return &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
					settings: settings{data: dir, db: dsn(dir)}}
			}
			here, there := machine(), machine()
			there.settings.db = here.settings.db
			db, err := here.openDB()
			must(t, err)
			defer db.Close()
			other, err := there.openDB()
			must(t, err)
			defer other.Close()
			a := govsweep.Account{ID: "weixin-1", Media: govsweep.WeChat, Number: "1", Name: "某某发布", State: govsweep.AccountRunning}
			must(t, db.SaveAccounts(t.Context(), []govsweep.Account{a}))
			sw := &govsweep.Sweep{Kind: govsweep.AccountSweep, Rulebook: "gov-2019-19", AsOf: time.Now(), Started: time.Now(), State: govsweep.SweepRunning, Options: "{}"}
			r := &govsweep.ScheduleRun{Schedule: "账号", Due: time.Now(), State: govsweep.RunRunning, Started: time.Now()}
			_, err = db.AddScheduleRun(t.Context(), r, sw, []govsweep.Target{a.Target()})
			must(t, err)
			s, err := newService(here, db, &serviceFlags{Slots: 1})
			must(t, err)
			work := func() govsweep.SweepState {
				more, err := s.accounts(t.Context(), r, 0, time.Now().Add(time.Minute))
				must(t, err)
				now, err := db.Sweep(t.Context(), sw.ID)
				must(t, err)
				if more {
					t.Error("there is more to do at once")
				}
				return now.State
			}
			held, err := there.holdSweep(other, sw.ID)
			must(t, err)
			if state := work(); state != govsweep.SweepRunning {
				t.Errorf("while another process has it: %s", state)
			}
			if _, errs, code := cli(t, dir, "--db", here.settings.db, "sweep", "resume", "1"); code != exitWrong || !strings.Contains(errs, "正由另一个程序运行") {
				t.Errorf("resumed besides: exit %d, %s", code, errs)
			}
			held.let()
			if state := work(); state != govsweep.SweepDone {
				t.Errorf("afterwards: %s", state)
			}
		})
	}
}

// Work on a sweep that was lost to another process ends, and nothing more is
// written.
func TestASweepThatWasLostIsLeft(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(dir string) string{
		"sqlite":   func(dir string) string { return "sqlite:" + dir + "/govsweep.db" },
		"postgres": func(string) string { return server.DSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			a := &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler),
				env: func(string) string { return "3s" }, settings: settings{data: dir, db: dsn(dir)}}
			db, err := a.openDB()
			must(t, err)
			defer db.Close()
			h, err := a.holdSweep(db, 1)
			must(t, err)
			defer h.let()
			if info, err := os.Stat(filepath.Join(dir, "workers")); locksWork && (err != nil || info.Mode().Perm()&0o077 != 0) {
				t.Errorf("the folder of the workers: %v, %v", info, err)
			}
			must(t, db.Expire(t.Context(), h.Tenure)) // as after a minute without a sign
			theirs, err := a.holdSweep(db, 1)
			must(t, err)
			defer theirs.let()
			err = h.run(t.Context(), func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			})
			if !errors.Is(err, govsweep.ErrLeaseLost) || govsweep.KindOf(err) != govsweep.Conflict {
				t.Errorf("%v", err)
			}
			if _, err := h.db.EndSweep(t.Context(), 1, time.Now()); !errors.Is(err, govsweep.ErrLeaseLost) {
				t.Errorf("written: %v", err)
			}
		})
	}
}

// A series of visits belongs to one process: serve makes none while another
// has it, and goes on when that one is done.
func TestASeriesIsVisitedByOneProcessAtATime(t *testing.T) {
	dir := t.TempDir()
	a := &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
		settings: settings{data: dir, db: "sqlite:" + dir + "/govsweep.db"}}
	db, err := a.openDB()
	must(t, err)
	defer db.Close()
	must(t, db.SaveSites(t.Context(), []govsweep.Site{{ID: "1507830002", Name: "某县人民政府", URL: "http://www.x.gov.cn/", State: govsweep.Running}}))
	o := &govsweep.Schedule{Name: "每日可用性", Kind: govsweep.AvailabilitySchedule, When: "每日 00:00"}
	must(t, db.SaveSchedule(t.Context(), o))
	s, err := newService(a, db, &serviceFlags{Slots: 1})
	must(t, err)
	visits, now := 0, time.Now()
	piece := func() error {
		w, err := s.dayWatch(o)
		must(t, err)
		w.Now = func() time.Time { return probe.Slots("1507830002", now, 24)[0] }
		w.Wait = func(context.Context, time.Time) error { return context.Canceled } // the piece is over when nothing is due
		w.Look = func(_ context.Context, r probe.Request) (govsweep.ProbeVisit, *govsweep.Page) {
			visits++
			return govsweep.ProbeVisit{Target: r.Target, Series: r.Series, URL: r.URL, At: time.Now(), Status: 200, Result: govsweep.ProbeOpened}, nil
		}
		_, err = s.probe(t.Context(), &govsweep.ScheduleRun{Schedule: o.Name, Due: now.AddDate(0, 0, 1)}, 0, now.Add(time.Hour)) // whatever day it is when it ends
		return err
	}
	other, err := a.holdWork(db, "probe "+o.Name)
	must(t, err)
	if err := piece(); visits != 0 || !errors.Is(err, govsweep.ErrLeaseLost) { // nil would end the run of the other one
		t.Errorf("%d visits while another process has the series, %v", visits, err)
	}
	other.let()
	if err := piece(); visits != 1 || err != nil {
		t.Errorf("%d visits when it is done, %v", visits, err)
	}
}
