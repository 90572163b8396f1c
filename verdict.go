package govsweep

import (
	"encoding/json"
	"fmt"
)

// Grade is the 等次 of a target.
type Grade string

// The grades.
const (
	Qualified   Grade = "qualified"   // 合格
	Unqualified Grade = "unqualified" // 不合格
	Undecided   Grade = "undecided"   // 待核
)

// Points are tenths of a point of a scoring table.
type Points int

// String gives points with one decimal where there is one: "5", "0.1".
func (p Points) String() string {
	if p%10 == 0 {
		return fmt.Sprintf("%d", int(p)/10)
	}
	return fmt.Sprintf("%.1f", float64(p)/10)
}

// MarshalJSON writes points as a number.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads a number of at most one decimal.
func (p *Points) UnmarshalJSON(b []byte) error {
	var f float64
	if err := json.Unmarshal(b, &f); err != nil {
		return fmt.Errorf("points: %w", err)
	}
	*p = Points(f*10 + 0.5)
	return nil
}

// Verdict is the judgement over one target under one rulebook.
type Verdict struct {
	Target   Target          `json:"target"`
	Sweep    int64           `json:"sweep"`
	Rulebook string          `json:"rulebook"`
	Grade    Grade           `json:"grade"`
	Vetoes   []IndicatorCode `json:"vetoes"`          // veto indicators found
	Score    *Points         `json:"score,omitempty"` // absent for a vetoed target and where points are 待录入
	Open     []IndicatorCode `json:"open"`            // indicators whose answer may still change the grade
	// Unpriced are deduction indicators found whose points are 待录入.
	Unpriced []IndicatorCode `json:"unpriced,omitempty"`
	Reason   string          `json:"reason,omitempty"` // why the grade is what it is, Chinese
	// Items is the score card: one row for each deduction item with anything to say.
	Items []ScoreItem `json:"items,omitempty"`
}

// ScoreItem is one row of the score card.
type ScoreItem struct {
	ID       string  `json:"id"` // DE-01
	Group    string  `json:"group"`
	Name     string  `json:"name"`
	Deducted *Points `json:"deducted,omitempty"` // nil = 待录入
	Places   int     `json:"places"`             // faults counted
}

// Coverage is what of a target was seen.
type Coverage struct {
	Target   Target         `json:"target"`
	Sweep    int64          `json:"sweep"`
	Pages    PageCounts     `json:"pages"`
	Reasons  map[string]int `json:"reasons"`           // why pages were not read, Chinese reason → number
	Complete bool           `json:"complete"`          // nothing known was left out
	Suspect  bool           `json:"suspect"`           // so much was blocked that nothing negative may rest on it
	Promise  string         `json:"promise,omitempty"` // the politeness kept, one sentence
}

// PageCounts counts addresses of the site itself.
type PageCounts struct {
	Read      int `json:"read"`
	Blocked   int `json:"blocked"`
	Unread    int `json:"unread"`
	Truncated int `json:"truncated"`
	Skipped   int `json:"skipped"` // known and left out: budget, traps, robots
}
