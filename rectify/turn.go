package rectify

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// check refuses a turn that is not whole, and one the state does not allow
// whatever the items are.
func (t *Turn) check(n *govsweep.Notice, event string) error {
	if !follows(n.Kind) && !slices.Contains(mayStep(n.State), event) {
		_, err := target(n, event)
		return err
	}
	machine := []string{StepOverdue, StepRemind, StepRetest, StepClose, StepName}
	reasoned := []string{StepDispute, StepDecide, StepAmend, StepWithdraw}
	switch {
	case t.At.IsZero():
		return wrong("%s通知书%s缺少时间。", StepWord(event), nameOf(n))
	case !n.Issued.IsZero() && govsweep.DateOf(t.At) < govsweep.DateOf(n.Issued):
		return wrong("通知书%s于%s下发，%s的日期%s早于下发之日，请核对。", nameOf(n), govsweep.ChineseDate(n.Issued), StepWord(event), govsweep.ChineseDate(t.At))
	case plain(t.By) == "" && !slices.Contains(machine, event):
		return wrong("%s通知书%s须写明经办人员姓名。", StepWord(event), nameOf(n))
	case plain(t.Reason) == "" && slices.Contains(reasoned, event) && n.State != govsweep.NoticeDraft:
		return wrong("%s须写明理由。", StepWord(event))
	case t.Paper == "" && (event == StepAmend || event == StepWithdraw) && n.State != govsweep.NoticeDraft:
		return wrong("已下发的通知书%s不得改动，须另行拟制%s通知后再%s。", nameOf(n), StepWord(event), StepWord(event))
	}
	return signed(t.By, t.Reason)
}

// apply moves the items of n and lists those concerned.
func (t *Turn) apply(n *govsweep.Notice, event string) ([]int, error) {
	if follows(n.Kind) {
		return nil, nil
	}
	switch event {
	case StepIssue:
		return t.issue(n)
	case StepAnswer:
		return t.answer(n)
	case StepDispute:
		return t.each(n, t.siblings(n, t.Items, govsweep.Noticed, govsweep.Answered), event, govsweep.Disputed, govsweep.Noticed, govsweep.Answered)
	case StepDecide:
		return t.decide(n)
	case StepRetest:
		return t.retest(n)
	case StepAmend:
		if len(t.Items) == 0 {
			return nil, nil // only words are corrected
		}
		return t.each(n, t.Items, event, govsweep.Confirmed, govsweep.Noticed, govsweep.Answered, govsweep.Disputed)
	case StepWithdraw:
		return t.withdraw(n)
	case StepOverdue, StepRemind, StepEscalate, StepName:
		return having(n, govsweep.Noticed, govsweep.Reopened), nil
	}
	return nil, nil
}

func (t *Turn) issue(n *govsweep.Notice) ([]int, error) {
	if len(n.Items) == 0 {
		return nil, wrong("通知书%s没有列入任何问题，不能下发。", nameOf(n))
	}
	for i := range n.Items {
		it := &n.Items[i]
		it.Status, it.Answer, it.Retest = govsweep.Noticed, nil, nil
	}
	return numbers(n, func(*govsweep.NoticeItem) bool { return true }), nil
}

// answer keeps what the unit says of each item.
func (t *Turn) answer(n *govsweep.Notice) ([]int, error) {
	answers := maps.Clone(t.Answers)
	if t.Answer != nil {
		nos := t.Items
		if len(nos) == 0 {
			nos = having(n, govsweep.Noticed, govsweep.Answered, govsweep.Reopened)
		}
		answers = map[int]govsweep.Answer{}
		for _, no := range nos {
			answers[no] = *t.Answer
		}
	}
	if len(answers) == 0 {
		return nil, wrong("通知书%s没有可以回复的事项，或没有写明整改措施。", nameOf(n))
	}
	t.answered(n, answers)
	nos := slices.Sorted(maps.Keys(answers))
	for _, no := range nos {
		a := answers[no]
		if plain(a.Measures) == "" {
			return nil, wrong("对第%d项的回复没有写明整改措施。", no)
		}
		if err := t.sound(n, no, &a); err != nil {
			return nil, err
		}
		if a.At.IsZero() {
			a.At = t.At
		}
		if plain(a.By) == "" {
			a.By = t.By
		}
		if _, err := t.each(n, []int{no}, StepAnswer, govsweep.Answered, govsweep.Noticed, govsweep.Answered, govsweep.Reopened); err != nil {
			return nil, err
		}
		itemNo(n, no).Answer = &a
	}
	return nos, nil
}

// sound refuses an answer with a day of completion that cannot be: work is
// done between the day the notice went out and the day of the answer.
func (t *Turn) sound(n *govsweep.Notice, no int, a *govsweep.Answer) error {
	switch {
	case a.Done == "":
	case !isDay(a.Done):
		return wrong("第%d项的完成时间“%s”不正确，应写作2026-12-31的形式。", no, clip(a.Done, 20))
	case a.Done > govsweep.DateOf(t.At):
		return wrong("第%d项的完成时间%s晚于回复之日（%s），请核对。", no, a.Done, govsweep.DateOf(t.At))
	case !n.Issued.IsZero() && a.Done < govsweep.DateOf(n.Issued):
		return wrong("第%d项的完成时间%s早于通知下发之日（%s），请核对。", no, a.Done, govsweep.DateOf(n.Issued))
	}
	for _, said := range []struct {
		label, value string
		text         bool
	}{{"整改措施", a.Measures, true}, {"佐证", a.Proof, true}, {"责任人姓名", a.Responsible, false}, {"人员姓名", a.By, false}} {
		if err := inert(said.label, said.value, said.text); err != nil {
			return err
		}
	}
	return nil
}

