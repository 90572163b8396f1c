package main

import (
	"errors"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// lookAgainAtAccount looks again at findings of one account, in a sweep of
// its own: its sources are read now, also where the sweep that saw the
// findings read none. It moves no finding.
func (a *app) lookAgainAtAccount(db *storage.DB, account *govsweep.Account, about []govsweep.Standing, given crawlFlags) (*retested, error) {
	flags, err := a.flagsOf(db, about, given)
	if err != nil {
		return nil, err
	}
	if flags.Hub, err = a.hub(db, flags.Hub); err != nil {
		return nil, err
	}
	j := job{app: a, db: db, flags: flags, kind: govsweep.RetestSweep, media: accountOptions{RSSHub: flags.Hub}}
	stack, in, err := j.accountSweep()
	if err != nil {
		return nil, err
	}
	defer stack.Close()
	site := account.Site()
	s, t, err := a.beginRetest(db, &site, about, in.Rules.ID, flags)
	if err != nil {
		return nil, err
	}
	release, err := a.hold(s.ID)
	if err != nil {
		return nil, err
	}
	defer release()
	if in.Sync, err = a.syncer(db, s.AsOf); err != nil {
		return nil, errors.Join(err, endRetest(a.ctx, db, s, t, err))
	}
	look, err := in.Retest(a.ctx, s, t, about)
	if err != nil {
		return nil, errors.Join(retestStopped(err), endRetest(a.ctx, db, s, t, err))
	}
	return a.retestEnded(db, &retested{sweep: s, site: &site, about: about, look: look, judged: look.Inspection}, t)
}
