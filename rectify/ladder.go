package rectify

import (
	"time"

	"github.com/govsweep/govsweep"
)

// workdays says which days are working days; *workday.Calendar does.
type workdays interface {
	IsWorkday(t time.Time) bool
}

// A Ladder says when a bureau reminds, calls overdue, escalates and names.
// All numbers but the last are working days; 0 in the last means never.
type Ladder struct {
	RemindBefore       []int // days before the deadline; a negative one is that many days after it
	OverdueAfter       int   // days of grace after the deadline
	EscalateAfter      int   // days from the overdue step to the 督办单
	NameAfterReminders int   // this many 催办 on record and still waiting past the deadline: named in the circular. A bureau that names after more than three writes 4
}

// DefaultLadder is the ladder of a form that names none: reminders three days
// and one day before the deadline and three after, overdue at once, a
// supervision order five days later, named after three reminders.
func DefaultLadder() Ladder {
	return Ladder{RemindBefore: []int{3, 1, -3}, EscalateAfter: 5, NameAfterReminders: 3}
}

// mostRung bounds how far from the deadline a rung may stand, in working days.
const mostRung = 250

// Check refuses a ladder that cannot be climbed.
func (l Ladder) Check() error {
	for _, n := range append([]int{l.OverdueAfter, l.EscalateAfter}, l.RemindBefore...) {
		if n < -mostRung || n > mostRung {
			return wrong("催办期限%d个工作日超出范围，应不超过%d个工作日。", n, mostRung)
		}
	}
	if l.OverdueAfter < 0 || l.EscalateAfter < 0 || l.NameAfterReminders < 0 {
		return wrong("逾期、督办和通报的期限不能是负数。")
	}
	if len(l.RemindBefore) > 20 {
		return wrong("催办次数不应超过20次。")
	}
	return nil
}

// shift goes n working days from day, backwards when n is negative. A day
// that is no working day itself counts as where it stands. n is held within a year.
func shift(cal workdays, day time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	day = govsweep.EndOfDay(day)
	for n, tries := min(n, mostRung), 0; n > 0 && tries < 4*mostRung; tries++ {
		day = day.AddDate(0, 0, step)
		if isWorkday(cal, day) {
			n--
		}
	}
	return day
}

// isWorkday asks the calendar; without one, Monday to Friday.
func isWorkday(cal workdays, t time.Time) bool {
	if cal != nil {
		return cal.IsWorkday(t)
	}
	wd := t.In(govsweep.Shanghai).Weekday()
	return wd != time.Saturday && wd != time.Sunday
}
