package main

import (
	"io"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// ofSweep names the sweep whose results are printed.
type ofSweep struct {
	Sweep int64 `help:"检查编号。默认为最近一次。" placeholder:"编号"`
}

// open opens the database and finds the sweep.
func (o ofSweep) open(a *app) (*storage.DB, *govsweep.Sweep, error) {
	db, err := a.openDB()
	if err != nil {
		return nil, nil, err
	}
	s, err := o.find(a, db)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, s, nil
}

// find gives the sweep named, or the last one.
func (o ofSweep) find(a *app, db *storage.DB) (*govsweep.Sweep, error) {
	if o.Sweep == 0 {
		return db.LastSweep(a.ctx)
	}
	return db.Sweep(a.ctx, o.Sweep)
}

type findingsCmd struct {
	ofSweep
	Indicator string `help:"只输出该指标的问题，写代码（column-blank）或编号（XG-11）。" placeholder:"指标"`
	Site      string `help:"只输出该网站的问题（标识码）。" placeholder:"标识码"`
	Status    string `help:"只输出该状态的问题。" placeholder:"状态"`
}

// Run prints the findings of a sweep.
func (c *findingsCmd) Run(a *app) error {
	db, s, err := c.openAbout(a, c.Site)
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := pick{c.Site, c.Indicator, c.Status}.from(a, db, s.ID)
	if err != nil {
		return err
	}
	switch a.format() {
	case "sarif":
		return reports.SARIF(a.stdout, found)
	case "junit":
		outcomes, err := db.Outcomes(a.ctx, s.ID)
		if err != nil {
			return err
		}
		return reports.JUnit(a.stdout, outcomes, found)
	}
	return a.grid(reports.FindingGrid(found), func(w io.Writer) error { return reports.FindingLines(w, found) })
}

type outcomesCmd struct{ ofSweep }

// Run prints how every indicator ended.
func (c *outcomesCmd) Run(a *app) error {
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Outcomes(a.ctx, s.ID)
	if err != nil {
		return err
	}
	return a.grid(reports.OutcomeGrid(rows), func(w io.Writer) error { return reports.OutcomeLines(w, rows) })
}

type verdictsCmd struct{ ofSweep }

// Run prints the verdicts.
func (c *verdictsCmd) Run(a *app) error {
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Verdicts(a.ctx, s.ID)
	if err != nil {
		return err
	}
	return a.grid(reports.VerdictGrid(a.bookWords(s, rows)), func(w io.Writer) error { return reports.VerdictLines(w, rows) })
}

// bookWords gives verdicts for people: their indicators are named as the
// rulebook of the sweep names them, MV-05 and its title. Where that is not to
// be had any more the codes stay. The verdicts given stay as they are.
func (a *app) bookWords(s *govsweep.Sweep, verdicts []govsweep.Verdict) []govsweep.Verdict {
	book, _, err := a.loadBook(s.Rulebook)
	if err != nil {
		return verdicts
	}
	names := map[govsweep.IndicatorCode]govsweep.IndicatorCode{}
	for i := range book.Entries {
		e := &book.Entries[i]
		names[e.Code] = govsweep.IndicatorCode(e.ID + " " + e.Name)
	}
	named := func(codes []govsweep.IndicatorCode) []govsweep.IndicatorCode {
		out := slices.Clone(codes)
		for i, c := range out {
			if n, ok := names[c]; ok {
				out[i] = n
			}
		}
		return out
	}
	out := slices.Clone(verdicts)
	for i := range out {
		out[i].Vetoes, out[i].Open = named(out[i].Vetoes), named(out[i].Open)
	}
	return out
}

type coverageCmd struct{ ofSweep }

// Run prints what was seen and what was not.
func (c *coverageCmd) Run(a *app) error {
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Coverages(a.ctx, s.ID)
	if err != nil {
		return err
	}
	return a.grid(reports.CoverageGrid(rows), func(w io.Writer) error { return reports.CoverageLines(w, rows) })
}
