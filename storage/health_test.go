package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// judged keeps a sweep over four targets: one read, one suspect of which
// nothing was read, one that failed, one that still waits.
func judged(t testing.TB, db *storage.DB) *govsweep.Sweep {
	t.Helper()
	ctx := t.Context()
	s := &govsweep.Sweep{Kind: "census", AsOf: noon, Started: noon, State: govsweep.SweepRunning}
	var targets []govsweep.Target
	for _, id := range []govsweep.TargetID{"a", "b", "c", "d"} {
		targets = append(targets, govsweep.Target{ID: id, Kind: govsweep.SiteTarget})
	}
	must(t, db.CreateSweep(ctx, s, targets))
	for i, c := range []govsweep.Coverage{{Pages: govsweep.PageCounts{Read: 10}}, {Pages: govsweep.PageCounts{Blocked: 10}, Suspect: true}} {
		in := &govsweep.Inspection{Sweep: *s, Site: govsweep.Site{ID: targets[i].ID}, Coverage: c, Verdict: govsweep.Verdict{Grade: govsweep.Undecided}}
		must(t, db.SaveInspection(ctx, in, []byte("{}"), nil))
	}
	must(t, db.SaveSweepTarget(ctx, &govsweep.SweepTarget{Sweep: s.ID, Target: targets[2], State: govsweep.SweepFailed, Note: "失败"}))
	return s
}

// An account that nobody registered a source of closed the gate of its sweep.
func TestAnAccountWithoutASourceIsNotUnreachable(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		for kind, want := range map[string]int{govsweep.AccountSweep: 1, "census": 2} {
			s := &govsweep.Sweep{Kind: kind, AsOf: noon, Started: noon, State: govsweep.SweepRunning}
			targets := []govsweep.Target{{ID: "wechat:1", Kind: govsweep.AccountTarget}, {ID: "wechat:2", Kind: govsweep.AccountTarget}}
			must(t, db.CreateSweep(ctx, s, targets))
			for i, pages := range []govsweep.PageCounts{{}, {Unread: 1}} {
				in := &govsweep.Inspection{Sweep: *s, Site: govsweep.Site{ID: targets[i].ID}, Coverage: govsweep.Coverage{Pages: pages}, Verdict: govsweep.Verdict{Grade: govsweep.Undecided}}
				must(t, db.SaveInspection(ctx, in, []byte("{}"), nil))
			}
			if h, err := db.SweepHealth(ctx, s.ID); err != nil || h.Targets != 2 || h.Unreachable != want {
				t.Errorf("%s: %+v, %v", kind, h, err)
			}
		}
	})
}

func TestHealthOfASweep(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		var sweeps []*govsweep.Sweep
		for range 3 {
			sweeps = append(sweeps, judged(t, db))
		}
		controls := []govsweep.Control{{URL: "https://www.gov.cn/", OK: true}, {URL: "https://www.b.gov.cn/", Why: "15秒内未能打开"}}
		must(t, db.SaveControls(ctx, sweeps[1].ID, append(controls, controls...)))
		must(t, db.SaveControls(ctx, sweeps[1].ID, controls)) // in its place
		got, err := db.SweepHealth(ctx, sweeps[1].ID)
		must(t, err)
		want := govsweep.SweepHealth{Sweep: sweeps[1].ID, At: noon, Targets: 3, Failed: 1, Suspect: 1, Unreachable: 1, Controls: controls}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Error(diff)
		}
		for _, s := range sweeps[:2] {
			s.State = govsweep.SweepDone
			must(t, db.SaveSweep(ctx, s))
		}
		for name, c := range map[string]struct {
			kind   string
			before int64
			n      int
			want   []int64
		}{
			"before the running one":   {"census", sweeps[2].ID, 9, []int64{2, 1}},
			"the last one":             {"census", sweeps[2].ID, 1, []int64{2}},
			"before the second":        {"census", sweeps[1].ID, 9, []int64{1}},
			"the running one is not":   {"census", 99, 1, []int64{2}},
			"of a kind there is not":   {"sweep", 99, 9, nil},
			"before there was another": {"census", sweeps[0].ID, 9, nil},
		} {
			all, err := db.SweepHealths(ctx, c.kind, c.before, c.n)
			must(t, err)
			var ids []int64
			for _, h := range all {
				ids = append(ids, h.Sweep)
				if h.Targets != 3 || h.Failed != 1 {
					t.Errorf("%s: %+v", name, h)
				}
			}
			if diff := cmp.Diff(c.want, ids); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		if _, err := db.SweepHealth(ctx, 99); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("no such sweep: %v", err)
		}
	})
}
