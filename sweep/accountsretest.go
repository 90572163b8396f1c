package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// Retest looks again at findings of one account 复查: every source of it is
// read now, and those of the 控制账号 behind the same services, so that a
// silence can be told from a source that died. Then the account is judged
// with the rules of an inspection.
//
// s is a sweep of kind govsweep.RetestSweep that holds t. The result is saved
// under it and disturbs nothing: no last inspection, no other finding. Called
// again after a kill it looks again.
func (in *Accounts) Retest(ctx context.Context, s *govsweep.Sweep, t *govsweep.SweepTarget, about []govsweep.Standing) (look *AccountLook, err error) {
	if s.Kind != govsweep.RetestSweep {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查不是复查", s.ID)}
	}
	all, err := in.Store.AllAccounts(ctx)
	if err != nil {
		return nil, fmt.Errorf("accounts of re-test %d: %w", s.ID, err)
	}
	at := slices.IndexFunc(all, func(a govsweep.Account) bool { return a.ID == t.Target.ID })
	if at < 0 {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("账号“%s”已不在名录中", t.Target.Name)}
	}
	a := &all[at]
	r := &accountRun{Accounts: in, sweep: s, targets: []govsweep.SweepTarget{*t}, all: all, of: map[govsweep.TargetID]*govsweep.Account{a.ID: a}, prove: true}
	defer func() { err = errors.Join(err, r.dropAll()) }()
	if t.Began.IsZero() {
		t.Began = in.Now()
	}
	if in.Reader != nil {
		if err := r.readNow(ctx, a); err != nil {
			return nil, err
		}
	}
	return r.lookAt(ctx, a, about)
}

// readNow reads the sources of an account, and those that can prove that the
// services behind them work.
func (r *accountRun) readNow(ctx context.Context, a *govsweep.Account) error {
	var errands []errand
	services := map[string]bool{}
	for _, s := range a.Sources {
		errands = append(errands, errand{nil, a, s})
		services[facts.ServiceOf(a, s)] = true
	}
	done := func(errand, *govsweep.Reading) error { return nil }
	if err := r.runErrands(ctx, r.reader(), errands, done); err != nil {
		return err
	}
	errands = nil
	for i := range r.all {
		c := &r.all[i]
		for _, s := range c.Sources {
			if c.Control && c.ID != a.ID && services[facts.ServiceOf(c, s)] {
				errands = append(errands, errand{nil, c, s})
			}
		}
	}
	m := *r.Reader
	m.Parsing = make(chan struct{}, runtime.GOMAXPROCS(0))
	return r.runErrands(ctx, &m, errands, done)
}

// lookAt judges what the sources said, keeps the proof and writes the result.
func (r *accountRun) lookAt(ctx context.Context, a *govsweep.Account, about []govsweep.Standing) (*AccountLook, error) {
	relations, err := r.relations(ctx)
	if err != nil {
		return nil, err
	}
	d, err := r.fold(ctx, a)
	if err != nil {
		return nil, err
	}
	relations.Relate(d)
	r.onlyNow(d)
	d.Coverage.Sweep = r.sweep.ID
	waived, err := r.Store.Waived(ctx, a.ID, r.sweep.AsOf)
	if err != nil {
		return nil, fmt.Errorf("decisions about %s: %w", a.ID, err)
	}
	res := Judge(d, r.Rules, r.Indicators, r.sweep, waived)
	only(res, about)
	res.Verdict.Reason = "复查只看有关问题是否仍在，不对账号作出判定。"
	look := &AccountLook{Inspection: res, at: r.Now(), began: r.sweep.Started.Truncate(time.Millisecond), account: d.Account}
	held := []govsweep.Transition{{Proof: look.everything()}}
	if err := r.keep(ctx, d, res, held); err != nil {
		return nil, err
	}
	look.held = map[string]bool{}
	for _, e := range held[0].Proof {
		look.held[e.Digest] = true
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write the dossier of %s: %w", a.ID, err)
	}
	res.Ended = r.Now()
	if err := r.Store.SaveInspection(ctx, res, raw, nil); err != nil {
		return nil, fmt.Errorf("keep the result of %s: %w", a.ID, err)
	}
	return look, nil
}

// onlyNow takes away what sources said shortly before the look, where they
// were asked again now: a source that does not answer says nothing, not what
// it said yesterday.
func (r *accountRun) onlyNow(d *facts.Dossier) {
	if r.Reader == nil {
		return
	}
	began := r.sweep.Started.Truncate(time.Millisecond)
	d.Account.Readings = slices.DeleteFunc(d.Account.Readings, func(rd govsweep.Reading) bool {
		return slices.Contains(d.Account.Account.Sources, rd.Source) && rd.At.Before(began) && rd.At.After(began.Add(-lately))
	})
}

// lately is how old a look may be that still speaks of today; see onlyNow.
const lately = 48 * time.Hour
