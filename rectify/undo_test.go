package rectify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

var zero time.Time

// lived takes a finding through events and gives its history.
func lived(t *testing.T, f govsweep.Finding, events ...string) []govsweep.Transition {
	t.Helper()
	s := standing(f, govsweep.Proposed)
	var history []govsweep.Transition
	for i, e := range events {
		at := day(i + 1)
		var line govsweep.Transition
		var err error
		name, by, _ := strings.Cut(e, " ")
		switch govsweep.Event(name) {
		case govsweep.Undo:
			line, err = rectify.Undo(history, by, "点错了", at)
		case govsweep.Gone:
			o := look{sweep: int64(i + 2), at: at, standings: []govsweep.Standing{s}}.observation()
			line = rectify.Observe(o)[0]
		case govsweep.Exempt:
			until := "2026-12-31"
			line, err = rectify.Decide(s, rectify.Decision{Event: govsweep.Exempt, By: by, Reason: "依规", Until: until, At: at})
		case govsweep.Confirm, govsweep.Reject, govsweep.Reopen:
			line, err = rectify.Decide(s, rectify.Decision{Event: govsweep.Event(name), By: by, Reason: "依规", At: at})
		default:
			line, err = rectify.Advance(s, govsweep.Event(name), rectify.Step{At: at, By: by, Notice: "N1", Proof: captured})
		}
		if err != nil {
			t.Fatalf("%s: %v", e, err)
		}
		history = append(history, line)
		rectify.Apply(&s, &line)
	}
	return history
}

func TestUndoLeadsBack(t *testing.T) {
	for name, c := range map[string]struct {
		fault  govsweep.Finding
		events []string
		want   govsweep.FindingStatus
		undoes int
	}{
		"a confirmation is taken back":                           {columnFault(), []string{"confirm 王某"}, govsweep.Proposed, 1},
		"a reopening of a rejected finding is taken back":        {columnFault(), []string{"reject 王某", "reopen 李某"}, govsweep.Rejected, 2},
		"undone twice, it stands where it stood before both":     {columnFault(), []string{"reject 王某", "reopen 李某", "undo 李某"}, govsweep.Proposed, 1},
		"decided, undone, decided again: the last is undone":     {columnFault(), []string{"confirm 王某", "undo 王某", "reject 王某"}, govsweep.Proposed, 3},
		"an endorsement is taken back":                           {vetoFault(), []string{"confirm 王某"}, govsweep.Proposed, 1},
		"the second person's confirmation is taken back":         {vetoFault(), []string{"confirm 王某", "confirm 李某"}, govsweep.Proposed, 2},
		"a decision after the re-test of a notice is undoable":   {columnFault(), []string{"confirm 王某", "notify 王某", "pass", "reopen 李某"}, govsweep.Fixed, 4},
		"a reopening after an inspection called it gone, too":    {columnFault(), []string{"gone", "reopen 李某"}, govsweep.Fixed, 2},
		"back to an exemption, the exemption is whole again":     {columnFault(), []string{"exempt 王某", "reopen 李某"}, govsweep.Exempted, 2},
		"an exemption is taken back and leaves no last day":      {columnFault(), []string{"confirm 王某", "exempt 王某"}, govsweep.Confirmed, 2},
		"rejected out of confirmed goes back to confirmed":       {columnFault(), []string{"confirm 王某", "reject 李某"}, govsweep.Confirmed, 2},
		"both undone, a fresh history begins behind the old one": {columnFault(), []string{"confirm 王某", "undo 王某", "confirm 李某"}, govsweep.Proposed, 3},
	} {
		t.Run(name, func(t *testing.T) {
			history := lived(t, c.fault, c.events...)
			got, err := rectify.Undo(history, "赵某", "点错了", day(20))
			if err != nil {
				t.Fatal(err)
			}
			want := govsweep.Transition{
				Target: site.ID, Fingerprint: c.fault.Fingerprint, Finding: c.fault.ID, Seq: len(history) + 1, At: day(20),
				Event: govsweep.Undo, From: history[len(history)-1].To, To: c.want, By: "赵某", Reason: "点错了", Undoes: c.undoes,
			}
			if c.want == govsweep.Exempted {
				want.Until = "2026-12-31"
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			end, err := rectify.Fold(append(history, got))
			if err != nil || end.Status != c.want || end.Until != want.Until || end.Endorsed != "" {
				t.Errorf("folds to %+v, %v", end, err)
			}
		})
	}
}

func TestUndoIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		events []string
		says   string
	}{
		"when nothing was decided":              {nil, "没有可以撤回的决定"},
		"when a notice has followed":            {[]string{"confirm 王某", "notify 王某"}, "问题FC已列入通知书N1，此前的决定不能撤回"},
		"when the notice was withdrawn since":   {[]string{"confirm 王某", "notify 王某", "release 王某"}, "已列入通知书N1"},
		"when an inspection has followed":       {[]string{"confirm 王某", "gone"}, "已由2026年3月4日的检查改为“已整改”，此前的决定不能撤回；如有需要，可以重开该问题"},
		"when everything decided is taken back": {[]string{"confirm 王某", "undo 王某"}, "没有可以撤回的决定"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rectify.Undo(lived(t, columnFault(), c.events...), "赵某", "", day(20))
			if say := kind(t, err, govsweep.Conflict); !strings.Contains(say, c.says) {
				t.Errorf("the refusal is %q, want it to hold %q", say, c.says)
			}
		})
	}
	_, err := rectify.Undo(lived(t, columnFault(), "confirm 王某"), "　", "", day(20))
	kind(t, err, govsweep.Wrong)
}

func TestAHistoryThatDoesNotHoldIsReported(t *testing.T) {
	whole := lived(t, columnFault(), "confirm 王某", "notify 王某", "reply 甲", "fail", "reply 甲", "pass", "reopen 李某")
	if s, err := rectify.Fold(whole); err != nil || s.Status != govsweep.Reopened || s.Seq != 7 || !s.Moved.Equal(day(7)) {
		t.Fatalf("a whole history folds to %+v, %v", s, err)
	}
	for name, spoil := range map[string]func([]govsweep.Transition){
		"a line is missing":             func(h []govsweep.Transition) { copy(h[2:], h[3:]) },
		"a line begins elsewhere":       func(h []govsweep.Transition) { h[3].From = govsweep.Noticed },
		"a line leads elsewhere":        func(h []govsweep.Transition) { h[0].To = govsweep.Fixed },
		"a person confirms for nobody":  func(h []govsweep.Transition) { h[0].By = "" },
		"a notice's line has no notice": func(h []govsweep.Transition) { h[1].Notice = "" },
	} {
		h := append([]govsweep.Transition(nil), whole...)
		spoil(h)
		if _, err := rectify.Fold(h); govsweep.KindOf(err) != govsweep.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := rectify.Fold(nil); err != nil || !cmp.Equal(s, govsweep.Standing{Status: govsweep.Proposed}, cmpopts.EquateEmpty()) {
		t.Errorf("no history is a proposed finding: %+v, %v", s, err)
	}
}
