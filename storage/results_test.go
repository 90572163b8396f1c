package storage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

const print1, print2 = "aaaaaaaaaaaa11112222333344445555", "aaaaaabbbbbb11112222333344445555"

func finding(fingerprint string) govsweep.Finding {
	return govsweep.Finding{
		Fingerprint: fingerprint, Target: site.Target(), Indicator: "column-blank-veto", BookID: "SV-04c", Class: govsweep.Veto,
		Status: govsweep.Proposed, URL: "https://www.a.gov.cn/x/", Pages: []string{"https://www.a.gov.cn/x/"}, GroupSize: 1,
		Column:  &govsweep.ColumnRef{Name: "通知公告", Path: []string{"首页", "通知公告"}, URL: "https://www.a.gov.cn/x/"},
		Summary: "栏目“通知公告”为空白栏目。", Detail: []string{"列表中没有条目"}, Clause: "国办秘函〔2019〕19号", Remedy: "补充内容",
		Evidence: []govsweep.Evidence{{Digest: govsweep.DigestOf(nil).String(), Kind: "page"}}, NeedsReview: true,
		Locator: "https://www.a.gov.cn/x/", Scores: 3, Unproven: true,
	}
}

// inspectionAt gives what an inspection of a new sweep at a time found.
func inspectionAt(t testing.TB, db *storage.DB, at time.Time, prints ...string) *govsweep.Inspection {
	s := newSweep(t, db, at)
	score := govsweep.Points(875)
	in := &govsweep.Inspection{
		Sweep: *s, Site: site,
		Verdict: govsweep.Verdict{Target: site.Target(), Sweep: s.ID, Rulebook: "gov-2019-19", Grade: govsweep.Unqualified, Score: &score,
			Vetoes: []govsweep.IndicatorCode{"column-blank-veto"}, Open: []govsweep.IndicatorCode{}},
		Coverage: govsweep.Coverage{Target: site.Target(), Sweep: s.ID, Pages: govsweep.PageCounts{Read: 812, Blocked: 3}, Reasons: map[string]int{"超时": 3}},
		Columns: []govsweep.ColumnVerdict{{ColumnActivity: govsweep.ColumnActivity{Column: govsweep.Column{Site: site.ID, URL: "https://www.a.gov.cn/x/", Name: "通知公告"},
			Weeks: [52]int{1, 2}}, Verdict: govsweep.ColumnBlank, AgeDays: -1, Why: "没有条目。"}},
		Uncovered: []govsweep.Uncovered{{BookID: "SV-01", Name: "站点无法访问", Why: "需要一周的监测。"}},
		Book:      govsweep.BookTitle{ID: "gov-2019-19", Citation: "国办秘函〔2019〕19号"},
	}
	for _, p := range prints {
		in.Findings = append(in.Findings, finding(p))
	}
	in.Outcomes = []govsweep.Outcome{
		{Target: site.Target(), Indicator: "column-blank-veto", BookID: "SV-04c", Class: govsweep.Veto, Status: govsweep.Found, Count: len(prints)},
		{Target: site.Target(), Indicator: "home-stale", BookID: "SV-03", Class: govsweep.Veto, Status: govsweep.NotMeasured, Reason: "首页未能读取。"},
	}
	return in
}

func save(t testing.TB, db *storage.DB, in *govsweep.Inspection) {
	t.Helper()
	must(t, db.SaveInspection(t.Context(), in, []byte(`{"sweep":`+fmt.Sprint(in.Sweep.ID)+`}`), nil))
}

func TestInspectionComesBackWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		in := inspectionAt(t, db, noon, print1, print2)
		of := govsweep.Run{Sweep: in.Sweep.ID, Target: site.ID}
		if _, err := db.Inspection(ctx, of); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("not judged yet: %v", err)
		}
		save(t, db, in)
		save(t, db, in) // again: the same
		if in.Findings[0].ID != "FAAAAAAAAAAAA" || !in.Findings[0].FirstSeen.Equal(noon) || in.Findings[0].Sweep != in.Sweep.ID {
			t.Errorf("not written back: %+v", in.Findings[0])
		}
		got, err := db.Inspection(ctx, of)
		must(t, err)
		in.Outcomes[0].Findings = in.Findings
		if diff := cmp.Diff(in, got); diff != "" {
			t.Error(diff)
		}
		outcomes, err := db.Outcomes(ctx, in.Sweep.ID)
		must(t, err)
		verdicts, err := db.Verdicts(ctx, in.Sweep.ID)
		must(t, err)
		one, err := db.Verdict(ctx, of)
		must(t, err)
		if diff := cmp.Diff(verdicts[0], *one); diff != "" {
			t.Error(diff)
		}
		if _, err := db.Verdict(ctx, govsweep.Run{Sweep: in.Sweep.ID + 1, Target: site.ID}); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("a sweep that is not there: %v", err)
		}
		coverages, err := db.Coverages(ctx, in.Sweep.ID)
		must(t, err)
		columns, err := db.ColumnVerdicts(ctx, of)
		must(t, err)
		in.Outcomes[0].Findings = nil
		for _, diff := range []string{cmp.Diff(in.Outcomes, outcomes), cmp.Diff([]govsweep.Verdict{in.Verdict}, verdicts),
			cmp.Diff([]govsweep.Coverage{in.Coverage}, coverages), cmp.Diff(in.Columns, columns)} {
			if diff != "" {
				t.Error(diff)
			}
		}
		targets, err := db.SweepTargets(ctx, in.Sweep.ID)
		must(t, err)
		if len(targets) != 1 || targets[0].State != govsweep.SweepDone || targets[0].Target != site.Target() {
			t.Errorf("targets %+v", targets)
		}
	})
}

func TestDossiers(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		if d, err := db.LastDossier(ctx, site.ID, 1<<40); d != nil || err != nil {
			t.Errorf("no dossier: %q %v", d, err)
		}
		first, unjudged, second := inspectionAt(t, db, noon), newSweep(t, db, noon), inspectionAt(t, db, noon)
		save(t, db, second)
		save(t, db, first)
		for before, want := range map[int64]string{first.Sweep.ID: "", unjudged.ID: `{"sweep":1}`, second.Sweep.ID: `{"sweep":1}`, 1 << 40: `{"sweep":3}`} {
			if d, err := db.LastDossier(ctx, site.ID, before); string(d) != want || err != nil {
				t.Errorf("before %d: %q %v", before, d, err)
			}
		}
		n := 0
		must(t, db.EachDossier(ctx, second.Sweep.ID, func(id govsweep.TargetID, d []byte) error {
			if n++; id != site.ID || string(d) != `{"sweep":3}` {
				t.Errorf("%s %s", id, d)
			}
			return nil
		}))
		if _, err := db.Dossier(ctx, govsweep.Run{Sweep: unjudged.ID, Target: site.ID}); n != 1 || govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("%d dossiers, %v", n, err)
		}
	})
}

// Inspecting an unchanged site again changes nothing but last_seen, in
// whatever order sweeps are saved and however often.
func TestSameFingerprintMovesLastSeenOnly(t *testing.T) {
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		var all []*govsweep.Inspection
		for n := range 4 {
			all = append(all, inspectionAt(t, db, day(n), print1))
		}
		order := []int{0, 1, 2, 3, 0, 1, 2, 3}
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			again := *all[i]
			again.Findings = []govsweep.Finding{finding(print1)}
			save(t, db, &again)
		}
		for _, in := range all {
			got, err := db.Findings(ctx, storage.FindingFilter{Sweep: in.Sweep.ID})
			must(t, err)
			want := finding(print1)
			want.ID, want.Sweep, want.FirstSeen, want.LastSeen = "FAAAAAAAAAAAA", in.Sweep.ID, day(0), day(3)
			if diff := cmp.Diff([]govsweep.Finding{want}, got); diff != "" {
				t.Errorf("sweep %d: %s", in.Sweep.ID, diff)
			}
		}
	})
}

