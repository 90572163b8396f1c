package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// fold makes the dossier of a run from its records.
func (in *Inspector) fold(ctx context.Context, s *govsweep.Sweep, r *run) (*facts.Dossier, error) {
	_, skipped, err := in.Store.CountVisits(ctx, r.id)
	if err != nil {
		return nil, fmt.Errorf("count visits: %w", err)
	}
	cov := r.tally.coverage(r.home.Target(), s.ID, skipped)
	cov.Promise = in.Stack.Promise(address.Host(r.home.URL))
	previous, err := in.previous(ctx, r.id)
	if err != nil {
		return nil, err
	}
	f := facts.NewFolder(facts.FolderInput{Site: r.home, AsOf: s.AsOf, Columns: r.columns, Previous: previous, Coverage: cov, Nav: r.nav})
	first := func(rec *govsweep.Record) {
		f.Fold(rec)
		if r.answers != nil {
			r.answers.note(rec)
		}
	}
	for _, pass := range []func(*govsweep.Record){first, f.Resolve} {
		err := in.Store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
			pass(settledRole(rec))
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("fold records: %w", err)
		}
	}
	d := f.Dossier()
	if in.Names != nil && d.Home.Failure == govsweep.FailDNS {
		d.Home.Name = in.Names(ctx, address.Host(r.home.URL))
	}
	if d.Probes, err = in.probes(ctx, r.id.Target, s.AsOf); err != nil {
		return nil, err
	}
	d.IPv6, err = in.ipv6(ctx, r.id.Target, s.AsOf)
	return d, err
}

// probesBack is how far back a dossier takes the visits of a series: a week
// that ended at most two weeks ago, with a day to spare.
const probesBack = 22 * 24 * time.Hour

// probes gives the series of visits of a target until asOf; nil for none.
func (in *Inspector) probes(ctx context.Context, t govsweep.TargetID, asOf time.Time) (*facts.ProbeLog, error) {
	visits, err := in.Store.Probed(ctx, t, asOf.Add(-probesBack), asOf.Add(time.Second))
	if err != nil || len(visits) == 0 {
		return nil, err
	}
	windows, err := in.Store.Maintenance(ctx, t)
	return facts.NewProbeLog(visits, windows), err
}

func (in *Inspector) previous(ctx context.Context, run govsweep.Run) (*facts.Dossier, error) {
	raw, err := in.Store.LastDossier(ctx, run.Target, run.Sweep)
	if err != nil || raw == nil {
		return nil, err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("read the last dossier of %s: %w", run.Target, err)
	}
	return &d, nil
}

// settledRole gives a doubtful page the role it turned out to have.
func settledRole(rec *govsweep.Record) *govsweep.Record {
	if rec.Visit.Role != govsweep.DoubtfulRole {
		return rec
	}
	rec.Visit.Role = govsweep.ArticleRole
	if rec.Facts != nil && rec.Facts.Kind == govsweep.ColumnPage && rec.Visit.Column == rec.Visit.URL {
		rec.Visit.Role = govsweep.ColumnRole
	}
	return rec
}

// Judge turns a dossier into the result of an inspection. Findings a person
// has rejected or exempted, named in waived by fingerprint, are listed and do
// not count; nor do the columns they are about where columns are counted. It
// is pure: replay judges stored dossiers with it.
func Judge(d *facts.Dossier, book *rules.Rulebook, set []*rules.Indicator, s *govsweep.Sweep, waived map[string]govsweep.FindingStatus) *govsweep.Inspection {
	res := &govsweep.Inspection{Sweep: *s, Site: d.Site, Coverage: d.Coverage}
	res.Outcomes, res.Columns = outcomesOf(d, book, set, waived)
	res.Verdict = book.Judge(d, standing(res.Outcomes, waived))
	res.Verdict.Sweep = s.ID
	res.Uncovered = notInspected(book, d.Site.Target().Kind, res.Outcomes)
	res.Book = book.BookTitle()
	for i := range res.Outcomes {
		for j := range res.Outcomes[i].Findings {
			res.Outcomes[i].Findings[j].Sweep = s.ID
		}
		res.Findings = append(res.Findings, res.Outcomes[i].Findings...)
	}
	return res
}

// learned gives the columns of a dossier as the register keeps them.
func learned(d *facts.Dossier, now time.Time) []govsweep.Column {
	out := make([]govsweep.Column, 0, len(d.Columns))
	for _, c := range d.Columns {
		col := c.Column
		col.Site = d.Site.ID
		if col.FirstSeen.IsZero() {
			col.FirstSeen = now
		}
		col.HadContent = col.HadContent || c.Items > 0
		out = append(out, col)
	}
	return out
}

// notInspected lists what the rulebook says is not inspected of a kind of
// target, but for what
// was judged all the same: SV-02 where a series of visits was made.
func notInspected(book *rules.Rulebook, kind govsweep.TargetKind, outcomes []govsweep.Outcome) []govsweep.Uncovered {
	judged := func(u govsweep.Uncovered) bool {
		return slices.ContainsFunc(outcomes, func(o govsweep.Outcome) bool {
			return o.BookID == u.BookID && (o.Status == govsweep.Passed || o.Status == govsweep.Found)
		})
	}
	return slices.DeleteFunc(book.NotInspected(kind), judged)
}
