package main

import (
	"io"

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
	return a.grid(reports.VerdictGrid(rows), func(w io.Writer) error { return reports.VerdictLines(w, rows) })
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
