package rules

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

// limit is how old the newest item of one column may be.
type limit struct {
	days, months int // of the rulebook; at most one is set
	local        int // days of a stricter local cycle; 0 = none
	clause       string
}

// limit gives the cycle that binds column c: the rulebook's for its class, or
// the local one where that is stricter.
func (j *columnJudge) limit(c *govsweep.ColumnActivity) limit {
	var l limit
	if cy := j.b.cycles[c.Class]; cy != nil && j.binds(cy) {
		l.clause = clauseFor(cy.Clause, &j.d.Site)
		if cy.Days != nil {
			l.days = *cy.Days
		}
		if cy.Months != nil {
			l.months = *cy.Months
		}
	}
	if c.CycleDays > 0 && l.stricter(c.CycleDays) {
		l.local = c.CycleDays
		l.clause = "登记的本地更新周期"
	}
	return l
}

func (j *columnJudge) binds(cy *Cycle) bool {
	for _, word := range cy.OnlyIf {
		if scope(&j.d.Site, word) != yes {
			return false
		}
	}
	return true
}

func (l limit) stricter(days int) bool {
	switch {
	case l.days > 0:
		return days < l.days
	case l.months > 0:
		return days < 28*l.months
	}
	return true
}

func (l limit) known() bool { return l.days > 0 || l.months > 0 || l.local > 0 }

func (l limit) text() string {
	switch {
	case l.local > 0:
		return fmt.Sprintf("%d天", l.local)
	case l.days > 0:
		return fmt.Sprintf("%d天", l.days)
	case l.months > 0:
		return fmt.Sprintf("%d个月", l.months)
	}
	return ""
}

// over says whether newest is too old at the check point.
func (l limit) over(newest, asOf time.Time) bool {
	if l.local > 0 && OverDays(newest, asOf, l.local) {
		return true
	}
	return l.legal(newest, asOf)
}

// legal is over by the rulebook's cycle alone.
func (l limit) legal(newest, asOf time.Time) bool {
	switch {
	case l.days > 0:
		return OverDays(newest, asOf, l.days)
	case l.months > 0:
		return OverMonths(newest, asOf, l.months)
	}
	return false
}

// OverDays says whether more than days calendar days lie between newest and
// the check point.
func OverDays(newest, asOf time.Time, days int) bool {
	return govsweep.DaysBetween(newest, asOf) > days
}

// OverMonths says whether newest lies before the day that is months calendar
// months before the check point.
func OverMonths(newest, asOf time.Time, months int) bool {
	return govsweep.DaysBetween(newest, govsweep.MonthsBefore(asOf, months)) > 0
}
