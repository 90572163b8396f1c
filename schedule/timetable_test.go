package schedule_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/workday"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, govsweep.Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

func table(t testing.TB, when string) *schedule.Timetable {
	t.Helper()
	tt, err := schedule.Parse(when, workday.Default())
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	return tt
}

func TestNextDueTime(t *testing.T) {
	for _, c := range []struct{ when, after, want string }{
		{"每日 02:00", "2026-03-02 01:59", "2026-03-02 02:00"},
		{"每日 02:00", "2026-03-02 02:00", "2026-03-03 02:00"},
		{"每天 02:00、14:30", "2026-03-02 02:00", "2026-03-02 14:30"},
		{"每日 14：30，02:00", "2026-12-31 23:00", "2027-01-01 02:00"},
		{"每小时", "2026-03-02 23:10", "2026-03-03 00:00"},
		{"每小时 第15分", "2026-03-02 23:10", "2026-03-02 23:15"},
		{"工作日 09:00", "2026-09-30 10:00", "2026-10-08 09:00"},   // 国庆
		{"每个工作日 09:00", "2026-02-13 10:00", "2026-02-14 09:00"}, // a Saturday that is worked
		{"每周一 02:00", "2026-11-22 12:00", "2026-11-23 02:00"},
		{"每周日、三 02:00", "2026-11-22 12:00", "2026-11-25 02:00"},
		{"每月1日 00:30", "2026-01-31 00:00", "2026-02-01 00:30"},
		{"每月31日 00:30", "2027-02-01 00:00", "2027-02-28 00:30"},
		{"每月29日 00:30", "2028-02-01 00:00", "2028-02-29 00:30"},
		{"每月1、15日 00:30", "2026-02-01 00:30", "2026-02-15 00:30"},
		{"每月末 22:00", "2026-02-01 00:00", "2026-02-28 22:00"},
		{"每季度首月5日 22:00", "2026-01-05 22:00", "2026-04-05 22:00"},
		{"每季度第2个月10日 22:00", "2026-01-05 22:00", "2026-02-10 22:00"},
		{"每季度末 22:00", "2026-11-05 22:00", "2026-12-31 22:00"},
		{"每年3月1日 02:00", "2026-03-01 02:00", "2027-03-01 02:00"},
		{"30 2 * * 1", "2026-11-22 12:00", "2026-11-23 02:30"},
		{"*/15 22-23 * * *", "2026-11-22 22:50", "2026-11-22 23:00"},
		{"0 0 29 2 *", "2026-11-22 22:50", "2028-02-29 00:00"},
	} {
		if got := table(t, c.when).Next(at(c.after)); !got.Equal(at(c.want)) {
			t.Errorf("%s after %s: %s, want %s", c.when, c.after, got, c.want)
		}
	}
}

func TestAWrongTimetableIsRefusedWithAnExample(t *testing.T) {
	for _, when := range []string{"", "每日", "每日 25:00", "每周八 02:00", "每周 02:00", "每月32日 02:00", "每月0日 02:00", "每月1 02:00", "每季度第4个月1日 02:00",
		"每年13月1日 02:00", "每小时 第60分", "0 0 30 2 *", "* * * *", "TZ=UTC 0 0 * * *", "CRON_TZ=UTC 0 0 * * *", "@every 1s", "60 * * * *", "明天", strings.Repeat("1,", 500) + "1 * * * *"} {
		_, err := schedule.Parse(when, workday.Default())
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.ContainsAny(err.Error(), "时间写法") {
			t.Errorf("%q: %v", when, err)
		}
	}
}

// A due time lies after the time asked about, and none lies between.
func TestNextIsTheFirstAndDueCountsAll(t *testing.T) {
	forms := []string{"每日 02:00", "每周一、四 22:15", "每月31日 23:59", "每季度末 00:00", "工作日 09:30", "7 3 */2 * *", "每小时"}
	rapid.Check(t, func(r *rapid.T) {
		tt := table(t, rapid.SampledFrom(forms).Draw(r, "when"))
		from := at("2024-01-01 00:00").Add(time.Duration(rapid.IntRange(0, 3*365*24*60).Draw(r, "from")) * time.Minute)
		to := from.Add(time.Duration(rapid.IntRange(0, 100*24*60).Draw(r, "long")) * time.Minute)
		last, n := tt.Due(from, to)
		count, at := 0, from
		for next := tt.Next(at); !next.After(to); next = tt.Next(next) {
			if !next.After(at) {
				r.Fatalf("%s after %s gives %s", tt, at, next)
			}
			count, at = count+1, next
		}
		if n != count || n > 0 && !last.Equal(at) || n == 0 && !last.IsZero() {
			r.Fatalf("%s from %s to %s: %s %d, counted %s %d", tt, from, to, last, n, at, count)
		}
	})
}

