package schedule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// Timetable 时间表 gives the due times of a schedule.
type Timetable struct {
	text  string
	cron  cron.Schedule
	on    func(day time.Time) bool // of a calendar form
	times []int                    // minutes of the day, in order
}

// farthest is how far ahead a due time is looked for: a leap day comes at
// least every eight years.
const farthest = 9 * 366

// Parse reads a calendar form of a bureau's words or a cron line of five
// fields. Days off come from days.
func Parse(when string, days *workday.Calendar) (*Timetable, error) {
	t := &Timetable{text: strings.Join(strings.Fields(when), " ")}
	var err error
	if strings.HasPrefix(t.text, "每") || strings.HasPrefix(t.text, "工作日") {
		err = t.calendar(t.text, days)
	} else {
		err = t.cronLine(t.text)
	}
	if err != nil {
		return nil, err
	}
	if t.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, govsweep.Shanghai)).IsZero() {
		return nil, wrong("时间“%s”永远不会到来，如2月没有30日", t.text)
	}
	return t, nil
}

func wrong(format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...)}
}

var fiveFields = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

func (t *Timetable) cronLine(text string) error {
	if len(strings.Fields(text)) != 5 || strings.Contains(text, "=") || len(text) > 200 {
		return wrong("时间“%s”不正确，应如 每日 02:00、每周一 02:00、每月1日 02:00、每季度首月5日 22:00，或五段的cron写法", text)
	}
	var err error
	if t.cron, err = fiveFields.Parse(text); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("cron写法“%s”不正确，应为 分 时 日 月 星期 五段，如 30 2 * * 1", text), Err: err}
	}
	return nil
}

// String gives the form as it was written, spaces put right.
func (t *Timetable) String() string { return t.text }

// Next gives the first due time after a time; the zero time when there is none.
func (t *Timetable) Next(after time.Time) time.Time {
	after = after.In(govsweep.Shanghai)
	if t.cron != nil {
		return t.cron.Next(after)
	}
	day := time.Date(after.Year(), after.Month(), after.Day(), 0, 0, 0, 0, govsweep.Shanghai)
	for range farthest {
		if t.on(day) {
			for _, m := range t.times {
				if at := day.Add(time.Duration(m) * time.Minute); at.After(after) {
					return at
				}
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// mostDue bounds how many passed due times are counted one by one.
const mostDue = 10000

// Due gives the last due time after from and not after to, and how many lie
// between. The last of 10,000 or more is looked for in the last year alone.
func (t *Timetable) Due(from, to time.Time) (last time.Time, n int) {
	for at := t.Next(from); !at.IsZero() && !at.After(to); at = t.Next(at) {
		last = at
		if n++; n == mostDue {
			return t.newest(last, to), n
		}
	}
	return last, n
}

// newest finds the last due time not after to by looking back further and further.
func (t *Timetable) newest(known, to time.Time) time.Time {
	for back := time.Hour; to.Add(-back).After(known); back *= 4 {
		last := time.Time{}
		for at := t.Next(to.Add(-back)); !at.IsZero() && !at.After(to); at = t.Next(at) {
			last = at
		}
		if !last.IsZero() {
			return last
		}
	}
	return known
}

// calendar reads a form: 每日, 工作日, 每周…, 每月…, 每季度…, 每年…, 每小时.
func (t *Timetable) calendar(text string, days *workday.Calendar) error {
	form, clock, _ := strings.Cut(withGap(text), " ")
	if form == "每小时" {
		t.on = func(time.Time) bool { return true }
		minute, err := minuteOf(clock)
		for h := range 24 {
			t.times = append(t.times, 60*h+minute)
		}
		return err
	}
	var err error
	if t.times, err = clockTimes(clock); err != nil {
		return wrong("时间“%s”缺少或写错了钟点，应如“%s 02:00”，几个钟点之间用顿号", text, form)
	}
	t.on, err = dayForm(form, days)
	return err
}

// withGap puts the space between the days and the first time of day that
// people leave out: 每日02:00.
func withGap(text string) string {
	if at := firstClock.FindStringIndex(text); at != nil {
		return text[:at[0]] + " " + strings.TrimLeft(text[at[0]:], " ")
	}
	return text
}

var firstClock = regexp.MustCompile(` *\d{1,2}[:：]\d{2}`)

// minuteOf reads the minute of 每小时; none means the full hour.
func minuteOf(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, ok := number(strings.TrimSuffix(strings.TrimPrefix(s, "第"), "分"))
	if !ok || n > 59 {
		return 0, wrong("时间“每小时 %s”不正确，应如 每小时 第15分", s)
	}
	return n, nil
}

// clockTimes reads 02:00 or 02:00、14:30.
func clockTimes(s string) ([]int, error) {
	var out []int
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，, ", r) }) {
		at, err := time.Parse("15:04", strings.ReplaceAll(word, "：", ":"))
		if err != nil {
			return nil, err
		}
		out = append(out, at.Hour()*60+at.Minute())
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no time of day")
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
