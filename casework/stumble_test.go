package casework_test

import (
	"context"
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/storage"
)

// paperless refuses every paper that follows a notice.
type paperless struct{ *storage.DB }

func (p paperless) IssueNotice(ctx context.Context, n *govsweep.Notice, number func(int) string, moves []govsweep.Transition) error {
	if n.Parent != "" {
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "字号已用"}
	}
	return p.DB.IssueNotice(ctx, n, number, moves)
}

func TestAPaperThatCannotBePrintedHoldsUpNothingElse(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1)
	w.now = monday.AddDate(0, 0, 10) // past the deadline, a reminder is due as well
	done, err := w.over(paperless{w.db}).Due(t.Context(), n.ID, w.sees(govsweep.RetestFailed))
	must(t, err)
	var failed, did []string
	for _, d := range done {
		if d.Err != nil {
			failed = append(failed, d.Action.Event)
		} else {
			did = append(did, d.Action.Event)
		}
	}
	if !slices.Contains(did, rectify.StepOverdue) || !slices.Equal(failed, []string{rectify.StepRemind}) {
		t.Errorf("done %v, failed %v", did, failed)
	}
	for _, p := range w.papers(n.ID) {
		if p != "withdrawn" {
			t.Errorf("left behind: %s", p)
		}
	}
}

func TestTwoBureausMayWriteTheirNumbersAlike(t *testing.T) {
	w := newWorld(t)
	for _, bureau := range []string{"甲局", "乙局"} {
		n := &govsweep.Notice{Kind: govsweep.Urge, State: govsweep.NoticeDraft, Bureau: bureau, Form: "general", Target: govsweep.Target{ID: "1"}, Drafted: w.now}
		must(t, w.db.DraftNotice(t.Context(), n))
		n.State, n.Year, n.Issued = govsweep.NoticeIssued, 2026, w.now
		n.Steps = []govsweep.NoticeStep{{Seq: 1, At: w.now, Event: "issue", From: govsweep.NoticeDraft, To: govsweep.NoticeIssued, By: "张三"}}
		must(t, w.db.IssueNotice(t.Context(), n, func(int) string { return "网催〔2026〕1号" }, nil))
	}
	if _, err := w.db.Notice(t.Context(), "网催〔2026〕1号"); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("one of two is taken for the other: %v", err)
	}
}

func TestWhatARefusedStepWouldHaveDoneIsNotTold(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1)
	_, err := w.Retest(t.Context(), n.ID, nil, "", w.sees(govsweep.RetestPassed))
	must(t, err) // closed
	at := w.now
	filed, err := w.File(t.Context(), []register.Filing{{Notice: n.ID, Item: 1, Answer: &govsweep.Answer{At: at, By: "周九", Measures: "已更新"}},
		{Notice: n.ID, Item: 2, Dispute: "不属实"}}, "周九", at)
	must(t, err)
	if f := filed[0]; f.Err == nil || len(f.Answered)+len(f.Disputed) > 0 {
		t.Errorf("told %+v", f)
	}
}

func TestFindingsOfAnotherDraftAreParted(t *testing.T) {
	w := newWorld(t)
	fs := w.inspected(1)
	n := &govsweep.Notice{Kind: govsweep.RectificationNotice, State: govsweep.NoticeDraft, Form: "general", Target: fs[0].Target, Drafted: w.now,
		Items: []govsweep.NoticeItem{{No: 1, Finding: fs[0].ID, Fingerprint: fs[0].Fingerprint, Status: govsweep.Confirmed}}}
	must(t, w.db.DraftNotice(t.Context(), n))
	free, held, err := w.Undrafted(t.Context(), fs[0].Target.ID, fs)
	must(t, err)
	if len(free) != 1 || free[0].ID != fs[1].ID || held[fs[0].ID] != n.ID {
		t.Errorf("free %v, held %v", free, held)
	}
}
