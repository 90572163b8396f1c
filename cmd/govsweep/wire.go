package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// What other rooms need of storage is stated there and held here.
var _ sweep.Store = (*storage.DB)(nil)

// frameOf gives the register by scope, without the filters of storage.
type frameOf struct{ *storage.DB }

// SitesIn lists the sites of a scope.
func (f frameOf) SitesIn(ctx context.Context, scope []string) ([]govsweep.Site, error) {
	filter, err := parseScope(scope)
	if err != nil {
		return nil, err
	}
	return f.Sites(ctx, filter)
}

// AccountsIn lists the accounts of a scope.
func (f frameOf) AccountsIn(ctx context.Context, scope []string) ([]govsweep.Account, error) {
	filter, err := accountScope(scope)
	if err != nil {
		return nil, err
	}
	return f.Accounts(ctx, filter)
}

// indexOf gives the index of evidence without the filters of storage.
type indexOf struct{ *storage.DB }

// CapturesIn lists what was captured of a site in a sweep.
func (x indexOf) CapturesIn(ctx context.Context, of govsweep.Run) ([]govsweep.Capture, error) {
	return x.Captures(ctx, storage.CaptureFilter{Sweep: of.Sweep, Target: of.Target})
}

// openDB opens the database, makes its directory and brings the schema up to
// date. From then on requests take turns. A database that was lost is not made
// anew.
func (a *app) openDB() (*storage.DB, error) {
	if err := os.MkdirAll(a.settings.data, 0o700); err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "数据目录“" + a.settings.data + "”无法建立", Err: err}
	}
	db, err := storage.Open(a.ctx, a.settings.db, storage.Options{Fresh: a.mayBegin})
	if err == nil {
		a.noteMade()
		a.takeTurns(db)
	}
	return db, err
}

func (a *app) openEvidence() (*evidence.Store, error) {
	return evidence.Open(filepath.Join(a.settings.data, "evidence"))
}

// loadBook loads a rulebook by name or file; "" means the file's, else the
// national one.
func (a *app) loadBook(name string) (*rules.Rulebook, []*rules.Indicator, error) {
	all := book.Indicators
	b, err := rules.LoadBook(firstOf(name, a.settings.file.Rulebook, "gov-2019-19"), all)
	return b, all, err
}

// asOf is 监测时间点.
func (a *app) asOf() time.Time {
	if a.settings.asOf.IsZero() {
		return time.Now()
	}
	return a.settings.asOf
}

// fetchOptions are the politeness of a run: flag, then file, then default.
func (a *app) fetchOptions(f crawlFlags) (crawler.Options, error) {
	o := crawler.Default()
	o.UserAgent = "govsweep/" + version
	o.AllowNet, o.Resolver = a.settings.allowNet, a.settings.resolver
	if a.turns != nil {
		o.Turns = a.turns
	}
	file := a.settings.file
	if o.Rate = f.Rate; o.Rate == 0 {
		o.Rate = file.Rate
	}
	if o.Parallel = f.Parallel; o.Parallel == 0 {
		o.Parallel = file.Parallel
	}
	o.Contact = firstOf(f.Contact, file.Contact)
	if authority := firstOf(f.RobotsAuthority, file.Authority); authority != "" {
		o.Robots = crawler.RobotsPolicy{Override: true, Authority: authority}
	}
	var err error
	if w := firstOf(f.Window, file.Window); w != "" {
		o.Window, err = parseWindow(w)
	}
	return o, err
}
