package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// pick says which findings of a sweep are meant. Empty fields do not restrict.
type pick struct{ site, indicator, status string }

// about gives the sweep named; else, when a site is named, the last one that
// judged it, and says which one that is; else the last one.
func (o ofSweep) about(a *app, db *storage.DB, site string) (*govsweep.Sweep, error) {
	if o.Sweep != 0 || site == "" {
		return o.find(a, db)
	}
	s, err := db.LastJudged(a.ctx, govsweep.TargetID(site))
	if govsweep.KindOf(err) == govsweep.NotFound {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有网站“" + harmless(site) + "”的检查结果，请核对 --site 的标识码", Err: err}
	}
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(a.stderr, "网站%s以最近一次检查为准：第%d次检查，监测时间点%s。\n", harmless(site), s.ID, govsweep.DateOf(s.AsOf))
	return s, nil
}

// openAbout opens the database and finds the sweep as about does.
func (o ofSweep) openAbout(a *app, site string) (*storage.DB, *govsweep.Sweep, error) {
	db, err := a.openDB()
	if err != nil {
		return nil, nil, err
	}
	s, err := o.about(a, db, site)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, s, nil
}

// from gives the findings picked of a sweep. A filter that names nothing is
// refused: an empty answer would read as a clean site.
func (p pick) from(a *app, db *storage.DB, sweep int64) ([]govsweep.Finding, error) {
	if err := p.known(a, db, sweep); err != nil {
		return nil, err
	}
	found, err := db.Findings(a.ctx, storage.FindingFilter{Sweep: sweep, Target: govsweep.TargetID(p.site), Status: govsweep.FindingStatus(p.status)})
	if err != nil || p.indicator == "" {
		return found, err
	}
	return slices.DeleteFunc(found, func(f govsweep.Finding) bool { return !p.named(f.Indicator, f.BookID) }), nil
}

// named says whether an indicator is the one asked for, by its code or by the
// number the rulebook gives it, which is what tables show.
func (p pick) named(code govsweep.IndicatorCode, book string) bool {
	return p.indicator == string(code) || book != "" && strings.EqualFold(p.indicator, book)
}

func (p pick) known(a *app, db *storage.DB, sweep int64) error {
	if p.indicator != "" {
		outcomes, err := db.Outcomes(a.ctx, sweep)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(outcomes, func(o govsweep.Outcome) bool { return p.named(o.Indicator, o.BookID) }) {
			return &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("第%d次检查中没有指标“%s”，可写代码（如 column-blank）或编号（如 XG-11），见 govsweep rules list", sweep, harmless(p.indicator))}
		}
	}
	if p.site == "" {
		return nil
	}
	targets, err := db.SweepTargets(a.ctx, sweep)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(targets, func(t govsweep.SweepTarget) bool { return string(t.Target.ID) == p.site }) {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("第%d次检查中没有网站“%s”", sweep, harmless(p.site))}
	}
	return nil
}
