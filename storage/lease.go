package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/govsweep/govsweep"
)

// Claim gives the right to work on a target that nobody works on: of one
// sweep, or with sweep 0 of any running one, by priority and then by age.
// nil means that nothing is free. Of workers that claim at the same time each
// gets a target of its own. Re-tests and sweeps of accounts are not given:
// they are worked on whole by who begins them.
//
// Leases are compared by the clock of the database, which all machines share;
// a clock of a worker that is wrong by minutes would take leases from
// everybody. now replaces that clock where it is not zero: for simulations.
// Only when a lease is given up hangs on a clock; that nothing of a worker
// without one is accepted hangs on the fence alone.
func (db *DB) Claim(ctx context.Context, sweep int64, owner string, now time.Time, ttl time.Duration) (*govsweep.Lease, error) {
	// Rows another worker is just taking are passed over, not waited for.
	find, which := claimFree, []any{}
	if sweep != 0 {
		find, which = claimOf, []any{sweep}
	}
	statement := db.pick(find+`)`+claimed, find+`
    FOR UPDATE OF r SKIP LOCKED)`+claimed)
	var row struct {
		targetRow
		Fence int64
		Until int64 `db:"lease_until"`
	}
	err := db.write(ctx, "领取检查对象", func(t tx) error {
		at, err := t.clock(ctx, now)
		if err != nil {
			return err
		}
		return t.GetContext(ctx, &row, statement, append([]any{text(owner), at, ttl.Milliseconds()}, which...)...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &govsweep.Lease{Sweep: row.Sweep, Target: row.target(), Fence: row.Fence, Owner: owner, Until: fromMS(row.Until), TTL: ttl}, nil
}

// claimFree takes a target of any sweep, claimOf one of a sweep that is named:
// the database then goes along its open targets in order and stops at the
// first that is free, however many wait.
const (
	claimHead = `
UPDATE runs
SET owner = $1, lease_until = $2 + $3, fence = fence + 1, state = 'running'
WHERE run = (
    SELECT r.run
    FROM runs AS r
    JOIN sweeps AS s ON s.id = r.sweep
    WHERE s.state = 'running' AND s.kind NOT IN ('retest', 'accounts')
      AND r.state IN ('waiting', 'running')
      AND r.lease_until <= $2`
	claimFree = claimHead + `
    ORDER BY s.priority DESC, r.sweep, r.run
    LIMIT 1`
	claimOf = claimHead + `
      AND r.sweep = $4
    ORDER BY r.run
    LIMIT 1`
	claimed = `
  AND lease_until <= $2
RETURNING run, sweep, target, kind, code, name, url, fence, lease_until`
)

// clock gives the time leases are compared by, in unix ms.
func (t tx) clock(ctx context.Context, now time.Time) (at int64, err error) {
	switch {
	case !now.IsZero():
		return ms(now), nil
	case !t.db.postgres: // the database is this machine
		return ms(time.Now()), nil
	}
	err = t.GetContext(ctx, &at, `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`)
	return at, err
}

// Extend holds a lease for another l.TTL from now on (zero: the clock of the
// database) and sets l.Until. It is a Conflict caused by ErrLeaseLost when
// another worker has the target meanwhile, or when the sweep is not running
// any more: the work is to be left as it is.
func (db *DB) Extend(ctx context.Context, l *govsweep.Lease, now time.Time) error {
	const extend = `
UPDATE runs
SET lease_until = $4
WHERE sweep = $1 AND target = $2 AND fence = $3
  AND EXISTS (SELECT 1 FROM sweeps WHERE sweeps.id = runs.sweep AND sweeps.state = 'running')`
	var until int64
	err := db.write(ctx, "延长租约", func(t tx) error {
		at, err := t.clock(ctx, now)
		if err != nil {
			return err
		}
		until = at + l.TTL.Milliseconds()
		result, err := t.ExecContext(ctx, extend, l.Sweep, text(string(l.Target.ID)), l.Fence, until)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, leaseLost(l.Run()))
		}
		return nil
	})
	if err == nil {
		l.Until = fromMS(until)
	}
	return err
}

// Park leaves a target to nobody for as long as l.TTL from now on (zero: the
// clock of the database): it waits for its hours. Its lease then has no owner.
// A lease that was lost is not parked: no error.
func (db *DB) Park(ctx context.Context, l govsweep.Lease, now time.Time) error {
	const park = `
UPDATE runs
SET owner = '', lease_until = $4
WHERE sweep = $1 AND target = $2 AND fence = $3`
	return db.write(ctx, "搁置检查对象", func(t tx) error {
		at, err := t.clock(ctx, now)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, park, l.Sweep, text(string(l.Target.ID)), l.Fence, at+l.TTL.Milliseconds())
		return err
	})
}

// Release gives a target back, so that another worker need not wait for the
// lease to run out. A lease that was lost is none to give back: no error.
func (db *DB) Release(ctx context.Context, l govsweep.Lease) error {
	const release = `
UPDATE runs
SET owner = '', lease_until = 0
WHERE sweep = $1 AND target = $2 AND fence = $3`
	return db.write(ctx, "归还检查对象", func(t tx) error {
		_, err := t.ExecContext(ctx, release, l.Sweep, text(string(l.Target.ID)), l.Fence)
		return err
	})
}

// Leases gives the leases of a sweep that stand, in the order of its targets.
func (db *DB) Leases(ctx context.Context, sweep int64, now time.Time) ([]govsweep.Lease, error) {
	const list = `
SELECT run, sweep, target, kind, code, name, url, fence, lease_until, owner
FROM runs
WHERE sweep = $1 AND lease_until > $2 AND state IN ('waiting', 'running')
ORDER BY run`
	var rows []struct {
		targetRow
		Fence int64
		Until int64 `db:"lease_until"`
		Owner string
	}
	err := db.write(ctx, "读取租约", func(t tx) error {
		at, err := t.clock(ctx, now)
		if err != nil {
			return err
		}
		return t.SelectContext(ctx, &rows, list, sweep, at)
	})
	if err != nil {
		return nil, err
	}
	out := make([]govsweep.Lease, len(rows))
	for i := range rows {
		r := &rows[i]
		out[i] = govsweep.Lease{Sweep: r.Sweep, Target: r.target(), Fence: r.Fence, Owner: r.Owner, Until: fromMS(r.Until)}
	}
	return out, nil
}

// leaseLost is what a worker is told that writes without its lease.
func leaseLost(of govsweep.Run) error {
	return &govsweep.Error{Kind: govsweep.Conflict, Err: govsweep.ErrLeaseLost,
		Say: "第" + itoa(of.Sweep) + "次检查中的对象“" + string(of.Target) + "”已由另一个程序接手，本程序的写入未被接受，检查会由对方继续。"}
}
