package rectify

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Undo takes back the last decision of a person and leads to where the finding
// stood before it. history is the whole history, the oldest first. Undoing
// again takes back the decision before that one. It is refused when something
// else has followed the decision: a notice names it, or an inspection moved
// it; then the way is forward, not back. The line says in Undoes which line it
// takes back.
//
// An endorsement does not come back: after the second person's confirmation
// was undone, a veto needs two persons again.
func Undo(history []govsweep.Transition, by, reason string, at time.Time) (govsweep.Transition, error) {
	if plain(by) == "" || at.IsZero() {
		return govsweep.Transition{}, wrong("撤回处理决定须写明人员姓名和时间。")
	}
	if err := signed(by, reason); err != nil {
		return govsweep.Transition{}, err
	}
	i, err := undoable(history)
	if err != nil {
		return govsweep.Transition{}, err
	}
	last, taken := &history[len(history)-1], &history[i]
	t := govsweep.Transition{
		Target: last.Target, Fingerprint: last.Fingerprint, Finding: last.Finding,
		Seq: last.Seq + 1, At: at, Event: govsweep.Undo, From: last.To, To: taken.From,
		By: strings.TrimSpace(by), Reason: strings.TrimSpace(reason), Undoes: taken.Seq,
	}
	if t.To == govsweep.Exempted { // the exemption it goes back to
		t.Until, t.Exemption = exemptedBy(history[:i])
	}
	return t, nil
}

// undoable finds the decision Undo would take back.
func undoable(history []govsweep.Transition) (int, error) {
	taken := map[int]bool{}
	for i := len(history) - 1; i >= 0; i-- {
		t := &history[i]
		switch {
		case t.Event == govsweep.Undo:
			taken[t.Undoes] = true
		case taken[t.Seq]:
		case decided(t):
			return i, nil
		case t.Notice != "":
			return 0, conflict("问题%s已列入通知书%s，此前的决定不能撤回，请以更正或撤销通知办理。", t.Finding, t.Notice)
		default:
			return 0, conflict("问题%s已由%s的检查改为“%s”，此前的决定不能撤回；如有需要，可以重开该问题。",
				t.Finding, govsweep.ChineseDate(t.At), StatusWord(t.To))
		}
	}
	id := ""
	if len(history) > 0 {
		id = history[0].Finding
	}
	return 0, conflict("问题%s没有可以撤回的决定。", id)
}

// decided says that a line is a person's decision.
func decided(t *govsweep.Transition) bool {
	switch t.Event {
	case govsweep.Endorse, govsweep.Confirm, govsweep.Reject, govsweep.Reopen:
		return true
	case govsweep.Exempt:
		return t.By != ""
	}
	return false
}

// exemptedBy gives the exemption the history ends in.
func exemptedBy(history []govsweep.Transition) (until, exemption string) {
	for i := len(history) - 1; i >= 0; i-- {
		if history[i].To == govsweep.Exempted {
			return history[i].Until, history[i].Exemption
		}
	}
	return "", ""
}
