package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/storage"
)

// A lookShown is what looking again at a site or an account showed of each finding.
type lookShown interface {
	Result(s govsweep.Standing) govsweep.Retest
	Read(s govsweep.Standing) func(url string) bool
	Proof(s govsweep.Standing) []govsweep.Evidence
}

// retested is what looking again at findings of one site or account showed.
type retested struct {
	sweep   *govsweep.Sweep
	site    *govsweep.Site
	about   []govsweep.Standing
	look    lookShown
	judged  *govsweep.Inspection
	exempt  []govsweep.Exemption       // standing ones
	results map[string]govsweep.Retest // by fingerprint
}

// lookAgain looks again at findings of one site, in a sweep of its own. It
// moves no finding. What the flags do not say is as it was when the findings
// were seen.
func (a *app) lookAgain(db *storage.DB, target govsweep.TargetID, about []govsweep.Standing, given crawlFlags) (*retested, error) {
	site, err := db.Site(a.ctx, target)
	if govsweep.KindOf(err) == govsweep.NotFound {
		if account, err := db.Account(a.ctx, target); err == nil {
			return a.lookAgainAtAccount(db, account, about, given)
		}
	}
	if err != nil {
		return nil, err
	}
	flags, err := a.flagsOf(db, about, given)
	if err != nil {
		return nil, err
	}
	j := job{app: a, db: db, flags: flags, kind: govsweep.RetestSweep, sites: 1}
	stack, in, err := j.inspector()
	if err != nil {
		return nil, err
	}
	defer stack.Close()
	s, t, err := a.beginRetest(db, site, about, in.Rules.ID, flags)
	if err != nil {
		return nil, err
	}
	release, err := a.hold(s.ID)
	if err != nil {
		return nil, err
	}
	defer release()
	bar := a.bar(1, "网站", "页")
	in.Progress = bar.pages
	look, err := in.Retest(a.ctx, s, t, about)
	bar.end()
	if err != nil {
		return nil, errors.Join(retestStopped(err), endRetest(a.ctx, db, s, t, err))
	}
	return a.retestEnded(db, &retested{sweep: s, site: site, about: about, look: look, judged: look.Inspection}, t)
}

// retestEnded keeps that a re-test ended and says what it showed of each finding.
func (a *app) retestEnded(db *storage.DB, r *retested, t *govsweep.SweepTarget) (*retested, error) {
	if err := endRetest(a.ctx, db, r.sweep, t, nil); err != nil {
		return nil, retestStopped(err)
	}
	a.log.Info("findings retested", "sweep", r.sweep.ID, "target", r.site.ID, "findings", len(r.about))
	var err error
	if r.exempt, err = db.Exemptions(a.ctx); err != nil {
		return nil, err
	}
	r.results = map[string]govsweep.Retest{}
	for _, st := range r.about {
		r.results[st.Fingerprint] = r.result(st)
	}
	return r, nil
}

// retestStopped says of a re-test that was stopped that nothing was changed.
func retestStopped(err error) error {
	if errors.Is(err, context.Canceled) {
		return &govsweep.Error{Kind: govsweep.Uninspectable, Say: "复查已停止，没有改变任何问题的状态，请重新运行", Err: err}
	}
	return err
}

// flagsOf takes over the options of the sweep that saw the findings last:
// networks allowed, the authority over robots.txt, hours, the rulebook.
func (a *app) flagsOf(db *storage.DB, about []govsweep.Standing, given crawlFlags) (crawlFlags, error) {
	var newest int64
	for _, s := range about {
		newest = max(newest, s.LastSweep)
	}
	s, err := db.Sweep(a.ctx, newest)
	if govsweep.KindOf(err) == govsweep.NotFound {
		return given, nil
	}
	if err != nil {
		return given, err
	}
	var begun kept
	if s.Options != "" {
		if err := json.Unmarshal([]byte(s.Options), &begun); err != nil {
			return given, fmt.Errorf("options of sweep %d: %w", s.ID, err)
		}
	}
	if len(a.settings.allowNet) == 0 {
		a.settings.allowNet = begun.AllowNet
	}
	a.settings.resolver = firstOf(a.settings.resolver, begun.Resolver)
	given.Rulebook = firstOf(given.Rulebook, begun.Rulebook, s.Rulebook)
	given.RobotsAuthority = firstOf(given.RobotsAuthority, begun.RobotsAuthority)
	given.Hub = firstOf(given.Hub, begun.RSSHub)
	given.Contact = firstOf(given.Contact, begun.Contact)
	given.Window = firstOf(given.Window, begun.Window)
	given.Rate = orElse(given.Rate, begun.Rate)
	given.Parallel = orElse(given.Parallel, begun.Parallel)
	given.MaxPages = orElse(given.MaxPages, begun.MaxPages)
	return given, nil
}

