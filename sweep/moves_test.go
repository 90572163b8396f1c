package sweep_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// one gives the finding of an indicator whose place has part in its address.
func (w *world) one(in *govsweep.Inspection, code, part string) govsweep.Finding {
	w.t.Helper()
	found := slices.DeleteFunc(slices.Clone(in.Findings), func(f govsweep.Finding) bool {
		return string(f.Indicator) != code || !strings.Contains(f.URL, part)
	})
	if len(found) != 1 {
		w.t.Fatalf("%d findings of %s at %s", len(found), code, part)
	}
	return found[0]
}

// decide keeps a person's decision; a veto is confirmed by two.
func (w *world) decide(id string, e govsweep.Event, by string) {
	w.t.Helper()
	s, err := w.db.StandingOf(w.ctx, id)
	must(w.t, err)
	d := rectify.Decision{Event: e, By: by, Reason: "经核实。", At: time.Now()}
	if e == govsweep.Exempt {
		d.Until = "2099-12-31"
	}
	move, err := rectify.Decide(*s, d)
	must(w.t, err)
	must(w.t, w.db.Move(w.ctx, []govsweep.Transition{move}))
}

// lives gives the history of a finding in short: "confirmed fixed+2" is a
// confirmation, and gone on two captures.
func (w *world) lives(id string) string {
	w.t.Helper()
	lines, err := w.db.Transitions(w.ctx, id)
	must(w.t, err)
	var words []string
	for _, l := range lines {
		word := string(l.To)
		if len(l.Proof) > 0 {
			word += "+"
		}
		words = append(words, word)
		for _, p := range l.Proof {
			d, err := govsweep.ParseDigest(p.Digest)
			must(w.t, err)
			if _, err := w.in.Evidence.Get(d); err != nil {
				w.t.Errorf("%s: the proof %s is not kept: %v", id, p.URL, err)
			}
			if _, err := w.db.Capture(w.ctx, d); err != nil {
				w.t.Errorf("%s: the proof %s is not in the index: %v", id, p.URL, err)
			}
		}
	}
	return strings.Join(words, " ")
}

// lines counts the transitions of everything.
func (w *world) lines() int {
	w.t.Helper()
	all, err := w.db.TransitionsBetween(w.ctx, storage.TransitionFilter{})
	must(w.t, err)
	return len(all)
}

func onBothEngines(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, sqlite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, server.DSN(t)) })
}

func TestAnInspectionMovesWhatItReadAndNothingElse(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, dsn string) {
		b := newBoard()
		home, _ := counted(t, b)
		w := newWorld(t, dsn, crawler.Options{})
		first := w.inspect(home)
		stale := w.one(first, "column-stale", "/tzgg/")
		blank := w.one(first, "column-blank", "/kb0/")
		away := w.one(first, "column-blank", "/kb1/")
		if w.lines() != 0 {
			t.Fatalf("%d transitions at the first inspection", w.lines())
		}
		w.decide(stale.ID, govsweep.Confirm, "李某")
		w.decide(away.ID, govsweep.Confirm, "李某")

		w.inspect(home) // the same world
		if got := w.lines(); got != 2 {
			t.Errorf("%d transitions, want those of the persons alone", got)
		}

		b.set("/tzgg/", b.list("通知公告", "2026-11-18", "2026-03-02", "2026-02-01"))
		b.set("/kb0/", b.list("专题甲", "2026-11-02"))
		b.set("/kb1/", func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "稍后再试", http.StatusServiceUnavailable)
		})
		w.inspect(home)
		for id, want := range map[string]string{stale.ID: "confirmed fixed+", blank.ID: "fixed+", away.ID: "confirmed"} {
			if got := w.lives(id); got != want {
				t.Errorf("%s: %q, want %q", id, got, want)
			}
		}
		before := w.lines()
		w.inspect(home)
		if got := w.lines(); got != before {
			t.Errorf("the same world again added %d transitions", got-before)
		}

		b.set("/tzgg/", b.list("通知公告", "2026-03-02", "2026-02-01", "2026-01-05"))
		again := w.inspect(home)
		if got := w.lives(stale.ID); got != "confirmed fixed+ reopened+" {
			t.Errorf("the fault came back: %q", got)
		}
		if f := w.one(again, "column-stale", "/tzgg/"); f.Status != govsweep.Reopened || f.ID != stale.ID {
			t.Errorf("told as %s %s", f.ID, f.Status)
		}
	})
}

