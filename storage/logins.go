package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/govsweep/govsweep"
)

// forgetFailures is when a failed login counts no more.
const forgetFailures = 24 * time.Hour

// BeginLogin counts one attempt for each key as failed, before its password is
// looked at, so that many at a time cannot outrun the count. wait says how long
// nothing may be tried after that many. While one of the keys has to wait,
// nothing is counted and the time is given at which it may try again.
func (db *DB) BeginLogin(ctx context.Context, keys []string, now time.Time, wait func(key string, failures int) time.Duration) (until time.Time, err error) {
	const count = `
INSERT INTO login_failures (key, failures, last_ms, until_ms)
VALUES ($1, $2, $3, $4)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_ms = excluded.last_ms, until_ms = excluded.until_ms`
	err = db.write(ctx, "登记登录", func(t tx) error {
		until = time.Time{}
		if t.db.postgres { // one attempt after the other
			if _, err := t.ExecContext(ctx, `LOCK TABLE login_failures IN EXCLUSIVE MODE`); err != nil {
				return err
			}
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM login_failures WHERE last_ms < $1`, ms(now.Add(-forgetFailures))); err != nil {
			return err
		}
		failures := make([]int, len(keys))
		for i, key := range keys {
			var row struct {
				Failures int
				Until    int64 `db:"until_ms"`
			}
			err := t.GetContext(ctx, &row, `SELECT failures, until_ms FROM login_failures WHERE key = $1`, text(key))
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if at := fromMS(row.Until); at.After(now) && at.After(until) {
				until = at
			}
			failures[i] = row.Failures + 1
		}
		if !until.IsZero() {
			return nil
		}
		for i, key := range keys {
			if _, err := t.ExecContext(ctx, count, text(key), failures[i], ms(now), ms(now.Add(wait(key, failures[i])))); err != nil {
				return err
			}
		}
		return nil
	})
	return until, err
}

// EndLogin writes down how a login that had begun ended; one that succeeded
// clears what was counted for clear.
func (db *DB) EndLogin(ctx context.Context, clear []string, line govsweep.AuditLine) error {
	return db.write(ctx, "登记登录", func(t tx) error {
		for _, key := range clear {
			if _, err := t.ExecContext(ctx, `DELETE FROM login_failures WHERE key = $1`, text(key)); err != nil {
				return err
			}
		}
		return t.audit(ctx, line)
	})
}
