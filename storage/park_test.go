package storage_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestATargetThatWaitsForItsHoursIsNobodysUntilTheyCome(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		run := newRun(t, db)
		now := time.Now()
		lease, err := db.Claim(t.Context(), run.Sweep, "甲", now, time.Minute)
		must(t, err)
		lease.TTL = time.Hour
		must(t, db.Park(t.Context(), *lease, now))
		standing, err := db.Leases(t.Context(), run.Sweep, now.Add(30*time.Minute))
		must(t, err)
		if len(standing) != 1 || !standing[0].Waits() || standing[0].Until.Sub(now).Round(time.Second) != time.Hour {
			t.Errorf("standing %+v", standing)
		}
		if l, err := db.Claim(t.Context(), run.Sweep, "乙", now.Add(30*time.Minute), time.Minute); l != nil || err != nil {
			t.Errorf("given before its hours: %+v %v", l, err)
		}
		next, err := db.Claim(t.Context(), run.Sweep, "乙", now.Add(61*time.Minute), time.Minute)
		if err != nil || next == nil || next.Waits() {
			t.Fatalf("not given in its hours: %+v %v", next, err)
		}
		must(t, db.Park(t.Context(), govsweep.Lease{Sweep: run.Sweep, Target: lease.Target, Fence: lease.Fence, TTL: time.Hour}, now)) // of a lease that was lost
		if standing, err = db.Leases(t.Context(), run.Sweep, now.Add(61*time.Minute)); err != nil || len(standing) != 1 || standing[0].Waits() {
			t.Errorf("a lost lease was parked: %+v %v", standing, err)
		}
	})
}
