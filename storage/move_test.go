package storage_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func unix(ms int64) time.Time { return time.UnixMilli(ms).In(govsweep.Shanghai) }

func day(n int) time.Time { return noon.AddDate(0, 0, n) }

// moved gives the next line of a finding as it stands now.
func moved(t testing.TB, db *storage.DB, id string, e govsweep.Event, to govsweep.FindingStatus, by string, at time.Time) govsweep.Transition {
	t.Helper()
	s, err := db.StandingOf(t.Context(), id)
	must(t, err)
	return govsweep.Transition{Target: s.Target, Fingerprint: s.Fingerprint, Finding: s.ID, Seq: s.Seq + 1, At: at, Event: e, From: s.Status, To: to,
		By: by, Reason: "经核实。"}
}

func TestALineIsAddedBehindTheLastOneOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		in := inspectionAt(t, db, noon, print1, print2)
		save(t, db, in)
		confirm := moved(t, db, "FAAAAAAAAAAAA", govsweep.Confirm, govsweep.Confirmed, "李某", day(1))
		must(t, db.Move(ctx, []govsweep.Transition{confirm}))
		must(t, db.Move(ctx, []govsweep.Transition{confirm})) // again: nothing
		exempt := moved(t, db, "FAAAAAAAAAAAA", govsweep.Exempt, govsweep.Exempted, "王某", day(2))
		exempt.Until, exempt.Proof = "2026-06-30", []govsweep.Evidence{{Digest: govsweep.DigestOf(nil).String(), Kind: "page", URL: "https://www.a.gov.cn/"}}
		exempt.Exemption = "E1"
		expire := exempt
		expire.Seq, expire.At, expire.Event, expire.From, expire.To, expire.By, expire.Until, expire.Proof = 3, day(3), govsweep.Expire, govsweep.Exempted, govsweep.Proposed, "", "", nil
		must(t, db.Move(ctx, []govsweep.Transition{exempt, expire}))
		must(t, db.Move(ctx, []govsweep.Transition{confirm, exempt, expire}))
		for name, spoil := range map[string]func(*govsweep.Transition){
			"a line in the place of another": func(m *govsweep.Transition) { m.Seq = 3 },
			"the same line by another":       func(m *govsweep.Transition) { *m = expire; m.By = "赵某" },
			"a line that leaves a gap":       func(m *govsweep.Transition) { m.Seq = 5 },
			"a status that has passed":       func(m *govsweep.Transition) { m.From = govsweep.Exempted },
		} {
			bad := moved(t, db, "FAAAAAAAAAAAA", govsweep.Reject, govsweep.Rejected, "王某", day(4))
			spoil(&bad)
			other := moved(t, db, "FAAAAAAB", govsweep.Reject, govsweep.Rejected, "王某", day(4))
			if err := db.Move(ctx, []govsweep.Transition{other, bad}); govsweep.KindOf(err) != govsweep.Conflict || !strings.Contains(err.Error(), "FAAAAAAAAAAAA") {
				t.Errorf("%s: %v", name, err)
			}
			if s, err := db.StandingOf(ctx, "FAAAAAAB"); err != nil || s.Status != govsweep.Proposed {
				t.Errorf("%s: half of the moves are kept: %v", name, err)
			}
		}
		unknown := confirm
		unknown.Fingerprint = "no"
		if err := db.Move(ctx, []govsweep.Transition{unknown}); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("a finding nobody knows: %v", err)
		}
		timeless := moved(t, db, "FAAAAAAAAAAAA", govsweep.Confirm, govsweep.Confirmed, "", time.Time{})
		if err := db.Move(ctx, []govsweep.Transition{timeless}); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("a line without a time: %v", err)
		}
		if s, err := db.StandingOf(ctx, "FAAAAAAAAAAAA"); err != nil || s.Exemption != "" || s.Until != "" {
			t.Errorf("behind the end of its exemption: %+v %v", s, err)
		}
		got, err := db.Transitions(ctx, "FAAAAAAAAAAAA")
		must(t, err)
		if diff := cmp.Diff([]govsweep.Transition{confirm, exempt, expire}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhereAFindingStands(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		save(t, db, inspectionAt(t, db, noon, print1, print2))
		last := inspectionAt(t, db, day(1), print1)
		last.Findings[0].Pages = []string{"https://www.a.gov.cn/x/", "https://www.a.gov.cn/y/"}
		save(t, db, last)
		exempt := moved(t, db, "FAAAAAAAAAAAA", govsweep.Exempt, govsweep.Exempted, "王某", day(2))
		exempt.Until, exempt.Exemption = "2026-06-30", "E1"
		must(t, db.Move(ctx, []govsweep.Transition{exempt}))
		want := govsweep.Standing{Target: site.ID, Fingerprint: print1, ID: "FAAAAAAAAAAAA", Indicator: "column-blank-veto", BookID: "SV-04c",
			Class: govsweep.Veto, Status: govsweep.Exempted, Until: "2026-06-30", Exemption: "E1", Seq: 1, Moved: day(2), FirstSeen: noon,
			LastSeen: day(1), LastSweep: last.Sweep.ID, Column: last.Findings[0].Column, URL: "https://www.a.gov.cn/x/", Pages: last.Findings[0].Pages}
		all, err := db.Standings(ctx, site.ID)
		must(t, err)
		if len(all) != 2 || all[1].ID != "FAAAAAABBBBBB" || all[1].LastSweep != 1 || all[1].Seq != 0 || !all[1].Moved.IsZero() {
			t.Fatalf("standings of the target: %+v", all)
		}
		if diff := cmp.Diff(want, all[0]); diff != "" {
			t.Error(diff)
		}
		one, err := db.StandingOf(ctx, "faaaaaaa")
		must(t, err)
		if diff := cmp.Diff(&want, one); diff != "" {
			t.Error(diff)
		}
		if _, err := db.StandingOf(ctx, "F00"); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("unknown finding: %v", err)
		}
		if none, err := db.Standings(ctx, "other"); len(none) != 0 || err != nil {
			t.Errorf("another target: %v %v", none, err)
		}
	})
}

