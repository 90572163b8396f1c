package storage_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

const ttl = time.Minute

// leased makes a running sweep over n targets.
func leased(t testing.TB, db *storage.DB, n, priority int) *govsweep.Sweep {
	t.Helper()
	s := &govsweep.Sweep{Kind: "sweep", AsOf: noon, Started: noon, State: govsweep.SweepRunning, Priority: priority}
	targets := make([]govsweep.Target, n)
	for i := range targets {
		targets[i] = govsweep.Target{ID: govsweep.TargetID(fmt.Sprintf("T%03d", i)), Kind: govsweep.SiteTarget, Name: "某网站", URL: "https://a.gov.cn/"}
	}
	must(t, db.CreateSweep(t.Context(), s, targets))
	return s
}

func claim(t testing.TB, db *storage.DB, sweep int64, owner string, now time.Time) *govsweep.Lease {
	t.Helper()
	l, err := db.Claim(t.Context(), sweep, owner, now, ttl)
	must(t, err)
	return l
}

func TestEveryTargetIsClaimedByOneOfManyWorkers(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		const targets, workers = 40, 8
		db := open(t, dsn)
		s := leased(t, db, targets, 0)
		var mu sync.Mutex
		got := map[govsweep.TargetID]int{}
		var all sync.WaitGroup
		for w := range workers {
			mine := open(t, dsn) // each as another process would
			all.Go(func() {
				for {
					l, err := mine.Claim(context.Background(), s.ID, fmt.Sprint("worker ", w), time.Time{}, ttl)
					if err != nil {
						t.Error(err)
					}
					if l == nil || err != nil {
						return
					}
					mu.Lock()
					got[l.Target.ID]++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		for id, n := range got {
			if n != 1 {
				t.Errorf("%s was claimed %d times", id, n)
			}
		}
		if len(got) != targets {
			t.Errorf("%d of %d targets were claimed", len(got), targets)
		}
		standing, err := db.Leases(t.Context(), s.ID, time.Time{})
		must(t, err)
		if len(standing) != targets {
			t.Errorf("%d leases stand", len(standing))
		}
	})
}

func TestALeaseIsTakenOverWhenItHasRunOut(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		s := leased(t, db, 1, 0)
		first := claim(t, db, s.ID, "甲", noon)
		if first.Fence != 1 || first.Owner != "甲" || first.Target.ID != "T000" || !first.Until.Equal(noon.Add(ttl)) {
			t.Errorf("claimed %+v", first)
		}
		if l := claim(t, db, s.ID, "乙", noon.Add(ttl-time.Millisecond)); l != nil {
			t.Errorf("taken while it stands: %+v", l)
		}
		must(t, db.Extend(ctx, first, noon.Add(ttl/2)))
		if l := claim(t, db, s.ID, "乙", noon.Add(ttl)); l != nil {
			t.Errorf("taken though it was extended: %+v", l)
		}
		second := claim(t, db, s.ID, "乙", first.Until)
		if second == nil || second.Fence != 2 {
			t.Fatalf("taken over: %+v", second)
		}
		if err := db.Extend(ctx, first, noon); !errors.Is(err, govsweep.ErrLeaseLost) || govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("the stale worker extends: %v", err)
		}
		must(t, db.Release(ctx, *first))
		if l := claim(t, db, s.ID, "丙", noon.Add(2*ttl)); l != nil {
			t.Errorf("the stale worker gave back what another has: %+v", l)
		}
		must(t, db.Release(ctx, *second))
		if l := claim(t, db, s.ID, "丙", noon.Add(2*ttl)); l == nil || l.Fence != 3 {
			t.Errorf("after it was given back: %+v", l)
		}
	})
}

