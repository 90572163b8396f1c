package casework_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

func amend(items ...int) casework.Next {
	return casework.Next{Event: rectify.StepAmend, Further: reports.Further{Kind: govsweep.Amendment, Items: items, Reason: "误列", By: "王五", At: monday.AddDate(0, 0, 1)}}
}

func urge(items ...int) casework.Next {
	return casework.Next{Event: rectify.StepRemind, Further: reports.Further{Kind: govsweep.Urge, Items: items, By: "王五", At: monday.AddDate(0, 0, 1)}}
}

// papers lists what follows a notice: kind, number, state.
func (w *world) papers(id string) []string {
	w.t.Helper()
	all, err := w.db.Following(w.t.Context(), id)
	must(w.t, err)
	var out []string
	for _, p := range all {
		out = append(out, strings.TrimSpace(p.Number+" "+string(p.State)))
	}
	return out
}

func (w *world) steps(id string) []string {
	w.t.Helper()
	n, err := w.db.Notice(w.t.Context(), id)
	must(w.t, err)
	var out []string
	for _, s := range n.Steps {
		out = append(out, s.Event)
	}
	return out
}

func TestAPaperIsTakenUpAfterAKillAndNothingIsWrittenTwice(t *testing.T) {
	for _, before := range []string{"issue", "step"} {
		for name, x := range map[string]casework.Next{"reminder": urge(), "amendment": amend(2)} {
			t.Run(name+" killed before its "+before, func(t *testing.T) {
				w := newWorld(t)
				n := w.issued(1)
				w.now = x.At
				if _, _, err := w.over(&dying{w.db, before}).Further(t.Context(), n.ID, x); !errors.Is(err, errKilled) {
					t.Fatalf("it did not die: %v", err)
				}
				parent, _, err := w.Further(t.Context(), n.ID, x)
				must(t, err)
				if p := w.papers(n.ID); len(p) != 1 || !strings.HasSuffix(p[0], "〔2026〕1号 issued") {
					t.Errorf("papers %v", p)
				}
				if s := w.steps(n.ID); len(s) != 2 || s[1] != x.Event {
					t.Errorf("steps %v", s)
				}
				if x.Event == rectify.StepAmend && (parent.Items[0].Status != govsweep.Noticed || parent.Items[1].Status != govsweep.Confirmed) {
					t.Errorf("items %+v", parent.Items)
				}
			})
		}
	}
}

func TestAPaperLeftBehindIsNotTakenForAnother(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1)
	if _, _, err := w.over(&dying{w.db, "issue"}).Further(t.Context(), n.ID, amend(1)); !errors.Is(err, errKilled) {
		t.Fatalf("it did not die: %v", err)
	}
	parent, paper, err := w.Further(t.Context(), n.ID, amend(2)) // the person thought better of it
	must(t, err)
	if len(paper.Items) != 1 || paper.Items[0].No != 2 || parent.Items[0].Status != govsweep.Noticed {
		t.Errorf("the paper takes out %+v, the notice %+v", paper.Items, parent.Items)
	}
	if p := w.papers(n.ID); !slices.Equal(p, []string{"withdrawn", "网更〔2026〕1号 issued"}) {
		t.Errorf("papers %v", p)
	}
}

func TestAPaperThatWentOutIsRecordedBeforeTheNextOne(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1)
	if _, _, err := w.over(&dying{w.db, "step"}).Further(t.Context(), n.ID, amend(1)); !errors.Is(err, errKilled) {
		t.Fatalf("it did not die: %v", err)
	}
	parent, paper, err := w.Further(t.Context(), n.ID, amend(2))
	must(t, err)
	if paper.Items[0].No != 2 || parent.Items[0].Status != govsweep.Confirmed || parent.Items[1].Status != govsweep.Confirmed {
		t.Errorf("the paper takes out %+v, the notice %+v", paper.Items, parent.Items)
	}
	if s := w.steps(n.ID); !slices.Equal(s, []string{"issue", "amend", "amend"}) {
		t.Errorf("steps %v", s)
	}
}

