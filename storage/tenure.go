package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/govsweep/govsweep"
)

// A Tenure is work that one process at a time does whole, until a moment. Who
// is at work extends it; of one that was stopped, killed or cut off it runs out
// and another process may take the work over, which raises the fence. What is
// written Under a tenure that was taken over is refused.
type Tenure struct {
	Name  string
	Owner string
	Fence int64         // 1 at first, one more whenever the work was taken from somebody
	Until time.Time     // by the clock of the database
	TTL   time.Duration // how long taking or extending it holds
}

// Take gives work that nobody is at to owner; nil when somebody is. Work that
// was given back keeps its fence, for who gave it back writes nothing more.
// now replaces the clock of the database where it is not zero: see Claim.
func (db *DB) Take(ctx context.Context, name, owner string, now time.Time, ttl time.Duration) (*Tenure, error) {
	const take = `
INSERT INTO work_holds (name, owner, held_until, fence)
VALUES ($1, $2, $3, 1)
ON CONFLICT (name) DO UPDATE
SET owner = excluded.owner, held_until = excluded.held_until,
    fence = work_holds.fence + CASE WHEN work_holds.owner = '' THEN 0 ELSE 1 END
WHERE work_holds.held_until <= $4
RETURNING fence`
	t := &Tenure{Name: name, Owner: owner, TTL: ttl}
	err := db.write(ctx, "领取工作", func(x tx) error {
		at, err := x.clock(ctx, now)
		if err != nil {
			return err
		}
		t.Until = fromMS(at + ttl.Milliseconds())
		return x.GetContext(ctx, &t.Fence, take, text(name), text(owner), ms(t.Until), at)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// TenureOf says who is at some work; nil when nobody is.
func (db *DB) TenureOf(ctx context.Context, name string, now time.Time) (*Tenure, error) {
	const find = `
SELECT owner, fence, held_until
FROM work_holds
WHERE name = $1 AND held_until > $2 AND owner <> ''`
	var row struct {
		Owner string
		Fence int64
		Until int64 `db:"held_until"`
	}
	err := db.write(ctx, "读取工作", func(x tx) error {
		at, err := x.clock(ctx, now)
		if err != nil {
			return err
		}
		return x.GetContext(ctx, &row, find, text(name), at)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Tenure{Name: name, Owner: row.Owner, Fence: row.Fence, Until: fromMS(row.Until)}, nil
}

// Prolong holds a tenure for another t.TTL from now on (zero: the clock of the
// database) and sets t.Until. It is a Conflict caused by ErrLeaseLost when
// another process has the work meanwhile.
func (db *DB) Prolong(ctx context.Context, t *Tenure, now time.Time) error {
	const prolong = `
UPDATE work_holds
SET held_until = $4
WHERE name = $1 AND owner = $2 AND fence = $3`
	var until time.Time
	err := db.write(ctx, "延长工作", func(x tx) error {
		at, err := x.clock(ctx, now)
		if err != nil {
			return err
		}
		until = fromMS(at + t.TTL.Milliseconds())
		result, err := x.ExecContext(ctx, prolong, text(t.Name), text(t.Owner), t.Fence, ms(until))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, tenureLost())
		}
		return nil
	})
	if err == nil {
		t.Until = until
	}
	return err
}

// GiveBack ends a tenure whose owner writes nothing more, so that another
// process need not wait. One that was taken over is none to give back: no error.
func (db *DB) GiveBack(ctx context.Context, t Tenure) error {
	const back = `
UPDATE work_holds
SET owner = '', held_until = 0
WHERE name = $1 AND owner = $2 AND fence = $3`
	return db.write(ctx, "归还工作", func(x tx) error {
		_, err := x.ExecContext(ctx, back, text(t.Name), text(t.Owner), t.Fence)
		return err
	})
}

// Expire lets a tenure run out whose owner has died for certain. The fence is
// raised by who takes the work over.
func (db *DB) Expire(ctx context.Context, t Tenure) error {
	const expire = `
UPDATE work_holds
SET held_until = 0
WHERE name = $1 AND owner = $2 AND fence = $3`
	return db.write(ctx, "收回工作", func(x tx) error {
		_, err := x.ExecContext(ctx, expire, text(t.Name), text(t.Owner), t.Fence)
		return err
	})
}

// Under gives the same database, where every write is refused with
// ErrLeaseLost, in its own transaction, once the tenure was taken over or
// given back. Reads go on. It is not to be closed: the other one is.
func (db *DB) Under(t Tenure) *DB {
	fenced := *db
	fenced.under = &t
	return &fenced
}

// fenced refuses a write of who has lost its work. Until the transaction ends
// nobody can take the work over: who does waits for it.
func (t tx) fenced(ctx context.Context) error {
	if t.db.under == nil {
		return nil
	}
	const find = `
SELECT fence
FROM work_holds
WHERE name = $1 AND owner = $2`
	var fence int64
	err := t.GetContext(ctx, &fence, t.db.pick(find, find+`
FOR SHARE`), text(t.db.under.Name), text(t.db.under.Owner))
	if errors.Is(err, sql.ErrNoRows) || err == nil && fence != t.db.under.Fence {
		return tenureLost()
	}
	return err
}

// tenureLost is what a process is told that writes without its work.
func tenureLost() error {
	return &govsweep.Error{Kind: govsweep.Conflict, Err: govsweep.ErrLeaseLost,
		Say: "这项工作已由另一个程序接手，本程序的写入未被接受，工作会由对方继续。"}
}
