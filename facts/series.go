package facts

import (
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// Says says what a week says so far: as a clause, and in a few words.
func (w *ProbeWeek) Says(r WeekRule, percent int) (state, brief string) {
	switch {
	case !w.Complete:
		return fmt.Sprintf("监测不足：%d日中有%d日达到%d次", r.Days, w.Enough, r.PerDay), fmt.Sprintf("不足（%d/%d日）", w.Enough, r.Days)
	case Reaches(w.Failed, w.Visits, percent):
		state = fmt.Sprintf("打不开达到%d%%", percent)
		return state, state
	case Reaches(w.Failed+w.Doubtful, w.Visits, percent), w.Excused > 0 && Reaches(w.Failed, w.Visits-w.Excused, percent):
		return fmt.Sprintf("须人工核对：计入存疑的或除去公告维护的次数后，打不开达到%d%%", percent), "须人工核对"
	}
	state = fmt.Sprintf("未达到%d%%", percent)
	return state, state
}

// NewSeries lays out the availability visits of a target, one series a
// vantage: the week Weeks gives, or every day with visits until asOf where
// none is whole. nil when there are no visits.
func NewSeries(visits []govsweep.ProbeVisit, windows []govsweep.Maintenance, asOf time.Time, r WeekRule, percent int) []govsweep.Series {
	visits = slices.DeleteFunc(slices.Clone(visits), func(v govsweep.ProbeVisit) bool {
		return v.Series != govsweep.Availability || v.At.After(asOf)
	})
	log := NewProbeLog(visits, windows)
	var out []govsweep.Series
	for _, w := range log.Weeks(asOf, r) {
		s := govsweep.Series{Vantage: w.Vantage, Whole: w.Complete, Enough: w.Enough}
		s.State, s.Brief = w.Says(r, percent)
		days := w.Days
		if !w.Complete {
			days = log.of(w.Vantage).Daily(r.Spacing)
		}
		mine := byTime(visits, w.Vantage)
		for i := range days {
			s.Days = append(s.Days, seriesDay(&days[i], mine, r))
			s.Add(days[i].ProbeCount)
		}
		s.Stages = stages(s.Days)
		s.Cert, s.CertAt = lastCert(mine)
		out = append(out, s)
	}
	return out
}

// of gives the log of one vantage.
func (l *ProbeLog) of(vantage string) *ProbeLog {
	return &ProbeLog{Windows: l.Windows, Marks: slices.DeleteFunc(slices.Clone(l.Marks), func(m ProbeMark) bool { return m.Vantage != vantage })}
}

// byTime gives the visits of a vantage in order of time.
func byTime(visits []govsweep.ProbeVisit, vantage string) []govsweep.ProbeVisit {
	out := slices.DeleteFunc(slices.Clone(visits), func(v govsweep.ProbeVisit) bool { return v.Vantage != vantage })
	slices.SortStableFunc(out, func(a, b govsweep.ProbeVisit) int { return a.At.Compare(b.At) })
	return out
}

// seriesDay puts the visits of a day beside its marks: both stand in order
// of time, so the nth mark is the nth visit of the day.
func seriesDay(d *ProbeDay, visits []govsweep.ProbeVisit, r WeekRule) govsweep.SeriesDay {
	out := govsweep.SeriesDay{Day: d.Day, Lacks: d.Visits < r.PerDay, ProbeCount: d.ProbeCount}
	n := 0
	for _, v := range visits {
		if govsweep.DateOf(v.At) == d.Day && n < len(d.Marks) {
			out.Visits = append(out.Visits, govsweep.SeriesVisit{ProbeVisit: v, Sign: d.Marks[n].sign})
			n++
		}
	}
	return out
}

func stages(days []govsweep.SeriesDay) []govsweep.StageTimes {
	var out []govsweep.StageTimes
	for _, stage := range []struct {
		name string
		took func(*govsweep.ProbeVisit) time.Duration
	}{
		{"域名解析", func(v *govsweep.ProbeVisit) time.Duration { return v.DNS }},
		{"建立连接", func(v *govsweep.ProbeVisit) time.Duration { return v.Connect }},
		{"TLS握手", func(v *govsweep.ProbeVisit) time.Duration { return v.TLS }},
		{"首字节", func(v *govsweep.ProbeVisit) time.Duration { return v.FirstByte }},
		{"首页传完", func(v *govsweep.ProbeVisit) time.Duration { return v.Total }},
	} {
		var all []time.Duration
		for _, d := range days {
			for i := range d.Visits {
				if t := stage.took(&d.Visits[i].ProbeVisit); d.Visits[i].Sign == govsweep.SignOpened && t > 0 {
					all = append(all, t)
				}
			}
		}
		s := govsweep.StageTimes{Stage: stage.name, N: len(all)}
		if len(all) > 0 {
			slices.Sort(all)
			s.P50, s.P90, s.P95, s.Max = Percentile(all, 50), Percentile(all, 90), Percentile(all, 95), all[len(all)-1]
		}
		out = append(out, s)
	}
	return out
}

// lastCert gives the certificate seen last.
func lastCert(visits []govsweep.ProbeVisit) (*govsweep.Certificate, time.Time) {
	for _, v := range slices.Backward(visits) {
		if v.Cert != nil {
			return v.Cert, v.At
		}
	}
	return nil, time.Time{}
}
