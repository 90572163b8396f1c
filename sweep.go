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

// Sweep is one run over a scope of targets: a census, a sample check, an
// inspection of one site.
type Sweep struct {
	ID       int64      `json:"id"`
	Kind     string     `json:"kind"`  // inspect, sweep
	Scope    string     `json:"scope"` // as the user gave it
	Rulebook string     `json:"rulebook"`
	AsOf     time.Time  `json:"as_of"` // 监测时间点
	Started  time.Time  `json:"started"`
	Ended    time.Time  `json:"ended,omitzero"`
	State    SweepState `json:"state"`
	Options  string     `json:"options,omitempty"` // JSON of what a resume needs
}

// SweepTarget is one target of a sweep.
type SweepTarget struct {
	Sweep  int64      `json:"sweep"`
	Target Target     `json:"target"`
	State  SweepState `json:"state"`
	Note   string     `json:"note,omitempty"` // why it failed
	Wave   int        `json:"wave"`           // the round of the crawl that has begun
	Began  time.Time  `json:"began,omitzero"`
	Ended  time.Time  `json:"ended,omitzero"`
}
