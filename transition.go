package govsweep

import "time"

// Event is what moves a finding from one status to the next. The table of
// what may follow what stands in rectify.
type Event string

// The events. Those of a person carry By; those of the machine carry the
// inspection they rest on.
const (
	Endorse  Event = "endorse"  // 初核: the first of the two persons a veto needs; the status stays proposed
	Confirm  Event = "confirm"  // 确认
	Reject   Event = "reject"   // 排除
	Exempt   Event = "exempt"   // 豁免, by a decision or by a standing exemption
	Expire   Event = "expire"   // 豁免到期 or revoked, and the fault is still there
	Reopen   Event = "reopen"   // 重开, by a person
	Undo     Event = "undo"     // 撤回 the last decision of a person
	Notify   Event = "notify"   // named in an issued notice
	Release  Event = "release"  // the notice was withdrawn
	Reply    Event = "reply"    // 整改回复
	Object   Event = "object"   // 异议
	Uphold   Event = "uphold"   // 异议不成立
	Overturn Event = "overturn" // 异议成立
	Gone     Event = "gone"     // an inspection read the place and the fault is not there
	Return   Event = "return"   // 问题反弹: a fixed fault was seen again
	Pass     Event = "pass"     // 复查通过
	Fail     Event = "fail"     // 复查未通过
)

// A Transition is one line of the history of a finding: who moved it, when,
// why and on what proof. Lines are added, never changed; Seq counts them from
// 1 for each finding, and a line may only be added behind the last one.
type Transition struct {
	Target      TargetID      `json:"-"`
	Fingerprint string        `json:"-"`
	Finding     string        `json:"finding"` // id, for people
	Seq         int           `json:"seq"`
	At          time.Time     `json:"at"`
	Event       Event         `json:"event"`
	From        FindingStatus `json:"from"`
	To          FindingStatus `json:"to"`
	By          string        `json:"by,omitempty"` // "" = the machine
	Reason      string        `json:"reason,omitempty"`
	Until       string        `json:"until,omitempty"` // YYYY-MM-DD, last day of an exemption
	Sweep       int64         `json:"sweep,omitempty"` // the inspection it rests on
	Notice      string        `json:"notice,omitempty"`
	Exemption   string        `json:"exemption,omitempty"` // the standing exemption that applied
	Undoes      int           `json:"undoes,omitempty"`    // Seq of the line taken back
	Proof       []Evidence    `json:"proof,omitempty"`
}

// Standing is where a finding stands now: what rectify needs to say what may
// happen next.
type Standing struct {
	Target      TargetID
	Fingerprint string
	ID          string
	Indicator   IndicatorCode
	BookID      string
	Class       Class
	Status      FindingStatus
	Until       string    // last day of an exemption
	Exemption   string    // the standing exemption it is exempted by; "" = its own decision
	Seq         int       // of the last transition; 0 = none yet
	Moved       time.Time // of the last transition; zero = none yet
	Endorsed    string    // who endorsed a veto that waits for the second person
	FirstSeen   time.Time
	LastSeen    time.Time
	LastSweep   int64 // the inspection that saw it last
	Column      *ColumnRef
	URL         string
	Pages       []string
}
