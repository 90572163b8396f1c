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
	Why   string // Chinese
	Note  string // the same in English
}

// NoticeRows gives the table of steps of a 整改通知书 or 监管提示单. Papers that
// follow one (催办通知, 督办单, 更正 and 撤销通知) are issued and received, no more.
func NoticeRows() []NoticeRow { return slices.Clone(noticeRows) }

var noticeRows = []NoticeRow{
	{states("draft"), StepIssue, Always, govsweep.NoticeIssued,
		"所列问题全部转为“已通知整改”。",
		"Every finding in it becomes noticed."},
	{states("draft"), StepWithdraw, Always, govsweep.NoticeWithdrawn,
		"草稿不再下发，无须行文。",
		"A draft is dropped without a paper."},
	{states("issued"), StepReceive, Always, govsweep.NoticeReceived,
		"签收一次。",
		"Signed for, once."},
	{states("overdue", "escalated"), StepReceive, Always, "",
		"逾期后补签，逾期不因此消除。",
		"Signed for late: the lapse stands."},

	{states("overdue", "escalated"), StepAnswer, IfWaiting, "",
		"只回复了一部分，其余仍逾期。",
		"Part of the items answered: the lapse stands for the others."},
	{states("disputed"), StepAnswer, IfDispute, "",
		"异议尚未裁定。",
		"The objection is still to be decided."},
	{states("issued", "received"), StepAnswer, IfWaiting, govsweep.NoticeReceived,
		"只回复了一部分；能回复即已收到。",
		"Part of the items answered: who answers has received."},
	{states("retested", "decided", "disputed"), StepAnswer, IfWaiting, "",
		"只回复了一部分。",
		"Part of the items answered."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepAnswer, IfDispute, govsweep.NoticeDisputed,
		"除有异议的以外都已回复。",
		"All answered but those objected to."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepAnswer, Always, govsweep.NoticeAnswered,
		"未了结的都已回复，应当复查。",
		"Every open item is answered: re-test."},

	{states("overdue", "escalated"), StepDispute, IfWaiting, "",
		"对一项有异议，不影响其他各项的期限。",
		"An objection to one item does not excuse the others."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepDispute, Always, govsweep.NoticeDisputed,
		"异议须写明是哪几项、什么理由。",
		"An objection names its items and its reason."},
	{states("disputed"), StepDecide, IfDispute, "",
		"只裁定了一部分。",
		"Decided in part."},
	{states("overdue", "escalated"), StepDecide, IfWaiting, "",
		"仍有等待整改的，逾期不因此消除。",
		"The lapse stands for what still waits."},
	{states("overdue", "escalated"), StepDecide, IfDispute, govsweep.NoticeDisputed,
		"只裁定了一部分。",
		"Decided in part."},
	{states("disputed", "overdue", "escalated"), StepDecide, Always, govsweep.NoticeDecided,
		"异议全部裁定完毕。",
		"Every objection is decided."},

	{states("overdue", "escalated"), StepRetest, IfWaiting, "",
		"仍有等待整改的，逾期不因此消除。",
		"The lapse stands for what still waits."},
	{states("disputed", "overdue", "escalated"), StepRetest, IfDispute, govsweep.NoticeDisputed,
		"复查不代替对异议的裁定。",
		"A re-test does not decide an objection."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepRetest, Always, govsweep.NoticeRetested,
		"通过的为已整改，未通过的等待整改，未能读取的保持不变。",
		"Looked at: what passed is fixed, what failed waits for the unit, what could not be read stays."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepClose, IfSettled, govsweep.NoticeClosed,
		"每一项都有新的证据证明已整改，或经裁定异议成立、豁免、移出，才能销号。",
		"Only when every item is fixed with fresh proof, or was overturned, exempted or taken out."},

	{states("issued", "received", "retested", "decided", "disputed"), StepOverdue, IfWaiting, govsweep.NoticeOverdue,
		"期限已过而仍有等待整改的。已回复、尚未复查的，不算主办单位逾期。",
		"The deadline passed and an item waits. What is answered and not yet looked at is not the unit's delay."},
	{states("issued", "received", "retested", "decided", "disputed", "overdue", "escalated"), StepRemind, IfWaiting, "",
		"期限前后均可催办。",
		"Reminded, before or after the deadline."},
	{states("overdue", "retested"), StepEscalate, IfWaiting, govsweep.NoticeEscalated,
		"下发督办单；复查未通过的，不必等到期限届满。",
		"A supervision order; also after a failed re-test without waiting for the deadline."},
	{states("overdue", "escalated"), StepName, IfWaiting, "",
		"在通报中点名。",
		"Named in the circular."},

	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepAmend, Always, "",
		"另发更正通知，可以移出若干项；已下发的通知书保持原样。",
		"A further paper corrects it and may take items out. The issued one stays as printed."},
	{states("issued", "received", "answered", "retested", "decided", "disputed", "overdue", "escalated"), StepWithdraw, Always, govsweep.NoticeWithdrawn,
		"另发撤销通知，未了结的问题回到“已确认”。",
		"A further paper withdraws it: what was open is confirmed again."},
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
