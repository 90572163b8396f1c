package govsweep

import "time"

// IndicatorCode names an indicator for ever: it is printed in notices.
type IndicatorCode string

// Class says what a finding costs.
type Class string

// The classes of an entry in a rulebook.
const (
	Veto      Class = "veto"      // 单项否决指标
	Deduction Class = "deduction" // 扣分指标
	Bonus     Class = "bonus"     // 加分指标
	Norm      Class = "norm"      // asked by another paper, never scored by 国办秘函〔2019〕19号
)

// Severity grades findings of class norm.
type Severity string

// The severities; "" is a plain fault.
const (
	Must   Severity = "must"
	Should Severity = "should"
	Fault  Severity = ""
	Warn   Severity = "warn"
	Info   Severity = "info"
)

// FindingStatus is where a finding stands in its life.
type FindingStatus string

// The statuses of the contract.
const (
	Proposed  FindingStatus = "proposed"
	Confirmed FindingStatus = "confirmed"
	Rejected  FindingStatus = "rejected"
	Exempted  FindingStatus = "exempted"
	Noticed   FindingStatus = "noticed"
	Answered  FindingStatus = "answered"
	Disputed  FindingStatus = "disputed"
	Fixed     FindingStatus = "fixed"
	Reopened  FindingStatus = "reopened"
)

// ColumnRef is a column as a finding prints it.
type ColumnRef struct {
	Name string   `json:"name"`
	Path []string `json:"path"`
	URL  string   `json:"url"`
}

// Evidence is one capture behind a finding.
type Evidence struct {
	Digest string `json:"digest"` // "sha256:…"
	Kind   string `json:"kind"`   // page, response, list-call; later screenshot, probe
	URL    string `json:"url,omitempty"`
	At     string `json:"at,omitempty"` // RFC 3339, Asia/Shanghai
}

// Finding is one 问题: a place that falls short of one indicator, with its
// proof. A finding is proposed until a person confirms it.
type Finding struct {
	ID          string        `json:"id"`          // derived from Target and Fingerprint, the same in every sweep
	Fingerprint string        `json:"fingerprint"` // of indicator, subject and locator: survives a re-run
	Sweep       int64         `json:"sweep"`
	Target      Target        `json:"target"`
	Indicator   IndicatorCode `json:"indicator"`
	BookID      string        `json:"book_id"`
	Class       Class         `json:"class"`
	Severity    Severity      `json:"severity,omitempty"`
	Status      FindingStatus `json:"status"`
	Column      *ColumnRef    `json:"column,omitempty"`
	URL         string        `json:"url"`
	Pages       []string      `json:"pages"`            // every address covered, in order of address
	Summary     string        `json:"summary"`          // one whole Chinese sentence with place and date
	Detail      []string      `json:"detail,omitempty"` // quoted facts, measured and expected values
	Clause      string        `json:"clause"`
	Remedy      string        `json:"remedy"`
	GroupSize   int           `json:"group_size"` // len(Pages)
	Evidence    []Evidence    `json:"evidence"`
	FirstSeen   time.Time     `json:"first_seen"`
	LastSeen    time.Time     `json:"last_seen"`
	NeedsReview bool          `json:"needs_review"`
	// Shared names a matter that stands as a finding at each of several targets,
	// the same at each of them: what adds up over targets counts it once. "" for
	// a matter of this target alone.
	Shared string `json:"shared,omitempty"`

	// Locator tells findings of one indicator and target apart; it goes into
	// the Fingerprint. A column finding uses the column's address.
	Locator string `json:"-"`
	// Scores is how often the entry's Each is taken (links, columns, marks …); 0 counts as 1.
	Scores int `json:"-"`
	// Unproven says that looks or facts the law asks for are still missing:
	// the finding is shown for review and costs nothing yet.
	Unproven bool `json:"-"`
}
