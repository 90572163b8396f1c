package main

import (
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
)

// What the desk needs of storage is stated there and held here.
var _ casework.Store = (*storage.DB)(nil)

// desk is the inspector's desk over a database, with the bureau's calendar.
func (a *app) desk(db *storage.DB) (*casework.Desk, error) {
	cal, err := a.calendar()
	return &casework.Desk{Store: db, Calendar: cal, Now: time.Now}, err
}

// calendar is the table of days off: the bureau's file over the one that
// comes with the program.
func (a *app) calendar() (*workday.Calendar, error) {
	name := a.settings.file.Holidays
	if name == "" {
		return workday.Default(), nil
	}
	f, err := namedfile.Open("节假日表", name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return workday.Load(f)
}

// gate holds a sweep against earlier ones of its kind.
func (a *app) gate(db *storage.DB, s *govsweep.Sweep) (*rectify.GateResult, error) {
	now, err := db.SweepHealth(a.ctx, s.ID)
	if err != nil {
		return nil, err
	}
	earlier, err := db.SweepHealths(a.ctx, s.Kind, s.ID, earlierSweeps)
	if err != nil {
		return nil, err
	}
	g := rectify.Gate(*now, earlier)
	return &g, nil
}

// faultQuarters is how far back repeated faults are looked for: two years.
const faultQuarters = 8

// repeats says of findings how many quarters in a row their site had them.
func (a *app) repeats(db *storage.DB, in *govsweep.Inspection, findings []govsweep.Finding) (map[string]int, error) {
	seen, err := db.Answers(a.ctx, in.Site.ID, in.Sweep.AsOf.AddDate(0, -3*faultQuarters, 0))
	if err != nil {
		return nil, err
	}
	var rows []rectify.Seen
	for _, s := range seen {
		rows = append(rows, rectify.Seen{Unit: string(in.Site.ID), Indicator: s.Indicator, At: s.At, Found: s.Found})
	}
	runs := map[govsweep.IndicatorCode]int{}
	for _, r := range rectify.Repeats(rows, 2) {
		runs[r.Indicator] = r.Run
	}
	out := map[string]int{}
	for i := range findings {
		out[findings[i].Fingerprint] = runs[findings[i].Indicator]
	}
	return out, nil
}
