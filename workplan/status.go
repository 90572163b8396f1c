package workplan

import (
	"cmp"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// StatusInput is what the product knows when it says where tasks stand.
type StatusInput struct {
	Sites       []govsweep.Site
	Inspections []*govsweep.Inspection // the last one of each site
	// Checked are the book ids the product has a check for; the others are
	// shown as 产品暂未检查 and keep a task from being proven.
	Checked map[string]bool
	Titles  map[string]string // of indicators, by book id
	Last    *govsweep.Plan    // of the year before, for the look-back 回头看; nil for none
	// Workday says whether a day is a working day, for limits that move with
	// holidays (节假日顺延); nil counts Monday to Friday.
	Workday func(time.Time) bool
}

// Proof is what the machine can say of a task.
type Proof string

// The proofs. A task is Proven only when every tied indicator was measured
// on every site in its scope and none was found.
const (
	Proven   Proof = "proven"   // 检查通过
	Faulty   Proof = "faulty"   // 发现问题
	Unproven Proof = "unproven" // 未测全
	ByHand   Proof = "by-hand"  // 人工核查: no indicator is tied
)

// TaskStatus is where one task stands on a day.
type TaskStatus struct {
	Plan     string           `json:"plan"` // id of the plan
	Task     govsweep.Task    `json:"task"`
	LookBack bool             `json:"look_back,omitempty"` // a task of last year's plan that is not done, or whose proof fails today
	Overdue  int              `json:"overdue,omitempty"`   // days past the limit, while the task is open
	Next     string           `json:"next,omitempty"`      // periodic: the next day, YYYY-MM-DD
	Proof    Proof            `json:"proof"`
	Scope    string           `json:"scope"` // which sites were looked at and why, one sentence
	Sites    int              `json:"sites"`
	Results  []IndicatorProof `json:"results,omitempty"`
}

// IndicatorProof is how one tied indicator ended on the sites of a task.
type IndicatorProof struct {
	Indicator     string   `json:"indicator"` // book id
	Title         string   `json:"title,omitempty"`
	Unchecked     bool     `json:"unchecked,omitempty"` // the product has no check for it yet
	Passed        int      `json:"passed"`
	Found         int      `json:"found"`
	NotMeasured   int      `json:"not_measured"`
	NotApplicable int      `json:"not_applicable"`
	Settled       int      `json:"settled,omitempty"`  // found, and every finding rejected, exempted or fixed
	Findings      []string `json:"findings,omitempty"` // ids of findings that stand
}

// Status says where every task of a plan stands on the day of now: overdue
// ones first, then by their day, then the rest in the order of the plan; the
// look-back on last year's plan comes last.
func Status(p *govsweep.Plan, in StatusInput, now time.Time) []TaskStatus {
	out := statuses(p, in, now)
	slices.SortStableFunc(out, func(a, b TaskStatus) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(urgency(a), urgency(b)), cmp.Compare(dayOf(a), dayOf(b)))
	})
	return append(out, LookBack(in.Last, in, now)...)
}

// LookBack gives the tasks of a plan that are not done, or that were called
// done and whose machine proof fails today (对上一年度要点落实情况开展“回头看”).
func LookBack(p *govsweep.Plan, in StatusInput, now time.Time) []TaskStatus {
	if p == nil {
		return nil
	}
	var out []TaskStatus
	for _, s := range statuses(p, in, now) {
		s.LookBack = true
		open := s.Task.State == govsweep.TaskOpen || s.Task.State == ""
		if open || s.Task.State == govsweep.TaskDone && s.Proof == Faulty {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b TaskStatus) int { return cmp.Compare(b.Overdue, a.Overdue) })
	return out
}

func statuses(p *govsweep.Plan, in StatusInput, now time.Time) []TaskStatus {
	known := newMeasured(in)
	out := make([]TaskStatus, 0, len(p.Tasks))
	for _, t := range p.Tasks {
		s := TaskStatus{Plan: p.ID, Task: t, Overdue: overdue(&t, now), Next: next(&t, in.Workday, now)}
		known.prove(&s)
		out = append(out, s)
	}
	return out
}

// urgency puts dated open tasks first, then periodic ones, then open-ended
// ones, then what is done or dropped.
func urgency(s TaskStatus) int {
	switch {
	case s.Task.State == govsweep.TaskDone || s.Task.State == govsweep.TaskDropped:
		return 4
	case s.Task.Due.Kind == govsweep.DueDate:
		return 0
	case s.Task.Due.Kind == govsweep.DueDamaged:
		return 1
	case s.Task.Due.Kind == govsweep.DuePeriodic:
		return 2
	}
	return 3
}

func dayOf(s TaskStatus) string {
	if s.Next != "" {
		return s.Next
	}
	return s.Task.Due.Date
}

// overdue counts the days past the limit of an open task.
func overdue(t *govsweep.Task, now time.Time) int {
	if t.State == govsweep.TaskDone || t.State == govsweep.TaskDropped || t.Due.Kind != govsweep.DueDate {
		return 0
	}
	last, err := govsweep.ParseDate(t.Due.Date)
	if err != nil {
		return 0
	}
	return max(0, govsweep.DaysBetween(last, now))
}
