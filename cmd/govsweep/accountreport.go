package main

import (
	"encoding/json"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/storage"
)

// forReport puts beside an inspection what only its report prints: the visits
// of a site, the posts and sources of an account.
func (a *app) forReport(db *storage.DB, in *govsweep.Inspection) error {
	if in.Site.Target().Kind != govsweep.AccountTarget {
		return a.withSeries(db, in)
	}
	raw, err := db.Dossier(a.ctx, govsweep.Run{Sweep: in.Sweep.ID, Target: in.Site.ID})
	if err != nil {
		return err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil || d.Account == nil {
		return fmt.Errorf("dossier of %s in sweep %d: %w", in.Site.ID, in.Sweep.ID, err)
	}
	posts, err := db.Posts(a.ctx, in.Site.ID, in.Sweep.AsOf.AddDate(-1, 0, -1))
	if err != nil {
		return err
	}
	in.Account = facts.AccountReport(&d, posts)
	return nil
}

// registered gives the row of a target in its register: of a site, or of an
// account as a row of a target.
func (a *app) registered(db *storage.DB, id govsweep.TargetID) (*govsweep.Site, error) {
	site, err := db.Site(a.ctx, id)
	if govsweep.KindOf(err) != govsweep.NotFound {
		return site, err
	}
	account, missing := db.Account(a.ctx, id)
	if missing != nil {
		return nil, err
	}
	row := account.Site()
	return &row, nil
}
