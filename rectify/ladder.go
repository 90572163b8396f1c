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

// mostRung bounds how far from the deadline a rung may stand, in working days.
const mostRung = 250

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
