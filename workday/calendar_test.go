package workday_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

func on(t *testing.T, day string) time.Time {
	t.Helper()
	d, err := govsweep.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// published expands the second transcription into days.
func published(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		for _, d := range spanOf(t, words) {
			out[d] = words[0] == "work"
		}
	}
	return out
}

func spanOf(t *testing.T, words []string) (days []string) {
	parse := func(s string) time.Time {
		d, err := time.Parse("20060102", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if words[0] == "work" {
		for _, w := range words[1:] {
			days = append(days, parse(w).Format(time.DateOnly))
		}
		return days
	}
	for d := parse(words[1]); d.Before(parse(words[2])); d = d.AddDate(0, 0, 1) {
		days = append(days, d.Format(time.DateOnly))
	}
	return days
}

func TestEveryDayIsWhatAnotherTranscriptionOfTheNoticesSays(t *testing.T) {
	table, c, n := published(t), workday.Default(), 0
	for d := on(t, "2019-01-01"); d.Year() <= 2026; d = d.AddDate(0, 0, 1) {
		want, named := table[govsweep.DateOf(d)]
		if !named {
			want = d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		}
		if got := c.IsWorkday(d); got != want {
			t.Errorf("%s (%s): workday %t, want %t", govsweep.DateOf(d), d.Weekday(), got, want)
		}
		n++
	}
	if n != 8*365+2 {
		t.Errorf("%d days looked at", n)
	}
}

func TestMonthsHaveAsManyWorkingDaysAsWallCalendarsPrint(t *testing.T) {
	want := map[int]string{
		2019: "250 [22 17 21 22 21 19 23 22 21 19 21 22]", 2020: "249 [17 20 22 22 19 21 23 21 23 17 21 23]",
		2021: "250 [20 17 23 22 19 21 22 22 22 17 22 23]", 2022: "249 [21 16 23 21 20 21 21 23 21 18 22 22]",
		2023: "249 [18 20 23 20 21 21 21 23 20 19 22 21]", 2024: "251 [22 18 21 22 21 19 23 22 21 19 21 22]",
		2025: "248 [19 19 21 22 19 20 23 21 23 18 20 23]", 2026: "248 [21 16 22 21 19 21 23 21 22 18 21 23]",
	}
	for y, w := range want {
		var months [12]int
		sum := 0
		for d := on(t, fmt.Sprint(y)+"-01-01"); d.Year() == y; d = d.AddDate(0, 0, 1) {
			if workday.Default().IsWorkday(d) {
				months[d.Month()-1]++
				sum++
			}
		}
		if got := fmt.Sprint(sum, months); got != w {
			t.Errorf("%d: %s, want %s", y, got, w)
		}
	}
}

func TestDaysAnOfficialKnows(t *testing.T) {
	for day, want := range map[string]bool{
		"2021-02-07": true, "2021-02-20": true, "2026-02-14": true, "2026-10-10": true, "2026-09-20": true, "2026-01-04": true,
		"2020-02-01": false, "2020-01-31": false, "2020-02-03": true, "2019-05-02": false, "2019-05-05": true, "2019-04-28": true,
		"2024-02-29": true, "2020-02-29": false, "2021-10-07": false, "2021-10-08": true, "2025-10-08": false, "2026-11-22": false,
	} {
		if got := workday.Default().IsWorkday(on(t, day)); got != want {
			t.Errorf("%s: workday %t, want %t", day, got, want)
		}
	}
}

func TestADayBeginsAndEndsAtMidnightInShanghai(t *testing.T) {
	c := workday.Default() // 30 September 2021 is a working day, 1 October is not
	midnight := time.Date(2021, 9, 30, 16, 0, 0, 0, time.UTC)
	for d := -15 * time.Minute; d <= 15*time.Minute; d += time.Second {
		if got, want := c.IsWorkday(midnight.Add(d)), d < 0; got != want {
			t.Fatalf("%s: workday %t", midnight.Add(d).In(govsweep.Shanghai), got)
		}
		last, _ := c.AddWorkdays(midnight.Add(d), 1)
		if govsweep.DateOf(last) != "2021-10-08" {
			t.Fatalf("%s: %s", midnight.Add(d), last)
		}
	}
	before, _ := c.AddWorkdays(time.Date(2021, 9, 29, 15, 59, 59, 0, time.UTC), 1)
	after, _ := c.AddWorkdays(time.Date(2021, 9, 29, 16, 0, 0, 0, time.UTC), 1)
	if govsweep.DateOf(before) != "2021-09-30" || govsweep.DateOf(after) != "2021-10-08" {
		t.Errorf("received a second before midnight: %s; at midnight: %s", before, after)
	}
}

func TestEveryYearNamesItsPapers(t *testing.T) {
	c := workday.Default()
	for y, want := range map[int]string{
		2018: "", 2019: "国办发明电〔2018〕15号、国办发明电〔2019〕3号", 2020: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
		2021: "国办发明电〔2020〕27号", 2022: "国办发明电〔2021〕11号", 2023: "国办发明电〔2022〕16号",
		2024: "国办发明电〔2023〕7号", 2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号", 2027: "",
	} {
		if got := c.Source(y); got != want || c.Covers(y) != (want != "") {
			t.Errorf("%d: %q, covered %t", y, got, c.Covers(y))
		}
	}
}
