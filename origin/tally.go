package origin

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// Tally is the comparison as a dossier keeps it: counts, reasons and a few
// examples. asOf is the check point of the sweep of the site.
func (c Comparison) Tally(asOf time.Time) *facts.AccountSync {
	s := &facts.AccountSync{Site: c.Site, Sweep: c.Sweep, AsOf: asOf, From: c.From, To: c.To, Total: c.Total, Month: c.Months,
		ArticlesOnly: newest(c.ArticlesOnly), PostsOnly: newest(c.PostsOnly), Open: map[string]int{}}
	for _, items := range [][]govsweep.OpenItem{c.ArticlesOpen, c.PostsOpen} {
		for i := range items {
			s.Open[items[i].Why]++
		}
	}
	return s
}

func newest(items []govsweep.Published) []govsweep.Published {
	items = slices.Clone(items[max(0, len(items)-facts.SyncExamples):])
	slices.Reverse(items)
	return items
}