func TestARejectedColumnLiftsTheVetoAtTheNextInspectionAndInAReplay(t *testing.T) {
	t.Parallel()
	b := newBoard()
	home, _ := counted(t, b)
	w := newWorld(t, sqlite(t), crawler.Options{})
	first := w.inspect(home)
	veto := w.one(first, "column-blank-veto", "")
	w.decide(w.one(first, "column-blank", "/kb3/").ID, govsweep.Reject, "王某")

	raw, err := w.db.Dossier(w.ctx, govsweep.Run{Sweep: first.Sweep.ID, Target: first.Site.ID})
	must(t, err)
	var d facts.Dossier
	must(t, json.Unmarshal(raw, &d))
	standings, err := w.db.Standings(w.ctx, first.Site.ID)
	must(t, err)
	replayed, _ := sweep.JudgeKnowing(&d, w.in.Rules, w.in.Indicators, &first.Sweep, sweep.Known{At: time.Now(), Standings: standings})
	second := w.inspect(home)
	for name, in := range map[string]*govsweep.Inspection{"replayed": replayed, "inspected again": second} {
		if slices.Contains(in.Verdict.Vetoes, "column-blank-veto") {
			t.Errorf("%s: four blank columns and a rejected one are still a veto", name)
		}
		i := slices.IndexFunc(in.Columns, func(c govsweep.ColumnVerdict) bool { return strings.Contains(c.URL, "/kb3/") })
		if i < 0 || in.Columns[i].Verdict != govsweep.ColumnExempt || !strings.Contains(in.Columns[i].Why, "经人工核查已排除") {
			t.Errorf("%s: the verdict over the column does not say why", name)
		}
	}
	w.one(second, "column-blank", "/kb3/") // still listed
	if got := w.lives(veto.ID); got != "fixed+" {
		t.Errorf("the veto: %q", got)
	}
	history, err := w.db.Transitions(w.ctx, veto.ID)
	must(t, err)
	if why := history[len(history)-1].Reason; !strings.Contains(why, "经人员排除或豁免") {
		t.Errorf("the history of the veto reads as if a column had been mended: %q", why)
	}
	before := w.lines()
	w.inspect(home)
	if got := w.lines(); got != before {
		t.Errorf("the same world again added %d transitions", got-before)
	}
}

func TestAStandingExemptionAppliesFromTheFirstInspectionOn(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, dsn string) {
		b := newBoard()
		home, _ := counted(t, b)
		w := newWorld(t, dsn, crawler.Options{})
		site := w.portal(home)
		for _, code := range []govsweep.IndicatorCode{"column-blank-veto", "column-stale"} {
			must(t, w.db.SaveExemption(w.ctx, &govsweep.Exemption{Scope: govsweep.SiteScope, Target: site.ID, Indicator: code, Reason: "网站正在改版。",
				By: "王某", At: time.Now(), Until: "2026-12-31"}))
		}
		first := w.inspect(home)
		veto := w.one(first, "column-blank-veto", "")
		if veto.Status != govsweep.Exempted || slices.Contains(first.Verdict.Vetoes, "column-blank-veto") {
			t.Errorf("at birth: %s, vetoes %v", veto.Status, first.Verdict.Vetoes)
		}
		stale := w.one(first, "column-stale", "/tzgg/")
		if s, err := w.db.StandingOf(w.ctx, stale.ID); err != nil || s.Status != govsweep.Exempted || s.Exemption != "E2" || s.Until != "2026-12-31" {
			t.Errorf("stands as %+v, %v", s, err)
		}
		w.inspect(home)
		must(t, w.db.RevokeExemption(w.ctx, "E1", "王某", time.Now()))
		last := w.inspect(home)
		if got := w.lives(veto.ID); got != "exempted+ proposed+" || !slices.Contains(last.Verdict.Vetoes, "column-blank-veto") {
			t.Errorf("revoked: %q, vetoes %v", got, last.Verdict.Vetoes)
		}
		if got := w.lives(stale.ID); got != "exempted+" {
			t.Errorf("the exemption that stands: %q", got)
		}
	})
}

