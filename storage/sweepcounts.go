package storage

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// LastDoneSweeps gives, for every kind of sweep, when one was last done.
func (db *DB) LastDoneSweeps(ctx context.Context) (map[string]time.Time, error) {
	const last = `
SELECT kind, max(ended) AS ended
FROM sweeps
WHERE state = 'done'
GROUP BY kind`
	var rows []struct {
		Kind  string
		Ended int64
	}
	if err := db.r.SelectContext(ctx, &rows, last); err != nil {
		return nil, db.explain("读取检查任务", err)
	}
	out := map[string]time.Time{}
	for _, r := range rows {
		out[r.Kind] = time.UnixMilli(r.Ended)
	}
	return out, nil
}

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
