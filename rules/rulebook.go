package rules

import (
	"time"

	"github.com/govsweep/govsweep"
)

// Automatable says how much of an indicator the machine decides.
type Automatable string

// The degrees: the machine decides; it finds and a person confirms; a person enters it.
const (
	Full    Automatable = "full"
	Partial Automatable = "partial"
	Manual  Automatable = "manual"
)

// An Entry binds an indicator to its price in one rulebook.
type Entry struct {
	ID          string                 `yaml:"id"`
	Code        govsweep.IndicatorCode `yaml:"code"`
	Class       govsweep.Class         `yaml:"class"`
	Group       string                 `yaml:"group"`
	Name        string                 `yaml:"name"`
	Points      *govsweep.Points       `yaml:"points"` // for each place; nil = 待录入
	Cap         *govsweep.Points       `yaml:"cap"`    // of this entry; nil = only the item's
	RawParams   rawParams              `yaml:"params"`
	OnlyIf      []string               `yaml:"only_if"`
	Severity    govsweep.Severity      `yaml:"severity"`
	Automatable Automatable            `yaml:"automatable"`
	Confidence  string                 `yaml:"confidence"` // confirmed, practice, unconfirmed
	Clause      string                 `yaml:"clause"`     // part and item, as cited in the notice
	Remedy      string                 `yaml:"remedy"`
	From        time.Time              `yaml:"from"` // first day in force; zero = always
	To          time.Time              `yaml:"to"`   // last day in force
	Note        string                 `yaml:"note"`

	params any
	item   int // place in Scoring.Items, -1 without one
}

// Item is one 扣分项 of the scoring table.
type Item struct {
	ID         string           `yaml:"id"`
	Group      string           `yaml:"group"`
	Name       string           `yaml:"name"`
	Points     *govsweep.Points `yaml:"points"` // cap of the item; nil = 待录入
	Indicators []string         `yaml:"indicators"`
}

// Group is one part of the scoring table.
type Group struct {
	Name   string           `yaml:"name"`
	Points *govsweep.Points `yaml:"points"`
}

// Rescale is what a rulebook does with the points of units that have no
// public service.
type Rescale string

// The ways: multiply the rest by a factor, or leave the points out.
const (
	ByFactor  Rescale = "factor"
	NoRescale Rescale = "none"
)

// Scoring is how findings become a score.
type Scoring struct {
	DeductionTotal govsweep.Points `yaml:"deduction_total"`
	BonusTotal     govsweep.Points `yaml:"bonus_total"`
	PassLine       govsweep.Points `yaml:"pass_line"`
	BonusLine      govsweep.Points `yaml:"bonus_line"`
	// ServicePoints are the points of ServiceGroup, which units without
	// public service are not checked for.
	ServiceGroup    string          `yaml:"service_group"`
	ServicePoints   govsweep.Points `yaml:"service_points"`
	Rescale         Rescale         `yaml:"rescale"`
	NoServiceFactor Ratio           `yaml:"no_service_factor"`
	// ScoredKinds are the kinds of site the deductions are for.
	ScoredKinds []govsweep.SiteKind `yaml:"scored_kinds"`
	Groups      []Group             `yaml:"groups"`
	Items       []Item              `yaml:"items"`
}

// Cycle is the update cycle 更新周期 of one column class.
type Cycle struct {
	Class      govsweep.ColumnClass `yaml:"class"`
	Days       *int                 `yaml:"cycle_days"`   // nil = none or 待录入
	Months     *int                 `yaml:"cycle_months"` // nil = none or 待录入
	OnlyIf     []string             `yaml:"only_if"`
	Confidence string               `yaml:"confidence"`
	Clause     string               `yaml:"clause"`
	Note       string               `yaml:"note"`
}

// ColumnRules are the cycles and what makes a column's verdict doubtful.
type ColumnRules struct {
	Cycles []Cycle `yaml:"cycles"`
	// BlankLooks is how many fetches must agree before a column is blank.
	BlankLooks int `yaml:"blank_looks"`
	// BlankClause is the clause of the definition of 空白栏目.
	BlankClause string `yaml:"blank_clause"`
	// SureClass is the confidence from which a class set by the machine is
	// taken without a person.
	SureClass float64 `yaml:"sure_class"`
	// NewColumnDays is how long a column that appeared after the first
	// inspection is given before it is held to be blank.
	NewColumnDays int `yaml:"new_column_days"`
}

// Rulebook 检查指标文件 is one paper with its prices. It is data a bureau can
// read, and replace by a file of its own.
type Rulebook struct {
	ID        string      `yaml:"id"`
	Citation  string      `yaml:"citation"` // 国办秘函〔2019〕19号
	Title     string      `yaml:"title"`
	Version   string      `yaml:"version"`
	Scoring   Scoring     `yaml:"scoring"`
	Columns   ColumnRules `yaml:"columns"`
	Entries   []Entry     `yaml:"entries"`
	Uncovered []Uncovered `yaml:"uncovered"`

	cycles map[govsweep.ColumnClass]*Cycle
}

// Uncovered is an item of the paper this version does not inspect.
type Uncovered struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
	Why  string `yaml:"why"`
	// Target is the kind of target it is for; "" is a site.
	Target govsweep.TargetKind `yaml:"target"`
}

// NotInspected lists what of the paper was not looked at of a kind of
// target, for the report.
func (b *Rulebook) NotInspected(kind govsweep.TargetKind) []govsweep.Uncovered {
	out := make([]govsweep.Uncovered, 0, len(b.Uncovered))
	for _, u := range b.Uncovered {
		if u.Target == kind || u.Target == "" && kind == govsweep.SiteTarget {
			out = append(out, govsweep.Uncovered{BookID: u.ID, Name: u.Name, Why: u.Why})
		}
	}
	return out
}

// BookTitle names the rulebook for results.
func (b *Rulebook) BookTitle() govsweep.BookTitle {
	return govsweep.BookTitle{ID: b.ID, Citation: b.Citation, Title: b.Title}
}

// Entry gives the entry of a code; nil when the rulebook has none.
func (b *Rulebook) Entry(code govsweep.IndicatorCode) *Entry {
	for i := range b.Entries {
		if b.Entries[i].Code == code {
			return &b.Entries[i]
		}
	}
	return nil
}
