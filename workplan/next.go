package workplan

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

var (
	monthlyDay = regexp.MustCompile(`每(?:个)?月(\d{1,2})日`)
	periods    = []struct {
		mark   *regexp.Regexp
		months int
	}{
		{regexp.MustCompile(`每(?:个)?月|按月|月度`), 1},
		{regexp.MustCompile(`每(?:个)?季度?|按季度?|季度`), 3},
		{regexp.MustCompile(`每半年|半年`), 6},
		{regexp.MustCompile(`每年|按年|年度`), 12},
	}
)

// next gives the next day of a periodic task, today included: the printed day
// of the month, else the end of the period. It moves behind holidays where
// the paper says so (节假日顺延).
func next(t *govsweep.Task, workday func(time.Time) bool, now time.Time) string {
	if t.Due.Kind != govsweep.DuePeriodic || t.State == govsweep.TaskDone || t.State == govsweep.TaskDropped {
		return ""
	}
	key := fold(t.Due.Text)
	today := now.In(govsweep.Shanghai)
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, govsweep.Shanghai)
	moved := strings.Contains(key, "顺延")
	for i := -1; i < 26; i++ {
		d, ok := periodDay(key, today, i)
		if !ok {
			return ""
		}
		if moved {
			d = onWorkday(d, workday)
		}
		if !d.Before(today) {
			return govsweep.DateOf(d)
		}
	}
	return ""
}

// periodDay gives the day of the period i months, quarters or years from today.
func periodDay(key string, today time.Time, i int) (time.Time, bool) {
	if m := monthlyDay.FindStringSubmatch(key); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits
		first := time.Date(today.Year(), today.Month()+time.Month(i), 1, 0, 0, 0, 0, govsweep.Shanghai)
		last := first.AddDate(0, 1, -1).Day()
		return first.AddDate(0, 0, min(max(n, 1), last)-1), true
	}
	for _, p := range periods {
		if p.mark.MatchString(key) {
			begin := (int(today.Month()) - 1) / p.months * p.months
			return time.Date(today.Year(), time.Month(begin+(i+1)*p.months+1), 0, 0, 0, 0, 0, govsweep.Shanghai), true
		}
	}
	return time.Time{}, false
}

func onWorkday(d time.Time, workday func(time.Time) bool) time.Time {
	if workday == nil {
		workday = func(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday }
	}
	for n := 0; n < 31 && !workday(d); n++ {
		d = d.AddDate(0, 0, 1)
	}
	return d
}
