package rectify

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// The steps of a notice, as NoticeStep.Event holds them.
const (
	StepIssue    = "issue"    // 下发
	StepReceive  = "receive"  // 签收
	StepAnswer   = "answer"   // 整改回复
	StepDispute  = "dispute"  // 异议
	StepDecide   = "decide"   // 裁定异议
	StepRetest   = "retest"   // 复查
	StepClose    = "close"    // 销号
	StepOverdue  = "overdue"  // 认定逾期
	StepRemind   = "remind"   // 催办
	StepEscalate = "escalate" // 督办单
	StepName     = "name"     // 通报点名
	StepAmend    = "amend"    // 更正: the paper may take items out
	StepWithdraw = "withdraw" // 撤销
)

// When is what must hold for the items after a step, for a row to apply.
type When string

// The conditions. An item is settled when nothing more is asked of it, see Settled.
const (
	Always    When = ""
	IfWaiting When = "waiting"  // some item waits for the unit
	IfDispute When = "disputed" // an objection is undecided
	IfSettled When = "settled"  // every item is settled
)

// NoticeRow is one line of the table: from any of From, Event leads to To
// where When holds. Of several rows that fit, the first one counts. To "" is
// the state the notice has.
type NoticeRow struct {
	From  []govsweep.NoticeState
	Event string
	When  When
	To    govsweep.NoticeState
	Why   string
}

// NoticeRows gives the table of steps of a 整改通知书 or 监管提示单. Papers that
// follow one (催办通知, 督办单, 更正 and 撤销通知) are issued and received, no more.
func NoticeRows() []NoticeRow { return slices.Clone(noticeRows) }

var noticeRows = []NoticeRow{
	{states("draft"), StepIssue, Always, govsweep.NoticeIssued, "Every finding in it becomes noticed."},
	{states("draft"), StepWithdraw, Always, govsweep.NoticeWithdrawn, "A draft is dropped without a paper."},
	{states("issued"), StepReceive, Always, govsweep.NoticeReceived, "Signed for, once."},
	{states("overdue", "escalated"), StepReceive, Always, "", "Signed for late: the lapse stands."},

	{states("overdue", "escalated"), StepAnswer, IfWaiting, "", "Part of the items answered: the lapse stands for the others."},
	{states("disputed"), StepAnswer, IfDispute, "", "The objection is still to be decided."},
	{states("issued", "received"), StepAnswer, IfWaiting, govsweep.NoticeReceived, "Part of the items answered: who answers has received."},
	{states("retested", "decided", "disputed"), StepAnswer, IfWaiting, "", "Part of the items answered."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepAnswer, IfDispute, govsweep.NoticeDisputed, "All answered but those objected to."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepAnswer, Always, govsweep.NoticeAnswered, "Every open item is answered: re-test."},

	{states("overdue", "escalated"), StepDispute, IfWaiting, "", "An objection to one item does not excuse the others."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepDispute, Always, govsweep.NoticeDisputed, "An objection names its items and its reason."},
	{states("disputed"), StepDecide, IfDispute, "", "Decided in part."},
	{states("overdue", "escalated"), StepDecide, IfWaiting, "", "The lapse stands for what still waits."},
	{states("overdue", "escalated"), StepDecide, IfDispute, govsweep.NoticeDisputed, "Decided in part."},
	{states("disputed", "overdue", "escalated"), StepDecide, Always, govsweep.NoticeDecided, "Every objection is decided."},

	{states("overdue", "escalated"), StepRetest, IfWaiting, "", "The lapse stands for what still waits."},
	{states("disputed", "overdue", "escalated"), StepRetest, IfDispute, govsweep.NoticeDisputed, "A re-test does not decide an objection."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepRetest, Always, govsweep.NoticeRetested, "Looked at: what passed is fixed, what failed waits for the unit, what could not be read stays."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepClose, IfSettled, govsweep.NoticeClosed, "Only when every item is fixed with fresh proof, or was overturned, exempted or taken out."},

	{states("issued", "received", "retested", "decided", "disputed"), StepOverdue, IfWaiting, govsweep.NoticeOverdue, "The deadline passed and an item waits. What is answered and not yet looked at is not the unit's delay."},
	{states("issued", "received", "retested", "decided", "disputed", "overdue", "escalated"), StepRemind, IfWaiting, "", "Reminded, before or after the deadline."},
	{states("overdue", "retested"), StepEscalate, IfWaiting, govsweep.NoticeEscalated, "A supervision order; also after a failed re-test without waiting for the deadline."},
	{states("overdue", "escalated"), StepName, IfWaiting, "", "Named in the circular."},

	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepAmend, Always, "", "A further paper corrects it and may take items out. The issued one stays as printed."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepWithdraw, Always, govsweep.NoticeWithdrawn, "A further paper withdraws it: what was open is confirmed again."},
}

func states(s ...govsweep.NoticeState) []govsweep.NoticeState { return s }

// nextState looks up where a step leads; known says that some row has the
// state and the event, even when its condition does not hold.
func nextState(from govsweep.NoticeState, event string, items []govsweep.NoticeItem) (to govsweep.NoticeState, ok, known bool) {
	for i := range noticeRows {
		r := &noticeRows[i]
		if r.Event != event || !slices.Contains(r.From, from) {
			continue
		}
		known = true
		if r.When.holds(items) {
			if r.To == "" {
				return from, true, true
			}
			return r.To, true, true
		}
	}
	return "", false, known
}

func (w When) holds(items []govsweep.NoticeItem) bool {
	has := func(s govsweep.FindingStatus) bool {
		return slices.ContainsFunc(items, func(it govsweep.NoticeItem) bool { return it.Status == s })
	}
	switch w {
	case IfWaiting:
		return has(govsweep.Noticed) || has(govsweep.Reopened)
	case IfDispute:
		return has(govsweep.Disputed)
	case IfSettled:
		return !slices.ContainsFunc(items, func(it govsweep.NoticeItem) bool { return !Settled(&it) })
	}
	return true
}

// mayStep lists the steps a notice in this state may take, in table order.
func mayStep(from govsweep.NoticeState) []string {
	var out []string
	for i := range noticeRows {
		r := &noticeRows[i]
		if slices.Contains(r.From, from) && !slices.Contains(out, r.Event) {
			out = append(out, r.Event)
		}
	}
	return out
}
