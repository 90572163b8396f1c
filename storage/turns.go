package storage

import (
	"context"
	"maps"
	"slices"
	"time"
)

// TakeTurn takes the next turn of a name, and with it that of a group of
// names unless group is "", by the clock of the database, over all processes.
// It gives how long until both have come and takes them for gap and groupGap;
// turns nobody took are not saved up. While the name, not the group, is what
// is waited for, nothing is taken: the turn of the group is left to others and
// it is to be asked again when the wait is over.
func (db *DB) TakeTurn(ctx context.Context, name string, gap time.Duration, group string, groupGap time.Duration) (wait time.Duration, taken bool, err error) {
	err = db.write(ctx, "分配访问次序", func(t tx) error {
		now, own, groups, err := t.turns(ctx, name, group)
		if err != nil {
			return err
		}
		at := max(own, now)
		if group == "" {
			taken = true
		} else if from := max(groups, now); at <= from {
			at, taken = from, true
		}
		wait = time.Duration(at-now) * time.Microsecond
		if !taken {
			return nil
		}
		return t.setTurns(ctx, name, at+gap.Microseconds(), group, at+groupGap.Microseconds())
	})
	return wait, taken, err
}

// turns gives the time now and when name and group may be asked next, in unix
// microseconds. On PostgreSQL their rows are then this transaction's; names
// are locked before groups by everybody.
func (t tx) turns(ctx context.Context, name, group string) (now, own, groups int64, err error) {
	const (
		find = `
SELECT name, next_us, CAST($3 AS BIGINT) AS now
FROM host_turns
WHERE name IN ($1, $2)`
		lock = `
INSERT INTO host_turns (name, next_us)
SELECT n, 0 FROM (VALUES ($1), ($2)) AS v (n) WHERE n <> ''
ON CONFLICT (name) DO UPDATE SET next_us = host_turns.next_us
RETURNING name, next_us, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS now`
	)
	var rows []struct {
		Name string
		Next int64 `db:"next_us"`
		Now  int64
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
			groups = r.Next
		} else {
			own = r.Next
		}
	}
	return now, own, groups, err
}

func (t tx) setTurns(ctx context.Context, name string, next int64, group string, groupNext int64) error {
	const set = `
INSERT INTO host_turns (name, next_us)
VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET next_us = excluded.next_us`
	if _, err := t.ExecContext(ctx, set, text(name), next); err != nil || group == "" {
		return err
	}
	_, err := t.ExecContext(ctx, set, text(group), groupNext)
	return err
}

// KeepTurns keeps when names may be asked next, where nothing later is kept
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
