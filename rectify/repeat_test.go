package rectify_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// months makes answers of one unit: +3 is a fault in March 2026, -3 none.
func months(unit string, ms ...int) []rectify.Seen {
	var out []rectify.Seen
	for _, m := range ms {
		s := rectify.Seen{Unit: unit, Indicator: "column-stale", Title: "栏目超过更新周期未更新", Found: m > 0}
		if s.Found {
			s.Finding = "FC"
		}
		s.At = time.Date(2026, time.Month(max(m, -m)), 10, 9, 0, 0, 0, govsweep.Shanghai)
		out = append(out, s)
	}
	return out
}

func TestRepeatOffenders(t *testing.T) {
	for name, c := range map[string]struct {
		seen []rectify.Seen
		n    int
		want string // the sentence; "" = nobody
	}{
		"two quarters in a row":                                      {months("甲局", 2, 5), 2, "甲局连续2个季度（2026年第1季度、2026年第2季度）存在“栏目超过更新周期未更新”问题。"},
		"one is not two":                                             {months("甲局", 5), 2, ""},
		"twice in one quarter is one quarter":                        {months("甲局", 4, 6), 2, ""},
		"a clean quarter ends the run":                               {months("甲局", 2, -5, 8), 2, ""},
		"a quarter with a fault and a clean look has the fault":      {months("甲局", 2, 4, -6, 8), 3, "甲局连续3个季度（2026年第1季度、2026年第2季度、2026年第3季度）存在“栏目超过更新周期未更新”问题。"},
		"a quarter without an inspection is named, not counted":      {months("甲局", 2, 8), 2, "甲局连续2个季度（2026年第1季度、2026年第3季度）存在“栏目超过更新周期未更新”问题，其间2026年第2季度未作检查。"},
		"it alone makes no third":                                    {months("甲局", 2, 8), 3, ""},
		"who is clean now is none":                                   {months("甲局", 2, 5, -8), 2, ""},
		"a gap before the run is not named":                          {months("甲局", -1, 8, 11), 2, "甲局连续2个季度（2026年第3季度、2026年第4季度）存在“栏目超过更新周期未更新”问题。"},
		"a unit is one however it is spaced":                         {append(months("甲 局", 2), months("甲局", 5)...), 2, "甲局连续2个季度（2026年第1季度、2026年第2季度）存在“栏目超过更新周期未更新”问题。"},
		"two units do not add up":                                    {append(months("甲局", 2), months("乙局", 5)...), 2, ""},
		"the last moment of March in Beijing is the first quarter's": {append(months("甲局", 5), edge()), 2, "甲局连续2个季度（2026年第1季度、2026年第2季度）存在“栏目超过更新周期未更新”问题。"},
		"nobody without a name":                                      {months(" ", 2, 5), 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := rectify.Repeats(c.seen, c.n)
			say := ""
			if len(got) > 0 {
				say = got[0].Say
				if got[0].Run != len(got[0].Quarters) || len(got) > 1 || !cmp.Equal(got[0].Findings, []string{"FC"}) {
					t.Errorf("got %+v", got)
				}
			}
			if say != c.want {
				t.Errorf("got  %s\nwant %s", say, c.want)
			}
		})
	}
}

// edge is 31 March, 23:30 in Beijing: still 31 March, 15:30 UTC.
func edge() rectify.Seen {
	s := months("甲局", 3)[0]
	s.At = time.Date(2026, 3, 31, 15, 30, 0, 0, time.UTC)
	return s
}

func TestRepeatsAreInOrderOfUnitAndIndicator(t *testing.T) {
	seen := append(months("乙局", 2, 5), months("丙局", 2, 5)...)
	more := months("乙局", 2, 5)
	for i := range more {
		more[i].Indicator = "column-blank"
	}
	var got []string
	for _, r := range rectify.Repeats(append(seen, more...), 2) {
		got = append(got, r.Unit+" "+string(r.Indicator))
	}
	if d := cmp.Diff([]string{"丙局 column-stale", "乙局 column-blank", "乙局 column-stale"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
