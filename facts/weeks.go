package facts

import (
	"time"

	"github.com/govsweep/govsweep"
)

// noDay stands for a date that is not known.
const noDay int32 = -1 << 31

// dayNumber counts the day of a date, as PageFacts write it, from 1 January
// 1970. Every such date is a day in Shanghai.
func dayNumber(s string) (int32, bool) {
	if len(s) < len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return noDay, false
	}
	y, ok1 := digits(s[0:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 || m < 1 || m > 12 || d < 1 {
		return noDay, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return noDay, false
	}
	return int32(t.Unix() / (24 * 60 * 60)), true
}

func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}

// dateOfDay writes a day number as YYYY-MM-DD; "" for noDay.
func dateOfDay(n int32) string {
	if n == noDay {
		return ""
	}
	return time.Unix(int64(n)*24*60*60, 0).UTC().Format("2006-01-02")
}

// printedDay reads the day of a date as people print it: 2017年05月15日,
// 2021-8-6 10:20, 2021——08——06, 二〇二一年八月六日.
func printedDay(s string) (int32, bool) {
	if day, ok := dayNumber(s); ok && (len(s) == 10 || !isNum(s[10])) {
		return day, true
	}
	if h, ok := parseDate(PlainDate(s)); ok {
		return dayNumber(h.Day())
	}
	return noDay, false
}

func leadingDigits(s string) (num, rest string) {
	i := 0
	for i < len(s) && isNum(s[i]) {
		i++
	}
	return s[:i], s[i:]
}

// activity is the 52-week strip of a column.
type activity [52]int

// add counts an item; days outside the 52 weeks before today are not counted.
func (a *activity) add(day, today int32) {
	if day == noDay || day > today {
		return
	}
	if week := (today - day) / 7; week < int32(len(a)) {
		a[week]++
	}
}

// dayIn reads a date of PageFacts, noDay when there is none.
func dayIn(f *govsweep.PageFacts) int32 {
	n, _ := dayNumber(f.Published)
	return n
}