// twin lets another process do the same thing in full at a moment.
type twin struct {
	*storage.DB
	at   string
	same func()
}

func (r *twin) now(moment string) {
	if same := r.same; same != nil && r.at == moment {
		r.same = nil
		same()
	}
}

func (r *twin) Following(ctx context.Context, id string) ([]govsweep.Notice, error) {
	out, err := r.DB.Following(ctx, id)
	r.now("looked")
	return out, err
}

func (r *twin) IssueNotice(ctx context.Context, n *govsweep.Notice, number func(int) string, moves []govsweep.Transition) error {
	r.now("drafted")
	return r.DB.IssueNotice(ctx, n, number, moves)
}

func (r *twin) SaveNotice(ctx context.Context, n *govsweep.Notice, steps int, moves []govsweep.Transition) error {
	r.now("issued")
	return r.DB.SaveNotice(ctx, n, steps, moves)
}

func TestTwoProcessesAtOnceSendOnePaper(t *testing.T) {
	for _, moment := range []string{"looked", "drafted", "issued"} {
		t.Run("the other runs when this one has "+moment, func(t *testing.T) {
			w := newWorld(t)
			n := w.issued(1)
			other := func() { _, _, err := w.Further(t.Context(), n.ID, urge()); must(t, err) }
			_, _, err := w.over(&twin{w.db, moment, other}).Further(t.Context(), n.ID, urge())
			if k := govsweep.KindOf(err); k != "" && k != govsweep.Conflict {
				t.Error(err)
			}
			p := slices.DeleteFunc(w.papers(n.ID), func(s string) bool { return s == "withdrawn" })
			if s := w.steps(n.ID); len(p) != 1 || !slices.Equal(s, []string{"issue", "remind"}) {
				t.Errorf("papers %v, steps %v", p, s)
			}
		})
	}
}

// rushing lets somebody else write first, once.
type rushing struct {
	*storage.DB
	first func()
}

func (r *rushing) Move(ctx context.Context, moves []govsweep.Transition) error {
	if first := r.first; first != nil {
		r.first = nil
		first()
	}
	return r.DB.Move(ctx, moves)
}

func TestADecisionThatLostIsMadeAgainOnWhatStands(t *testing.T) {
	w := newWorld(t)
	ids := []string{w.inspected(1)[0].ID}
	confirm := func(by string) rectify.Decision {
		return rectify.Decision{Event: govsweep.Confirm, By: by, At: w.now}
	}
	rush := &rushing{w.db, func() { _, err := w.Decide(t.Context(), ids, confirm("李四")); must(t, err) }}
	moves, err := w.over(rush).Decide(t.Context(), ids, confirm("张三"))
	must(t, err)
	if len(moves) != 1 || moves[0].Event != govsweep.Confirm || moves[0].Seq != 2 {
		t.Errorf("the second of two persons at once: %+v", moves)
	}
	rush.first = func() { _, err := w.Undo(t.Context(), ids, "李四", "再核"); must(t, err) }
	if moves, err = w.over(rush).Undo(t.Context(), ids, "张三", "再核"); err != nil || len(moves) != 1 || moves[0].Undoes != 1 {
		t.Errorf("two persons undo at once: %+v, %v", moves, err)
	}
	s, err := w.db.StandingOf(t.Context(), ids[0])
	must(t, err)
	if s.Status != govsweep.Proposed || s.Endorsed != "" || s.Seq != 4 {
		t.Errorf("it stands at %+v", s)
	}
	rush.first = func() {
		_, err := w.Decide(t.Context(), ids, rectify.Decision{Event: govsweep.Reject, By: "李四", Reason: "不属实", At: w.now})
		must(t, err)
	}
	if _, err := w.over(rush).Decide(t.Context(), ids, confirm("张三")); govsweep.KindOf(err) != govsweep.Conflict {
		t.Errorf("what was rejected meanwhile is confirmed: %v", err)
	}
}

