package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/origin"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

// StatisticsStore is what the statistics of a unit are gathered from.
type StatisticsStore interface {
	Registered
	Columns
	Published
	Sweeps(ctx context.Context) ([]govsweep.Sweep, error)
	Dossier(ctx context.Context, of govsweep.Run) ([]byte, error)
	EachRecord(ctx context.Context, of govsweep.Run, fn func(*govsweep.Record) error) error
}

// Statistics gathers what the statistics of a unit are made of.
type Statistics struct{ Store StatisticsStore }

// Fill asks storage for the accounts and the sites of the unit, where in
// names it, the months and the 监测时间点.
func (g *Statistics) Fill(ctx context.Context, in *reports.StatisticsInput) error {
	var err error
	if in.Accounts, err = g.accounts(ctx, in); err != nil {
		return err
	}
	in.Sites, err = g.sites(ctx, in)
	return err
}

// accounts gives the accounts of the unit with what they published by month.
func (g *Statistics) accounts(ctx context.Context, in *reports.StatisticsInput) ([]reports.StatisticsAccount, error) {
	all, err := g.Store.AccountsOf(ctx, "", in.Unit)
	if err != nil {
		return nil, err
	}
	out := make([]reports.StatisticsAccount, 0, len(all))
	for i := range all {
		readings, err := g.Store.Readings(ctx, all[i].ID, time.Time{})
		if err != nil {
			return nil, err
		}
		posts, err := g.Store.Posts(ctx, all[i].ID, in.From)
		if err != nil {
			return nil, err
		}
		out = append(out, reports.StatisticsAccount{Account: all[i], Months: facts.AccountMonths(&all[i], in.From, in.To, in.AsOf, readings, posts)})
	}
	return out, nil
}

// sites gives the sites of the unit as their last inspection read them; a
// closed one stands there only when it was inspected.
func (g *Statistics) sites(ctx context.Context, in *reports.StatisticsInput) ([]reports.StatisticsSite, error) {
	registered, err := g.Store.SitesOf(ctx, "")
	if err != nil {
		return nil, err
	}
	sweeps, err := g.Store.Sweeps(ctx)
	if err != nil {
		return nil, err
	}
	sweeps = slices.DeleteFunc(sweeps, func(s govsweep.Sweep) bool { return s.AsOf.After(in.AsOf) })
	var out []reports.StatisticsSite
	for _, site := range govsweep.RegisteredSites(registered) {
		if site.Host != in.Unit || register.Twin(site, registered) {
			continue
		}
		s, err := g.site(ctx, &site, in.From, sweeps)
		if err != nil {
			return nil, err
		}
		if site.State != govsweep.Closed || !s.AsOf.IsZero() {
			out = append(out, *s)
		}
	}
	return out, nil
}

// site gathers the articles of one site from the newest of sweeps
// that judged it.
func (g *Statistics) site(ctx context.Context, site *govsweep.Site, from time.Time, sweeps []govsweep.Sweep) (*reports.StatisticsSite, error) {
	out := &reports.StatisticsSite{Site: *site}
	var err error
	if out.Inspections, err = inspectionsOf(ctx, g.Store, sweeps, site.ID); err != nil || len(out.Inspections) == 0 {
		return out, err
	}
	newest := slices.MaxFunc(out.Inspections, func(x, y reports.AnnexInspection) int { return x.AsOf.Compare(y.AsOf) })
	run := govsweep.Run{Sweep: newest.Sweep, Target: site.ID}
	raw, err := g.Store.Dossier(ctx, run)
	if err != nil {
		return nil, err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("read the dossier of %s: %w", site.ID, err)
	}
	articles := origin.NewGatherer(from)
	if err := g.Store.EachRecord(ctx, run, func(r *govsweep.Record) error { articles.Add(r); return nil }); err != nil {
		return nil, err
	}
	side := articles.Side(&d, newest.Sweep)
	out.AsOf, out.Articles, out.Since, out.Columns = side.AsOf, side.Articles, side.Since, side.Columns
	// The side speaks of what a comparison may not conclude; here of numbers.
	out.Why = strings.NewReplacer("不能认定账号信息未在网站发布", "不能统计发布数量", "只比对了一部分", "只读取了一部分").Replace(side.Why)
	return out, nil
}
