package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

// CircularStore is what a circular is gathered from.
type CircularStore interface {
	Inspected
	Registered
	Answers
	// NoticesOf lists the notices of a year, or with year 0 those that rest on a sweep.
	NoticesOf(ctx context.Context, year int, sweep int64) ([]govsweep.Notice, error)
	Following(ctx context.Context, id string) ([]govsweep.Notice, error)
}

// Registered is the register of sites and accounts. "" asks for all regions
// and all units.
type Registered interface {
	SitesOf(ctx context.Context, region string) ([]govsweep.Site, error)
	AccountsOf(ctx context.Context, region, host string) ([]govsweep.Account, error)
}

// Circular gathers what a circular is made of.
type Circular struct {
	Store CircularStore
	Judge Judge

	sites map[govsweep.TargetID]govsweep.Site
}

// Fill asks storage for everything a circular says, where in names its sweeps,
// period, figures and override. It compares with the sweeps previous; with the
// last one of each quarter before when there are none.
func (o *Circular) Fill(ctx context.Context, in *reports.CircularInput, previous []int64) error {
	in.Notices = []govsweep.Notice{}
	if err := o.register(ctx, in); err != nil {
		return err
	}
	for i := range in.Sweeps {
		targets, err := o.standing().targets(ctx, &in.Sweeps[i])
		if err != nil {
			return err
		}
		in.Targets = append(in.Targets, targets...)
	}
	if err := o.past(ctx, in, previous); err != nil {
		return err
	}
	if err := o.notices(ctx, in); err != nil {
		return err
	}
	if err := o.repeats(ctx, in); err != nil {
		return err
	}
	if err := o.accounts(ctx, in); err != nil {
		return err
	}
	doubt, err := o.doubt(ctx, in.Sweeps)
	in.Suspect = doubt + in.Suspect
	return err
}

// standing gives targets with the rows the register has of them.
func (o *Circular) standing() *standing { return &standing{o.Store, o.Judge, o.sites} }

// Sweeps gives the sweeps named; else the last one of sites that is done.
func (o *Circular) Sweeps(ctx context.Context, named []int64) ([]govsweep.Sweep, error) {
	all, err := o.Store.Sweeps(ctx)
	if err != nil {
		return nil, err
	}
	var out []govsweep.Sweep
	for _, s := range all {
		if len(named) == 0 && s.Kind == "sweep" && s.State == govsweep.SweepDone {
			return []govsweep.Sweep{s}, nil // the newest stands first
		}
		if slices.Contains(named, s.ID) {
			out = append(out, s)
		}
	}
	if len(out) < max(len(named), 1) {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有可以通报的检查：请先运行 govsweep sweep run，或核对 --sweep 的编号"}
	}
	slices.Reverse(out)
	return out, nil
}

// doubt joins why the sweeps are suspect; "" when they are not.
func (o *Circular) doubt(ctx context.Context, sweeps []govsweep.Sweep) (string, error) {
	var why []string
	for i := range sweeps {
		g, err := Gate(ctx, o.Store, &sweeps[i])
		if err != nil {
			return "", err
		}
		why = append(why, g.Reasons...)
	}
	return strings.Join(why, ""), nil
}

// register reads the frame: every registered site.
func (o *Circular) register(ctx context.Context, in *reports.CircularInput) error {
	sites, err := o.Store.SitesOf(ctx, "")
	if err != nil {
		return err
	}
	o.sites = make(map[govsweep.TargetID]govsweep.Site, len(sites))
	in.Frame = []govsweep.Site{}
	for _, s := range sites {
		o.sites[s.ID] = s
	}
	for _, s := range govsweep.RegisteredSites(sites) {
		if !register.Twin(s, sites) {
			in.Frame = append(in.Frame, s)
		}
	}
	return nil
}

// notices gives the notices of the period, and those that rest on its sweeps.
// The database is asked for those years and sweeps alone.
func (o *Circular) notices(ctx context.Context, in *reports.CircularInput) error {
	type filter struct {
		year  int
		sweep int64
	}
	var filters []filter
	for y := in.Period.From.Year(); y <= in.Period.To.Year(); y++ {
		filters = append(filters, filter{year: y})
	}
	for _, s := range in.Sweeps {
		filters = append(filters, filter{sweep: s.ID})
	}
	after := in.Period.To.AddDate(0, 0, 1)
	taken := map[string]bool{}
	for _, f := range filters {
		some, err := o.Store.NoticesOf(ctx, f.year, f.sweep)
		if err != nil {
			return err
		}
		for _, n := range some {
			within := f.sweep != 0 || !n.Issued.IsZero() && !n.Issued.Before(in.Period.From) && n.Issued.Before(after)
			if n.State != govsweep.NoticeDraft && within && !taken[n.ID] {
				taken[n.ID] = true
				amended, err := Amended(ctx, o.Store, &n)
				if err != nil {
					return err
				}
				in.Notices = append(in.Notices, *amended)
				amendFindings(in.Targets, amended)
			}
		}
	}
	return nil
}

// amendFindings has a circular say of findings what the notice says now: a
// corrected fact, and nothing of an item that was taken out and that no later
// notice named: that one waits for a person again.
func amendFindings(targets []reports.CircularTarget, n *govsweep.Notice) {
	if !slices.ContainsFunc(n.Steps, func(s govsweep.NoticeStep) bool { return s.Event == rectify.StepAmend }) {
		return
	}
	items := map[string]*govsweep.NoticeItem{}
	for i := range n.Items {
		items[n.Items[i].Fingerprint] = &n.Items[i]
	}
	for i := range targets {
		for k := range targets[i].Findings {
			f := &targets[i].Findings[k]
			it := items[f.Fingerprint]
			if it == nil || targets[i].Site.ID != n.Target.ID || f.Sweep != n.Sweep {
				continue
			}
			if f.Summary = it.Summary; it.Status == govsweep.Confirmed && f.Status == govsweep.Confirmed {
				f.Status, f.Confirmed = govsweep.Proposed, false
			}
		}
	}
}

// repeats finds who had the same fault in several quarters in a row.
func (o *Circular) repeats(ctx context.Context, in *reports.CircularInput) error {
	since := in.Period.From.AddDate(0, -3*faultQuarters, 0)
	for i := range in.Targets {
		t := &in.Targets[i]
		answers, err := o.Store.Answers(ctx, t.Site.ID, since)
		if err != nil {
			return err
		}
		in.Repeats = append(in.Repeats, repeatsOf(t, answers, in.Sweeps[len(in.Sweeps)-1].AsOf)...)
	}
	return nil
}

func repeatsOf(t *reports.CircularTarget, answers []Answered, until time.Time) []reports.Repeat {
	var seen []rectify.Seen
	books := map[govsweep.IndicatorCode]string{}
	for _, a := range answers {
		if a.At.After(until) {
			continue
		}
		seen = append(seen, rectify.Seen{Unit: cmp.Or(t.Site.Host, string(t.Site.ID)), Indicator: a.Indicator, At: a.At, Found: a.Found})
		books[a.Indicator] = a.BookID
	}
	confirmed := map[govsweep.IndicatorCode]bool{}
	for i := range t.Findings {
		if t.Findings[i].Confirmed {
			confirmed[t.Findings[i].Indicator] = true
		}
	}
	var out []reports.Repeat
	for _, r := range rectify.Repeats(seen, 2) {
		if confirmed[r.Indicator] {
			out = append(out, reports.Repeat{Target: t.Site.ID, Unit: r.Unit, BookID: books[r.Indicator], Indicator: r.Indicator, Title: r.Title, Periods: r.Run})
		}
	}
	return out
}
