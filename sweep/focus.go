package sweep

import (
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// What a re-test follows at most.
const (
	maxListPages   = 20 // further list pages of one column; the newest stand on the first
	maxSubColumns  = 20 // sub-columns one column page names
	retestDepth    = 4  // a column page, its call, a further page of the call, an article
	shortestCycle  = 14 // days: what is younger is fresh under every cycle of the papers
	retestReserve  = 300
	mostPlaceVisit = 10_000
)

// focus keeps a crawl to the places a re-test is about: of their pages only
// what the state of a column or of the home page hangs on is followed. It
// does not change while the crawl goes on, so a killed re-test follows the
// same leads again.
type focus struct {
	asOf    time.Time
	columns map[uint64]bool // columns whose state is asked for, by key of address
	counted map[uint64]bool // of them those whose items are counted, not only dated
	home    bool            // the items of the home page are asked for
}

// pick gives the leads of a page that are followed: all of them in an
// ordinary crawl.
func (f *focus) pick(from *finished) []lead {
	if f == nil {
		return from.leads
	}
	var out []lead
	more, below := map[uint64]bool{}, map[uint64]bool{}
	for _, l := range from.leads {
		switch {
		case l.as == asSelf:
		case !f.about(from) || from.record.Visit.Depth >= retestDepth:
			continue
		case l.as == asCall && from.record.Visit.Role == govsweep.ListCallRole, l.as == asMore, l.as == asPager:
			if !f.turns(from) || len(more) == maxListPages && !more[l.key] {
				continue
			}
			more[l.key] = true
		case l.as == asCall:
		case l.as == asItem && !l.dated:
		case (l.as == asNav || l.as == asLink) && f.subColumn(from, l):
			if len(below) == maxSubColumns && !below[l.key] {
				continue
			}
			below[l.key] = true
		default:
			continue
		}
		out = append(out, l)
	}
	return out
}

// about says whether a page carries the list of a column, or of the home
// page, that is asked for.
func (f *focus) about(from *finished) bool {
	v := &from.record.Visit
	switch {
	case v.Role == govsweep.HomeRole:
		return f.home
	case v.Role == govsweep.ListCallRole && v.Column == "":
		return f.home
	}
	return from.column != "" && f.columns[address.Key(from.column, "")]
}

// turns says whether further pages of a list can change anything: only from
// the first page, and not where that shows a column fresh already.
func (f *focus) turns(from *finished) bool {
	facts := from.record.Facts
	if from.record.Visit.Role == govsweep.ListRole {
		return false
	}
	if facts == nil || facts.List == nil || f.counted[address.Key(from.column, "")] {
		return true
	}
	newest, err := govsweep.ParseDate(facts.List.Newest)
	return err != nil || newest.After(f.asOf) || govsweep.DaysBetween(newest, f.asOf) > shortestCycle
}

// subColumn says whether a lead names a column below the one of the page.
func (f *focus) subColumn(from *finished, l lead) bool {
	if from.record.Visit.Role != govsweep.ColumnRole || !directoryShape(l.url) || l.url == from.column {
		return false
	}
	dir := address.Directory(from.column)
	return len(address.Path(dir)) > 1 && len(l.url) > len(dir) && l.url[:len(dir)] == dir
}
