package rectify

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// Follow gives the lines the findings of n get from a step StepNotice has just
// taken, in the order of the items: they go into the same transaction as the
// notice. standings are those of its findings; one that is missing, or that
// stands where the step cannot move it, is a Conflict and the step is not kept.
func Follow(n *govsweep.Notice, step govsweep.NoticeStep, standings []govsweep.Standing) ([]govsweep.Transition, error) {
	if follows(n.Kind) {
		return nil, nil
	}
	var out []govsweep.Transition
	for i := range n.Items {
		it := &n.Items[i]
		if !slices.Contains(step.Items, it.No) {
			continue
		}
		s := standingFor(it, n, standings)
		if s == nil {
			return nil, conflict("通知书%s第%d项的问题%s不在问题库中，不能%s。", nameOf(n), it.No, it.Finding, StepWord(step.Event))
		}
		e, line := brings(it, s, step)
		if e == "" {
			continue
		}
		line.Notice, line.At, line.By, line.Sweep = n.ID, step.At, step.By, step.Sweep
		t, err := Advance(*s, e, line)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// brings says what a step means for one finding; "" for nothing.
func brings(it *govsweep.NoticeItem, s *govsweep.Standing, step govsweep.NoticeStep) (govsweep.Event, Step) {
	line := Step{Reason: step.Reason}
	switch step.Event {
	case StepIssue:
		return govsweep.Notify, line
	case StepAnswer:
		if it.Answer != nil {
			line.Reason = it.Answer.Measures
		}
		return govsweep.Reply, line
	case StepDispute:
		return govsweep.Object, line
	case StepDecide:
		if it.Status == govsweep.Rejected {
			return govsweep.Overturn, line
		}
		return govsweep.Uphold, line
	case StepAmend:
		return govsweep.Release, line
	case StepWithdraw:
		if step.From == govsweep.NoticeDraft || it.Status != govsweep.Confirmed {
			return "", line
		}
		return govsweep.Release, line
	case StepRetest:
		if it.Retest == nil || s.Status == govsweep.Disputed {
			return "", line
		}
		line.Reason, line.Proof = it.Retest.Why, it.Retest.Proof
		switch it.Retest.Result {
		case govsweep.RetestPassed:
			if s.Status == govsweep.Fixed {
				return "", line
			}
			return govsweep.Pass, line
		case govsweep.RetestFailed:
			return govsweep.Fail, line
		}
	}
	return "", line
}
