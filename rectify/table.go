package rectify

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Who may cause an event. Values may be added up.
type Who int

// The three who move a finding.
const (
	Person   Who = 1 << iota // a person's decision: Decide
	Machine                  // an inspection or a standing exemption: Observe
	OfNotice                 // a step of a notice the finding stands in: Advance, Follow
)

// String names who in Chinese.
func (w Who) String() string {
	var out []string
	for _, p := range []struct {
		who  Who
		word string
	}{{Person, "人员"}, {Machine, "程序"}, {OfNotice, "通知书"}} {
		if w&p.who != 0 {
			out = append(out, p.word)
		}
	}
	return strings.Join(out, "、")
}

// Row is one line of the table: from any of From, Event leads to To. To "" is
// the status the finding has.
type Row struct {
	From  []govsweep.FindingStatus
	Event govsweep.Event
	To    govsweep.FindingStatus
	Who   Who
	Why   string // why it is allowed, or why not from elsewhere, Chinese
	Note  string // the same in English
}

// Rows gives the table of transitions of a finding. What is not in it may not
// happen; Undo alone stands beside it, because it leads back to where the
// finding came from.
func Rows() []Row { return slices.Clone(rows) }

var rows = []Row{
	// A person decides. While a finding stands in a notice, nobody moves it by
	// hand: the unit holds a paper that says otherwise. The ways out of a notice
	// are its own: a passed re-test, a decided objection, a further paper.
	{of("proposed", "reopened"), govsweep.Endorse, "", Person,
		"单项否决问题由第一人初核。初核不改变状态，任何结论都不建立在一个人的判断上。",
		"The first of the two persons a veto needs. The status does not change, so that nothing can rest on one person's word."},
	{of("proposed", "reopened"), govsweep.Confirm, govsweep.Confirmed, Person,
		"问题属实。单项否决问题由另一人确认后才成立。",
		"The fault is true. For a veto this is the second person."},
	{of("proposed", "reopened", "confirmed"), govsweep.Reject, govsweep.Rejected, Person,
		"问题不属实。已列入通知书的，由主办单位提出异议、监管单位裁定。",
		"The fault is not true. Under a notice the unit objects and the objection is decided instead."},
	{of("proposed", "reopened", "confirmed"), govsweep.Exempt, govsweep.Exempted, Person,
		"问题属实但有正当理由，须写明理由。已列入通知书的，先以更正通知移出。",
		"True but excused, with a reason. Under a notice a further paper takes the item out first."},
	{of("rejected", "exempted", "fixed", "confirmed"), govsweep.Reopen, govsweep.Reopened, Person,
		"重新核查，历史记录全部保留。对已确认的问题事后生疑，也用重开。",
		"Back to review with the whole history. Also from confirmed: a doubt that comes later than Undo would reach."},

	// An inspection was made, or a standing exemption applies.
	{of("proposed", "reopened", "fixed"), govsweep.Exempt, govsweep.Exempted, Machine,
		"新出现或再次出现的问题在豁免范围内。人员已确认的不受影响；人员重开的，只有其后作出的豁免才适用。",
		"A standing exemption covers it as it comes or comes back. What a person confirmed stays; what a person reopened stays unless the exemption is younger."},
	{of("exempted"), govsweep.Expire, govsweep.Proposed, Machine,
		"豁免到期或撤销而问题仍在，须由人员处理；问题已不在的，不打扰任何人。",
		"The exemption ended or was revoked and the fault is seen: a person must look. Not seen, it stays: nobody is asked about what is not there."},
	{of("proposed", "confirmed", "reopened"), govsweep.Gone, govsweep.Fixed, Machine,
		"本次读取了问题所在位置，问题已不存在。已排除的本来不是问题；已列入通知书的以复查为准。",
		"Its place was read and the fault is not there. Not from rejected (it never was one) and not under a notice (its own re-test says so)."},
	{of("fixed"), govsweep.Return, govsweep.Reopened, Machine,
		"已整改的问题再次出现，即反弹。已排除的不再提起。",
		"A fixed fault is seen again (反弹). Not from rejected: the same false alarm is not raised twice."},

	// A notice takes a step.
	{of("confirmed"), govsweep.Notify, govsweep.Noticed, OfNotice,
		"只有经人员确认的问题才能写入通知书，单项否决问题须经两人确认。",
		"Only what a person confirmed is printed; a veto needed two."},
	{of("noticed", "answered", "reopened"), govsweep.Reply, govsweep.Answered, OfNotice,
		"主办单位回复整改情况；复查未通过后、补充说明时、销号前问题反弹时，可以再次回复。",
		"The unit answers; again after a failed re-test, to add to its answer, or when the fault came back while the notice was open."},
	{of("noticed", "answered"), govsweep.Object, govsweep.Disputed, OfNotice,
		"主办单位认为问题不属实，回复之后也可以提出。",
		"The unit objects, also after it has answered."},
	{of("disputed"), govsweep.Uphold, govsweep.Noticed, OfNotice,
		"异议不成立，继续等待整改。",
		"The objection does not hold: the item waits for the unit again."},
	{of("disputed"), govsweep.Overturn, govsweep.Rejected, OfNotice,
		"异议成立，问题不属实。",
		"The objection holds: the fault was not true."},
	{of("noticed", "answered", "reopened"), govsweep.Pass, govsweep.Fixed, OfNotice,
		"复查重新读取了问题所在位置，问题已不存在，并留有新的证据。有异议的须先由人员裁定，即使页面已经改好。",
		"The re-test read the place afresh and the fault is not there. Not from disputed: whether it was a fault is for a person to decide, and counts even when it is gone."},
	{of("noticed", "answered", "fixed", "reopened"), govsweep.Fail, govsweep.Noticed, OfNotice,
		"复查时问题仍在，等待主办单位整改。已整改或再次出现的，属于销号前反弹。",
		"The re-test saw the fault: the item waits for the unit. From fixed or reopened: it came back while the notice was still open."},
	{of("noticed", "answered", "disputed"), govsweep.Release, govsweep.Confirmed, OfNotice,
		"以更正或撤销通知移出通知书，问题仍然属实，另行处理。",
		"A further paper withdraws the notice or takes the item out of it. The fault stays true until someone decides otherwise."},
}

func of(statuses ...govsweep.FindingStatus) []govsweep.FindingStatus { return statuses }

// next looks up where event leads from status when who causes it.
func next(from govsweep.FindingStatus, e govsweep.Event, who Who) (to govsweep.FindingStatus, ok bool) {
	for i := range rows {
		r := &rows[i]
		if r.Event == e && r.Who&who != 0 && slices.Contains(r.From, from) {
			if r.To == "" {
				return from, true
			}
			return r.To, true
		}
	}
	return "", false
}

// may lists what who can do with a finding of this status, in table order.
func may(from govsweep.FindingStatus, who Who) []govsweep.Event {
	var out []govsweep.Event
	for i := range rows {
		r := &rows[i]
		if r.Who&who != 0 && r.Event != govsweep.Endorse && slices.Contains(r.From, from) {
			out = append(out, r.Event)
		}
	}
	return out
}
