package schedule

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep/workday"
)

// dayForm reads the days of a calendar form. A day the month does not have
// is its last day.
func dayForm(form string, days *workday.Calendar) (func(time.Time) bool, error) {
	rest, ok := strings.CutPrefix(form, "每")
	if form == "工作日" || rest == "个工作日" || rest == "工作日" {
		return days.IsWorkday, nil
	}
	var on func(time.Time) bool
	switch {
	case !ok:
	case rest == "日" || rest == "天":
		return func(time.Time) bool { return true }, nil
	case strings.HasPrefix(rest, "周"), strings.HasPrefix(rest, "星期"):
		on = weekForm(strings.TrimPrefix(strings.TrimPrefix(rest, "周"), "星期"))
	case strings.HasPrefix(rest, "月"):
		on = monthForm(strings.TrimPrefix(rest, "月"), func(time.Month) bool { return true })
	case strings.HasPrefix(rest, "季度"):
		on = quarterForm(strings.TrimPrefix(rest, "季度"))
	case strings.HasPrefix(rest, "年"):
		on = yearForm(strings.TrimPrefix(rest, "年"))
	}
	if on == nil {
		return nil, wrong("时间“%s”不正确，应如 每日、工作日、每周一、每周一、四、每月1日、每月末、每季度首月5日、每季度末、每年3月1日，后面写钟点", form)
	}
	return on, nil
}

var weekDays = map[string]time.Weekday{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 0, "天": 0}

func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '、' || r == '，' || r == ',' })
}

// weekForm reads 一 or 一、三、五.
func weekForm(s string) func(time.Time) bool {
	var on []time.Weekday
	for _, word := range list(s) {
		d, ok := weekDays[strings.TrimPrefix(word, "周")]
		if !ok {
			return nil
		}
		on = append(on, d)
	}
	if len(on) == 0 {
		return nil
	}
	return func(day time.Time) bool { return slices.Contains(on, day.Weekday()) }
}

// monthForm reads 1日, 1、15日, 首日 or 末, in the months that count.
func monthForm(s string, counts func(time.Month) bool) func(time.Time) bool {
	switch s {
	case "末", "末日", "最后一日", "最后一天":
		return func(day time.Time) bool { return counts(day.Month()) && day.AddDate(0, 0, 1).Day() == 1 }
	case "首日", "初":
		s = "1日"
	}
	s, ok := strings.CutSuffix(s, "日")
	var on []int
	for _, word := range list(s) {
		n, known := number(strings.TrimSuffix(word, "日"))
		if !known || n < 1 || n > 31 {
			return nil
		}
		on = append(on, n)
	}
	if !ok || len(on) == 0 {
		return nil
	}
	return func(day time.Time) bool {
		if !counts(day.Month()) {
			return false
		}
		last := day.AddDate(0, 0, 1).Day() == 1
		return slices.ContainsFunc(on, func(n int) bool { return n == day.Day() || last && n > day.Day() })
	}
}

var monthOfQuarter = map[string]int{"首月": 1, "第1个月": 1, "第一个月": 1, "第2个月": 2, "第二个月": 2, "第3个月": 3, "第三个月": 3, "末月": 3}

// quarterForm reads 首月5日, 第2个月10日, 首日 or 末.
func quarterForm(s string) func(time.Time) bool {
	if s == "首日" || s == "初" {
		s = "首月1日"
	}
	if s == "末" || s == "末日" {
		s = "末月末"
	}
	for word, nth := range monthOfQuarter {
		if rest, ok := strings.CutPrefix(s, word); ok {
			return monthForm(rest, func(m time.Month) bool { return (int(m)-1)%3+1 == nth })
		}
	}
	return nil
}

// yearForm reads 3月1日.
func yearForm(s string) func(time.Time) bool {
	month, day, ok := strings.Cut(s, "月")
	n, known := number(month)
	if !ok || !known || n < 1 || n > 12 {
		return nil
	}
	return monthForm(day, func(m time.Month) bool { return int(m) == n })
}

// number reads a plain number of at most two digits.
func number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && len(s) <= 2
}
