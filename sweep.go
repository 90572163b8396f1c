package govsweep

import "time"

// SweepState is where a sweep stands.
type SweepState string

// The states of a sweep or of one target within it.
const (
	SweepRunning   SweepState = "running"
	SweepDone      SweepState = "done"
	SweepCancelled SweepState = "cancelled"
	SweepFailed    SweepState = "failed" // of a target: it could not be inspected
	SweepWaiting   SweepState = "waiting"
)

// RetestSweep is the kind of a sweep that only looks again at findings. Its
// results never stand for the last inspection of a site.
const RetestSweep = "retest"

// AccountSweep is the kind of a sweep over accounts 政务新媒体.
const AccountSweep = "accounts"

// Sweep is one run over a scope of targets: a census, a sample check, an
// inspection of one site.
type Sweep struct {
	ID       int64      `json:"id"`
	Kind     string     `json:"kind"`  // inspect, sweep, retest, accounts
	Scope    string     `json:"scope"` // as the user gave it
	Rulebook string     `json:"rulebook"`
	AsOf     time.Time  `json:"as_of"` // 监测时间点
	Started  time.Time  `json:"started"`
	Ended    time.Time  `json:"ended,omitzero"`
	State    SweepState `json:"state"`
	Options  string     `json:"options,omitempty"`  // JSON of what a resume needs
	Priority int        `json:"priority,omitempty"` // higher is worked on first; 0 is the usual one
}

// SweepTarget is one target of a sweep.
type SweepTarget struct {
	Sweep  int64      `json:"sweep"`
	Target Target     `json:"target"`
	State  SweepState `json:"state"`
	Note   string     `json:"note,omitempty"` // why it failed, or what it waits for
	Wave   int        `json:"wave"`           // the round of the crawl that has begun
	Began  time.Time  `json:"began,omitzero"`
	Ended  time.Time  `json:"ended,omitzero"`
	Fence  int64      `json:"-"` // of the lease it is kept under; see Run
}

// SweepHealth is what the gate of a sweep weighs: how many of its targets
// could not be inspected, and what its control targets showed.
type SweepHealth struct {
	Sweep       int64     `json:"sweep"`
	At          time.Time `json:"at"`          // 监测时间点
	Targets     int       `json:"targets"`     // that have ended: judged or failed
	Failed      int       `json:"failed"`      // that could not be inspected
	Suspect     int       `json:"suspect"`     // judged, with so much blocked that nothing negative rests on it
	Unreachable int       `json:"unreachable"` // judged, but not one page of them was read; an account without a source is none
	Controls    []Control `json:"controls,omitempty"`
}

// Control is one look at a control target: a site that is known to work, so
// that a failure is the inspector's own line.
type Control struct {
	URL string `json:"url"`
	OK  bool   `json:"ok"`
	Why string `json:"why,omitempty"` // why not, one Chinese sentence
}