func TestFindingsAreFilteredAndPaged(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		var prints []string
		for n := range 25 {
			prints = append(prints, fmt.Sprintf("%012x%020d", 24-n, n))
		}
		in := inspectionAt(t, db, noon, append(prints, prints[0])...)
		save(t, db, in)
		save(t, db, inspectionAt(t, db, noon, print1))
		for _, c := range []struct {
			name   string
			filter storage.FindingFilter
			want   int
		}{
			{"all of the sweep", storage.FindingFilter{}, 25},
			{"of the target", storage.FindingFilter{Target: site.ID}, 25},
			{"of another target", storage.FindingFilter{Target: "x"}, 0},
			{"of the class", storage.FindingFilter{Class: govsweep.Norm}, 0},
			{"of the indicator", storage.FindingFilter{Indicator: "column-blank-veto", Status: govsweep.Proposed}, 25},
			{"confirmed", storage.FindingFilter{Status: govsweep.Confirmed}, 0},
		} {
			c.filter.Sweep = in.Sweep.ID
			got, err := db.Findings(ctx, c.filter)
			must(t, err)
			if len(got) != c.want {
				t.Errorf("%s: %d", c.name, len(got))
			}
		}
		seen := map[string]bool{}
		page := storage.FindingFilter{Sweep: in.Sweep.ID, Limit: 10}
		for {
			got, err := db.Findings(ctx, page)
			must(t, err)
			if len(got) == 0 {
				break
			}
			for _, f := range got {
				seen[f.Fingerprint] = true
			}
			page.After = storage.Cursor(&got[len(got)-1])
		}
		if len(seen) != 25 {
			t.Errorf("%d findings over all pages", len(seen))
		}
	})
}

func TestFindingByBeginningOfItsID(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		save(t, db, inspectionAt(t, db, noon, print1))
		last := inspectionAt(t, db, noon.AddDate(0, 0, 1), print1, print2)
		save(t, db, last)
		for _, c := range []struct {
			id   string
			kind govsweep.ErrorKind
		}{{"FAAAAAAAAAAAA", ""}, {"faaaaaab", ""}, {"FAAAAAA", govsweep.Conflict}, {"F0", govsweep.NotFound}, {"F%", govsweep.Wrong}, {"", govsweep.Wrong}, {"AAAAA", govsweep.Wrong}} {
			f, err := db.Finding(ctx, c.id)
			if govsweep.KindOf(err) != c.kind {
				t.Errorf("%q: %v", c.id, err)
			}
			if err == nil && (f.Sweep != last.Sweep.ID || !strings.HasPrefix(f.ID, strings.ToUpper(c.id))) {
				t.Errorf("%q gives %s of sweep %d", c.id, f.ID, f.Sweep)
			}
		}
	})
}

// An inspection that breaks a rule of the database leaves the former one whole.
func TestRefusedInspectionChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		in := inspectionAt(t, db, noon, print1)
		of := govsweep.Run{Sweep: in.Sweep.ID, Target: site.ID}
		save(t, db, in)
		want, err := db.Inspection(ctx, of)
		must(t, err)
		for name, spoil := range map[string]func(*govsweep.Inspection){
			"grade":       func(b *govsweep.Inspection) { b.Verdict.Grade = "good" },
			"class":       func(b *govsweep.Inspection) { b.Findings[0].Class = "x" },
			"outcome":     func(b *govsweep.Inspection) { b.Outcomes[0].Status = "x" },
			"column":      func(b *govsweep.Inspection) { b.Columns[0].Verdict = "x" },
			"fingerprint": func(b *govsweep.Inspection) { b.Findings[0].Fingerprint = "" },
		} {
			bad := *want
			bad.Findings = []govsweep.Finding{finding(print2)}
			bad.Outcomes = append([]govsweep.Outcome{}, want.Outcomes...)
			bad.Columns = append([]govsweep.ColumnVerdict{}, want.Columns...)
			spoil(&bad)
			if err := db.SaveInspection(ctx, &bad, nil, nil); govsweep.KindOf(err) != govsweep.Internal {
				t.Errorf("%s: %v", name, err)
			}
			got, err := db.Inspection(ctx, of)
			must(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}

func TestTheLastInspectionIsTheOneWithTheLatestCheckPoint(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		if _, err := db.LastJudged(t.Context(), site.ID); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("none yet: %v", err)
		}
		for _, step := range []struct {
			at   time.Time
			want int // the sweep that is then the last, by its place in this list
		}{{noon, 0}, {noon, 1}, {noon.AddDate(-6, 0, 0), 1}, {noon.AddDate(0, 0, 1), 3}} {
			save(t, db, inspectionAt(t, db, step.at))
			last, err := db.LastJudged(t.Context(), site.ID)
			must(t, err)
			if last.ID != int64(step.want+1) {
				t.Errorf("after one of %s: sweep %d of %s is the last, want %d", step.at, last.ID, last.AsOf, step.want+1)
			}
		}
	})
}
