package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/sampling"
	"github.com/govsweep/govsweep/storage"
)

// circularDesk gathers what a circular is made of.
type circularDesk struct {
	app   *app
	db    *storage.DB
	rules *ruling
	sites map[govsweep.TargetID]govsweep.Site
}

// input asks storage for everything a circular says.
func (c *reportCircularCmd) input(a *app, db *storage.DB) (*reports.CircularInput, error) {
	o := &circularDesk{app: a, db: db}
	sweeps, err := c.sweeps(a, db)
	if err != nil {
		return nil, err
	}
	in := &reports.CircularInput{Sweeps: sweeps, Notices: []govsweep.Notice{}}
	if err := c.words(in); err != nil {
		return nil, err
	}
	if o.rules, err = a.ruling(db, sweeps[len(sweeps)-1].Rulebook); err != nil {
		return nil, err
	}
	in.Book = bookOf(o.rules.book)
	if err := o.register(in); err != nil {
		return nil, err
	}
	for i := range sweeps {
		targets, err := o.targets(&sweeps[i])
		if err != nil {
			return nil, err
		}
		in.Targets = append(in.Targets, targets...)
	}
	if err := o.past(in, c.Previous); err != nil {
		return nil, err
	}
	if err := o.notices(in); err != nil {
		return nil, err
	}
	if err := o.repeats(in); err != nil {
		return nil, err
	}
	if err := o.accounts(in); err != nil {
		return nil, err
	}
	in.Sample = drawOf(&sweeps[len(sweeps)-1])
	doubt, err := c.gates(a, o, sweeps)
	in.Suspect = doubt + in.Suspect
	return in, err
}

// sweeps gives the sweeps named; else the last one of a scope.
func (c *reportCircularCmd) sweeps(a *app, db *storage.DB) ([]govsweep.Sweep, error) {
	all, err := db.Sweeps(a.ctx)
	if err != nil {
		return nil, err
	}
	var out []govsweep.Sweep
	for _, s := range all {
		if len(c.Sweep) == 0 && s.Kind == "sweep" && s.State == govsweep.SweepDone {
			return []govsweep.Sweep{s}, nil // the newest stands first
		}
		if slices.Contains(c.Sweep, s.ID) {
			out = append(out, s)
		}
	}
	if len(out) < max(len(c.Sweep), 1) {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有可以通报的检查：请先运行 govsweep sweep run，或核对 --sweep 的编号"}
	}
	slices.Reverse(out)
	return out, nil
}

