package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/storage"
)

// TestADayOfVisitsIsSharedByTwoMachines makes the visits of a day in pieces of
// three minutes, now on one machine and now on the other, by a simulated
// clock: every planned visit is made once. GOVSWEEP_TEST_SITES sets the number
// of sites.
func TestADayOfVisitsIsSharedByTwoMachines(t *testing.T) {
	t.Parallel()
	sites := make([]probe.Site, envInt("GOVSWEEP_TEST_SITES", 10))
	for i := range sites {
		sites[i] = probe.Site{ID: govsweep.TargetID(fmt.Sprintf("%010d", i)), URL: fmt.Sprintf("http://s%d.gov.cn/", i)}
	}
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	must(t, err)
	defer db.Close()
	clock, inVisits := watchFrom, time.Duration(0)
	machine := func() *probe.Watch {
		return &probe.Watch{Prober: &probe.Prober{}, Log: timedLog{db, &inVisits}, Series: govsweep.Availability, Visits: 24, Now: func() time.Time { return clock },
			Wait: func(_ context.Context, until time.Time) error { clock = until; return nil },
			Look: func(_ context.Context, r probe.Request) (govsweep.ProbeVisit, *govsweep.Page) {
				return govsweep.ProbeVisit{Target: r.Target, Series: r.Series, URL: r.URL, At: clock, Status: 200, Result: govsweep.ProbeOpened}, nil
			}}
	}
	machines, pieces, began := [2]*probe.Watch{machine(), machine()}, 0, time.Now()
	for end := watchFrom.AddDate(0, 0, 1); clock.Before(end); pieces++ {
		must(t, machines[(pieces*pieces/3)%2].Run(t.Context(), sites, clock.Add(3*time.Minute)))
	}
	took := time.Since(began)
	made, err := db.VisitedSlots(t.Context(), govsweep.Availability, "", watchFrom, watchFrom.AddDate(0, 0, 1))
	must(t, err)
	for _, s := range sites {
		seen := map[int]bool{}
		for _, slot := range made[s.ID] {
			seen[slot] = true
		}
		if len(seen) != 24 || len(made[s.ID]) != 24 {
			t.Errorf("%s: visits %v", s.ID, made[s.ID])
		}
	}
	t.Logf("%d sites, %d visits in %d pieces of a day: %s in all, %s of it to keep the visits", len(sites), 24*len(sites), pieces, took.Round(time.Millisecond), inVisits.Round(time.Millisecond))
}

// timedLog measures how long it takes to keep visits.
type timedLog struct {
	*storage.DB
	took *time.Duration
}

func (l timedLog) SaveProbes(ctx context.Context, visits []govsweep.ProbeVisit) error {
	defer func(began time.Time) { *l.took += time.Since(began) }(time.Now())
	return l.DB.SaveProbes(ctx, visits)
}
