package service

import (
	"errors"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
)

func TestTargetsOfAProcessThatDiedAreTakenOverAtOnceAndItsWritesRefused(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(t.Context(), litetest.DSN(t), storage.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	s := &govsweep.Sweep{Kind: "sweep", State: govsweep.SweepRunning, Options: "{}"}
	must(t, db.CreateSweep(t.Context(), s, []govsweep.Target{{ID: "a", Kind: govsweep.SiteTarget}, {ID: "b", Kind: govsweep.SiteTarget}, {ID: "c", Kind: govsweep.SiteTarget}}))
	held := map[string]*govsweep.Lease{}
	for _, owner := range []string{"dead", "alive", "waits"} {
		held[owner], err = db.Claim(t.Context(), s.ID, owner, time.Time{}, time.Hour)
		must(t, err)
	}
	must(t, db.Park(t.Context(), *held["waits"], time.Time{})) // until its hours come
	w := &Worker{Store: db, Owner: "next", Gone: func(owner string) bool { return owner == "dead" || owner == "" }}
	got, err := w.claim(t.Context(), s.ID)
	must(t, err)
	if got == nil || got.Target.ID != held["dead"].Target.ID || got.Fence <= held["dead"].Fence {
		t.Fatalf("%+v, it was %+v", got, held["dead"])
	}
	if err := db.Extend(t.Context(), held["dead"], time.Time{}); !errors.Is(err, govsweep.ErrLeaseLost) {
		t.Errorf("it was not dead, and goes on: %v", err)
	}
	must(t, db.Extend(t.Context(), held["alive"], time.Time{}))
	if more, err := w.claim(t.Context(), s.ID); err != nil || more != nil {
		t.Errorf("%+v %v", more, err)
	}
}
