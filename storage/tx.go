package storage

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"github.com/govsweep/govsweep"
)

// tx is one write transaction.
type tx struct {
	*sqlx.Tx
	db *DB
}

// write runs fn in one transaction. PostgreSQL may end one of two
// transactions that wait for each other; every write may be repeated, so the
// loser is simply run again.
func (db *DB) write(ctx context.Context, doing string, fn func(t tx) error) error {
	var err error
	for range 5 {
		if err = db.once(ctx, fn); !lostRace(err) {
			break
		}
	}
	return db.explain(doing, err)
}

func (db *DB) once(ctx context.Context, fn func(t tx) error) error {
	if err := db.Here(); err != nil {
		return err
	}
	t, err := db.w.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // after Commit it does nothing
	if err := (tx{t, db}).fenced(ctx); err != nil {
		return err
	}
	if err := fn(tx{t, db}); err != nil {
		return err
	}
	return t.Commit()
}

func lostRace(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// pick gives the statement for this engine, where one does not fit both.
func (db *DB) pick(sqlite, postgres string) string {
	if db.postgres {
		return postgres
	}
	return sqlite
}

// next takes n numbers from a counter and gives the first.
func (t tx) next(ctx context.Context, counter string, n int) (int64, error) {
	const take = `
UPDATE counters
SET value = value + $2
WHERE name = $1
RETURNING value`
	var last int64
	err := t.GetContext(ctx, &last, take, counter, n)
	return last - int64(n) + 1, err
}

const findRun = `
SELECT run
FROM runs
WHERE sweep = $1 AND target = $2`

// run gives the number of a run.
func run(ctx context.Context, q sqlx.QueryerContext, r govsweep.Run) (int64, error) {
	var n int64
	err := sqlx.GetContext(ctx, q, &n, findRun, r.Sweep, text(string(r.Target)))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, missingRun(r)
	}
	return n, err
}

func missingRun(r govsweep.Run) error {
	return missing("第" + itoa(r.Sweep) + "次检查中没有对象“" + string(r.Target) + "”。")
}
