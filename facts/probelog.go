package facts

import (
	"cmp"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// A ProbeLog is what the visits of a series showed: 站点可用性监测. It is part
// of the dossier, so that the series is judged again by replay.
type ProbeLog struct {
	Marks   []ProbeMark            `json:"marks"` // in order of time
	Windows []govsweep.Maintenance `json:"windows,omitempty"`
}

// ProbeMark is one visit as judging needs it.
type ProbeMark struct {
	At      time.Time            `json:"at"`
	Result  govsweep.ProbeResult `json:"result"`
	Seconds float64              `json:"seconds"`
	Checked bool                 `json:"checked,omitempty"`
	Vantage string               `json:"vantage,omitempty"`
	Cause   string               `json:"cause,omitempty"`

	sign govsweep.VisitSign // as what it was counted, once it was
}

// Sign says as what the mark was counted; "" for one of the log itself.
func (m *ProbeMark) Sign() govsweep.VisitSign { return m.sign }

// NewProbeLog makes the log of one target from its availability visits.
func NewProbeLog(visits []govsweep.ProbeVisit, windows []govsweep.Maintenance) *ProbeLog {
	l := &ProbeLog{Windows: windows}
	for i := range visits {
		v := &visits[i]
		if v.Series == govsweep.Availability {
			l.Marks = append(l.Marks, ProbeMark{At: v.At, Result: v.Result, Seconds: v.Total.Seconds(), Checked: v.Checked, Vantage: v.Vantage, Cause: v.Cause})
		}
	}
	slices.SortStableFunc(l.Marks, func(a, b ProbeMark) int { return a.At.Compare(b.At) })
	if len(l.Marks) == 0 {
		return nil
	}
	return l
}

// Excused says whether announced maintenance covers a mark.
func (l *ProbeLog) Excused(m ProbeMark) bool {
	return (m.Result == govsweep.ProbeFailed || m.Result == govsweep.ProbeDoubtful) &&
		slices.ContainsFunc(l.Windows, func(w govsweep.Maintenance) bool { return w.Excuses(m.At) })
}

// WeekRule says what makes a series of visits one that may be judged.
type WeekRule struct {
	Days    int           // in a row, whole days in Shanghai
	PerDay  int           // fewest counted visits of each
	Spacing time.Duration // a visit nearer to the one counted before is not counted
	Within  int           // the last of the days lies at most so many before the check point
}

// ProbeCount counts visits.
type ProbeCount = govsweep.ProbeCount

// Reaches says whether failed of visits is percent or more, exactly.
func Reaches(failed, visits, percent int) bool { return visits > 0 && failed*100 >= percent*visits }

// ProbeDay is one day of a series.
type ProbeDay struct {
	Day string `json:"day"`
	ProbeCount
	Marks []ProbeMark `json:"-"` // every visit of the day, counted or not
}

// A ProbeWeek is the newest run of days of one vantage that the rule asks
// for; not Complete when some day lacks visits.
type ProbeWeek struct {
	Vantage string
	Days    []ProbeDay
	ProbeCount
	Complete bool
	Enough   int // days with enough visits
}

// Weeks gives for every vantage the newest complete week that lies near
// enough to asOf, or the newest days where none is complete. A day counts
// when it is over at asOf.
func (l *ProbeLog) Weeks(asOf time.Time, r WeekRule) []ProbeWeek {
	if l == nil {
		return nil
	}
	byVantage := map[string][]ProbeMark{}
	for _, m := range l.Marks {
		byVantage[m.Vantage] = append(byVantage[m.Vantage], m)
	}
	var out []ProbeWeek
	for vantage, marks := range byVantage {
		out = append(out, l.newest(vantage, l.count(marks, r.Spacing), asOf, r))
	}
	slices.SortFunc(out, func(a, b ProbeWeek) int { return cmp.Compare(a.Vantage, b.Vantage) })
	return out
}

func (l *ProbeLog) newest(vantage string, days map[string]*ProbeDay, asOf time.Time, r WeekRule) ProbeWeek {
	last := asOf
	if asOf.Before(govsweep.EndOfDay(asOf)) {
		last = asOf.AddDate(0, 0, -1) // Shanghai has no summer time: 24 hours are a day
	}
	first := weekOf(vantage, days, last, r)
	for back := 1; !first.Complete && back <= r.Within; back++ {
		if w := weekOf(vantage, days, last.AddDate(0, 0, -back), r); w.Complete {
			return w
		}
	}
	return first
}

func weekOf(vantage string, days map[string]*ProbeDay, last time.Time, r WeekRule) ProbeWeek {
	w := ProbeWeek{Vantage: vantage}
	for i := r.Days - 1; i >= 0; i-- {
		name := govsweep.DateOf(last.AddDate(0, 0, -i))
		d := days[name]
		if d == nil {
			d = &ProbeDay{Day: name}
		}
		if d.Visits >= r.PerDay {
			w.Enough++
		}
		w.Days = append(w.Days, *d)
		w.Add(d.ProbeCount)
	}
	w.Complete = w.Enough == r.Days
	return w
}

// Daily gives every day that has visits, of all vantages, in order.
func (l *ProbeLog) Daily(spacing time.Duration) []ProbeDay {
	if l == nil {
		return nil
	}
	var out []ProbeDay
	for _, d := range l.count(l.Marks, spacing) {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b ProbeDay) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

// count sorts marks into days of Shanghai. Marks of one vantage stand in order.
func (l *ProbeLog) count(marks []ProbeMark, spacing time.Duration) map[string]*ProbeDay {
	days := map[string]*ProbeDay{}
	last := map[string]time.Time{}
	for _, m := range marks {
		name := govsweep.DateOf(m.At)
		d := days[name]
		if d == nil {
			d = &ProbeDay{Day: name}
			days[name] = d
		}
		before, seen := last[m.Vantage]
		switch {
		case m.Result == govsweep.ProbeUnmeasured:
			d.Unmeasured++
			m.sign = govsweep.SignUnmeasured
		case seen && m.At.Sub(before) < spacing:
			d.TooClose++
			m.sign = govsweep.SignTooClose
		default:
			last[m.Vantage] = m.At
			m.sign = l.enter(&d.ProbeCount, m)
		}
		d.Marks = append(d.Marks, m)
	}
	return days
}

func (l *ProbeLog) enter(c *ProbeCount, m ProbeMark) govsweep.VisitSign {
	c.Visits++
	switch {
	case l.Excused(m):
		c.Excused++
		return govsweep.SignExcused
	case m.Result == govsweep.ProbeFailed:
		c.Failed++
		if !m.Checked {
			c.Unchecked++
		}
		return govsweep.SignFailed
	case m.Result == govsweep.ProbeDoubtful:
		c.Doubtful++
		return govsweep.SignDoubtful
	}
	c.Opened++
	return govsweep.SignOpened
}

// Percentile gives the value under or at which p percent of the sorted
// values lie (nearest rank); 0 for none.
func Percentile[T float64 | time.Duration](sorted []T, p int) T {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, (p*len(sorted)+99)/100-1)]
}
