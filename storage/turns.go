package storage

import (
	"context"
	"maps"
	"slices"
	"time"
)

// TakeTurn takes a turn of a name, and with it that of a group of names unless
// group is "", by the clock of the database, over all processes: see
// TakeTurnOf. What is not taken is to be asked for again when the wait is over.
// Turns nobody took are not saved up.
func (db *DB) TakeTurn(ctx context.Context, name string, gap time.Duration, group string, groupGap time.Duration) (wait time.Duration, taken bool, err error) {
	err = db.write(ctx, "分配访问次序", func(t tx) error {
		now, own, groups, err := t.turns(ctx, name, group)
		if err != nil {
			return err
		}
		was, were := own, groups
		of := &groups
		if group == "" {
			of = nil
		}
		var us int64
		us, taken = TakeTurnOf(now, &own, gap.Microseconds(), of, groupGap.Microseconds())
		wait = time.Duration(us) * time.Microsecond
		if own != was {
			if err := t.setTurn(ctx, name, own); err != nil {
				return err
			}
		}
		if of != nil && groups != were {
			return t.setTurn(ctx, group, groups)
		}
		return nil
	})
	return wait, taken, err
}

// turns gives the time now, in unix microseconds, and the lines of name and
// group. On PostgreSQL their rows are then this transaction's; names are
// locked before groups by everybody.
func (t tx) turns(ctx context.Context, name, group string) (now int64, own, groups TurnLine, err error) {
	const (
		find = `
SELECT name, next_us, line_us, CAST($3 AS BIGINT) AS now
FROM host_turns
WHERE name IN ($1, $2)`
		lock = `
INSERT INTO host_turns (name, next_us)
SELECT n, 0 FROM (VALUES ($1), ($2)) AS v (n) WHERE n <> ''
ON CONFLICT (name) DO UPDATE SET next_us = host_turns.next_us
RETURNING name, next_us, line_us, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS now`
	)
	var rows []struct {
		Name string
		TurnLine
		Now int64
	}
	now = time.Now().UnixMicro() // on SQLite the database is this machine, and the transaction is the only one
	if t.db.postgres {
		err = t.SelectContext(ctx, &rows, lock, text(name), text(group))
	} else {
		err = t.SelectContext(ctx, &rows, find, text(name), text(group), now)
	}
	for _, r := range rows {
		now = r.Now // of the last row: when all are ours
		if r.Name == text(group) {
			groups = r.TurnLine
		} else {
			own = r.TurnLine
		}
	}
	return now, own, groups, err
}

func (t tx) setTurn(ctx context.Context, name string, l TurnLine) error {
	const set = `
INSERT INTO host_turns (name, next_us, line_us)
VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET next_us = excluded.next_us, line_us = excluded.line_us`
	_, err := t.ExecContext(ctx, set, text(name), l.Next, l.Last)
	return err
}

// KeepTurns keeps when requests to names are due, where nothing later is kept
// of them. Times are by the clock of the database.
func (db *DB) KeepTurns(ctx context.Context, next map[string]time.Time) error {
	keep := insert{
		head: `INSERT INTO host_turns (name, next_us)`, values: 2,
		tail: `ON CONFLICT (name) DO UPDATE SET next_us = excluded.next_us WHERE host_turns.next_us < excluded.next_us`,
	}
	var rows [][]any
	for _, name := range slices.Sorted(maps.Keys(next)) {
		rows = append(rows, []any{text(name), next[name].UnixMicro()})
	}
	return db.write(ctx, "分配访问次序", func(t tx) error { return t.bulk(ctx, keep, rows) })
}
