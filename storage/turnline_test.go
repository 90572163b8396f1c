package storage_test

import (
	"math/rand/v2"
	"testing"

	"github.com/govsweep/govsweep/storage"
)

// Processes that ask as fast as they may wake up a little late, and now and
// then very late: what they are given keeps its distance all the same, no
// second has more than the rate and one, and nearly all turns are used.
func TestTurnsKeepTheirDistanceWhoeverWakesUpLate(t *testing.T) {
	const second, minutes = 1_000_000, 10
	for _, c := range []struct {
		name   string
		asking int
		late   func(r *rand.Rand) int64
		least  float64 // of the turns there are
	}{
		{"six that wake up at once", 6, func(*rand.Rand) int64 { return 0 }, 0.99},
		{"sixty that wake up a few milliseconds late", 60, func(r *rand.Rand) int64 { return r.Int64N(10_000) }, 0.97},
		{"sixty of which one in fifty sleeps half a second longer", 60, func(r *rand.Rand) int64 {
			if r.IntN(50) == 0 {
				return 500_000
			}
			return r.Int64N(10_000)
		}, 0.9},
		{"sixty on an overloaded machine", 60, func(r *rand.Rand) int64 { return r.Int64N(800_000) }, 0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			const rate, gap, hostGap = 8, second / 8, second / 2
			random := rand.New(rand.NewPCG(1, uint64(c.asking)))
			var platform storage.TurnLine
			type asker struct {
				at   int64
				host storage.TurnLine // each has a host of its own
			}
			all := make([]asker, c.asking)
			var taken []int64
			asked := 0
			for {
				next := 0
				for i := range all {
					if all[i].at < all[next].at {
						next = i
					}
				}
				a := &all[next]
				if a.at > minutes*60*second {
					break
				}
				asked++
				wait, ok := storage.TakeTurnOf(a.at, &a.host, hostGap, &platform, gap)
				if ok {
					taken = append(taken, a.at)
				}
				a.at += wait + c.late(random) + 100
			}
			for i := range taken {
				if i > 0 && taken[i]-taken[i-1] < gap*4/5 {
					t.Fatalf("%d: %d µs apart", i, taken[i]-taken[i-1])
				}
				if i >= rate+1 && taken[i]-taken[i-rate-1] < second {
					t.Fatalf("%d: %d within a second", i, rate+2)
				}
			}
			used := float64(len(taken)) / (minutes * 60 * rate)
			if used < c.least || used > 1.001 {
				t.Errorf("%.1f %% of the turns were used, want %.0f %%", 100*used, 100*c.least)
			}
			t.Logf("%.1f %% of the turns used, asked %.1f times each", 100*used, float64(asked)/float64(len(taken)))
		})
	}
}
