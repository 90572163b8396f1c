package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sweep"
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
	a := &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), settings: settings{data: t.TempDir(), db: server.DSN(t)}}
	db, err := a.openDB()
	must(t, err)
	defer db.Close()
	ours, err := db.HoldWhile(t.Context(), "sweep 1", 200*time.Millisecond)
	must(t, err)
	h := &sweepHold{hold: ours, let: ours.Release}
	for theirs, err := a.holdSweep(db, 1); ; theirs, err = a.holdSweep(db, 1) { // once the server has given us up
		if err == nil {
			defer theirs.let()
			break
		}
	}
	reads := "AllAccounts LastReading Readings Posts Checks ReprintSources Sweep SweepTargets SweepTarget Waived Standings Exemptions Probed IPv6Report IPv6Proof Maintenance LastDossier"
	store, all := reflect.ValueOf(heldAccounts{hold: h}), reflect.TypeFor[sweep.AccountStore]()
	for i := range all.NumMethod() {
		m := all.Method(i)
		if slices.Contains(strings.Fields(reads), m.Name) {
			continue
		}
		values := []reflect.Value{reflect.ValueOf(t.Context())}
		for k := 1; k < m.Type.NumIn(); k++ {
			values = append(values, reflect.Zero(m.Type.In(k)))
		}
		out := store.MethodByName(m.Name).Call(values) // behind it there is no store to write to
		if err, _ := out[len(out)-1].Interface().(error); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("%s: written: %v", m.Name, err)
		}
	}
	if err := h.run(t.Context(), func(ctx context.Context) error { return errors.Join(h.still(ctx), ctx.Err()) }); govsweep.KindOf(err) != govsweep.Conflict {
		t.Errorf("%v", err)
	}
}
