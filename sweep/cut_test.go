package sweep_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// cutStore stops the process at the nth call of what concludes an inspection,
// as a kill would: before the call, and with late behind it.
type cutStore struct {
	*storage.DB
	left int
	late bool
	stop context.CancelFunc
}

// at runs one call, unless this is where the process ends.
func (c *cutStore) at(call func() error) error {
	if c.left--; c.left != 0 {
		if c.left < 0 && c.late {
			return context.Canceled // nothing is written after a kill
		}
		return call()
	}
	if c.late {
		if err := call(); err != nil {
			return err
		}
	}
	c.stop()
	return context.Canceled
}

func (c *cutStore) Standings(ctx context.Context, t govsweep.TargetID) (out []govsweep.Standing, err error) {
	err = c.at(func() error { out, err = c.DB.Standings(ctx, t); return err })
	return out, err
}

func (c *cutStore) Exemptions(ctx context.Context) (out []govsweep.Exemption, err error) {
	err = c.at(func() error { out, err = c.DB.Exemptions(ctx); return err })
	return out, err
}

func (c *cutStore) LastDossier(ctx context.Context, t govsweep.TargetID, before int64) (out []byte, err error) {
	err = c.at(func() error { out, err = c.DB.LastDossier(ctx, t, before); return err })
	return out, err
}

func (c *cutStore) Learn(ctx context.Context, of govsweep.Run, site *govsweep.Site, columns []govsweep.Column) error {
	return c.at(func() error { return c.DB.Learn(ctx, of, site, columns) })
}

func (c *cutStore) IndexCaptures(ctx context.Context, of govsweep.Run, captures []govsweep.Capture) error {
	return c.at(func() error { return c.DB.IndexCaptures(ctx, of, captures) })
}

func (c *cutStore) SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error {
	return c.at(func() error { return c.DB.SaveInspection(ctx, in, dossier, moves) })
}

// history prepares a world whose next inspection has all to do: a confirmed
// fault that is gone, one that came back, one a standing exemption covers,
// one whose exemption is revoked. It gives the site.
func (w *world) history(b *board, home string) govsweep.Site {
	w.t.Helper()
	site := w.portal(home)
	for _, code := range []govsweep.IndicatorCode{"column-blank-veto", "column-stale"} {
		must(w.t, w.db.SaveExemption(w.ctx, &govsweep.Exemption{Scope: govsweep.SiteScope, Target: site.ID, Indicator: code, Reason: "网站正在改版。",
			By: "王某", At: time.Now(), Until: "2026-12-31"}))
	}
	first := w.inspect(home)
	w.decide(w.one(first, "column-blank", "/kb0/").ID, govsweep.Confirm, "李某")
	b.set("/kb1/", b.list("专题乙", "2026-11-02"))
	w.inspect(home)
	must(w.t, w.db.RevokeExemption(w.ctx, "E2", "王某", time.Now()))
	b.set("/kb0/", b.list("专题甲", "2026-11-02"))
	b.set("/kb1/", b.list("专题乙"))
	return site
}

// reset makes the board as it was at first.
func (b *board) reset() {
	fresh := newBoard()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pages = map[string]http.HandlerFunc{}
	for path := range fresh.pages {
		b.pages[path] = fresh.pages[path]
	}
}

var dayOf = regexp.MustCompile(`\d+年\d+月\d+日`)

// told gives all transitions without what tells one world from another.
func (w *world) told() []govsweep.Transition {
	w.t.Helper()
	all, err := w.db.TransitionsBetween(w.ctx, storage.TransitionFilter{})
	must(w.t, err)
	for i := range all {
		all[i].At, all[i].Reason = time.Time{}, dayOf.ReplaceAllString(all[i].Reason, "某日")
		for j := range all[i].Proof {
			all[i].Proof[j].At = ""
		}
	}
	slices.SortFunc(all, func(a, b govsweep.Transition) int {
		return strings.Compare(fmt.Sprint(a.Fingerprint, a.Seq), fmt.Sprint(b.Fingerprint, b.Seq))
	})
	return all
}

// TestAConclusionCutAtEveryStepMovesTheSame ends the process before and
// behind every step that concludes an inspection, and resumes it each time.
func TestAConclusionCutAtEveryStepMovesTheSame(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, dsn string) {
		b := newBoard()
		home, _ := counted(t, b)
		calm := newWorld(t, sqlite(t), crawler.Options{})
		calm.run(calm.history(b, home))
		want := calm.told()

		b.reset()
		w := newWorld(t, dsn, crawler.Options{})
		site := w.history(b, home)
		s := &govsweep.Sweep{Kind: "sweep", Rulebook: w.in.Rules.ID, AsOf: asOf, Started: time.Now(), State: govsweep.SweepRunning}
		must(t, w.db.CreateSweep(w.ctx, s, []govsweep.Target{site.Target()}))
		cuts := 0
		for n := 1; ; n++ {
			ctx, stop := context.WithCancel(w.ctx)
			w.in.Store = &cutStore{DB: w.db, left: (n + 1) / 2, late: n%2 == 0, stop: stop}
			err := w.in.Run(ctx, s, 1, func(sweep.Result) {})
			stop()
			if err == nil {
				break
			}
			if cuts++; cuts > 40 {
				t.Fatal("it never ends")
			}
		}
		if d := cmp.Diff(want, w.told()); d != "" {
			t.Errorf("%d cuts move something else (-calm +cut):\n%.4000s", cuts, d)
		}
		if len(want) < 6 || cuts < 8 {
			t.Errorf("%d transitions and %d cuts: the test shows nothing", len(want), cuts)
		}
		t.Logf("%d cuts, %d transitions, the same as without", cuts, len(want))
	})
}
