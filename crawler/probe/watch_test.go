package probe_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
)

// A memory is a log that keeps visits for a test.
type memory struct{ kept []govsweep.ProbeVisit }

func (m *memory) SaveProbes(_ context.Context, v []govsweep.ProbeVisit) error {
	m.kept = append(m.kept, v...)
	return nil
}

func (m *memory) VisitedSlots(context.Context, govsweep.ProbeSeries, string, time.Time, time.Time) (map[govsweep.TargetID][]int, error) {
	made := map[govsweep.TargetID][]int{}
	for _, v := range m.kept {
		made[v.Target] = append(made[v.Target], v.Slot)
	}
	return made, nil
}

func TestSitesOfOneHostAreNotAskedTogether(t *testing.T) {
	var mu sync.Mutex
	var asked []time.Time
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, time.Now())
	})
	var log memory
	w := &probe.Watch{Prober: prober(), Log: &log, Series: govsweep.Availability, Parallel: 8}
	visits, err := w.Once(t.Context(), []probe.Site{{ID: "A", URL: url + "a/"}, {ID: "B", URL: url + "b/"}, {ID: "C", URL: url + "c/"}})
	if err != nil || len(visits) != 3 || len(log.kept) != 3 {
		t.Fatalf("%d visits, %d kept, %v", len(visits), len(log.kept), err)
	}
	for i := 1; i < len(asked); i++ {
		if gap := asked[i].Sub(asked[i-1]); gap < 450*time.Millisecond {
			t.Errorf("asked again after %v", gap)
		}
	}
}

func TestSlotsAreTheSameAgainAndApart(t *testing.T) {
	day := time.Date(2026, 3, 29, 15, 0, 0, 0, govsweep.Shanghai)
	for _, n := range []int{20, 24, 48} {
		slots := probe.Slots("1507830002", day, n)
		if !slices.EqualFunc(slots, probe.Slots("1507830002", day.Add(8*time.Hour), n), time.Time.Equal) {
			t.Errorf("%d: another plan for the same day", n)
		}
		if slices.EqualFunc(slots, probe.Slots("1507830003", day, n), time.Time.Equal) || slots[0].Equal(probe.Slots("1507830002", day.AddDate(0, 0, 1), n)[0].AddDate(0, 0, -1)) {
			t.Errorf("%d: no jitter between sites or days", n)
		}
		before := slots[0].Add(-time.Hour)
		for _, s := range slots {
			if govsweep.DateOf(s) != "2026-03-29" || s.Sub(before) < 12*time.Hour/time.Duration(n) {
				t.Errorf("%d: visits at %v and %v", n, before, s)
			}
			before = s
		}
	}
}

// TestASeriesEndsWhenItWouldHave: the end of a run that was cut does not move.
func TestASeriesEndsWhenItWouldHave(t *testing.T) {
	now := time.Date(2026, 3, 25, 15, 0, 0, 0, govsweep.Shanghai)
	site := []probe.Site{{ID: "A", URL: "http://a/"}}
	until := func(days ...int) string {
		w := &probe.Watch{Prober: prober(), Log: began{days}, Series: govsweep.Availability, Visits: 24, Now: func() time.Time { return now }}
		end, err := w.Until(t.Context(), site, 7)
		if err != nil {
			t.Fatal(err)
		}
		return govsweep.DateOf(end.Add(-time.Second))
	}
	for want, days := range map[string][]int{
		"2026-04-01":  {},               // new: seven whole days from tomorrow on
		"2026-03-31":  {25},             // begun this morning
		"2026-03-29":  {23, 24, 25},     // begun two days ago
		"2026-03-30":  {22, 24, 25},     // the gap begins it anew
		"2026-04-01 ": {20, 21, 22, 23}, // today's first visit was slept through
	} {
		if got := until(days...); got != strings.TrimSpace(want) {
			t.Errorf("whole days %v of March: ends %s, want %s", days, got, want)
		}
	}
}

// began holds the first visit of some days of March.
type began struct{ days []int }

func (b began) SaveProbes(context.Context, []govsweep.ProbeVisit) error { return nil }

func (b began) VisitedSlots(_ context.Context, _ govsweep.ProbeSeries, _ string, from, _ time.Time) (map[govsweep.TargetID][]int, error) {
	if !slices.Contains(b.days, from.In(govsweep.Shanghai).Day()) {
		return nil, nil
	}
	return map[govsweep.TargetID][]int{"A": {0}}, nil
}

// TestAControlThatWasNotVisitedSaysNothingOfTheLine: the failure it was to
// prove is not kept, its slot not used up, and the controls are asked anew.
func TestAControlThatWasNotVisitedSaysNothingOfTheLine(t *testing.T) {
	gone := errors.New("database gone")
	var log memory
	cut := 2 // which look at the control is cut off
	w := &probe.Watch{Prober: prober(), Log: &log, Series: govsweep.Availability, Controls: []string{"http://control/"},
		Look: func(_ context.Context, r probe.Request) (govsweep.ProbeVisit, *govsweep.Page) {
			v := govsweep.ProbeVisit{Target: r.Target, URL: r.URL, Status: 200, Result: govsweep.ProbeOpened}
			if r.Target != "" {
				v.Status, v.Failure, v.Result, v.Cause = 0, govsweep.FailTimeout, govsweep.ProbeFailed, "在规定时间内没有打开。"
				return v, nil
			}
			if cut--; cut == 0 {
				v.Status, v.Failure, v.Result, v.Cause, v.NoTurn = 0, govsweep.FailCancelled, govsweep.ProbeUnmeasured, "没有取得访问次序，没有访问。", gone
			}
			return v, nil
		}}
	site := []probe.Site{{ID: "A", URL: "http://a/"}}
	if _, err := w.Once(t.Context(), site); !errors.Is(err, gone) || govsweep.KindOf(err) != govsweep.Unavailable || len(log.kept) != 0 {
		t.Errorf("%v, kept %+v", err, log.kept)
	}
	if visits, err := w.Once(t.Context(), site); err != nil || len(visits) != 1 || visits[0].Result != govsweep.ProbeFailed || !visits[0].Checked {
		t.Errorf("%v, %+v", err, visits)
	}
}

// noTurns has a turn for nobody.
type noTurns struct{ why error }

func (n noTurns) Turn(context.Context, string, time.Duration) error { return n.why }

func TestWhyThereWasNoTurnIsHandedOn(t *testing.T) {
	gone := errors.New("database gone")
	p := prober()
	p.Options.Turns = noTurns{gone}
	var log memory
	w := &probe.Watch{Prober: p, Log: &log, Series: govsweep.Availability}
	if _, err := w.Once(t.Context(), []probe.Site{{ID: "A", URL: "http://127.0.0.1:9/"}}); !errors.Is(err, gone) || govsweep.KindOf(err) != govsweep.Unavailable || len(log.kept) != 0 {
		t.Errorf("%v, kept %+v", err, log.kept)
	}
}
