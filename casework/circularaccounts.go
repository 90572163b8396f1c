package casework

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

// accounts fills the block of accounts from the widest sweep over accounts in
// the period, where the file of figures does not give it. Without one the
// block stays empty: nothing is printed as 0 that nobody counted.
func (o *Circular) accounts(ctx context.Context, in *reports.CircularInput) error {
	if in.Figures.Accounts != nil {
		return nil
	}
	s, err := accountSweepIn(ctx, o.Store, in.Period.From, in.Period.To)
	if err != nil || s == nil {
		return err
	}
	doubt, err := accountDoubt(ctx, o.Store, s)
	if err != nil {
		return err
	}
	if doubt != "" && in.Override == nil {
		in.AccountsWhy = doubt + "，本期不列政务新媒体检查数据。"
		return nil
	}
	if doubt != "" {
		in.Suspect += doubt + "。"
	}
	all, err := o.Store.AccountsOf(ctx, "", "")
	if err != nil {
		return err
	}
	targets, err := o.standing().targets(ctx, s)
	if err != nil {
		return err
	}
	f := accountFigures(all, targets)
	f.Sweep, f.AsOf = s.ID, s.AsOf
	in.Figures.Accounts = f
	return nil
}

// accountDoubt says, without a full stop, why a sweep over accounts is
// suspect; "" when it is not.
func accountDoubt(ctx context.Context, store Healths, s *govsweep.Sweep) (string, error) {
	g, err := Gate(ctx, store, s)
	if err != nil || !g.Suspect {
		return "", err
	}
	return fmt.Sprintf("第%d次检查（政务新媒体）存疑：%s", s.ID, strings.TrimRight(strings.Join(g.Reasons, ""), "。")), nil
}

// accountSweepIn gives the finished sweep over accounts of the widest scope
// with its check point on the days from and to or between them, the newest of
// those over all accounts; nil for none. A look at one account named is none.
func accountSweepIn(ctx context.Context, store Inspected, from, to time.Time) (*govsweep.Sweep, error) {
	sweeps, err := store.Sweeps(ctx)
	if err != nil {
		return nil, err
	}
	var best *govsweep.Sweep
	most, after := 0, to.AddDate(0, 0, 1)
	for i := range sweeps { // the newest stands first
		s := &sweeps[i]
		if s.Kind != govsweep.AccountSweep || s.State != govsweep.SweepDone || s.AsOf.Before(from) || !s.AsOf.Before(after) {
			continue
		}
		if !partial.MatchString(s.Scope) {
			return s, nil
		}
		health, err := store.SweepHealth(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		if health.Targets > most && (health.Targets > 1 || !named.MatchString(s.Scope)) {
			best, most = s, health.Targets
		}
	}
	return best, nil
}

// A scope with a condition is over a part of the accounts, with id= over
// those named alone.
var (
	partial = regexp.MustCompile(`\b(media|platform|region|level|tag|host|id)=`)
	named   = regexp.MustCompile(`\bid=`)
)

// mediaOrder is the order in which papers name platforms.
var mediaOrder = []govsweep.MediaKind{govsweep.WeChat, govsweep.Weibo, govsweep.Douyin, govsweep.Toutiao, govsweep.Kuaishou, govsweep.App, govsweep.MiniProgram, govsweep.OtherMedia}

// accountFigures counts accounts by platform. 不合格 is what a person has
// confirmed; what could not be measured, or waits for a person, is 待核.
func accountFigures(all []govsweep.Account, targets []reports.CircularTarget) *reports.AccountFigures {
	out := &reports.AccountFigures{}
	of := map[govsweep.TargetID]*govsweep.Account{}
	rows, shared := map[string]int{}, map[string]bool{}
	row := func(a *govsweep.Account) *reports.AccountPlatform {
		name := register.MediaWord(a.Media)
		if _, known := rows[name]; !known {
			rows[name] = len(out.Platforms)
			out.Platforms = append(out.Platforms, reports.AccountPlatform{Name: name, Registered: new(int), Checked: new(int), Qualified: new(int), Unqualified: new(int), Undecided: new(int)})
		}
		return &out.Platforms[rows[name]]
	}
	for i := range all {
		of[all[i].ID] = &all[i]
	}
	for _, m := range mediaOrder {
		for i := range all {
			if all[i].Media == m {
				*row(&all[i]).Registered++
			}
		}
	}
	for i := range targets {
		t := &targets[i]
		a := of[t.Site.ID]
		if a == nil {
			continue // no longer registered
		}
		p := row(a)
		*p.Checked++
		veto, faults := confirmedFaults(a, t, shared)
		out.Faults = append(out.Faults, faults...)
		switch {
		case t.Verdict != nil && t.Verdict.Grade == govsweep.Qualified:
			*p.Qualified++
		case t.Verdict != nil && t.Verdict.Grade == govsweep.Unqualified && len(veto) > 0:
			*p.Unqualified++
			out.Unqualified = append(out.Unqualified, veto...)
		default:
			*p.Undecided++
		}
	}
	return out
}

// confirmedFaults gives the faults of an account that a person has confirmed
// and that are still there. One that accounts share is named at the first of
// them, but for a veto: each is 不合格 for it. shared keeps which were named.
func confirmedFaults(a *govsweep.Account, t *reports.CircularTarget, shared map[string]bool) (veto, others []reports.AccountFault) {
	for i := range t.Findings {
		f := &t.Findings[i]
		if !f.Confirmed || f.Status == govsweep.Fixed {
			continue
		}
		fault := reports.AccountFault{Account: a.Name, Platform: register.MediaWord(a.Media), Host: a.Host, Fault: f.Summary}
		if f.Class == govsweep.Veto {
			veto = append(veto, fault)
		} else if f.Shared == "" || !shared[f.Shared] {
			shared[f.Shared] = true
			others = append(others, fault)
		}
	}
	return veto, others
}
