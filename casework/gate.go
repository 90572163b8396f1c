package casework

import (
	"context"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// Healths keeps how sweeps went. SweepHealths gives the last n of a kind
// before a sweep.
type Healths interface {
	SweepHealth(ctx context.Context, sweep int64) (*govsweep.SweepHealth, error)
	SweepHealths(ctx context.Context, kind string, before int64, n int) ([]govsweep.SweepHealth, error)
}

// earlierSweeps is how many sweeps the gate is given to compare with.
const earlierSweeps = 24

// Gate holds a sweep against earlier ones of its kind.
func Gate(ctx context.Context, store Healths, s *govsweep.Sweep) (*rectify.GateResult, error) {
	now, err := store.SweepHealth(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	earlier, err := store.SweepHealths(ctx, s.Kind, s.ID, earlierSweeps)
	if err != nil {
		return nil, err
	}
	g := rectify.Gate(*now, earlier)
	return &g, nil
}
