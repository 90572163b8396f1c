package storage

import (
	"context"
	"time"
)

// ReserveTurns takes the next n turns of a name, each interval apart, and
// gives how long until the first of them: over all processes, by the clock
// of the database. Turns nobody took are not saved up.
func (db *DB) ReserveTurns(ctx context.Context, name string, n int, interval time.Duration) (time.Duration, error) {
	const take = `
INSERT INTO host_turns (name, next_us)
VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
ON CONFLICT (name) DO UPDATE
SET next_us = CASE WHEN host_turns.next_us > CAST($2 AS BIGINT) THEN host_turns.next_us ELSE CAST($2 AS BIGINT) END + CAST($3 AS BIGINT)
RETURNING next_us - CAST($3 AS BIGINT)`
	var wait time.Duration
	err := db.write(ctx, "分配访问次序", func(t tx) error {
		now := time.Now().UnixMicro() // the database is this machine
		if t.db.postgres {
			if err := t.GetContext(ctx, &now, `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)`); err != nil {
				return err
			}
		}
		var first int64
		if err := t.GetContext(ctx, &first, take, text(name), now, int64(n)*interval.Microseconds()); err != nil {
			return err
		}
		wait = time.Duration(first-now) * time.Microsecond
		return nil
	})
	return wait, err
}
