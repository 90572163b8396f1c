package rectify

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// view is an observation made ready to ask.
type view struct {
	o       *Observation
	seen    map[string]*govsweep.Finding // by fingerprint
	columns map[string]*govsweep.ColumnVerdict
}

func newView(o *Observation) *view {
	v := &view{
		o: o, seen: make(map[string]*govsweep.Finding, len(o.Inspection.Findings)),
		columns: make(map[string]*govsweep.ColumnVerdict, len(o.Inspection.Columns)),
	}
	for i := range o.Inspection.Findings {
		if f := &o.Inspection.Findings[i]; f.Fingerprint != "" {
			v.seen[f.Fingerprint] = f
		}
	}
	for i := range o.Inspection.Columns {
		c := &o.Inspection.Columns[i]
		v.columns[c.URL] = c
	}
	return v
}

// all gives every finding this observation is about once, in order of
// fingerprint: those that stand, and those seen for the first time.
func (v *view) all() []govsweep.Standing {
	out := make([]govsweep.Standing, 0, len(v.o.Standings)+len(v.seen))
	known := make(map[string]bool, len(v.o.Standings))
	for i := range v.o.Standings {
		s := v.o.Standings[i]
		if s.Target != v.o.Site.ID || known[s.Fingerprint] {
			continue
		}
		known[s.Fingerprint] = true
		out = append(out, s)
	}
	for print, f := range v.seen {
		if !known[print] {
			out = append(out, standingOf(v.o.Site.ID, f))
		}
	}
	slices.SortFunc(out, byFingerprint)
	return out
}

// standingOf is where a finding stands that was never seen before.
func standingOf(target govsweep.TargetID, f *govsweep.Finding) govsweep.Standing {
	return govsweep.Standing{
		Target: target, Fingerprint: f.Fingerprint, ID: f.ID, Indicator: f.Indicator, BookID: f.BookID, Class: f.Class,
		Status: govsweep.Proposed, FirstSeen: f.FirstSeen, LastSeen: f.LastSeen, LastSweep: f.Sweep,
		Column: f.Column, URL: f.URL, Pages: f.Pages,
	}
}

// old says that the finding was moved at this time or later, or seen by a
// later inspection: this one is out of date for it.
func (v *view) old(s *govsweep.Standing) bool {
	return !s.Moved.IsZero() && !v.o.At.After(s.Moved) || s.LastSweep > v.o.Sweep && v.o.Sweep != 0
}

// before says that the finding was seen at a later 监测时间点 than this
// inspection's: an earlier state of the site disproves nothing.
func (v *view) before(s *govsweep.Standing) bool {
	asOf := v.o.Inspection.Sweep.AsOf
	return !asOf.IsZero() && s.LastSeen.After(asOf)
}