func orElse[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// beginRetest keeps the sweep. Its 监测时间点 is now, or the end of the day the
// finding was seen for, which may be later today: a re-test never speaks of
// an earlier state than the inspection.
func (a *app) beginRetest(db *storage.DB, site *govsweep.Site, about []govsweep.Standing, book string, flags crawlFlags) (*govsweep.Sweep, *govsweep.SweepTarget, error) {
	asOf := a.asOf()
	ids := make([]string, len(about))
	for i, s := range about {
		ids[i] = s.ID
		if s.LastSeen.After(asOf) && !s.LastSeen.After(govsweep.EndOfDay(time.Now())) {
			asOf = s.LastSeen
		}
	}
	options, err := json.Marshal(kept{crawlFlags: flags, AllowNet: a.settings.allowNet, Resolver: a.settings.resolver,
		accountOptions: accountOptions{RSSHub: flags.Hub}})
	if err != nil {
		return nil, nil, fmt.Errorf("write the options of the re-test: %w", err)
	}
	s := &govsweep.Sweep{Kind: govsweep.RetestSweep, Scope: strings.Join(ids, " "), Rulebook: book, AsOf: asOf, Started: time.Now(),
		State: govsweep.SweepRunning, Options: string(options)}
	if err := db.CreateSweep(a.ctx, s, []govsweep.Target{site.Target()}); err != nil {
		return nil, nil, err
	}
	targets, err := db.SweepTargets(a.ctx, s.ID)
	if err != nil {
		return nil, nil, err
	}
	return s, &targets[0], nil
}

// endRetest keeps how a re-test ended. One that was cut short is not gone on
// with: the next call looks again from the start.
func endRetest(ctx context.Context, db *storage.DB, s *govsweep.Sweep, t *govsweep.SweepTarget, cause error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer stop()
	s.State, s.Ended = govsweep.SweepDone, time.Now()
	if cause == nil {
		return db.SaveSweep(ctx, s)
	}
	s.State, t.State, t.Note, t.Ended = govsweep.SweepCancelled, govsweep.SweepFailed, "复查未能完成", s.Ended
	return errors.Join(db.SaveSweepTarget(ctx, t), db.SaveSweep(ctx, s))
}

// result is what the look showed, where the order of times lets it speak:
// both the look and the table of transitions must let a finding pass.
func (r *retested) result(s govsweep.Standing) govsweep.Retest {
	out := r.look.Result(s)
	if out.Result != govsweep.RetestPassed {
		return out
	}
	if v := rectify.Retested(s, r.observation(s)); v.Result != govsweep.RetestPassed {
		out.Result, out.Why = govsweep.RetestUnknown, v.Why
	}
	return out
}

// observation is what the re-test says of one finding. Which places were read
// the look says for each kind of finding; columns it did not look at are not
// in it.
func (r *retested) observation(s govsweep.Standing) rectify.Observation {
	in := *r.judged
	in.Columns = nil
	proof := r.look.Proof(s)
	return rectify.Observation{Sweep: r.sweep.ID, At: r.look.Result(s).At, Site: *r.site, Standings: []govsweep.Standing{s},
		Inspection: &in, Exemptions: r.exempt, Read: r.look.Read(s), Proof: func(url string) []govsweep.Evidence {
			if url == s.URL {
				return proof
			}
			return nil
		}}
}

// moves are the lines the re-test adds to the histories of findings that are
// under no notice.
func (r *retested) moves() []govsweep.Transition {
	var out []govsweep.Transition
	for _, s := range r.about {
		o := r.observation(s)
		o.Inspection.Findings = nil
		for _, f := range r.judged.Findings {
			if f.Fingerprint == s.Fingerprint && !f.Unproven {
				o.Inspection.Findings = []govsweep.Finding{f}
			}
		}
		if r.results[s.Fingerprint].Result == govsweep.RetestUnknown {
			continue
		}
		out = append(out, rectify.Observe(o)...)
	}
	return out
}
