package facts

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// IPv6Facts is what is known of a site over IPv6: the newest report before
// the check point, and every visit of the weeks before. It is part of the
// dossier, so that replay judges the same.
type IPv6Facts struct {
	Report *govsweep.IPv6Report `json:"report"`
	// Tries are the visits of the home page over IPv6 of the last weeks, this
	// report's among them, in order of time.
	Tries []ProbeMark `json:"tries,omitempty"`
	// Proof are the captures of those visits, in order of time.
	Proof []govsweep.Evidence `json:"proof,omitempty"`
}

// NewIPv6 folds the newest report, the visits of every series and the
// captures of the visits into what is judged; nil without a report.
func NewIPv6(report *govsweep.IPv6Report, visits []govsweep.ProbeVisit, proof []govsweep.Evidence) *IPv6Facts {
	if report == nil {
		return nil
	}
	f := IPv6Facts{Report: report, Proof: proof}
	for i := range visits {
		v := &visits[i]
		if v.Series == govsweep.IPv6Series && v.Family == 6 {
			f.Tries = append(f.Tries, ProbeMark{At: v.At, Result: v.Result, Seconds: v.Total.Seconds(), Checked: v.Checked, Vantage: v.Vantage, Cause: v.Cause})
		}
	}
	slices.SortStableFunc(f.Tries, func(a, b ProbeMark) int { return a.At.Compare(b.At) })
	return &f
}

// Success counts the tries from a time on: the success rate 访问成功率 is
// opened of opened and failed. What could not be measured, or was doubtful,
// is counted apart and in neither.
func (f *IPv6Facts) Success(from time.Time) ProbeCount {
	var c ProbeCount
	for _, m := range f.Tries {
		if m.At.Before(from) {
			continue
		}
		switch m.Result {
		case govsweep.ProbeOpened:
			c.Visits++
			c.Opened++
		case govsweep.ProbeFailed:
			c.Visits++
			c.Failed++
		case govsweep.ProbeDoubtful:
			c.Doubtful++
		default:
			c.Unmeasured++
		}
	}
	return c
}
