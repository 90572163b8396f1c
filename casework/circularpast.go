package casework

import (
	"context"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// pastPeriods is how many earlier quarters a circular compares with.
const pastPeriods = 7

// past fills the earlier periods: the sweeps named, else the last sweep of
// each quarter before.
func (o *Circular) past(ctx context.Context, in *reports.CircularInput, named []int64) error {
	all, err := o.Store.Sweeps(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(all) // the oldest first
	for _, s := range earlier(all, in, named) {
		targets, err := o.standing().targets(ctx, &s)
		if err != nil {
			return err
		}
		in.Past = append(in.Past, reports.PastPeriod{Label: reports.Quarter(s.AsOf).Label, Book: s.Rulebook, Targets: targets})
	}
	return nil
}

func earlier(all []govsweep.Sweep, in *reports.CircularInput, named []int64) []govsweep.Sweep {
	var out []govsweep.Sweep
	for _, s := range all {
		current := slices.ContainsFunc(in.Sweeps, func(c govsweep.Sweep) bool { return c.ID == s.ID })
		if len(named) > 0 {
			if slices.Contains(named, s.ID) && !current {
				out = append(out, s)
			}
			continue
		}
		if s.Kind != "sweep" || s.State != govsweep.SweepDone || current || !s.AsOf.Before(in.Period.From) {
			continue
		}
		if n := len(out); n > 0 && reports.Quarter(out[n-1].AsOf).Label == reports.Quarter(s.AsOf).Label {
			out[n-1] = s
			continue
		}
		out = append(out, s)
	}
	return out[max(0, len(out)-pastPeriods):]
}
