package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/sampling"
	"github.com/govsweep/govsweep/schedule"
)

// Frame is the register as orders ask it: by scope, see register.ReadSiteScope
// and register.ReadAccountScope. NotDue are the sites no column of which is to
// be looked at yet.
type Frame interface {
	SitesIn(ctx context.Context, scope []string) ([]govsweep.Site, error)
	AccountsIn(ctx context.Context, scope []string) ([]govsweep.Account, error)
	NotDue(ctx context.Context, at time.Time) (map[govsweep.TargetID]bool, error)
}

// A Maker turns orders into sweeps.
type Maker struct {
	Frame Frame
	// Sweep begins the record of a sweep for an order: of a kind, over a scope
	// in words, and as it was drawn; nil is no sample.
	Sweep func(o *govsweep.Schedule, kind, scope string, draw *sampling.Draw) (*govsweep.Sweep, error)
}

// Make turns a due order into its sweep, as schedule.Maker says.
func (m *Maker) Make(ctx context.Context, o *govsweep.Schedule, due time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
	switch o.Kind {
	case govsweep.AvailabilitySchedule, govsweep.NoticesSchedule:
		return nil, nil, "", nil
	case govsweep.AccountsSchedule:
		return m.accounts(ctx, o)
	}
	sites, why, err := m.Sites(ctx, o, due)
	if err != nil || why != "" {
		return nil, nil, why, err
	}
	scope := cmp.Or(strings.Join(o.Scope, " "), "全部在册网站")
	var draw *sampling.Draw
	if o.Kind == govsweep.SampleSchedule { // its seed is the order and the day, so that anyone can draw it again
		if sites, draw, err = register.Draw(sites, o.Sample, o.Name+" "+govsweep.DateOf(due)); err != nil {
			return nil, nil, "", err
		}
		scope += fmt.Sprintf(" 抽样%s%%（%s） 种子%s", draw.Percent, draw.Taken(), draw.Seed)
	}
	platform := map[govsweep.TargetID]string{}
	targets := make([]govsweep.Target, len(sites))
	for i := range sites {
		targets[i] = sites[i].Target()
		platform[sites[i].ID] = sites[i].Platform
	}
	targets = schedule.Order(targets, func(t govsweep.Target) string { return platform[t.ID] }, due)
	sw, err := m.Sweep(o, "sweep", fmt.Sprintf("%s（计划“%s”）", scope, o.Name), draw)
	return sw, targets, "", err
}

// Sites gives the sites of an order that are to be looked at; why says, in a
// Chinese sentence, that there are none.
func (m *Maker) Sites(ctx context.Context, o *govsweep.Schedule, due time.Time) (sites []govsweep.Site, why string, err error) {
	known, err := m.Frame.SitesIn(ctx, o.Scope)
	if err != nil {
		return nil, "", err
	}
	sites = register.Running(known)
	if len(sites) == 0 {
		return nil, "该范围内没有在册的正常运行网站。", nil
	}
	if o.Kind != govsweep.ColumnsSchedule {
		return sites, "", nil
	}
	rest, err := m.Frame.NotDue(ctx, due)
	if err != nil {
		return nil, "", err
	}
	sites = slices.DeleteFunc(sites, func(x govsweep.Site) bool { return rest[x.ID] })
	if len(sites) == 0 {
		return nil, "没有网站的栏目到了查看日期。", nil
	}
	return sites, "", nil
}

func (m *Maker) accounts(ctx context.Context, o *govsweep.Schedule) (*govsweep.Sweep, []govsweep.Target, string, error) {
	_, words := register.OfAccounts(o.Scope)
	all, err := m.Frame.AccountsIn(ctx, words)
	if err != nil {
		return nil, nil, "", err
	}
	if len(all) == 0 {
		return nil, nil, "该范围内没有在册的账号。", nil
	}
	targets := make([]govsweep.Target, len(all))
	for i := range all {
		targets[i] = all[i].Target()
	}
	sw, err := m.Sweep(o, govsweep.AccountSweep, fmt.Sprintf("%s（计划“%s”）", strings.Join(append([]string{"kind=account"}, words...), " "), o.Name), nil)
	return sw, targets, "", err
}
