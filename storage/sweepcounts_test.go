package storage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

func TestTheLastSweepOfAKindThatWasDone(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		for _, s := range []govsweep.Sweep{
			{Kind: "sweep", State: govsweep.SweepDone, Ended: noon},
			{Kind: "sweep", State: govsweep.SweepDone, Ended: noon.Add(time.Hour)},
			{Kind: "sweep", State: govsweep.SweepCancelled, Ended: noon.Add(2 * time.Hour)},
			{Kind: govsweep.AccountSweep, State: govsweep.SweepDone, Ended: noon.Add(-time.Hour)},
			{Kind: "inspect", State: govsweep.SweepRunning},
		} {
			s.AsOf, s.Started = noon, noon
			must(t, db.CreateSweep(ctx, &s, nil))
			must(t, db.SaveSweep(ctx, &s))
		}
		got, err := db.LastDoneSweeps(ctx)
		must(t, err)
		want := map[string]time.Time{"sweep": noon.Add(time.Hour), govsweep.AccountSweep: noon.Add(-time.Hour)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
