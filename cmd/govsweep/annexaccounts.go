package main

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// accounts fills the block of accounts from the register, what their sources
// showed and the newest sweep over accounts of the period, where the file of
// figures does not give it.
func (c *reportAnnexCmd) accounts(a *app, db *storage.DB, in *reports.AnnexInput) error {
	if in.Figures.Accounts != nil {
		return nil
	}
	all, err := db.Accounts(a.ctx, storage.AccountFilter{Region: c.Region, Host: c.Unit})
	if err != nil || len(all) == 0 {
		return err
	}
	s, err := accountSweepIn(a, db, in.From, in.To)
	if err != nil {
		return err
	}
	var targets []reports.CircularTarget
	doubt := ""
	if s != nil {
		if doubt, err = accountDoubt(a, db, s); err != nil {
			return err
		}
	}
	if doubt != "" {
		s = nil // its figures say nothing
	}
	if s != nil {
		desk := &circularDesk{app: a, db: db}
		if desk.rules, err = a.ruling(db, s.Rulebook); err != nil {
			return err
		}
		if targets, err = desk.targets(s); err != nil {
			return err
		}
	}
	f := accountFigures(all, targets)
	if doubt != "" {
		f.Why = doubt + "，不列其检查结果。"
		fmt.Fprintln(a.stderr, reports.Clean(f.Why))
	}
	if s != nil {
		f.Sweep, f.AsOf = s.ID, s.AsOf
	}
	posts := map[string]*postCount{}
	for i := range all {
		readings, err := db.Readings(a.ctx, all[i].ID, time.Time{})
		if err != nil {
			return err
		}
		listed, err := db.Posts(a.ctx, all[i].ID, in.From)
		if err != nil {
			return err
		}
		name := register.MediaWord(all[i].Media)
		if posts[name] == nil {
			posts[name] = &postCount{whole: true}
		}
		for _, m := range facts.AccountMonths(&all[i], in.From, in.To, a.asOf(), readings, listed) {
			posts[name].n += m.Posts
			posts[name].whole = posts[name].whole && m.Whole
		}
	}
	for i := range f.Platforms {
		p := &f.Platforms[i]
		if n := posts[p.Name]; n != nil && n.whole {
			p.Posts = &n.n
		} else if n != nil {
			p.Seen = n.n
		}
		if s == nil { // nobody looked: that is not 0
			p.Checked, p.Qualified, p.Unqualified, p.Undecided = nil, nil, nil, nil
		}
	}
	in.Figures.Accounts = f
	return nil
}

// postCount is what the accounts of a platform published; whole says that
// sources list every moment of the period for each of them.
type postCount struct {
	n     int
	whole bool
}
