package casework

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// Answers keeps what the inspections of a target answered; since a time, the
// oldest first.
type Answers interface {
	Answers(ctx context.Context, target govsweep.TargetID, since time.Time) ([]Answered, error)
}

// Answered is what one inspection answered to one indicator of one target.
type Answered struct {
	Target    govsweep.TargetID
	Indicator govsweep.IndicatorCode
	BookID    string
	Sweep     int64
	At        time.Time // 监测时间点
	Found     bool
}

// faultQuarters is how far back repeated faults are looked for: two years.
const faultQuarters = 8

// Repeats says of findings how many quarters in a row their site had them.
func Repeats(ctx context.Context, store Answers, in *govsweep.Inspection, findings []govsweep.Finding) (map[string]int, error) {
	seen, err := store.Answers(ctx, in.Site.ID, in.Sweep.AsOf.AddDate(0, -3*faultQuarters, 0))
	if err != nil {
		return nil, err
	}
	var rows []rectify.Seen
	for _, s := range seen {
		rows = append(rows, rectify.Seen{Unit: string(in.Site.ID), Indicator: s.Indicator, At: s.At, Found: s.Found})
	}
	runs := map[govsweep.IndicatorCode]int{}
	for _, r := range rectify.Repeats(rows, 2) {
		runs[r.Indicator] = r.Run
	}
	out := map[string]int{}
	for i := range findings {
		out[findings[i].Fingerprint] = runs[findings[i].Indicator]
	}
	return out, nil
}
