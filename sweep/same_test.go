package sweep_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

func startFarm(t testing.TB, sites int) *farm.Farm {
	t.Helper()
	f, err := farm.New(farm.Options{Seed: 7, Sites: sites, AsOf: asOf, Latency: 20 * time.Millisecond})
	must(t, err)
	must(t, f.Start(context.Background()))
	t.Cleanup(f.Stop)
	return f
}

// farmWorld is a world whose register is the farm's.
func farmWorld(t testing.TB, f *farm.Farm, dsn string, l sweep.Limits) *world {
	t.Helper()
	w := newWorld(t, dsn, crawler.Options{Resolver: f.DNSAddr(), Parallel: l.Parallel})
	w.in.Limits = l
	must(t, w.db.SaveSites(w.ctx, f.Sites()))
	return w
}

// looksCounted is how many looks a dead link has had: every inspection adds
// its own, that is what the law asks for.
var looksCounted = regexp.MustCompile(`目前记录\d+次`)

// findings gives the findings of a sweep without what a sweep is known by.
func (w *world) findings(s *govsweep.Sweep) []govsweep.Finding {
	w.t.Helper()
	all, err := w.db.Findings(w.ctx, storage.FindingFilter{Sweep: s.ID})
	must(w.t, err)
	for i := range all {
		all[i].Sweep, all[i].LastSeen = 0, time.Time{}
		for j, d := range all[i].Detail {
			all[i].Detail[j] = looksCounted.ReplaceAllString(d, "目前记录若干次")
		}
		for j := range all[i].Evidence {
			all[i].Evidence[j].At = ""
		}
	}
	return all
}

// pages lists what was read in a sweep and how it ended.
func (w *world) pages(s *govsweep.Sweep, sites []govsweep.Site, last govsweep.Role) []string {
	w.t.Helper()
	var out []string
	for _, site := range sites {
		must(w.t, w.db.EachRecord(w.ctx, govsweep.Run{Sweep: s.ID, Target: site.ID}, func(r *govsweep.Record) error {
			if r.Visit.Role.Rank() <= last.Rank() {
				out = append(out, fmt.Sprintln(r.Visit.Role, r.Visit.URL, r.Visit.Form, r.Status, r.Failure, r.Digest))
			}
			return nil
		}))
	}
	slices.Sort(out)
	return out
}

// TestTheSameWorldTwiceChangesNothing inspects an unchanged farm two times.
func TestTheSameWorldTwiceChangesNothing(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			f := startFarm(t, 3)
			dsn := sqlite(t)
			if kind == "postgres" {
				dsn = server.DSN(t)
			}
			w := farmWorld(t, f, dsn, sweep.Limits{Parallel: 4})
			one, _ := w.run(f.Sites()...)
			first := w.findings(one)
			w = farmWorld(t, f, dsn, sweep.Limits{Parallel: 4})
			two, _ := w.run(f.Sites()...)
			second := w.findings(two)
			if len(first) < 80 {
				t.Fatalf("only %d findings: the farm has more", len(first))
			}
			if d := cmp.Diff(first, second); d != "" {
				t.Errorf("the second sweep differs (-first +second):\n%.6000s", d)
			}
			t.Logf("R4: %s: %d findings, the second sweep changed nothing but last_seen", kind, len(second))
		})
	}
}

// TestTimingChangesNothing sweeps a farm one request at a time and eight.
func TestTimingChangesNothing(t *testing.T) {
	t.Parallel()
	f := startFarm(t, 4)
	slow, fast := farmWorld(t, f, sqlite(t), sweep.Limits{Parallel: 1}), farmWorld(t, f, sqlite(t), sweep.Limits{Parallel: 8})
	one, _ := slow.run(f.Sites()...)
	eight, _ := fast.run(f.Sites()...)
	pages := slow.pages(one, f.Sites(), govsweep.SecondLookRole)
	if d := cmp.Diff(pages, fast.pages(eight, f.Sites(), govsweep.SecondLookRole)); d != "" {
		t.Errorf("pages differ (-1 +8 at a time):\n%.4000s", d)
	}
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".FirstSeen" }, cmp.Ignore())
	found := slow.findings(one)
	if d := cmp.Diff(found, fast.findings(eight), ignore); d != "" {
		t.Errorf("findings differ (-1 +8 at a time):\n%.4000s", d)
	}
	t.Logf("R4: %d pages and %d findings, the same with 1 and with 8 requests at a time", len(pages), len(found))
}

// TestABudgetTakesTheSamePages gives every site thirty pages.
func TestABudgetTakesTheSamePages(t *testing.T) {
	t.Parallel()
	const budget = 30
	f := startFarm(t, 4)
	var want []string
	for _, n := range []int{1, 3, 8} {
		w := farmWorld(t, f, sqlite(t), sweep.Limits{Pages: budget, Attachments: -1, Images: -1, Probes: -1, Parallel: n})
		s, results := w.run(f.Sites()...)
		for _, r := range results {
			p := r.Inspection.Coverage.Pages
			if read := p.Read + p.Blocked + p.Unread + p.Truncated; read > budget || p.Skipped > 0 && read < budget-3 {
				t.Errorf("%s: %d pages, %d skipped", r.Target.Target.ID, read, p.Skipped)
			}
		}
		pages := w.pages(s, f.Sites(), govsweep.DoubtfulRole)
		if want == nil {
			want = pages
		}
		if d := cmp.Diff(want, pages); d != "" {
			t.Errorf("%d requests at a time take other pages (-1 +%d):\n%.4000s", n, n, d)
		}
	}
	t.Logf("--max-pages %d: the same %d pages of 4 sites with 1, 3 and 8 requests at a time", budget, len(want))
}
