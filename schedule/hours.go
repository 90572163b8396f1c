package schedule

import (
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Hours 时段 says when work may be done: hours of the day and days without.
type Hours struct {
	from, to int // minutes of the day; equal means the whole day
	off      []func(day time.Time) bool
}

// ParseHours reads hours as 22:00-06:00 ("" is the whole day) and days on
// which nothing is done: 2026-10-01, 2026-10-01..2026-10-07, 10-01..10-07 of
// every year, 周六.
func ParseHours(window string, blackout []string) (*Hours, error) {
	h := &Hours{}
	if window != "" {
		from, to, ok := strings.Cut(strings.ReplaceAll(window, "：", ":"), "-")
		a, err1 := time.Parse("15:04", strings.TrimSpace(from))
		to = strings.TrimSpace(to)
		if to == "24:00" {
			to = "00:00"
		}
		b, err2 := time.Parse("15:04", to)
		if !ok || err1 != nil || err2 != nil {
			return nil, wrong("时段“%s”不正确，应如 22:00-06:00", window)
		}
		h.from, h.to = a.Hour()*60+a.Minute(), b.Hour()*60+b.Minute()
	}
	for _, word := range blackout {
		off := offDay(strings.TrimSpace(word))
		if off == nil {
			return nil, wrong("停用日“%s”不正确，应如 2026-10-01、2026-10-01..2026-10-07、10-01..10-07（每年）或 周六", word)
		}
		h.off = append(h.off, off)
	}
	if h.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, govsweep.Shanghai)).IsZero() {
		return nil, wrong("停用日“%s”停用了所有日期", strings.Join(blackout, "、"))
	}
	return h, nil
}

// offDay reads one blackout; nil when it is none.
func offDay(word string) func(time.Time) bool {
	if d, ok := strings.CutPrefix(word, "周"); ok {
		w, ok := weekDays[d]
		if !ok {
			return nil
		}
		return func(day time.Time) bool { return day.Weekday() == w }
	}
	from, to, ok := strings.Cut(word, "..")
	if !ok {
		to = from
	}
	form, leap := time.DateOnly, ""
	if len(from) == len("01-02") {
		form, leap = "01-02", "2000-" // every year; a leap year has every day
	}
	_, err1 := time.Parse(time.DateOnly, leap+from)
	_, err2 := time.Parse(time.DateOnly, leap+to)
	if err1 != nil || err2 != nil || leap == "" && from > to {
		return nil
	}
	return func(day time.Time) bool {
		s := day.Format(form)
		if from <= to {
			return from <= s && s <= to
		}
		return s >= from || s <= to // over the new year
	}
}

// Open says whether work may be done at t. A night that began on an open day
// is open until its end.
func (h *Hours) Open(t time.Time) bool {
	if h == nil {
		return true
	}
	t = t.In(govsweep.Shanghai)
	m := t.Hour()*60 + t.Minute()
	day := t
	switch {
	case h.from == h.to:
	case h.from < h.to:
		if m < h.from || m >= h.to {
			return false
		}
	case m < h.to:
		day = t.AddDate(0, 0, -1) // the night began yesterday
	case m < h.from:
		return false
	}
	return !slices.ContainsFunc(h.off, func(off func(time.Time) bool) bool { return off(day) })
}

// Next gives the first moment from t on at which work may be done; the zero
// time when there is none in the next two years.
func (h *Hours) Next(t time.Time) time.Time {
	if h.Open(t) {
		return t
	}
	l := t.In(govsweep.Shanghai)
	day := time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, govsweep.Shanghai)
	for range 732 {
		if at := day.Add(time.Duration(h.from) * time.Minute); at.After(t) && h.Open(at) {
			return at
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// Until gives when work that may be done at t must end; at most a day ahead.
func (h *Hours) Until(t time.Time) time.Time {
	end := t.Add(24 * time.Hour)
	if h == nil {
		return end
	}
	minute := t.Truncate(time.Minute)
	for at := minute.Add(time.Minute); at.Before(end); at = at.Add(time.Minute) {
		if !h.Open(at) {
			return at
		}
	}
	return end
}
