package workday

import (
	"time"

	"github.com/govsweep/govsweep"
)

// maxDays bounds how far a deadline is counted: forty years of working days.
const maxDays = 10_000

// AddWorkdays gives the last moment, in Shanghai, of the n-th working day
// after the day of from: the day of receipt does not count. n below 1 gives
// the end of that day itself; n above 10,000 counts as 10,000. warning is one
// Chinese sentence when a year on the way is not in the table, else "".
func (c *Calendar) AddWorkdays(from time.Time, n int) (last time.Time, warning string) {
	last = govsweep.EndOfDay(from)
	for n = min(n, maxDays); n > 0; {
		last = last.AddDate(0, 0, 1)
		if c.IsWorkday(last) {
			n--
		}
	}
	next := govsweep.EndOfDay(from).AddDate(0, 0, 1)
	if last.Before(next) {
		next = last
	}
	return last, c.Warning(next, last)
}

// Between counts the working days after the day of a up to and with the day
// of b: how many are left. It is negative when b lies before a. For a working
// day b after a, AddWorkdays(a, Between(a, b)) ends on b.
func (c *Calendar) Between(a, b time.Time) int {
	a, b = govsweep.EndOfDay(a), govsweep.EndOfDay(b)
	if b.Before(a) {
		return -c.Between(b, a)
	}
	n := 0
	for d := a; d.Before(b); {
		d = d.AddDate(0, 0, 1)
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}

// OnOrAfter gives the last moment of the first working day from the day of t
// on: a period of calendar days that ends on a holiday ends on that day.
func (c *Calendar) OnOrAfter(t time.Time) (last time.Time, warning string) {
	last = govsweep.EndOfDay(t)
	for !c.IsWorkday(last) {
		last = last.AddDate(0, 0, 1)
	}
	return last, c.Warning(t, last)
}
