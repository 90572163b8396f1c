package main

import (
	"encoding/json"
	"errors"
	"fmt"

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
	j := job{app: a, db: db, flags: flags, kind: govsweep.RetestSweep}
	if j.media.RSSHub, err = a.rsshubOf(db, about); err != nil {
		return nil, err
	}
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

// rsshubOf gives the RSSHub-style service the sweep used that saw the findings last.
func (a *app) rsshubOf(db *storage.DB, about []govsweep.Standing) (string, error) {
	var newest int64
	for _, s := range about {
		newest = max(newest, s.LastSweep)
	}
	s, err := db.Sweep(a.ctx, newest)
	if govsweep.KindOf(err) == govsweep.NotFound || err == nil && s.Options == "" {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var begun kept
	if err := json.Unmarshal([]byte(s.Options), &begun); err != nil {
		return "", fmt.Errorf("options of sweep %d: %w", s.ID, err)
	}
	return begun.RSSHub, nil
}
