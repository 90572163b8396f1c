package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/storage"
)

// TestAKilledSweepEndsLikeAnUnkilledOne kills a sweep of the farm at random
// moments, resumes it each time, and compares pages and findings with a
// sweep that nobody disturbed. GOVSWEEP_TEST_KILLS sets the number of kills.
func TestAKilledSweepEndsLikeAnUnkilledOne(t *testing.T) {
	onSQLite, onPostgres := 12, 8
	if raced.On {
		onSQLite, onPostgres = 4, 3
	}
	t.Run("sqlite", func(t *testing.T) { killed(t, envInt("GOVSWEEP_TEST_KILLS", onSQLite), func(*program) {}) })
	t.Run("postgres", func(t *testing.T) {
		killed(t, envInt("GOVSWEEP_TEST_KILLS", onPostgres), func(p *program) { p.dsn = server.DSN(t) })
	})
}

func killed(t *testing.T, kills int, choose func(*program)) {
	t.Parallel()
	f := startFarm(t, farm.Options{Seed: 7, Sites: 6, Latency: 50 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	asOf := []string{"--as-of", "2026-11-20"}
	sweep := append(asOf, "sweep", "run", "--rate", "-1", "--parallel", "4", "--fail-on", "none")

	calm := newProgram(t, f)
	choose(calm)
	calm.register()
	calm.past()
	calm.run(sweep...)

	killed := newProgram(t, f)
	choose(killed)
	killed.register()
	killed.past()
	random := rand.New(rand.NewPCG(1, uint64(kills)))
	done := 0
	for ; done < kills; done++ {
		args := sweep
		if killed.begun() {
			args = append(asOf, "sweep", "resume")
		}
		asked := time.Now()
		killed.run("schedule", "list")
		start := time.Since(asked) // what it takes a process to come up on this machine
		if !killed.killAfter(start*3/4+time.Duration(random.IntN(max(60, 8400/kills)))*time.Millisecond, args...) {
			break
		}
	}
	if !killed.begun() {
		t.Fatalf("%d kills all came before the sweep began: the test kills too early", done)
	}
	killed.run(append(asOf, "sweep", "resume")...)

	want, got := calm.findings(), killed.findings()
	if len(want) < 50 {
		t.Fatalf("only %d findings: the farm has more", len(want))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("findings differ after %d kills (-calm +killed):\n%.4000s", done, d)
	}
	pages, again := calm.pages(), killed.pages()
	if d := cmp.Diff(pages, again); d != "" {
		t.Errorf("pages differ after %d kills (-calm +killed):\n%.40000s", done, d)
	}
	moves, moved := calm.moves(), killed.moves()
	if len(moves) < 20 {
		t.Fatalf("only %d transitions: the farm has more faults that came back and more that are gone", len(moves))
	}
	if d := cmp.Diff(moves, moved); d != "" {
		t.Errorf("transitions differ after %d kills (-calm +killed):\n%.4000s", done, d)
	}
	t.Logf("%d kills: %d pages, %d findings and %d transitions, the same as without", done, len(again), len(got), len(moved))
	if done < kills/2 {
		t.Errorf("the sweep ended after %d of %d kills: the test kills too late", done, kills)
	}
}

// past makes up an earlier inspection that found every registered column
// blank and stale: a third of that was confirmed, a third fixed since, and of
// one site a standing exemption covers it. So the sweep has faults that are
// gone, that came back and that are excused.
func (p *program) past() {
	p.t.Helper()
	ctx, at := context.Background(), time.Date(2026, 11, 2, 12, 0, 0, 0, govsweep.Shanghai)
	db, err := storage.Open(ctx, p.dsn, storage.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	keep := func(err error) {
		p.t.Helper()
		if err != nil {
			p.t.Fatal(err)
		}
	}
	for i, site := range p.farm.Sites() {
		s := govsweep.Sweep{Kind: govsweep.RetestSweep, AsOf: at, Started: at, State: govsweep.SweepDone}
		keep(db.CreateSweep(ctx, &s, []govsweep.Target{site.Target()}))
		in := &govsweep.Inspection{Sweep: s, Site: site, Verdict: govsweep.Verdict{Grade: govsweep.Undecided}}
		columns, err := db.Columns(ctx, site.ID)
		keep(err)
		var moves []govsweep.Transition
		for n, c := range columns {
			for m, code := range []govsweep.IndicatorCode{"column-blank", "column-stale"} {
				f := govsweep.Finding{Indicator: code, Class: govsweep.Norm, Fingerprint: rules.Fingerprint(code, site.ID, c.URL), URL: c.URL,
					Column: &govsweep.ColumnRef{Name: c.Name, URL: c.URL}, Pages: []string{c.URL}, FirstSeen: at, LastSeen: at}
				in.Findings = append(in.Findings, f)
				line := govsweep.Transition{Target: site.ID, Fingerprint: f.Fingerprint, Seq: 1, At: at, Event: govsweep.Confirm, From: govsweep.Proposed,
					To: govsweep.Confirmed, By: "李某", Reason: "属实。"}
				fixed := line
				fixed.Seq, fixed.Event, fixed.From, fixed.To = 2, govsweep.Gone, govsweep.Confirmed, govsweep.Fixed
				moves = append(moves, [][]govsweep.Transition{{}, {line}, {line, fixed}}[(n+m)%3]...)
			}
		}
		keep(db.SaveInspection(ctx, in, []byte("{}"), moves))
		if i == 1 {
			keep(db.SaveExemption(ctx, &govsweep.Exemption{Scope: govsweep.SiteScope, Target: site.ID, Indicator: "column-stale", Reason: "网站正在改版。",
				By: "王某", At: at, Until: "2026-12-31"}))
		}
	}
}

// moves lists the transitions of all sweeps without their time.
func (p *program) moves() []string {
	p.t.Helper()
	db, err := storage.Open(context.Background(), p.dsn, storage.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	all, err := db.TransitionsBetween(context.Background(), storage.TransitionFilter{})
	if err != nil {
		p.t.Fatal(err)
	}
	var out []string
	for _, l := range all {
		line := fmt.Sprintln(l.Target, l.Fingerprint, l.Seq, l.Event, l.From, l.To, l.By, l.Until, l.Sweep, l.Exemption)
		for _, e := range l.Proof {
			line += fmt.Sprintln(e.Digest, e.Kind, e.URL)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// killAfter starts a process and kills it; false when it had ended by itself.
func (p *program) killAfter(d time.Duration, args ...string) bool {
	p.t.Helper()
	c := p.command(args...)
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case <-ended:
		return false
	case <-time.After(d):
		if err := c.Process.Kill(); err != nil {
			p.t.Logf("kill: %v", err)
		}
		<-ended
		return true
	}
}

// begun says whether a sweep is kept: a kill may come before it is.
func (p *program) begun() bool {
	db, err := storage.Open(context.Background(), p.dsn, storage.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	_, err = db.LastSweep(context.Background())
	return err == nil
}

// read counts the pages a running sweep has read; 0 while there is none.
func (p *program) read() int {
	db, err := storage.Open(context.Background(), p.dsn, storage.Options{NoMigrate: true})
	if err != nil {
		return 0
	}
	defer db.Close()
	s, err := db.LastSweep(context.Background())
	if err != nil {
		return 0
	}
	targets, err := db.SweepTargets(context.Background(), s.ID)
	if err != nil {
		return 0
	}
	n := 0
	for _, target := range targets {
		counts, _, err := db.CountVisits(context.Background(), govsweep.Run{Sweep: s.ID, Target: target.Target.ID})
		if err == nil {
			n += counts.Done
		}
	}
	return n
}

// pages lists every address read in the last sweep with how it ended.
func (p *program) pages() []string {
	p.t.Helper()
	ctx := context.Background()
	db, err := storage.Open(ctx, p.dsn, storage.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	s, err := db.LastSweep(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	targets, err := db.SweepTargets(ctx, s.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	var out []string
	for _, target := range targets {
		err := db.EachRecord(ctx, govsweep.Run{Sweep: s.ID, Target: target.Target.ID}, func(r *govsweep.Record) error {
			out = append(out, string(r.Visit.Role)+" "+r.Visit.URL+" "+r.Visit.Form+" "+string(r.Failure)+" "+r.Digest.String())
			return nil
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
	slices.Sort(out)
	return out
}
