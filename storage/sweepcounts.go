package storage

import (
	"context"

	"github.com/govsweep/govsweep"
)

// SweepCounts counts the targets of a sweep by where they stand.
func (db *DB) SweepCounts(ctx context.Context, sweep int64) (map[govsweep.SweepState]int, error) {
	const list = `
SELECT state, count(*) AS n
FROM runs
WHERE sweep = $1
GROUP BY state`
	var rows []struct {
		State string
		N     int
	}
	if err := db.r.SelectContext(ctx, &rows, list, sweep); err != nil {
		return nil, db.explain("读取检查任务", err)
	}
	out := map[govsweep.SweepState]int{}
	for _, r := range rows {
		out[govsweep.SweepState(r.State)] = r.N
	}
	return out, nil
}
