package storage

import (
	"context"
	"encoding/json"

	"github.com/govsweep/govsweep"
)

// SaveControls keeps what the control targets of a sweep showed, in place of
// what was kept before; but a control that failed once stays failed: several
// workers may look at the same time.
func (db *DB) SaveControls(ctx context.Context, sweep int64, controls []govsweep.Control) error {
	add := insert{head: `INSERT INTO sweep_controls (sweep, place, url, ok, why)`, values: 5}
	return db.write(ctx, "保存对照网站的结果", func(t tx) error {
		failed, err := t.failedControls(ctx, sweep)
		if err != nil {
			return err
		}
		rows := make([][]any, len(controls))
		for i, c := range controls {
			if why, was := failed[text(c.URL)]; was {
				c.OK, c.Why = false, why
			}
			rows[i] = []any{sweep, i, text(c.URL), flag(c.OK), text(c.Why)}
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM sweep_controls WHERE sweep = $1`, sweep); err != nil {
			return err
		}
		return t.bulk(ctx, add, rows)
	})
}

// failedControls gives why the controls of a sweep failed that did, by
// address, and keeps other writers of them away.
func (t tx) failedControls(ctx context.Context, sweep int64) (map[string]string, error) {
	if t.db.postgres {
		if _, err := t.ExecContext(ctx, `SELECT id FROM sweeps WHERE id = $1 FOR UPDATE`, sweep); err != nil {
			return nil, err
		}
	}
	var rows []struct{ URL, Why string }
	if err := t.SelectContext(ctx, &rows, `SELECT url, why FROM sweep_controls WHERE sweep = $1 AND ok = 0`, sweep); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows {
		out[r.URL] = r.Why
	}
	return out, nil
}

// SweepHealth counts how many targets of a sweep were inspected and how many
// could not be, and gives what its control targets showed.
func (db *DB) SweepHealth(ctx context.Context, sweep int64) (*govsweep.SweepHealth, error) {
	s, err := db.Sweep(ctx, sweep)
	if err != nil {
		return nil, err
	}
	return db.health(ctx, s)
}

// SweepHealths gives the health of the last n finished sweeps of a kind
// before the sweep named, the newest first.
func (db *DB) SweepHealths(ctx context.Context, kind string, before int64, n int) ([]govsweep.SweepHealth, error) {
	const list = `
SELECT ` + sweepColumns + `
FROM sweeps
WHERE kind = $1 AND id < $2 AND state = 'done'
ORDER BY id DESC
LIMIT $3`
	var rows []sweepRow
	if err := db.r.SelectContext(ctx, &rows, list, text(kind), before, n); err != nil {
		return nil, db.explain("读取检查任务", err)
	}
	var out []govsweep.SweepHealth
	for i := range rows {
		s := rows[i].sweep()
		h, err := db.health(ctx, &s)
		if err != nil {
			return nil, err
		}
		out = append(out, *h)
	}
	return out, nil
}

func (db *DB) health(ctx context.Context, s *govsweep.Sweep) (*govsweep.SweepHealth, error) {
	const list = `
SELECT r.target, CASE WHEN r.state = 'failed' THEN '' ELSE coalesce(i.coverage, '') END
FROM runs r
LEFT JOIN inspections i ON i.run = r.run
WHERE r.sweep = $1 AND r.state IN ('done', 'failed')`
	h := &govsweep.SweepHealth{Sweep: s.ID, At: s.AsOf}
	err := db.each(ctx, list, func(_ govsweep.TargetID, coverage []byte) error {
		h.Targets++
		if len(coverage) == 0 {
			h.Failed++
			return nil
		}
		var c struct {
			Pages   govsweep.PageCounts
			Suspect bool
		}
		err := json.Unmarshal(coverage, &c)
		if c.Suspect {
			h.Suspect++
		}
		if c.Pages.Read == 0 && (s.Kind != govsweep.AccountSweep || c.Pages != govsweep.PageCounts{}) {
			h.Unreachable++ // an account without a source was not looked for in vain
		}
		return err
	}, s.ID)
	if err != nil {
		return nil, db.explain("读取检查结果", err)
	}
	const controls = `SELECT url, ok, why FROM sweep_controls WHERE sweep = $1 ORDER BY place`
	return h, db.explain("读取对照网站的结果", db.r.SelectContext(ctx, &h.Controls, controls, s.ID))
}
