package govsweep

import "time"

// ProbeCount counts visits. Visits are what the ratio is taken of: opened,
// failed, doubtful and excused; the others count nowhere.
type ProbeCount struct {
	Visits     int `json:"visits"`
	Opened     int `json:"opened"`
	Failed     int `json:"failed"`
	Unchecked  int `json:"unchecked,omitempty"` // of the failed: no control looked at
	Doubtful   int `json:"doubtful,omitempty"`
	Excused    int `json:"excused,omitempty"`    // did not open within announced maintenance
	Unmeasured int `json:"unmeasured,omitempty"` // our line, a shield, the guard
	TooClose   int `json:"too_close,omitempty"`  // not spaced
}

// Add adds another count.
func (c *ProbeCount) Add(o ProbeCount) {
	c.Visits += o.Visits
	c.Opened += o.Opened
	c.Failed += o.Failed
	c.Unchecked += o.Unchecked
	c.Doubtful += o.Doubtful
	c.Excused += o.Excused
	c.Unmeasured += o.Unmeasured
	c.TooClose += o.TooClose
}

// VisitSign says as what one visit of a series was counted.
type VisitSign string

// The signs: every visit of a series carries exactly one.
const (
	SignOpened     VisitSign = "opened"
	SignFailed     VisitSign = "failed"
	SignDoubtful   VisitSign = "doubtful"
	SignExcused    VisitSign = "excused"    // did not open, or is doubtful, within announced maintenance
	SignUnmeasured VisitSign = "unmeasured" // counts nowhere
	SignTooClose   VisitSign = "too-close"  // counts nowhere
)

// A Series 可用性监测 is the visits of one target from one vantage as a report
// shows them: the week that is judged, or all there is where no week is whole.
type Series struct {
	Vantage string       `json:"vantage,omitempty"`
	Whole   bool         `json:"whole"` // a week the rulebook may be asked about
	Enough  int          `json:"days_enough"`
	Days    []SeriesDay  `json:"days"` // in order; never empty
	Stages  []StageTimes `json:"stages"`
	State   string       `json:"state"` // Chinese, no full stop: what the series says so far
	Brief   string       `json:"-"`     // the same in a few words
	Cert    *Certificate `json:"cert,omitempty"`
	CertAt  time.Time    `json:"-"`
	ProbeCount
}

// SeriesDay is one day in Shanghai.
type SeriesDay struct {
	Day    string        `json:"day"`
	Lacks  bool          `json:"lacks,omitempty"` // fewer visits than a day must have
	Visits []SeriesVisit `json:"visits"`
	ProbeCount
}

// SeriesVisit is one visit and as what it was counted.
type SeriesVisit struct {
	ProbeVisit
	Sign VisitSign `json:"sign"`
}

// StageTimes are the percentiles (nearest rank) of one stage over the visits
// that opened and had it: a home page without TLS has no handshake.
type StageTimes struct {
	Stage string        `json:"stage"` // Chinese
	N     int           `json:"n"`
	P50   time.Duration `json:"p50_ns"`
	P90   time.Duration `json:"p90_ns"`
	P95   time.Duration `json:"p95_ns"`
	Max   time.Duration `json:"max_ns"`
}