func TestClaimsFollowPriorityAndAge(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		old, newer, urgent := leased(t, db, 1, 0), leased(t, db, 1, 0), leased(t, db, 1, 5)
		for _, kind := range []string{govsweep.RetestSweep, govsweep.AccountSweep} {
			must(t, db.CreateSweep(ctx, &govsweep.Sweep{Kind: kind, State: govsweep.SweepRunning, Priority: 9}, []govsweep.Target{{ID: "R", Kind: govsweep.SiteTarget}}))
		}
		waiting := &govsweep.Sweep{Kind: "sweep", State: govsweep.SweepWaiting, Priority: 9}
		must(t, db.CreateSweep(ctx, waiting, []govsweep.Target{{ID: "W", Kind: govsweep.SiteTarget}}))
		var got []int64
		for l := claim(t, db, 0, "甲", noon); l != nil; l = claim(t, db, 0, "甲", noon) {
			got = append(got, l.Sweep)
		}
		if d := cmp.Diff([]int64{urgent.ID, old.ID, newer.ID}, got); d != "" {
			t.Errorf("claimed of sweeps (-want +got): %s", d)
		}
	})
}

func TestASweepThatHasEndedStaysAsItEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		for _, ended := range []govsweep.SweepState{govsweep.SweepCancelled, govsweep.SweepDone} {
			s := leased(t, db, 1, 0)
			now := *s
			now.State = ended
			must(t, db.SaveSweep(ctx, &now))
			for _, late := range []govsweep.SweepState{govsweep.SweepRunning, govsweep.SweepDone, govsweep.SweepCancelled} {
				s.State = late
				if err := db.SaveSweep(ctx, s); late != ended && govsweep.KindOf(err) != govsweep.Conflict {
					t.Errorf("%s over %s: %v", late, ended, err)
				}
				if got, err := db.Sweep(ctx, s.ID); err != nil || got.State != ended {
					t.Errorf("%s after %s was written: %+v, %v", ended, late, got, err)
				}
			}
		}
	})
}

func TestNothingOfASweepThatIsNotRunningIsClaimedOrExtended(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		s := leased(t, db, 3, 0)
		l := claim(t, db, s.ID, "甲", noon)
		s.State = govsweep.SweepCancelled
		must(t, db.SaveSweep(ctx, s))
		if err := db.Extend(ctx, l, noon); !errors.Is(err, govsweep.ErrLeaseLost) {
			t.Errorf("extended: %v", err)
		}
		if l := claim(t, db, 0, "乙", noon); l != nil {
			t.Errorf("claimed: %+v", l)
		}
		if err := db.ReopenSweep(ctx, s.ID); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("reopened: %v", err)
		}
	})
}

func TestASweepEndsWhenNothingIsLeftWhoeverNotices(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		s := leased(t, db, 2, 0)
		ends := func(want govsweep.SweepState) {
			t.Helper()
			for range 2 {
				if state, err := db.EndSweep(ctx, s.ID, noon); err != nil || state != want {
					t.Errorf("it is %s, %v; want %s", state, err, want)
				}
			}
		}
		keep := func(state govsweep.SweepState) {
			t.Helper()
			l := claim(t, db, s.ID, "甲", noon)
			must(t, db.SaveSweepTarget(ctx, &govsweep.SweepTarget{Sweep: s.ID, Target: l.Target, State: state, Fence: l.Fence}))
			must(t, db.Release(ctx, *l))
		}
		keep(govsweep.SweepDone)
		ends(govsweep.SweepRunning)
		keep(govsweep.SweepFailed)
		ends(govsweep.SweepDone)
		if l := claim(t, db, s.ID, "甲", noon); l != nil {
			t.Errorf("claimed what has ended: %+v", l)
		}
		must(t, db.ReopenSweep(ctx, s.ID))
		ends(govsweep.SweepRunning)
		keep(govsweep.SweepDone)
		ends(govsweep.SweepDone)
		must(t, db.ReopenSweep(ctx, s.ID))
		ends(govsweep.SweepDone)
		if _, err := db.EndSweep(ctx, 99, noon); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("a sweep that is not there: %v", err)
		}
	})
}