func TestALedgerOfSeveralNoticesIsFiledButForTheOneThatRefuses(t *testing.T) {
	w := newWorld(t)
	var ids []string
	for n := 1; n <= 3; n++ {
		ids = append(ids, w.issued(n).ID)
	}
	_, _, err := w.Further(t.Context(), ids[1], casework.Next{Event: rectify.StepWithdraw,
		Further: reports.Further{Kind: govsweep.Withdrawal, Reason: "检查对象有误", By: "王五", At: w.now}})
	must(t, err)
	at := monday.AddDate(0, 0, 1)
	var filings []register.Filing
	for _, id := range ids {
		filings = append(filings, register.Filing{Notice: id, Item: 1, Receipt: &register.Receipt{By: "周九", At: at}, Answer: &govsweep.Answer{At: at, By: "周九", Measures: "已更新"}},
			register.Filing{Notice: id, Item: 2, Dispute: "该栏目已合并"})
	}
	w.now = at
	filed, err := w.File(t.Context(), filings, "周九", at)
	must(t, err)
	if len(filed) != 3 || filed[0].Err != nil || filed[2].Err != nil || govsweep.KindOf(filed[1].Err) != govsweep.Conflict {
		t.Fatalf("filed %+v", filed)
	}
	for i, want := range [][]string{{"issue", "receive", "answer", "dispute"}, {"issue", "withdraw"}, {"issue", "receive", "answer", "dispute"}} {
		if got := w.steps(ids[i]); !slices.Equal(got, want) {
			t.Errorf("notice %d: %v", i+1, got)
		}
	}
}

func TestTheLadderIsClimbedDayByDayAndNoRungTwice(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1) // Monday 2 March; a veto: five working days, until Monday the 9th
	var told []string
	for range 40 {
		w.now = w.now.AddDate(0, 0, 1)
		for range 3 { // as often as it is asked
			done, err := w.Due(t.Context(), n.ID, w.sees(govsweep.RetestFailed))
			must(t, err)
			for _, d := range done {
				must(t, d.Err)
				told = append(told, govsweep.DateOf(w.now)[5:]+" "+d.Action.Event)
			}
		}
	}
	want := []string{"03-04 remind", "03-06 remind", "03-10 retest", "03-10 overdue", "03-12 remind", "03-12 name", "03-17 escalate"}
	if !slices.Equal(told, want) {
		t.Errorf("told %v\nwant %v", told, want)
	}
	if p := w.papers(n.ID); !slices.Equal(p, []string{"网催〔2026〕1号 issued", "网催〔2026〕2号 issued", "网催〔2026〕3号 issued", "网督〔2026〕1号 issued"}) {
		t.Errorf("papers %v", p)
	}
}

func TestALadderIsTheOneOfTheForm(t *testing.T) {
	f, err := reports.LoadForm("general")
	must(t, err)
	f.Ladder = reports.FormLadder{Grace: 2, Escalate: 4, NameAfter: 7}
	if l := casework.LadderOf(f); len(l.RemindBefore) != 0 || l.OverdueAfter != 2 || l.EscalateAfter != 4 || l.NameAfterReminders != 7 {
		t.Errorf("the ladder %+v", l)
	}
}

func TestAPassedRetestClosesAndAnUnreadOneChangesNothing(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1)
	w.now = w.now.Add(time.Hour)
	n, err := w.Retest(t.Context(), n.ID, nil, "", w.sees(govsweep.RetestUnknown))
	must(t, err)
	if n.State != govsweep.NoticeRetested || n.Items[0].Status != govsweep.Noticed {
		t.Errorf("unread: %s, %s", n.State, n.Items[0].Status)
	}
	w.now = w.now.Add(time.Hour)
	if n, err = w.Retest(t.Context(), n.ID, nil, "", w.sees(govsweep.RetestPassed)); err != nil || n.State != govsweep.NoticeClosed {
		t.Errorf("passed: %v, %v", n, err)
	}
}
