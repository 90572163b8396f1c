package facts

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// TestASeriesSaysAsWhatEachVisitWasCounted folds a week with one visit of
// every kind and looks at the sign of each, the counts and the percentiles.
func TestASeriesSaysAsWhatEachVisitWasCounted(t *testing.T) {
	monday := time.Date(2026, 3, 23, 0, 0, 0, 0, govsweep.Shanghai)
	rule := WeekRule{Days: 7, PerDay: 20, Spacing: 15 * time.Minute, Within: 14}
	results := map[int]govsweep.ProbeResult{5: govsweep.ProbeFailed, 30: govsweep.ProbeDoubtful, 60: govsweep.ProbeUnmeasured, 90: govsweep.ProbeFailed}
	var visits []govsweep.ProbeVisit
	for i := range 7 * 24 {
		v := govsweep.ProbeVisit{Series: govsweep.Availability, At: monday.Add(time.Duration(i) * time.Hour), Result: govsweep.ProbeOpened,
			DNS: time.Millisecond, Connect: 2 * time.Millisecond, FirstByte: 50 * time.Millisecond, Total: time.Duration(i+1) * time.Millisecond, Checked: true}
		if r := results[i]; r != "" {
			v.Result = r
		}
		visits = append(visits, v)
	}
	close := visits[10]
	close.At = close.At.Add(time.Minute)
	other := visits[0]
	other.Vantage = "第二监测点"
	ipv6 := visits[3]
	ipv6.Series, ipv6.At = govsweep.IPv6Series, ipv6.At.Add(time.Minute)
	visits = append(visits, close, other, ipv6)
	windows := []govsweep.Maintenance{{From: monday.Add(90 * time.Hour), To: monday.Add(91 * time.Hour), Announced: monday, Source: "公告"}}

	list := NewSeries(visits, windows, monday.AddDate(0, 0, 7).Add(9*time.Hour), rule, 5)
	if len(list) != 2 {
		t.Fatalf("%d series", len(list))
	}
	s := list[0]
	if want := (govsweep.ProbeCount{Visits: 167, Opened: 164, Failed: 1, Doubtful: 1, Excused: 1, Unmeasured: 1, TooClose: 1}); s.ProbeCount != want || !s.Whole || s.State != "未达到5%" {
		t.Errorf("%+v %s", s.ProbeCount, s.State)
	}
	signs := map[govsweep.VisitSign]int{}
	for _, d := range s.Days {
		for _, v := range d.Visits {
			signs[v.Sign]++
			if v.Sign == govsweep.SignTooClose && !v.At.Equal(close.At) || v.Sign == govsweep.SignExcused && !v.At.Equal(windows[0].From) {
				t.Errorf("%s at %v", v.Sign, v.At)
			}
		}
	}
	if signs[govsweep.SignOpened] != 164 || signs[govsweep.SignFailed] != 1 || signs[govsweep.SignDoubtful] != 1 || signs[govsweep.SignExcused] != 1 ||
		signs[govsweep.SignUnmeasured] != 1 || signs[govsweep.SignTooClose] != 1 {
		t.Errorf("signs %v", signs)
	}
	if tls, total := s.Stages[2], s.Stages[4]; tls.N != 0 || total.N != 164 || total.Max != 168*time.Millisecond || total.P50 <= 80*time.Millisecond || total.P50 >= 90*time.Millisecond {
		t.Errorf("stages %+v", s.Stages)
	}
	if half := list[1]; half.Whole || half.Vantage != "第二监测点" || len(half.Days) != 1 || half.Brief != "不足（0/7日）" || !half.Days[0].Lacks {
		t.Errorf("the second vantage: %+v", half)
	}
	if NewSeries([]govsweep.ProbeVisit{ipv6}, nil, monday.AddDate(0, 0, 9), rule, 5) != nil {
		t.Error("a series of visits for IPv6 alone is shown as availability")
	}
}