// TestNothingOfAStaleWorkerIsAccepted lets a worker lose its lease and tries
// every write of a slice with it: each is refused, and changes nothing.
func TestNothingOfAStaleWorkerIsAccepted(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		must(t, db.SaveSites(ctx, []govsweep.Site{site}))
		s := newSweep(t, db, noon)
		stale := claim(t, db, s.ID, "甲", noon).Run()
		queued := visit("https://www.a.gov.cn/a.html", govsweep.ArticleRole)
		must(t, db.Commit(ctx, stale, govsweep.Batch{Visits: []govsweep.Visit{queued}}))
		fresh := claim(t, db, s.ID, "乙", noon.Add(ttl)).Run()

		before := everything(t, dsn)
		in := &govsweep.Inspection{Sweep: *s, Site: site, Verdict: govsweep.Verdict{Grade: govsweep.Undecided}, Ended: noon}
		writes := map[string]func(of govsweep.Run) error{
			"records": func(of govsweep.Run) error {
				return db.Commit(ctx, of, govsweep.Batch{Records: []govsweep.Record{record(queued)}})
			},
			"wave":    func(of govsweep.Run) error { _, err := db.BeginWave(ctx, of, 1, 9, -1); return err },
			"skipped": func(of govsweep.Run) error { return db.SkipVisits(ctx, of, []uint64{queued.Key}, "略") },
			"queue":   func(of govsweep.Run) error { return db.SkipQueued(ctx, of, 9, "略") },
			"target": func(of govsweep.Run) error {
				return db.SaveSweepTarget(ctx, &govsweep.SweepTarget{Sweep: of.Sweep, Target: site.Target(), State: govsweep.SweepFailed, Note: "错", Fence: of.Fence})
			},
			"register": func(of govsweep.Run) error {
				named := site
				named.Name = "另一个名称"
				return db.Learn(ctx, of, &named, []govsweep.Column{{Site: site.ID, URL: site.URL + "x/", Name: "新栏目"}})
			},
			"captures": func(of govsweep.Run) error {
				return db.IndexCaptures(ctx, of, []govsweep.Capture{{Digest: govsweep.DigestOf([]byte("x")), URL: site.URL, At: noon}})
			},
			"inspection": func(of govsweep.Run) error {
				late := *in
				late.Fence = of.Fence
				return db.SaveInspection(ctx, &late, []byte("{}"), nil)
			},
		}
		for name, write := range writes {
			if err := write(stale); !errors.Is(err, govsweep.ErrLeaseLost) || govsweep.KindOf(err) != govsweep.Conflict {
				t.Errorf("%s of a stale worker: %v", name, err)
			}
		}
		if d := cmp.Diff(before, everything(t, dsn)); d != "" {
			t.Errorf("a stale worker changed something:\n%s", d)
		}
		for _, name := range []string{"wave", "records", "skipped", "queue", "target", "register", "captures", "inspection"} {
			if err := writes[name](fresh); err != nil {
				t.Errorf("%s of the worker with the lease: %v", name, err)
			}
		}
		if d := cmp.Diff(before, everything(t, dsn)); d == "" {
			t.Error("the worker with the lease changed nothing: the test shows nothing")
		}
	})
}

// everything counts and sums up what a slice may write.
func everything(t *testing.T, dsn string) []string {
	t.Helper()
	db := raw(t, dsn)
	var out []string
	for _, q := range []string{
		`SELECT count(*), coalesce(sum(state), 0), coalesce(sum(wave), 0) FROM visits`, `SELECT count(*), 0, 0 FROM records`,
		`SELECT count(*), 0, 0 FROM waves`, `SELECT count(*), 0, 0 FROM captures`, `SELECT count(*), 0, 0 FROM inspections`,
		`SELECT count(*), 0, 0 FROM dossiers`, `SELECT count(*), 0, 0 FROM site_columns`,
		`SELECT count(*), 0, 0 FROM sites WHERE name = '某市人民政府'`, `SELECT count(*), coalesce(sum(fence), 0), coalesce(sum(wave), 0) FROM runs WHERE state = 'running' AND note = ''`,
	} {
		var n, a, b int64
		must(t, db.QueryRow(q).Scan(&n, &a, &b))
		out = append(out, fmt.Sprintln(q, n, a, b))
	}
	return out
}

func TestAnEvidenceStoreIsBoundOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		for _, step := range []struct{ id, want string }{{"A", "A"}, {"A", "A"}, {"B", "A"}} {
			if got, err := db.BindEvidence(ctx, step.id); err != nil || got != step.want {
				t.Errorf("%s is bound to %s, %v", step.id, got, err)
			}
		}
		must(t, db.RebindEvidence(ctx, "B"))
		if got, err := db.BindEvidence(ctx, "A"); err != nil || got != "B" {
			t.Errorf("bound to %s, %v", got, err)
		}
	})
}
