package govsweep

import (
	"fmt"
	"time"
)

// Shanghai is Asia/Shanghai: every date the product computes is a date there.
// It is a fixed zone, so that a machine without time zone data agrees.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// ParseDate reads a date as PageFacts hold it: YYYY-MM-DD, or with a time of
// day as RFC 3339. A plain date is that day's start in Shanghai.
func ParseDate(s string) (time.Time, error) {
	if len(s) == len("2006-01-02") {
		return time.ParseInLocation("2006-01-02", s, Shanghai)
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("date %q: %w", s, err)
	}
	return t.In(Shanghai), nil
}

// DateOf gives the day of t in Shanghai as YYYY-MM-DD.
func DateOf(t time.Time) string { return t.In(Shanghai).Format("2006-01-02") }

// ChineseDate writes t as an official does: 2021年3月2日.
func ChineseDate(t time.Time) string {
	t = t.In(Shanghai)
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// ChineseMinute writes t to the minute: 2021年3月2日09:30, in Shanghai.
func ChineseMinute(t time.Time) string { return ChineseDate(t) + t.In(Shanghai).Format("15:04") }

// ChineseDay writes a day given as YYYY-MM-DD, and a month given as YYYY-MM,
// as an official does: 2021年3月2日, 2021年3月. Anything else stays as it is.
func ChineseDay(day string) string {
	if t, err := ParseDate(day); err == nil {
		return ChineseDate(t)
	}
	if t, err := time.ParseInLocation("2006-01", day, Shanghai); err == nil {
		return fmt.Sprintf("%d年%d月", t.Year(), int(t.Month()))
	}
	return day
}

// DaysBetween counts the calendar days in Shanghai from the day of a to the
// day of b; negative when b is earlier.
func DaysBetween(a, b time.Time) int {
	return int(day(b).Sub(day(a)).Hours() / 24)
}

func day(t time.Time) time.Time {
	t = t.In(Shanghai)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, Shanghai)
}

// MonthsBefore goes n calendar months back from t and stays in the month it
// reaches: 31 August less 6 months is 28 or 29 February.
func MonthsBefore(t time.Time, n int) time.Time {
	t = t.In(Shanghai)
	first := time.Date(t.Year(), t.Month()-time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), Shanghai)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// EndOfDay gives the last second of the day of t in Shanghai: what --as-of
// means when it is given as a plain date.
func EndOfDay(t time.Time) time.Time { return day(t).AddDate(0, 0, 1).Add(-time.Second) }