func TestAnEndorsementStandsUntilTheNextLine(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		save(t, db, inspectionAt(t, db, noon, print1))
		for i, step := range []struct {
			event  govsweep.Event
			to     govsweep.FindingStatus
			by     string
			undoes int
			want   string
		}{
			{govsweep.Endorse, govsweep.Proposed, "李某", 0, "李某"},
			{govsweep.Confirm, govsweep.Confirmed, "王某", 0, ""},
			{govsweep.Undo, govsweep.Proposed, "王某", 2, ""},
			{govsweep.Endorse, govsweep.Proposed, "王某", 0, "王某"},
			{govsweep.Reject, govsweep.Rejected, "李某", 0, ""},
		} {
			m := moved(t, db, "FAAAAAAAAAAAA", step.event, step.to, step.by, day(i))
			m.Undoes = step.undoes
			must(t, db.Move(ctx, []govsweep.Transition{m}))
			if s, err := db.StandingOf(ctx, "FAAAAAAAAAAAA"); err != nil || s.Endorsed != step.want || s.Status != step.to {
				t.Errorf("behind %s of %s: endorsed by %q, %s, %v", step.event, step.by, s.Endorsed, s.Status, err)
			}
		}
	})
}

func TestAnInspectionAndWhatItMovesAreOneWrite(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		first := inspectionAt(t, db, noon, print1)
		born := govsweep.Transition{Target: site.ID, Fingerprint: print1, Finding: "FAAAAAAAAAAAA", Seq: 1, At: noon, Event: govsweep.Exempt,
			From: govsweep.Proposed, To: govsweep.Exempted, Reason: "本年度无人事变动。", Until: "2026-03-02", Exemption: "E1", Sweep: first.Sweep.ID}
		must(t, db.SaveInspection(ctx, first, []byte(`{}`), []govsweep.Transition{born}))
		must(t, db.SaveInspection(ctx, first, []byte(`{}`), []govsweep.Transition{born})) // again, as after a kill
		if first.Findings[0].Status != govsweep.Exempted {
			t.Errorf("exempted at birth, told as %s", first.Findings[0].Status)
		}
		waived, err := db.Waived(ctx, site.ID, noon)
		must(t, err)
		if waived[print1] != govsweep.Exempted {
			t.Errorf("waived: %v", waived)
		}
		second := inspectionAt(t, db, day(1), print1)
		late := born
		late.Event, late.To, late.At = govsweep.Gone, govsweep.Fixed, day(1)
		if err := db.SaveInspection(ctx, second, []byte(`{}`), []govsweep.Transition{late}); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("a move that lost: %v", err)
		}
		if _, err := db.Inspection(ctx, govsweep.Run{Sweep: second.Sweep.ID, Target: site.ID}); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("the inspection is kept without its moves: %v", err)
		}
		if s, err := db.StandingOf(ctx, "FAAAAAAAAAAAA"); err != nil || !s.LastSeen.Equal(noon) {
			t.Errorf("last seen %v, %v", s.LastSeen, err)
		}
		lines, err := db.Transitions(ctx, "FAAAAAAAAAAAA")
		must(t, err)
		if diff := cmp.Diff([]govsweep.Transition{born}, lines); diff != "" {
			t.Error(diff)
		}
	})
}

