package main

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

// TestThroughputOfSeveralProcesses measures one, two and four processes on one
// PostgreSQL: with servers that take a while to answer, as real ones do, and
// with servers that answer at once, where the processors are the limit.
// GOVSWEEP_TEST_THROUGHPUT=1 runs it.
func TestThroughputOfSeveralProcesses(t *testing.T) {
	if os.Getenv("GOVSWEEP_TEST_THROUGHPUT") == "" {
		t.Skip("measured by hand: GOVSWEEP_TEST_THROUGHPUT=1 (ten minutes)")
	}
	sites := envInt("GOVSWEEP_TEST_SITES", 8)
	for _, delay := range []time.Duration{250 * time.Millisecond, 0} {
		f := startFarm(t, farm.Options{Seed: 7, Sites: sites, Latency: delay + 20*time.Millisecond, Delay: delay, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
		alone := 0.0
		for _, n := range []int{1, 2, 4} {
			began := time.Now()
			g := newGang(t, f, server.DSN(t), n, "-1", "60s")
			members := slices.Clone(g.members)
			for _, m := range members {
				<-m.ended // however long it takes on this machine
			}
			g.over()
			wall := time.Since(began).Seconds()
			if len(g.failed) > 0 {
				t.Fatalf("workers failed: %s", g.failed)
			}
			cpu := 0.0
			for _, m := range members {
				cpu += (m.ProcessState.UserTime() + m.ProcessState.SystemTime()).Seconds()
			}
			pages := float64(len(g.pages()))
			if n == 1 {
				alone = pages / wall
			}
			row := fmt.Sprintf("| %s | %d | %.0f | %.1f s | %.1f | %.2f | %.2f ms |", delay, n, pages, wall, pages/wall, pages/wall/alone, 1000*cpu/pages)
			t.Log(row)
		}
	}
}
