package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/storage"
)

const judgeDSN = "GOVSWEEP_STORAGE_TEST_JUDGE"

// rounds is how many inspections the killed world has, faults how many there
// may be of one site.
const rounds, faults = 24, 60

// worldAt gives what the nth inspection of a made-up site sees: some faults
// stay, some go and come back, some are covered by a standing exemption that
// is revoked in the middle.
func worldAt(n int, s govsweep.Sweep) (*govsweep.Inspection, []govsweep.Exemption) {
	in := &govsweep.Inspection{Sweep: s, Site: site, Verdict: govsweep.Verdict{Target: site.Target(), Grade: govsweep.Undecided},
		Outcomes: []govsweep.Outcome{{Target: site.Target(), Indicator: "a", Status: govsweep.Found}, {Target: site.Target(), Indicator: "b", Status: govsweep.Found}}}
	for i := range faults {
		if (n+i)%(2+i%7) == 0 {
			continue // gone, to come back
		}
		f := finding(fmt.Sprintf("%012x%020d", i+1, i))
		f.Indicator, f.Class, f.Column = govsweep.IndicatorCode([]string{"a", "b"}[i%2]), govsweep.Deduction, nil
		f.ID, f.FirstSeen, f.LastSeen = "F"+fmt.Sprintf("%012X", i+1), s.AsOf, s.AsOf
		in.Findings = append(in.Findings, f)
	}
	e := govsweep.Exemption{ID: "E1", Scope: govsweep.SiteScope, Target: site.ID, Indicator: "b", Reason: "改版。", By: "王某", At: noon, Until: "2099-12-31"}
	if n >= rounds/2 {
		e.RevokedBy, e.RevokedAt = "王某", noon
	}
	return in, []govsweep.Exemption{e}
}

// judge concludes every inspection that is not kept yet, as a sweep does.
func judge(ctx context.Context, db *storage.DB, told func(int64)) error {
	sweeps, err := db.Sweeps(ctx)
	if err != nil {
		return err
	}
	for i := len(sweeps) - 1; i >= 0; i-- {
		s := sweeps[i]
		in, exemptions := worldAt(int(s.ID), s)
		standings, err := db.Standings(ctx, site.ID)
		if err != nil {
			return err
		}
		moves := rectify.Observe(rectify.Observation{Sweep: s.ID, At: s.Started, Site: site, Standings: standings, Inspection: in,
			Exemptions: exemptions, Read: func(string) bool { return true }})
		if err := db.SaveInspection(ctx, in, []byte("{}"), moves); err != nil {
			return err
		}
		told(s.ID)
	}
	return nil
}

// judgeUntilKilled is the second process.
func judgeUntilKilled() {
	ctx := context.Background()
	db, err := storage.Open(ctx, os.Getenv(judgeDSN), storage.Options{})
	if err == nil {
		err = judge(ctx, db, func(n int64) { fmt.Println(n) })
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

func sweepsToJudge(t *testing.T, db *storage.DB) {
	t.Helper()
	for n := range rounds {
		newSweep(t, db, day(n))
	}
}

// TestKilledConclusionsMoveTheSame kills the process that concludes
// inspections again and again; it begins from the first one each time.
// GOVSWEEP_TEST_KILLS sets the number of kills.
func TestKilledConclusionsMoveTheSame(t *testing.T) {
	kills := 4
	if n, err := strconv.Atoi(os.Getenv("GOVSWEEP_TEST_KILLS")); err == nil {
		kills = n
	}
	calm := open(t, sqliteDSN(t))
	sweepsToJudge(t, calm)
	must(t, judge(t.Context(), calm, func(int64) {}))
	want, err := calm.TransitionsBetween(t.Context(), storage.TransitionFilter{})
	must(t, err)
	if len(want) < 10*rounds {
		t.Fatalf("only %d transitions: the world is too quiet", len(want))
	}
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		sweepsToJudge(t, db)
		random := rand.New(rand.NewPCG(3, uint64(kills)))
		for kill := range kills {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), judgeDSN+"="+dsn)
			out, err := child.StdoutPipe()
			must(t, err)
			must(t, child.Start())
			for last := 0; last < (kill+1)*(rounds-4)/kills; {
				if _, err := fmt.Fscanln(out, &last); err != nil {
					t.Fatalf("child: %v", err)
				}
			}
			<-time.After(time.Duration(random.IntN(20)) * time.Millisecond) // into the middle of a write
			child.Process.Kill()
			child.Wait()
			whole(t, db)
		}
		must(t, judge(t.Context(), db, func(int64) {}))
		got, err := db.TransitionsBetween(t.Context(), storage.TransitionFilter{})
		must(t, err)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%d kills move something else (-calm +killed):\n%.4000s", kills, d)
		}
		t.Logf("%d kills, %d transitions, the same as without", kills, len(got))
	})
}

// whole checks that every finding stands where its history ends.
func whole(t *testing.T, db *storage.DB) {
	t.Helper()
	standings, err := db.Standings(t.Context(), site.ID)
	must(t, err)
	lines, err := db.TransitionsBetween(t.Context(), storage.TransitionFilter{})
	must(t, err)
	history := map[string][]govsweep.Transition{}
	for _, l := range lines {
		history[l.Fingerprint] = append(history[l.Fingerprint], l)
	}
	for _, s := range standings {
		end, err := rectify.Fold(history[s.Fingerprint])
		if err != nil || end.Status != s.Status || end.Seq != s.Seq || end.Exemption != s.Exemption || !end.Moved.Equal(s.Moved) {
			t.Errorf("%s stands as %s %d, its history ends in %s %d: %v", s.ID, s.Status, s.Seq, end.Status, end.Seq, err)
		}
	}
}
