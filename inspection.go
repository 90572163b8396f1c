package govsweep

import "time"

// Inspection is everything one sweep says about one target: what a report
// prints and what storage keeps when the target is judged.
type Inspection struct {
	Sweep    Sweep           `json:"sweep"`
	Site     Site            `json:"site"`
	Verdict  Verdict         `json:"verdict"`
	Coverage Coverage        `json:"coverage"`
	Outcomes []Outcome       `json:"outcomes"`
	Findings []Finding       `json:"findings"`
	Columns  []ColumnVerdict `json:"columns"`
	// Uncovered are entries of the paper this inspection does not look at,
	// with the reason: printed so that "not inspected" is never read as clean.
	Uncovered []Uncovered `json:"uncovered,omitempty"`
	Book      BookTitle   `json:"book"`
	Ended     time.Time   `json:"-"` // when the target was judged, kept with the target of its sweep; zero = not said
	Fence     int64       `json:"-"` // of the lease it is kept under; see Run
	// Series are the visits of a watch over the home page until the time of
	// inspection, one a vantage: for reports, kept by the visits alone.
	Series []Series `json:"-"`
	// IPv6 is the newest look over IPv6 until the time of inspection, nil for
	// none, and IPv6Label whether the site says in print that it supports it:
	// for reports, not kept here.
	IPv6      *IPv6Report `json:"-"`
	IPv6Label bool        `json:"-"`
	// Account is what was published and how it was learned, of an account; it
	// is read for a report and not kept here.
	Account *AccountReport `json:"-"`
}

// Uncovered is an item of a rulebook that was not inspected.
type Uncovered struct {
	BookID string `json:"book_id"`
	Name   string `json:"name"`
	Why    string `json:"why"`
}

// BookTitle names the rulebook of an inspection.
type BookTitle struct {
	ID       string `json:"id"`
	Citation string `json:"citation"` // 国办秘函〔2019〕19号
	Title    string `json:"title"`
}
