package casework

import (
	"context"
	"time"

	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

// accounts fills the block of accounts from the register, what their sources
// showed and the newest sweep over accounts of the period, where the file of
// figures does not give it.
func (g *Annex) accounts(ctx context.Context, in *reports.AnnexInput) error {
	if in.Figures.Accounts != nil {
		return nil
	}
	all, err := g.Store.AccountsOf(ctx, g.Region, g.Unit)
	if err != nil || len(all) == 0 {
		return err
	}
	s, err := accountSweepIn(ctx, g.Store, in.From, in.To)
	if err != nil {
		return err
	}
	var targets []reports.CircularTarget
	doubt := ""
	if s != nil {
		if doubt, err = accountDoubt(ctx, g.Store, s); err != nil {
			return err
		}
	}
	if doubt != "" {
		s = nil // its figures say nothing
	}
	if s != nil {
		judge, err := g.Judge(ctx, s.Rulebook)
		if err != nil {
			return err
		}
		if targets, err = (&standing{store: g.Store, judge: judge}).targets(ctx, s); err != nil {
			return err
		}
	}
	f := accountFigures(all, targets)
	if doubt != "" {
		f.Why = doubt + "，不列其检查结果。"
	}
	if s != nil {
		f.Sweep, f.AsOf = s.ID, s.AsOf
	}
	posts := map[string]*postCount{}
	for i := range all {
		readings, err := g.Store.Readings(ctx, all[i].ID, time.Time{})
		if err != nil {
			return err
		}
		listed, err := g.Store.Posts(ctx, all[i].ID, in.From)
		if err != nil {
			return err
		}
		name := register.MediaWord(all[i].Media)
		if posts[name] == nil {
			posts[name] = &postCount{whole: true}
		}
		for _, m := range facts.AccountMonths(&all[i], in.From, in.To, g.AsOf, readings, listed) {
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
