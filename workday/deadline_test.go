package workday_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

func TestDeadlinesAnOfficialKnows(t *testing.T) {
	cases := map[string]struct {
		from string
		n    int
		want string
	}{
		"ten days over National Day 2021 with its make-up Saturday": {"2021-09-28", 10, "2021-10-18"},
		"received on the last day before the Spring Festival 2021":  {"2021-02-10", 1, "2021-02-18"},
		"the make-up Saturday after the Spring Festival counts":     {"2021-02-18", 2, "2021-02-20"},
		"the make-up Sunday before it counts":                       {"2021-02-05", 1, "2021-02-07"},
		"the Saturday before the Spring Festival 2026 counts":       {"2026-02-13", 2, "2026-02-24"},
		"the Saturday after National Day 2026 counts":               {"2026-09-30", 3, "2026-10-10"},
		"the Spring Festival 2020 was prolonged":                    {"2020-01-23", 1, "2020-02-03"},
		"received on a holiday":                                     {"2024-10-03", 3, "2024-10-10"},
		"over the leap day":                                         {"2024-02-28", 2, "2024-03-01"},
		"over the turn of a year":                                   {"2025-12-31", 1, "2026-01-04"},
		"no days: the day itself":                                   {"2026-11-20", 0, "2026-11-20"},
	}
	for name, c := range cases {
		last, warning := workday.Default().AddWorkdays(on(t, c.from), c.n)
		if govsweep.DateOf(last) != c.want || warning != "" {
			t.Errorf("%s: %s %q, want %s", name, govsweep.DateOf(last), warning, c.want)
		}
		if !last.Equal(govsweep.EndOfDay(last)) {
			t.Errorf("%s: ends at %s", name, last)
		}
	}
}

func TestAYearThatIsNotKnownSaysSo(t *testing.T) {
	c := workday.Default()
	last, warning := c.AddWorkdays(on(t, "2026-12-28"), 5)
	if govsweep.DateOf(last) != "2027-01-04" || !strings.HasPrefix(warning, "2027年的放假安排尚未载入") {
		t.Errorf("%s %q", govsweep.DateOf(last), warning)
	}
	if last, warning = c.AddWorkdays(on(t, "2026-12-30"), 1); govsweep.DateOf(last) != "2026-12-31" || warning != "" {
		t.Errorf("ends within the known year: %s %q", govsweep.DateOf(last), warning)
	}
	if _, warning = c.AddWorkdays(on(t, "2018-12-31"), 1); warning != "" {
		t.Errorf("only the day of receipt lies in 2018: %q", warning)
	}
	if _, warning = c.AddWorkdays(on(t, "2017-12-29"), 400); !strings.HasPrefix(warning, "2017年、2018年的") {
		t.Errorf("years before the table: %q", warning)
	}
	if last, warning = c.OnOrAfter(on(t, "2027-10-02")); govsweep.DateOf(last) != "2027-10-04" || warning == "" {
		t.Errorf("%s %q", govsweep.DateOf(last), warning)
	}
	if last, warning = c.OnOrAfter(on(t, "2021-10-02")); govsweep.DateOf(last) != "2021-10-08" || warning != "" {
		t.Errorf("%s %q", govsweep.DateOf(last), warning)
	}
}

// TestDeadlinesAgreeWithANaiveWalk lists every working day from the second
// transcription and counts along the list.
func TestDeadlinesAgreeWithANaiveWalk(t *testing.T) {
	table, c := published(t), workday.Default()
	var days []time.Time
	for d := on(t, "2019-01-01"); d.Year() <= 2026; d = d.AddDate(0, 0, 1) {
		work, named := table[govsweep.DateOf(d)]
		if work || !named && d.Weekday() >= time.Monday && d.Weekday() <= time.Friday {
			days = append(days, d)
		}
	}
	if len(days) != 250+249+250+249+249+251+248+248 {
		t.Fatalf("%d working days", len(days))
	}
	start := on(t, "2019-01-01")
	rapid.Check(t, func(t *rapid.T) {
		from := start.Add(time.Duration(rapid.Int64Range(0, int64(7*365*24*time.Hour)).Draw(t, "from")))
		n := rapid.IntRange(1, 180).Draw(t, "n")
		want, left := time.Time{}, n
		for _, d := range days {
			if govsweep.DateOf(d) > govsweep.DateOf(from) {
				if left--; left == 0 {
					want = d
					break
				}
			}
		}
		last, warning := c.AddWorkdays(from, n)
		if govsweep.DateOf(last) != govsweep.DateOf(want) || warning != "" {
			t.Fatalf("%s + %d: %s %q, want %s", from, n, last, warning, want)
		}
		if back := c.Between(from, last); back != n || c.Between(last, from) != -n {
			t.Fatalf("%s to %s: %d working days", from, last, back)
		}
	})
}

func TestAHugeNumberOfDaysEnds(t *testing.T) {
	last, warning := workday.Default().AddWorkdays(on(t, "2026-01-01"), 1<<62)
	if last.Year() != 2064 || !strings.Contains(warning, "2063年") {
		t.Errorf("%s %q", last, warning)
	}
}