// register reads the frame: every registered site.
func (o *circularDesk) register(in *reports.CircularInput) error {
	sites, err := o.db.Sites(o.app.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	o.sites = make(map[govsweep.TargetID]govsweep.Site, len(sites))
	in.Frame = []govsweep.Site{}
	for _, s := range sites {
		o.sites[s.ID] = s
	}
	for _, s := range govsweep.RegisteredSites(sites) {
		if !twin(s, sites) {
			in.Frame = append(in.Frame, s)
		}
	}
	return nil
}

// targets gives the targets of one sweep as they stand after what persons
// decided since.
func (o *circularDesk) targets(s *govsweep.Sweep) ([]reports.CircularTarget, error) {
	rows, err := o.db.SweepTargets(o.app.ctx, s.ID)
	if err != nil {
		return nil, err
	}
	out := make([]reports.CircularTarget, 0, len(rows))
	for _, row := range rows {
		t := reports.CircularTarget{Site: o.sites[row.Target.ID], Sweep: s.ID, State: row.State, Note: row.Note}
		if t.Site.ID == "" {
			t.Site = govsweep.Site{ID: row.Target.ID, Code: row.Target.Code, Name: row.Target.Name, URL: row.Target.URL}
		}
		if row.State == govsweep.SweepDone {
			if err := o.judged(&t, s); err != nil {
				return nil, fmt.Errorf("circular, target %s: %w", row.Target.ID, err)
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// judged fills verdict, coverage and findings of a target.
func (o *circularDesk) judged(t *reports.CircularTarget, s *govsweep.Sweep) error {
	in, err := o.db.Inspection(o.app.ctx, govsweep.Run{Sweep: s.ID, Target: t.Site.ID})
	if err != nil {
		return err
	}
	t.Coverage, t.Columns = &in.Coverage, reports.CountColumns(in.Columns)
	verdict, err := o.rules.again(s, t.Site.ID)
	if err != nil {
		return err
	}
	t.Verdict = verdict
	if verdict == nil {
		t.Verdict = &in.Verdict
	}
	for _, g := range rectify.Groups(in.Findings) {
		for i := range g.Members {
			f := reports.CircularFinding{Finding: g.Members[i], Cause: g.Key}
			if f.Confirmed, err = o.confirmed(&g.Members[i]); err != nil {
				return err
			}
			t.Findings = append(t.Findings, f)
		}
	}
	return nil
}

// confirmed says whether a person has confirmed a finding at some time. Only
// of those that are fixed or came back the status does not tell.
func (o *circularDesk) confirmed(f *govsweep.Finding) (bool, error) {
	switch f.Status {
	case govsweep.Confirmed, govsweep.Noticed, govsweep.Answered, govsweep.Disputed:
		return true, nil
	case govsweep.Fixed, govsweep.Reopened:
	default:
		return false, nil
	}
	history, err := o.db.Transitions(o.app.ctx, f.ID)
	stands := false
	for _, t := range history {
		switch t.To {
		case govsweep.Confirmed:
			stands = true
		case govsweep.Proposed, govsweep.Rejected:
			stands = false // taken back, or found untrue
		}
	}
	return stands, err
}

// bookOf is the rulebook as far as a circular prints it.
func bookOf(b *rules.Rulebook) reports.CircularBook {
	out := reports.CircularBook{BookTitle: b.BookTitle()}
	for _, e := range b.Entries {
		out.Entries = append(out.Entries, reports.BookEntry{ID: e.ID, Code: e.Code, Name: e.Name, Class: e.Class, Points: e.Points})
	}
	return out
}

// drawOf gives how the targets of a sweep were drawn; nil when it was no sample.
func drawOf(s *govsweep.Sweep) *sampling.Draw {
	var k kept
	if json.Unmarshal([]byte(s.Options), &k) != nil {
		return nil // options of another version: no sample was drawn then
	}
	return k.Draw
}

// notices gives the notices of the period, and those that rest on its sweeps.
// The database is asked for those years and sweeps alone.
func (o *circularDesk) notices(in *reports.CircularInput) error {
	var filters []storage.NoticeFilter
	for y := in.Period.From.Year(); y <= in.Period.To.Year(); y++ {
		filters = append(filters, storage.NoticeFilter{Year: y})
	}
	for _, s := range in.Sweeps {
		filters = append(filters, storage.NoticeFilter{Sweep: s.ID})
	}
	after := in.Period.To.AddDate(0, 0, 1)
	taken := map[string]bool{}
	for _, f := range filters {
		some, err := o.db.Notices(o.app.ctx, f)
		if err != nil {
			return err
		}
		for _, n := range some {
			within := f.Sweep != 0 || !n.Issued.IsZero() && !n.Issued.Before(in.Period.From) && n.Issued.Before(after)
			if n.State != govsweep.NoticeDraft && within && !taken[n.ID] {
				taken[n.ID] = true
				amended, err := casework.Amended(o.app.ctx, o.db, &n)
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
func (o *circularDesk) repeats(in *reports.CircularInput) error {
	since := in.Period.From.AddDate(0, -3*faultQuarters, 0)
	for i := range in.Targets {
		t := &in.Targets[i]
		answers, err := o.db.Answers(o.app.ctx, t.Site.ID, since)
		if err != nil {
			return err
		}
		in.Repeats = append(in.Repeats, repeatsOf(t, answers, in.Sweeps[len(in.Sweeps)-1].AsOf)...)
	}
	return nil
}

func repeatsOf(t *reports.CircularTarget, answers []storage.Answered, until time.Time) []reports.Repeat {
	var seen []rectify.Seen
	books := map[govsweep.IndicatorCode]string{}
	for _, a := range answers {
		if a.At.After(until) {
			continue
		}
		seen = append(seen, rectify.Seen{Unit: firstOf(t.Site.Host, string(t.Site.ID)), Indicator: a.Indicator, At: a.At, Found: a.Found})
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
