package register

import (
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sampling"
)

// Draw draws a share of the sites, such as 30%, by level and platform, and
// says how; the same sites, share and seed give the same draw.
func Draw(sites []govsweep.Site, share, seed string) ([]govsweep.Site, *sampling.Draw, error) {
	members := make([]sampling.Member, len(sites))
	for i, s := range sites {
		members[i] = sampling.Member{ID: string(s.ID), Level: s.Level, Platform: s.Platform}
	}
	d, err := sampling.Sample(members, share, seed)
	if err != nil {
		return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: err.Error()}
	}
	drawn := map[string]bool{}
	for _, id := range d.IDs {
		drawn[id] = true
	}
	return slices.DeleteFunc(slices.Clone(sites), func(s govsweep.Site) bool { return !drawn[string(s.ID)] }), d, nil
}
