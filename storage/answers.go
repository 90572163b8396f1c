package storage

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// An Answered is what one inspection said of one indicator of a target:
// found, or measured and not found. What was not measured is no answer.
type Answered struct {
	Target    govsweep.TargetID
	Indicator govsweep.IndicatorCode
	BookID    string
	Sweep     int64
	At        time.Time // 监测时间点
	Found     bool
}

// Answers lists the answers about a target since a time, the oldest first;
// re-tests look at a part of a site only and do not count.
func (db *DB) Answers(ctx context.Context, target govsweep.TargetID, since time.Time) ([]Answered, error) {
	const list = `
SELECT r.target, o.indicator, o.book_id, r.sweep, s.as_of, CASE WHEN o.status = 'found' THEN 1 ELSE 0 END AS found
FROM runs r
JOIN sweeps s ON s.id = r.sweep
JOIN outcomes o ON o.run = r.run
WHERE r.target = $1 AND s.as_of >= $2 AND s.kind <> 'retest' AND o.status IN ('passed', 'found')
ORDER BY s.as_of, r.sweep, o.place`
	var rows []struct {
		Target    string `db:"target"`
		Indicator string `db:"indicator"`
		BookID    string `db:"book_id"`
		Sweep     int64  `db:"sweep"`
		AsOf      int64  `db:"as_of"`
		Found     bool   `db:"found"`
	}
	if err := db.r.SelectContext(ctx, &rows, list, text(string(target)), ms(since)); err != nil {
		return nil, db.explain("读取历次检查结果", err)
	}
	out := make([]Answered, len(rows))
	for i, r := range rows {
		out[i] = Answered{govsweep.TargetID(r.Target), govsweep.IndicatorCode(r.Indicator), r.BookID, r.Sweep, fromMS(r.AsOf), r.Found}
	}
	return out, nil
}
