package rectify

import (
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// An Action is what is due for a notice. Event is the step that records it:
// StepRetest, StepRemind, StepOverdue, StepEscalate or StepName.
type Action struct {
	Event string
	Day   string // YYYY-MM-DD, since when it is due
	Items []int  // the items it is about
	Why   string // one Chinese sentence
}

// Due says what is due for a notice at now, in the order to do it. It is a
// question, not a timer: asked twice it gives the same answer, and nothing
// that a step already records. After each action is done and its step is kept,
// ask again: a re-test may have settled what would be called overdue.
//
//   - a re-test of what was answered, once for each answer;
//   - a re-test of all that is open, once, when the day of the deadline is over;
//   - a reminder, when a rung was reached and none was sent since; a rung that
//     was missed is not sent twice;
//   - overdue, after the re-test at the deadline is on record, whatever it
//     showed: a unit that mended in silence is not called late;
//   - a supervision order, EscalateAfter working days after that;
//   - naming in the circular, after that many reminders, past the deadline.
//
// cal nil counts Monday to Friday.
func Due(n *govsweep.Notice, l Ladder, cal *workday.Calendar, now time.Time) []Action {
	if follows(n.Kind) || !alive(n.State) {
		return nil
	}
	d := &due{n: n, ladder: l, now: now, today: govsweep.DateOf(now), waiting: having(n, govsweep.Noticed, govsweep.Reopened)}
	if cal != nil {
		d.cal = cal
	}
	if t, err := govsweep.ParseDate(n.Deadline); err == nil && isDay(n.Deadline) {
		d.deadline, d.over = t, d.today > n.Deadline
	}
	var out []Action
	for _, ask := range []func() (Action, bool){d.retest, d.remind, d.overdue, d.escalate, d.name} {
		if a, ok := ask(); ok {
			out = append(out, a)
		}
	}
	return out
}

func alive(s govsweep.NoticeState) bool {
	switch s {
	case govsweep.NoticeDraft, govsweep.NoticeClosed, govsweep.NoticeWithdrawn:
		return false
	}
	return true
}

// due is one question about one notice.
type due struct {
	n        *govsweep.Notice
	ladder   Ladder
	cal      workdays
	now      time.Time
	today    string
	deadline time.Time // zero when the notice has none
	over     bool      // the day of the deadline is over
	waiting  []int     // items that wait for the unit
}

func (d *due) retest() (Action, bool) {
	answered := numbers(d.n, d.answerUntested)
	open := having(d.n, govsweep.Noticed, govsweep.Answered, govsweep.Reopened)
	switch {
	case d.over && len(open) > 0 && !d.testedAfterDeadline():
		return Action{StepRetest, d.dayAfter(), open, fmt.Sprintf("整改期限%s已到，须逐项复查。", govsweep.ChineseDate(d.deadline))}, true
	case len(answered) > 0:
		return Action{StepRetest, d.lastDay(StepAnswer), answered, fmt.Sprintf("主办单位已回复%d项，须复查。", len(answered))}, true
	}
	return Action{}, false
}

// answerUntested: no re-test of the item follows its last answer.
func (d *due) answerUntested(it *govsweep.NoticeItem) bool {
	if it.Status != govsweep.Answered {
		return false
	}
	for i := len(d.n.Steps) - 1; i >= 0; i-- {
		s := &d.n.Steps[i]
		if !slices.Contains(s.Items, it.No) {
			continue
		}
		switch s.Event {
		case StepRetest:
			return false
		case StepAnswer:
			return true
		}
	}
	return true
}

// testedAfterDeadline: a re-test after the day of the deadline is on record.
func (d *due) testedAfterDeadline() bool {
	return slices.ContainsFunc(d.n.Steps, func(s govsweep.NoticeStep) bool {
		return s.Event == StepRetest && govsweep.DateOf(s.At) > d.n.Deadline
	})
}

func (d *due) remind() (Action, bool) {
	if d.deadline.IsZero() || len(d.waiting) == 0 || !slices.Contains(mayStep(d.n.State), StepRemind) {
		return Action{}, false
	}
	rung := ""
	for _, n := range d.ladder.RemindBefore {
		if day := govsweep.DateOf(shift(d.cal, d.deadline, -n)); day <= d.today && day > rung && day > govsweep.DateOf(d.n.Issued) {
			rung = day
		}
	}
	if rung == "" || d.lastDay(StepRemind) >= rung || d.over && rung <= d.n.Deadline { // the last: nobody is reminded of what is over
		return Action{}, false
	}
	return Action{StepRemind, rung, d.waiting, fmt.Sprintf("整改期限为%s，尚有%d项等待整改或回复，须催办。", govsweep.ChineseDate(d.deadline), len(d.waiting))}, true
}

func (d *due) overdue() (Action, bool) {
	if !d.over || len(d.waiting) == 0 || !d.testedAfterDeadline() || !slices.Contains(mayStep(d.n.State), StepOverdue) {
		return Action{}, false
	}
	last := shift(d.cal, d.deadline, d.ladder.OverdueAfter)
	if d.today <= govsweep.DateOf(last) {
		return Action{}, false
	}
	return Action{StepOverdue, govsweep.DateOf(last.AddDate(0, 0, 1)), d.waiting,
		fmt.Sprintf("整改期限%s已过，%d项仍未整改，应认定逾期。", govsweep.ChineseDate(d.deadline), len(d.waiting))}, true
}

func (d *due) escalate() (Action, bool) {
	if d.n.State != govsweep.NoticeOverdue || len(d.waiting) == 0 {
		return Action{}, false
	}
	since := d.last(StepOverdue)
	if since == nil {
		return Action{}, false
	}
	day := govsweep.DateOf(shift(d.cal, since.At, d.ladder.EscalateAfter))
	if d.today < day {
		return Action{}, false
	}
	return Action{StepEscalate, day, d.waiting,
		fmt.Sprintf("自%s认定逾期后已满%d个工作日，%d项仍未整改，须下发督办单。", govsweep.ChineseDate(since.At), d.ladder.EscalateAfter, len(d.waiting))}, true
}

func (d *due) name() (Action, bool) {
	reminders := 0
	for i := range d.n.Steps {
		if d.n.Steps[i].Event == StepRemind {
			reminders++
		}
	}
	switch {
	case d.ladder.NameAfterReminders <= 0 || reminders < d.ladder.NameAfterReminders,
		!d.over || len(d.waiting) == 0 || d.last(StepName) != nil,
		!slices.Contains(mayStep(d.n.State), StepName):
		return Action{}, false
	}
	return Action{StepName, max(d.lastDay(StepRemind), d.dayAfter()), d.waiting,
		fmt.Sprintf("已催办%d次，%d项仍未整改，应在通报中点名。", reminders, len(d.waiting))}, true
}

func (d *due) last(event string) *govsweep.NoticeStep {
	for i := len(d.n.Steps) - 1; i >= 0; i-- {
		if d.n.Steps[i].Event == event {
			return &d.n.Steps[i]
		}
	}
	return nil
}

// lastDay is the day of the last such step; "" when there is none.
func (d *due) lastDay(event string) string {
	if s := d.last(event); s != nil {
		return govsweep.DateOf(s.At)
	}
	return ""
}

func (d *due) dayAfter() string { return govsweep.DateOf(d.deadline.AddDate(0, 0, 1)) }
