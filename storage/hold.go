package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/govsweep/govsweep"
)

// A Hold is a name that one program at a time has, of all that share a
// PostgreSQL database. It ends with the program, however that ends: the
// server lets go of it when the connection is gone. For one goroutine.
type Hold struct {
	db   *DB
	name string
	idle time.Duration
	conn *sql.Conn
}

// Holds says whether this engine can keep programs apart. SQLite lives on one
// machine, where the lock of a file does.
func (db *DB) Holds() bool { return db.postgres }

// Hold takes a name. When another program has it, that is a Conflict.
func (db *DB) Hold(ctx context.Context, name string) (*Hold, error) {
	return db.HoldWhile(ctx, name, 0)
}

// HoldWhile is Hold for a program that must show that it is at work: unless it
// asks Still more often than every idle, another may have the name. 0 is never:
// a program that is stopped keeps what it holds.
func (db *DB) HoldWhile(ctx context.Context, name string, idle time.Duration) (*Hold, error) {
	h := &Hold{db: db, name: name, idle: idle}
	if !db.postgres {
		return nil, errors.New("only PostgreSQL holds names")
	}
	if err := h.take(ctx); err != nil {
		return nil, db.explain("取得独占", err)
	}
	return h, nil
}

// takeHold names the schema too: two installations may share a database.
const takeHold = `
SELECT pg_try_advisory_lock(hashtextextended('govsweep' || chr(10) || current_schema() || chr(10) || $1, 0))`

func (h *Hold) take(ctx context.Context) error {
	conn, err := h.db.w.Conn(ctx)
	if err != nil {
		return err
	}
	h.conn = conn
	if h.idle > 0 {
		if _, err := conn.ExecContext(ctx, `SELECT set_config('idle_session_timeout', $1, false)`, itoa(h.idle.Milliseconds())); err != nil {
			h.drop()
			return err
		}
	}
	var got bool
	if err := conn.QueryRowContext(ctx, takeHold, text(h.name)).Scan(&got); err != nil {
		h.drop()
		return err
	}
	if !got {
		h.drop()
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "另一个程序正在使用同一数据库进行这项工作，请等它结束。"}
	}
	return nil
}

// Still says whether the name is held yet, and takes it again when only the
// connection was lost. A Conflict says that another program has it now.
func (h *Hold) Still(ctx context.Context) error {
	if _, err := h.conn.ExecContext(ctx, `SELECT 1`); err == nil {
		return nil
	} else if ctx.Err() != nil {
		return ctx.Err()
	}
	h.drop()
	err := h.take(ctx)
	for until := time.Now().Add(ownRelease); govsweep.KindOf(err) == govsweep.Conflict && time.Now().Before(until); err = h.take(ctx) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(ownRelease / 20):
		}
	}
	return h.db.explain("重新取得独占", err)
}

// ownRelease is how long the server may take to see that a connection of ours,
// which had the name, is gone; until then we are in our own way.
const ownRelease = time.Second

// Release lets the name go. It may be called twice.
func (h *Hold) Release() {
	const free = `
SELECT pg_advisory_unlock(hashtextextended('govsweep' || chr(10) || current_schema() || chr(10) || $1, 0))`
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, _ = h.conn.ExecContext(ctx, free, text(h.name)) // a lost connection has let go already
	h.drop()
}

// drop gives the connection up. It never goes back among those that others
// use: it may hold the name yet, and the server would end it when it is idle.
func (h *Hold) drop() {
	_ = h.conn.Raw(func(any) error { return driver.ErrBadConn }) // so it is closed
	_ = h.conn.Close()
}