// hurried is a store in which somebody decides while a result is written.
type hurried struct {
	*storage.DB
	meanwhile []func()
}

func (h *hurried) SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error {
	if len(h.meanwhile) > 0 {
		h.meanwhile[0]()
		h.meanwhile = h.meanwhile[1:]
	}
	return h.DB.SaveInspection(ctx, in, dossier, moves)
}

func TestAPersonWhoDecidesMeanwhileIsNotOverruled(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, dsn string) {
		b := newBoard()
		home, _ := counted(t, b)
		w := newWorld(t, dsn, crawler.Options{})
		first := w.inspect(home)
		blank := w.one(first, "column-blank", "/kb0/")
		stale := w.one(first, "column-stale", "/tzgg/")
		b.set("/kb0/", b.list("专题甲", "2026-11-02"))
		b.set("/tzgg/", b.list("通知公告", "2026-11-18", "2026-03-02", "2026-02-01"))
		w.in.Store = &hurried{w.db, []func(){
			func() { w.decide(blank.ID, govsweep.Confirm, "李某") },
			func() { w.decide(blank.ID, govsweep.Reject, "王某") },
		}}
		second := w.inspect(home)
		for id, want := range map[string]string{blank.ID: "confirmed rejected", stale.ID: "fixed+"} {
			if got := w.lives(id); got != want {
				t.Errorf("%s: %q, want %q", id, got, want)
			}
		}
		if _, err := w.db.Inspection(w.ctx, govsweep.Run{Sweep: second.Sweep.ID, Target: second.Site.ID}); err != nil {
			t.Error(err)
		}
	})
}

// TestNoOrderAndNoRepetitionMovesAnything sweeps one unchanged farm again and
// again in any order of its sites and with any number of requests at a time.
func TestNoOrderAndNoRepetitionMovesAnything(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, dsn string) {
		f := startFarm(t, 2)
		w := farmWorld(t, f, dsn, sweep.Limits{Parallel: 4})
		s, _ := w.run(f.Sites()...)
		found, err := w.db.Findings(w.ctx, storage.FindingFilter{Sweep: s.ID})
		must(t, err)
		for i, f := range found {
			if f.Class != govsweep.Veto && f.Column == nil && i%3 > 0 { // an excused column would end a veto
				w.decide(f.ID, []govsweep.Event{govsweep.Confirm, govsweep.Exempt}[i%2], "李某")
			}
		}
		stood, before := w.standings(f.Sites()), w.lines()
		sites := slices.Clone(f.Sites())
		for _, parallel := range []int{3, 8} {
			slices.Reverse(sites)
			farmWorld(t, f, dsn, sweep.Limits{Parallel: parallel}).run(sites...)
		}
		if got := w.lines(); got != before {
			all, err := w.db.TransitionsBetween(w.ctx, storage.TransitionFilter{})
			must(t, err)
			t.Errorf("%d transitions more, the last %+v", got-before, all[len(all)-1])
		}
		if d := cmp.Diff(stood, w.standings(f.Sites())); d != "" {
			t.Errorf("findings stand elsewhere (-before +after):\n%.3000s", d)
		}
		t.Logf("%d findings, %d decided, two sweeps more", len(found), before)
	})
}

// standings tells where every finding of the sites stands.
func (w *world) standings(sites []govsweep.Site) []string {
	w.t.Helper()
	var out []string
	for _, site := range sites {
		all, err := w.db.Standings(w.ctx, site.ID)
		must(w.t, err)
		for _, s := range all {
			out = append(out, fmt.Sprintln(s.Target, s.ID, s.Status, s.Seq, s.Until))
		}
	}
	return out
}
