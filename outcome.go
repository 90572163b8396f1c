package govsweep

// OutcomeStatus is how one indicator ended for one target.
type OutcomeStatus string

// The statuses, decided by the frame in this order: not-applicable,
// not-in-force, not-measured; then found, passed or broken.
const (
	Passed        OutcomeStatus = "passed"
	Found         OutcomeStatus = "found"
	NotApplicable OutcomeStatus = "not-applicable"
	NotInForce    OutcomeStatus = "not-in-force"
	NotMeasured   OutcomeStatus = "not-measured"
	Broken        OutcomeStatus = "broken"
)

// Outcome is the 检查结果 of one indicator for one target. There is exactly
// one for every entry of the rulebook, always.
type Outcome struct {
	Target    Target        `json:"target"`
	Indicator IndicatorCode `json:"indicator"`
	BookID    string        `json:"book_id"`
	Title     string        `json:"title"`
	Class     Class         `json:"class"`
	Status    OutcomeStatus `json:"status"`
	Reason    string        `json:"reason,omitempty"` // why, for every status but passed and found
	Review    string        `json:"review,omitempty"` // what a person must still look at
	Count     int           `json:"findings"`
	Findings  []Finding     `json:"-"`
}

// Open says whether the answer may still change.
func (o *Outcome) Open() bool {
	return o.Review != "" || o.Status == NotMeasured || o.Status == Broken
}