func (t *Turn) decide(n *govsweep.Notice) ([]int, error) {
	named := append(slices.Clone(t.Upheld), t.Overturned...)
	follow := *t
	follow.Apart = append(slices.Clone(t.Apart), named...)
	upheld, overturned := follow.siblings(n, t.Upheld, govsweep.Disputed), follow.siblings(n, t.Overturned, govsweep.Disputed)
	if t.Same && len(t.Upheld) > 0 { // of a cause decided both ways the rest stays disputed
		shared := Same(n, t.Upheld)
		overturned = slices.DeleteFunc(overturned, func(no int) bool { return !slices.Contains(named, no) && slices.Contains(shared, no) })
		shared = Same(n, t.Overturned)
		upheld = slices.DeleteFunc(upheld, func(no int) bool { return !slices.Contains(named, no) && slices.Contains(shared, no) })
	}
	if _, err := t.each(n, upheld, StepDecide, govsweep.Noticed, govsweep.Disputed); err != nil && len(upheld) > 0 {
		return nil, err
	}
	if _, err := t.each(n, overturned, StepDecide, govsweep.Rejected, govsweep.Disputed); err != nil && len(overturned) > 0 {
		return nil, err
	}
	nos := append(upheld, overturned...)
	if len(nos) == 0 {
		return nil, wrong("裁定异议须写明哪几项成立、哪几项不成立。")
	}
	slices.Sort(nos)
	return nos, nil
}

// retest keeps what each item showed and moves it.
func (t *Turn) retest(n *govsweep.Notice) ([]int, error) {
	if len(t.Retests) == 0 {
		return nil, wrong("通知书%s的复查没有写明任何事项的结果。", nameOf(n))
	}
	nos := slices.Sorted(maps.Keys(t.Retests))
	for _, no := range nos {
		it, r := itemNo(n, no), t.Retests[no]
		switch {
		case it == nil:
			return nil, wrong("通知书%s没有第%d项。", nameOf(n), no)
		case it.Status == govsweep.Rejected, it.Status == govsweep.Exempted, it.Status == govsweep.Confirmed:
			return nil, conflict("第%d项已不在整改范围内（%s），无须复查。", no, StatusWord(it.Status))
		case r.Result == govsweep.RetestPassed && len(r.Proof) == 0:
			return nil, wrong("第%d项的复查没有取得新的证据，不能认定为已整改。", no)
		case r.Result == govsweep.RetestPassed && it.Answer != nil && r.At.Before(it.Answer.At):
			return nil, wrong("第%d项的复查早于主办单位的回复，不能作为整改的证据。", no)
		}
		if it.Status == govsweep.Fixed && r.Result == govsweep.RetestUnknown {
			continue // what was proven stays proven
		}
		it.Retest = &r
		if it.Status == govsweep.Disputed {
			continue
		}
		switch r.Result {
		case govsweep.RetestPassed:
			it.Status = govsweep.Fixed
		case govsweep.RetestFailed:
			it.Status = govsweep.Noticed
		}
	}
	return nos, nil
}

func (t *Turn) withdraw(n *govsweep.Notice) ([]int, error) {
	if n.State == govsweep.NoticeDraft {
		return nil, nil
	}
	open := having(n, govsweep.Noticed, govsweep.Answered, govsweep.Disputed, govsweep.Reopened)
	for _, no := range open {
		it := itemNo(n, no)
		if it.Status != govsweep.Reopened { // that one left the notice when it came back
			it.Status = govsweep.Confirmed
		}
	}
	return open, nil
}

// each moves the named items to a status; every one must have one of from.
func (t *Turn) each(n *govsweep.Notice, nos []int, event string, to govsweep.FindingStatus, from ...govsweep.FindingStatus) ([]int, error) {
	if len(nos) == 0 {
		return nil, wrong("%s须写明通知书%s的哪几项。", StepWord(event), nameOf(n))
	}
	nos = slices.Compact(slices.Sorted(slices.Values(nos)))
	for _, no := range nos {
		it := itemNo(n, no)
		if it == nil {
			return nil, wrong("通知书%s没有第%d项。", nameOf(n), no)
		}
		if !slices.Contains(from, it.Status) {
			return nil, conflict("通知书%s第%d项目前的状态是“%s”，不能%s。", nameOf(n), no, StatusWord(it.Status), StepWord(event))
		}
		it.Status = to
	}
	return nos, nil
}

// listed names items: 第1、3项.
func listed(nos []int) string {
	words := make([]string, len(nos))
	for i, no := range nos {
		words[i] = fmt.Sprint(no)
	}
	return "第" + strings.Join(words, "、") + "项"
}