func TestTheLastOfVeryManyDueTimesIsFound(t *testing.T) {
	tt := table(t, "* * * * *")
	last, n := tt.Due(at("2020-01-01 00:00"), at("2026-01-01 00:00"))
	if !last.Equal(at("2026-01-01 00:00")) || n != 10000 {
		t.Errorf("%s, %d", last, n)
	}
}

func TestHoursOfWork(t *testing.T) {
	for _, c := range []struct {
		window   string
		off      []string
		at, next string
	}{
		{"", nil, "2026-03-02 12:00", "2026-03-02 12:00"},
		{"22:00-06:00", nil, "2026-03-02 12:00", "2026-03-02 22:00"},
		{"22:00-06:00", nil, "2026-03-02 05:59", "2026-03-02 05:59"},
		{"22:00-06:00", nil, "2026-03-02 06:00", "2026-03-02 22:00"},
		{"22：30-24:00", nil, "2026-03-02 22:00", "2026-03-02 22:30"},
		{"08:00-18:30", nil, "2026-03-02 18:30", "2026-03-03 08:00"},
		{"22:00-06:00", []string{"2026-03-02"}, "2026-03-02 23:00", "2026-03-03 22:00"},
		{"22:00-06:00", []string{"2026-03-03"}, "2026-03-03 01:00", "2026-03-03 01:00"}, // the night began on an open day
		{"", []string{"10-01..10-07"}, "2026-10-01 00:00", "2026-10-08 00:00"},
		{"", []string{"12-30..01-02"}, "2026-12-31 10:00", "2027-01-03 00:00"},
		{"01:00-05:00", []string{"周六", "周日"}, "2026-11-21 00:00", "2026-11-23 01:00"},
		{"", []string{"2026-10-01..2027-01-05"}, "2026-10-01 00:00", "2027-01-06 00:00"},
	} {
		h, err := schedule.ParseHours(c.window, c.off)
		if err != nil {
			t.Errorf("%s %v: %v", c.window, c.off, err)
			continue
		}
		if got := h.Next(at(c.at)); !got.Equal(at(c.next)) {
			t.Errorf("%s %v at %s: %s, want %s", c.window, c.off, c.at, got, c.next)
		}
		if open := h.Open(at(c.at)); open != (c.at == c.next) {
			t.Errorf("%s %v at %s: open %v", c.window, c.off, c.at, open)
		}
	}
	h, err := schedule.ParseHours("22:00-06:00", nil)
	if err != nil || !h.Until(at("2026-03-02 23:10")).Equal(at("2026-03-03 06:00")) {
		t.Errorf("the end of a night: %s %v", h.Until(at("2026-03-02 23:10")), err)
	}
	for _, wrong := range [][]string{{"22-06"}, {"25:00-06:00"}, {"22:00"}, {"", "13-01"}, {"", "2026-02-30"}, {"", "周八"}, {"", "2026-10-07..2026-10-01"},
		{"", "周一", "周二", "周三", "周四", "周五", "周六", "周日"}} {
		if _, err := schedule.ParseHours(wrong[0], wrong[1:]); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}

func TestManyTargetsStartSpreadAndPlatformsTakeTurns(t *testing.T) {
	due := at("2026-03-02 22:00")
	var targets []govsweep.Target
	for i := range 1500 {
		targets = append(targets, govsweep.Target{ID: govsweep.TargetID("host:s" + string(rune('a'+i%26)) + time.Duration(i).String())})
	}
	platform := map[govsweep.TargetID]string{}
	for i, t := range targets {
		platform[t.ID] = []string{"甲", "甲", "甲", "乙"}[i%4] // 1125 and 375
	}
	group := func(t govsweep.Target) string { return platform[t.ID] }
	ordered := schedule.Order(targets, group, due)
	if len(ordered) != len(targets) || ordered[0] == schedule.Order(targets, group, due.AddDate(0, 0, 1))[0] {
		t.Errorf("%d targets, first %s", len(ordered), ordered[0].ID)
	}
	for i := 0; i < len(ordered); i += 100 {
		n := 0
		for _, o := range ordered[i : i+100] {
			if platform[o.ID] == "乙" {
				n++
			}
		}
		if n < 24 || n > 26 {
			t.Errorf("targets %d to %d hold %d of the small platform, want a quarter", i, i+100, n)
		}
	}
}
