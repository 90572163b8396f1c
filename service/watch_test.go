package service

import (
	"context"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseThatIsNotReadSaysNothingOfSweeps(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(t.Context(), litetest.DSN(t), storage.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, govsweep.Shanghai)
	must(t, db.SaveSchedules(t.Context(), []govsweep.Schedule{{Name: "每夜", Kind: govsweep.NoticesSchedule, When: "每日 02:00", Priority: 3, Since: at}}))
	e := &Eyes{Store: db, Days: func() (*workday.Calendar, error) { return workday.Default(), nil }, Now: func() time.Time { return at }}
	ctx, stop := context.WithCancel(t.Context())
	if _, whole := e.Common(ctx); len(whole) != 2 {
		t.Errorf("looked at %v", whole)
	}
	e.judged = time.Time{}
	stop()
	if obs, whole := e.Common(ctx); len(obs)+len(whole) != 0 {
		t.Errorf("without the database: %v of %v", obs, whole)
	}
	if obs, ok := e.suspect(ctx); ok || len(obs) != 0 {
		t.Errorf("without the database: %v", obs)
	}
}

// Of a schedule that this version cannot read nobody knows since when it stands.
func TestAScheduleWithoutABeginningDoesNotMakeTheTimetableOld(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(t.Context(), litetest.DSN(t), storage.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, govsweep.Shanghai)
	must(t, db.SaveSchedules(t.Context(), []govsweep.Schedule{{Name: "每夜", Kind: govsweep.NoticesSchedule, When: "每日 02:00", Priority: 3}}))
	e := &Eyes{Store: db, Days: func() (*workday.Calendar, error) { return workday.Default(), nil }, Now: func() time.Time { return at }}
	obs, _ := e.Common(t.Context())
	if len(obs) == 0 || obs[0].Kind != govsweep.SchedulerStopped || obs[0].State != alarm.Fine {
		t.Errorf("%+v", obs)
	}
}
