package casework

import (
	"context"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// Exempt keeps a standing exemption, gives it its ID, and exempts what stands
// open under it at the sites given, in the name of the person who decided.
// What comes later is exempted as inspections see it.
func (d *Desk) Exempt(ctx context.Context, e *govsweep.Exemption, sites []govsweep.Site) (moves []govsweep.Transition, err error) {
	if err := rectify.CheckExemption(*e); err != nil {
		return nil, err
	}
	if err := d.Store.SaveExemption(ctx, e); err != nil {
		return nil, err
	}
	err = again(func() error {
		moves = moves[:0]
		for _, site := range sites {
			standings, err := d.Store.Standings(ctx, site.ID)
			if err != nil {
				return err
			}
			for _, s := range standings {
				if m, ok := exempted(e, site, s); ok {
					moves = append(moves, m)
				}
			}
		}
		return d.Store.Move(ctx, moves)
	})
	return moves, err
}

// exempted gives the line of a finding that stands open under an exemption.
func exempted(e *govsweep.Exemption, site govsweep.Site, s govsweep.Standing) (govsweep.Transition, bool) {
	f := govsweep.Finding{Indicator: s.Indicator, Column: s.Column}
	if !rectify.Covers(*e, site, &f, govsweep.DateOf(e.At)) {
		return govsweep.Transition{}, false
	}
	m, err := rectify.Decide(s, rectify.Decision{Event: govsweep.Exempt, By: e.By, Reason: e.Reason, Until: e.Until, At: e.At})
	m.Exemption = e.ID
	return m, err == nil // what may not be exempted by hand, as under a notice, stays
}
