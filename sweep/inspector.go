package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Store is everything an inspection keeps.
type Store interface {
	Frontier
	Book
	Register
	Leases
	// IndexCaptures adds to the index of evidence what a run rests on.
	IndexCaptures(ctx context.Context, run govsweep.Run, captures []govsweep.Capture) error
}

// Inspector inspects sites. Its fields are set once and then only read; one
// Inspector may inspect many sites at the same time.
type Inspector struct {
	Store      Store
	Stack      *crawler.Stack
	Evidence   *evidence.Store // nil: captures are not kept
	Rules      *rules.Rulebook
	Indicators []*rules.Indicator
	Limits     Limits
	Now        func() time.Time
	Extract    Extractor // nil: facts.Extract
	// Names says what a name server says of a host whose home page failed for
	// its name; nil: nobody is asked.
	Names func(ctx context.Context, host string) govsweep.DNSOutcome
	// Progress is told of pages read, from many goroutines; may be nil.
	Progress func(t govsweep.Target, pages int)
	// Judged is told of every site whose result was just kept, re-tests apart,
	// from many goroutines; may be nil.
	Judged func(ctx context.Context, target govsweep.TargetID)
	// Owner names this worker in its leases.
	Owner string
	// Lease is how long a lease holds that is not extended; 0 = one minute.
	Lease time.Duration
	// Gone says of the owner of a lease that it has ended for certain, so that
	// nobody need wait for its lease to run out; nil: never known.
	Gone func(owner string) bool
	// Lost is told of a lease another worker has taken; may be nil.
	Lost func(l govsweep.Lease)
}

// waveOf keeps the number of a wave before it begins, and stops what a person
// has cancelled.
func (in *Inspector) waveOf(ctx context.Context, s *govsweep.Sweep, t *govsweep.SweepTarget) func(int) error {
	return func(wave int) error {
		t.Wave = wave
		gone, err := in.cancelled(ctx, s.ID)
		if err != nil {
			return err
		}
		if gone {
			return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("第%d次检查已被取消", s.ID)}
		}
		return in.Store.SaveSweepTarget(ctx, t)
	}
}

func (in *Inspector) newRun(s *govsweep.Sweep, site *govsweep.Site, columns []govsweep.Column, spool *evidence.Spool, fence int64) *run {
	r := &run{
		id: govsweep.Run{Sweep: s.ID, Target: site.ID, Fence: fence}, home: *site, homeKey: address.Key(site.URL, ""),
		scope: crawler.NewScope(site.URL, site.Domains), store: in.Store, limits: in.Limits.filled(),
		taken: map[int]int{}, doubt: newDoubt(), closed: map[string]bool{}, columns: columns, tally: newTally(), looks: newLooks(),
	}
	r.fetch = in.Stack.Within(r.scope)
	if r.extract = in.Extract; r.extract == nil {
		r.extract = facts.Extract
	}
	r.robots = func(ctx context.Context) []string {
		read, known := in.Stack.Robots(address.Host(site.URL))
		if !known { // the home page was read before a kill; asking again reads robots.txt first
			if _, err := r.fetch.Fetch(ctx, r.seeds()[0]); err == nil {
				read, _ = in.Stack.Robots(address.Host(site.URL)) // still unknown: no sitemaps
			}
		}
		return read.Sitemaps
	}
	r.site.Store(&facts.Site{Home: site.URL, Hosts: hosts(site)})
	r.commit = &committer{store: in.Store, run: r.id, seen: newSeen(), roles: roles{scope: r.scope}, doubt: r.doubt, tally: r.tally, looks: r.looks}
	if spool != nil {
		r.spool, r.commit.spool = spool, spool
	}
	if in.Progress != nil {
		r.commit.done = func(n int) { in.Progress(site.Target(), n) }
	}
	return r
}

// hosts lists what belongs to a site as the extractor wants it.
func hosts(site *govsweep.Site) []string {
	return append([]string{address.Host(site.URL)}, site.Domains...)
}

func (in *Inspector) spool(sweep int64, target govsweep.TargetID, fence int64) (*evidence.Spool, error) {
	if in.Evidence == nil {
		return nil, nil
	}
	sp, err := in.Evidence.SpoolOf(fmt.Sprintf("%d-%s", sweep, target), fence)
	if err != nil {
		return nil, fmt.Errorf("open the captures of %s: %w", target, err)
	}
	return sp, nil
}

// conclude folds the records, judges, keeps the captures findings rest on
// and writes the result. It may be done again after a kill.
func (in *Inspector) conclude(ctx context.Context, s *govsweep.Sweep, r *run, spool *evidence.Spool) (*govsweep.Inspection, error) {
	standings, err := in.Store.Standings(ctx, r.home.ID)
	if err != nil {
		return nil, fmt.Errorf("findings of %s: %w", r.home.ID, err)
	}
	r.answers = answersFor(standings)
	d, err := in.fold(ctx, s, r)
	if err != nil {
		return nil, err
	}
	var renamed *govsweep.Site
	if named := nameOf(&r.home, d); named != r.home.Name {
		r.home.Name, d.Site.Name, d.Coverage.Target.Name = named, named, named
		renamed = &r.home
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write the dossier of %s: %w", r.home.ID, err)
	}
	if err := in.Store.Learn(ctx, r.id, renamed, learned(d, in.Now())); err != nil {
		return nil, fmt.Errorf("keep the columns of %s: %w", r.home.ID, err)
	}
	res, err := in.settle(ctx, s, r, spool, d, raw)
	if err != nil {
		return nil, err
	}
	if in.Judged != nil {
		in.Judged(ctx, r.home.ID)
	}
	if spool != nil {
		if err := spool.Drop(); err != nil {
			return nil, fmt.Errorf("give up the captures of %s: %w", r.home.ID, err)
		}
	}
	return res, nil
}

// mostTries is how often a result is judged again because a person decided
// something about the site meanwhile.
const mostTries = 5

// settle judges, keeps the captures and writes the result with what it moves.
// When a person moved a finding meanwhile, all of it is done again.
func (in *Inspector) settle(ctx context.Context, s *govsweep.Sweep, r *run, spool *evidence.Spool, d *facts.Dossier, raw []byte) (*govsweep.Inspection, error) {
	for try := 1; ; try++ {
		k, err := in.known(ctx, r)
		if err != nil {
			return nil, err
		}
		res, moves := JudgeKnowing(d, in.Rules, in.Indicators, s, k)
		if err := in.keep(ctx, r, spool, res, moves); err != nil {
			return nil, err
		}
		res.Ended, res.Fence = in.Now(), r.id.Fence
		err = in.Store.SaveInspection(ctx, res, raw, moves)
		switch {
		case err == nil:
			return res, nil
		case govsweep.KindOf(err) != govsweep.Conflict || errors.Is(err, govsweep.ErrLeaseLost) || try == mostTries:
			return nil, fmt.Errorf("keep the result of %s: %w", r.home.ID, err)
		}
	}
}

func closeSpool(sp *evidence.Spool) error {
	if sp == nil {
		return nil
	}
	return sp.Close()
}

// nameOf gives a site that was not registered the name it calls itself by.
func nameOf(site *govsweep.Site, d *facts.Dossier) string {
	if site.Name == address.Host(site.URL) && d.Marks.Name != "" {
		return d.Marks.Name
	}
	return site.Name
}
