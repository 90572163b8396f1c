package casework

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
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
	f, err := g.inspected(ctx, in, all)
	if err != nil {
		return err
	}
	if err := g.published(ctx, in, all, f); err != nil {
		return err
	}
	in.Figures.Accounts = f
	return nil
}

// inspected gives the figures of accounts with what the newest sweep over them
// found, unless that one is in doubt or there was none.
func (g *Annex) inspected(ctx context.Context, in *reports.AnnexInput, all []govsweep.Account) (*reports.AccountFigures, error) {
	s, err := accountSweepIn(ctx, g.Store, in.From, in.To)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return unlooked(accountFigures(all, nil)), nil
	}
	doubt, err := accountDoubt(ctx, g.Store, s)
	if err != nil {
		return nil, err
	}
	if doubt != "" { // its figures say nothing
		f := unlooked(accountFigures(all, nil))
		f.Why = doubt + "，不列其检查结果。"
		return f, nil
	}
	judge, err := g.Judge(ctx, s.Rulebook)
	if err != nil {
		return nil, err
	}
	targets, err := (&standing{store: g.Store, judge: judge}).targets(ctx, s)
	if err != nil {
		return nil, err
	}
	f := accountFigures(all, targets)
	f.Sweep, f.AsOf = s.ID, s.AsOf
	return f, nil
}

// unlooked takes back what nobody looked at: that is not 0.
func unlooked(f *reports.AccountFigures) *reports.AccountFigures {
	for i := range f.Platforms {
		p := &f.Platforms[i]
		p.Checked, p.Qualified, p.Unqualified, p.Undecided = nil, nil, nil, nil
	}
	return f
}

// published counts what the accounts of each platform published in the period.
func (g *Annex) published(ctx context.Context, in *reports.AnnexInput, all []govsweep.Account, f *reports.AccountFigures) error {
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
		if n := posts[f.Platforms[i].Name]; n != nil && n.whole {
			f.Platforms[i].Posts = &n.n
		} else if n != nil {
			f.Platforms[i].Seen = n.n
		}
	}
	return nil
}

// postCount is what the accounts of a platform published; whole says that
// sources list every moment of the period for each of them.
type postCount struct {
	n     int
	whole bool
}
