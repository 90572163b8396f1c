package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/facts"
)

// Retest looks again at the places of findings about one target and judges
// them with the rules of an inspection 复查: at the home page, the pages the
// findings name, and what the state of a named column hangs on; at the whole
// site where Plan says so. Everything is fetched now, politely, and what the
// answers rest on is kept in the evidence store and indexed.
//
// s is a sweep of kind govsweep.RetestSweep that holds t. The result is saved
// under it and disturbs nothing: no column of the register, no last
// inspection, no other finding. Called again after a kill it goes on where it
// was; called again after the end it gives the same answer.
func (in *Inspector) Retest(ctx context.Context, s *govsweep.Sweep, t *govsweep.SweepTarget, about []govsweep.Standing) (look *Look, err error) {
	if s.Kind != govsweep.RetestSweep {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查不是复查", s.ID)}
	}
	site, err := in.Store.Site(ctx, t.Target.ID)
	if err != nil {
		return nil, fmt.Errorf("site %s: %w", t.Target.ID, err)
	}
	columns, err := in.Store.Columns(ctx, site.ID)
	if err != nil {
		return nil, fmt.Errorf("columns of %s: %w", site.ID, err)
	}
	where, err := in.places(ctx, s, site, columns, about)
	if err != nil {
		return nil, err
	}
	spool, err := in.spool(s.ID, site.ID, 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeSpool(spool)) }()
	r := in.newRun(s, site, columns, spool, 0)
	r.places, r.proof = where.visits, true
	r.limits = roomFor(r.limits, where)
	if !where.whole {
		r.commit.focus = where.focus
	}
	if t.Began.IsZero() {
		t.Began = in.Now()
	}
	t.State, t.Note, t.Ended = govsweep.SweepRunning, "", time.Time{}
	if err := r.crawl(crawler.WithBody(ctx), t.Wave, in.waveOf(ctx, s, t)); err != nil {
		return nil, err
	}
	return in.concludeRetest(ctx, s, r, where, about, spool)
}

// roomFor makes the budgets large enough for every place: none of them may
// be left out. In a narrow re-test what hangs on them has a budget of its own.
func roomFor(l Limits, where *places) Limits {
	n := len(where.visits)
	l.Attachments, l.Images, l.Probes = max(l.Attachments, n), max(l.Images, n), max(l.Probes, n)
	switch {
	case !where.whole:
		l.Pages = n + retestReserve
	case l.Pages >= 0:
		l.Pages += n
	}
	return l
}

// concludeRetest folds, judges, keeps the proof and writes the result. It may
// be done again after a kill.
func (in *Inspector) concludeRetest(ctx context.Context, s *govsweep.Sweep, r *run, where *places, about []govsweep.Standing, spool *evidence.Spool) (*Look, error) {
	d, err := in.fold(ctx, s, r)
	if err != nil {
		return nil, err
	}
	look, err := in.look(ctx, r, d, where)
	if err != nil {
		return nil, err
	}
	if !where.whole {
		narrow(d, r.tally.shielded())
	}
	waived, err := in.Store.Waived(ctx, r.home.ID, s.AsOf)
	if err != nil {
		return nil, fmt.Errorf("decisions about %s: %w", r.home.ID, err)
	}
	judged := *d
	judged.Columns = look.judgedColumns(d, where)
	res := Judge(&judged, in.Rules, in.Indicators, s, waived)
	look.noteShifted(res, in.knownFaults(where.previous), about)
	only(res, about)
	look.carry(res, about)
	look.Inspection = res
	look.judgeColumns(res)
	res.Columns = slices.DeleteFunc(res.Columns, func(c govsweep.ColumnVerdict) bool { return !look.columns[c.URL] })
	if err := in.keepProof(ctx, r, spool, look, about); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write the dossier of %s: %w", r.home.ID, err)
	}
	res.Ended = in.Now()
	if err := in.Store.SaveInspection(ctx, res, raw, nil); err != nil {
		return nil, fmt.Errorf("keep the result of %s: %w", r.home.ID, err)
	}
	if spool != nil {
		if err := spool.Drop(); err != nil {
			return nil, fmt.Errorf("give up the captures of %s: %w", r.home.ID, err)
		}
	}
	return look, nil
}

// narrow says of a dossier of a few places what only a crawl can know. A
// place that was blocked speaks for itself alone: what is suspect here is a
// site whose home page could not be read.
func narrow(d *facts.Dossier, shielded bool) {
	const why = "复查只查看了问题所涉的位置，没有采集整个网站"
	if d.Missing == nil {
		d.Missing = map[facts.FactKind]string{}
	}
	d.Missing[facts.KindWhole] = why
	_, unread := d.Missing[facts.KindHome]
	if !unread {
		delete(d.Missing, facts.KindListings) // each column says so itself
	}
	d.Coverage.Suspect = unread || shielded
	if d.Home.NavOnly || d.Home.Undated > 0 && !d.Coverage.Complete {
		d.Home.NavOnly, d.Home.Unread = false, why
	}
}
