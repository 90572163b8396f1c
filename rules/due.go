package rules

import (
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// ColumnDue is the verdict over a column with the day its cycle runs out.
type ColumnDue struct {
	govsweep.ColumnVerdict
	// Days is the length of the cycle, a month counted as 30 days; 0 when
	// none applies.
	Days int
	// Fresh is the last day on which the newest item still counts as an
	// update; zero without a cycle or a dated item.
	Fresh time.Time
}

// Dues gives, for every column of d under b, until when it is fresh as it stands.
func Dues(d *facts.Dossier, b *Rulebook) []ColumnDue {
	states := judgeColumns(d, b)
	j := columnJudge{d: d, b: b}
	out := make([]ColumnDue, len(states))
	for i := range states {
		out[i] = ColumnDue{ColumnVerdict: states[i].ColumnVerdict}
		l := j.limit(&d.Columns[i])
		if out[i].Days = l.length(); out[i].Days == 0 {
			continue
		}
		if newest, dated := newestOf(&d.Columns[i]); dated {
			out[i].Fresh = l.lastFresh(newest)
		}
	}
	return out
}

func (l limit) length() int {
	switch {
	case l.local > 0:
		return l.local
	case l.days > 0:
		return l.days
	}
	return 30 * l.months
}

// lastFresh is the last day on which over is false: counted from some days
// before it, because months differ.
func (l limit) lastFresh(newest time.Time) time.Time {
	last := newest.AddDate(0, 0, l.days)
	if l.local > 0 {
		last = newest.AddDate(0, 0, l.local)
	} else if l.months > 0 {
		last = newest.AddDate(0, l.months, -4)
	}
	for !l.over(newest, last.AddDate(0, 0, 1)) {
		last = last.AddDate(0, 0, 1)
	}
	return last
}
