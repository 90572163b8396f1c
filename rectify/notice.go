package rectify

import (
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// A Turn is what happened to a notice. Which fields a step needs stands beside them.
type Turn struct {
	At         time.Time
	By         string                  // needed but for overdue, remind, retest, close and name, which the machine may do
	Reason     string                  // needed for dispute, decide, amend and withdraw
	Items      []int                   // dispute: needed; amend: what is taken out; answer: what Answer is for, none = all open items
	Answer     *govsweep.Answer        // answer: to Items
	Answers    map[int]govsweep.Answer // answer: item by item, instead of Answer
	Upheld     []int                   // decide: the objection does not hold
	Overturned []int                   // decide: it holds
	Retests    map[int]govsweep.Retest // retest: what each item showed
	Sweep      int64                   // retest
	Paper      string                  // ID of the further paper; needed to amend or withdraw what was issued

	// Same lets answer, dispute and decide reach the items that share a root
	// cause with those named, where their status allows it: the unit sees one
	// problem. Another answer a sibling has already stays. Apart are items that
	// do not follow, because something else is said of them.
	Same  bool
	Apart []int
}

// StepNotice takes one step of the life of a notice: it moves State and the
// items, adds the line to Steps and gives it. On an error n is as it was; the
// error says the state in Chinese and what may be done instead. The findings
// follow with Follow.
func StepNotice(n *govsweep.Notice, event string, t Turn) (govsweep.NoticeStep, error) {
	w := *n
	w.Items = slices.Clone(n.Items)
	if err := t.check(&w, event); err != nil {
		return govsweep.NoticeStep{}, err
	}
	items, err := t.apply(&w, event)
	if err != nil {
		return govsweep.NoticeStep{}, err
	}
	to, err := target(&w, event)
	if err != nil {
		return govsweep.NoticeStep{}, err
	}
	step := govsweep.NoticeStep{
		Seq: len(n.Steps) + 1, At: t.At, Event: event, From: n.State, To: to, By: strings.TrimSpace(t.By),
		Reason: strings.TrimSpace(t.Reason), Items: items, Sweep: t.Sweep, Paper: t.Paper,
	}
	w.State, w.Steps = to, append(slices.Clip(n.Steps), step)
	if event == StepIssue {
		w.Issued, w.IssuedBy = t.At, step.By
	}
	*n = w
	return step, nil
}

// target finds the state a step leads to once its items have moved.
func target(n *govsweep.Notice, event string) (govsweep.NoticeState, error) {
	if follows(n.Kind) {
		switch {
		case n.State == govsweep.NoticeDraft && event == StepIssue:
			return govsweep.NoticeIssued, nil
		case n.State == govsweep.NoticeIssued && event == StepReceive:
			return govsweep.NoticeReceived, nil
		case n.State == govsweep.NoticeDraft && event == StepWithdraw:
			return govsweep.NoticeWithdrawn, nil
		}
		return "", conflict("文书%s随另一通知书发出，只能下发和签收；请对原通知书办理%s。", nameOf(n), StepWord(event))
	}
	to, ok, known := nextState(n.State, event, n.Items)
	switch {
	case ok:
		return to, nil
	case known && event == StepClose:
		return "", conflict("通知书%s还有未了结的事项：%s。每一项都须有新的证据证明已整改，或经裁定异议成立、豁免、移出，方可销号。", nameOf(n), listed(Open(n)))
	case known:
		return "", conflict("通知书%s没有等待主办单位整改的事项，不能%s。", nameOf(n), StepWord(event))
	}
	return "", conflict("通知书%s目前的状态是“%s”，不能%s。%s", nameOf(n), StateWord(n.State), StepWord(event), steps(n.State))
}

func steps(s govsweep.NoticeState) string {
	var words []string
	for _, e := range mayStep(s) {
		words = append(words, StepWord(e))
	}
	if len(words) == 0 {
		return "该通知书已办结，如问题再次出现，请另行下发通知书。"
	}
	return "可以办理：" + strings.Join(words, "、") + "。"
}

// follows says that a paper has no items of its own to settle.
func follows(k govsweep.NoticeKind) bool {
	switch k {
	case govsweep.Urge, govsweep.SupervisionOrder, govsweep.Amendment, govsweep.Withdrawal:
		return true
	}
	return false
}

func nameOf(n *govsweep.Notice) string {
	if n.Number != "" {
		return n.Number
	}
	return n.ID
}