// Two people decide about the same findings at the same time.
func TestOfTwoDecisionsAtATimeOneIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		dbs := []*storage.DB{open(t, dsn), open(t, dsn)}
		var prints []string
		for n := range 20 {
			prints = append(prints, fmt.Sprintf("%012x%020d", n+1, n))
		}
		save(t, dbs[0], inspectionAt(t, dbs[0], noon, prints...))
		standings, err := dbs[0].Standings(t.Context(), site.ID)
		must(t, err)
		var kept, lost atomic.Int64
		var group sync.WaitGroup
		for who := range 4 {
			group.Go(func() {
				for i := range standings {
					s := standings[(i*7+who*5)%len(standings)]
					err := dbs[who%2].Move(context.Background(), []govsweep.Transition{{Target: s.Target, Fingerprint: s.Fingerprint, Finding: s.ID, Seq: 1, At: day(1),
						Event: govsweep.Confirm, From: govsweep.Proposed, To: govsweep.Confirmed, By: fmt.Sprint("第", who, "人")}})
					switch govsweep.KindOf(err) {
					case "":
						kept.Add(1)
					case govsweep.Conflict:
						lost.Add(1)
					default:
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		lines, err := dbs[1].TransitionsBetween(t.Context(), storage.TransitionFilter{})
		must(t, err)
		if kept.Load() != 20 || lost.Load() != 60 || len(lines) != 20 {
			t.Errorf("%d kept, %d lost, %d lines of 20 findings", kept.Load(), lost.Load(), len(lines))
		}
	})
}

func TestWhoMovedWhatBetweenTwoDays(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		in := inspectionAt(t, db, noon, print1, print2)
		save(t, db, in)
		for i, id := range []string{"FAAAAAAAAAAAA", "FAAAAAAB"} {
			must(t, db.Move(ctx, []govsweep.Transition{moved(t, db, id, govsweep.Confirm, govsweep.Confirmed, "李某", day(i+1))}))
		}
		for name, c := range map[string]struct {
			filter storage.TransitionFilter
			want   string
		}{
			"all":                        {storage.TransitionFilter{}, "FAAAAAAAAAAAA FAAAAAABBBBBB"},
			"the day itself counts":      {storage.TransitionFilter{From: day(2)}, "FAAAAAABBBBBB"},
			"the end does not":           {storage.TransitionFilter{To: day(2), Target: site.ID}, "FAAAAAAAAAAAA"},
			"targets of the sweep":       {storage.TransitionFilter{Sweep: in.Sweep.ID}, "FAAAAAAAAAAAA FAAAAAABBBBBB"},
			"targets of another sweep":   {storage.TransitionFilter{Sweep: 99}, ""},
			"another target":             {storage.TransitionFilter{Target: "x"}, ""},
			"nothing moved in the hours": {storage.TransitionFilter{From: day(3), To: day(4)}, ""},
		} {
			lines, err := db.TransitionsBetween(ctx, c.filter)
			must(t, err)
			var ids []string
			for _, l := range lines {
				ids = append(ids, l.Finding)
			}
			if strings.Join(ids, " ") != c.want {
				t.Errorf("%s: %v", name, ids)
			}
		}
	})
}
