package sweep_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/sweep"
)

// TestSlicesOfAnyLengthGiveTheSame works on a sweep in slices of random
// length by two workers, some cut off by a kill and some done again with the
// lease they lost, and compares with a sweep in one piece.
func TestSlicesOfAnyLengthGiveTheSame(t *testing.T) {
	t.Parallel()
	f := startFarm(t, 2)
	calm := farmWorld(t, f, sqlite(t), sweep.Limits{Parallel: 4})
	one, _ := calm.run(f.Sites()...)
	pages, found := calm.pages(one, f.Sites(), govsweep.SecondLookRole), calm.findings(one)
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".FirstSeen" }, cmp.Ignore())
	onBothEngines(t, func(t *testing.T, dsn string) {
		w := farmWorld(t, f, dsn, sweep.Limits{Parallel: 4})
		s := &govsweep.Sweep{Kind: "sweep", Rulebook: w.in.Rules.ID, AsOf: asOf, Started: time.Now(), State: govsweep.SweepRunning}
		var targets []govsweep.Target
		for _, site := range f.Sites() {
			targets = append(targets, site.Target())
		}
		must(t, w.db.CreateSweep(w.ctx, s, targets))
		random := rand.New(rand.NewPCG(3, 3))
		slices, kills, refused, judged := 0, 0, 0, 0
		for {
			l, err := w.db.Claim(w.ctx, s.ID, "甲", time.Time{}, time.Minute)
			must(t, err)
			if l == nil {
				break
			}
			if slices++; slices > 2000 {
				t.Fatal("it never ends")
			}
			// Longer and longer, so that a slow machine ends too.
			tick := time.Millisecond * time.Duration(1+slices/raced.Less(40))
			ctx, stop := context.WithCancel(w.ctx)
			if random.IntN(4) == 0 {
				ctx, stop = context.WithTimeout(w.ctx, time.Duration(random.IntN(150))*tick)
				kills++
			}
			done, err := w.in.Slice(ctx, s, *l, time.Now().Add(time.Duration(random.IntN(120))*tick))
			cut := ctx.Err() != nil
			stop()
			if err != nil && !cut {
				t.Fatalf("slice %d: %v", slices, err)
			}
			if done {
				judged++
			}
			if again, err := w.db.Claim(w.ctx, s.ID, "乙", time.Time{}, time.Minute); err == nil && again != nil && again.Target.ID == l.Target.ID {
				if _, err := w.in.Slice(w.ctx, s, *l, time.Now()); errors.Is(err, govsweep.ErrLeaseLost) {
					refused++
				}
				must(t, w.db.Release(w.ctx, *again))
			} else if again != nil {
				must(t, w.db.Release(w.ctx, *again))
			}
		}
		if state, err := w.db.EndSweep(w.ctx, s.ID, time.Now()); err != nil || state != govsweep.SweepDone {
			t.Errorf("the sweep is %s, %v", state, err)
		}
		if d := cmp.Diff(pages, w.pages(s, f.Sites(), govsweep.SecondLookRole)); d != "" {
			t.Errorf("pages differ (-whole +sliced):\n%.4000s", d)
		}
		if d := cmp.Diff(found, w.findings(s), ignore); d != "" {
			t.Errorf("findings differ (-whole +sliced):\n%.4000s", d)
		}
		if judged != len(targets) || slices < 10 || refused == 0 {
			t.Errorf("%d slices, %d kills, %d refused, %d judged: the test shows nothing", slices, kills, refused, judged)
		}
		t.Logf("%d slices, %d of them cut off, %d refused: %d pages and %d findings, the same as in one piece", slices, kills, refused, len(pages), len(found))
	})
}
