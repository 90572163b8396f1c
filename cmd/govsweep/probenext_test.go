package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
)

// forgetful is a log that holds nothing.
type forgetful struct{}

func (forgetful) SaveProbes(context.Context, []govsweep.ProbeVisit) error { return nil }
func (forgetful) VisitedSlots(context.Context, govsweep.ProbeSeries, string, time.Time, time.Time) (map[govsweep.TargetID][]int, error) {
	return nil, nil
}

func TestAWatchSaysAfterEachVisitWhenTheNextOneComes(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 3, 23, 12, 0, 0, 0, govsweep.Shanghai)
	var said strings.Builder
	w := &probe.Watch{Prober: &probe.Prober{}, Log: forgetful{}, Series: govsweep.Availability, Visits: 20, Now: func() time.Time { return clock },
		Wait: func(_ context.Context, until time.Time) error { clock = until; return nil },
		Look: func(_ context.Context, r probe.Request) (govsweep.ProbeVisit, *govsweep.Page) {
			return govsweep.ProbeVisit{Target: r.Target, Series: r.Series, URL: r.URL, At: clock, Status: 200, Result: govsweep.ProbeOpened}, nil
		}}
	sites := []probe.Site{{ID: "1507830002", URL: "http://www.x.gov.cn/"}}
	c := &probeRunCmd{Visits: 20, Days: 1}
	if err := c.series(t.Context(), &app{stderr: &said}, w, sites); err != nil {
		t.Fatal(err)
	}
	lines := strings.Count(said.String(), "下一次访问在2026年3月2")
	whole := probe.Slots("1507830002", time.Date(2026, 3, 24, 0, 0, 0, 0, govsweep.Shanghai), 20)
	if lines < 20 || !strings.Contains(said.String(), "次，下一次访问在"+govsweep.ChineseMinute(whole[19])+"。") {
		t.Errorf("%d lines:\n%s", lines, said.String())
	}
	for _, line := range strings.Split(said.String(), "\n") {
		if strings.Count(line, "下一次访问在") > 1 || strings.Contains(line, "3月25日") && strings.Contains(line, "下一次") {
			t.Errorf("said %q", line)
		}
	}
}
