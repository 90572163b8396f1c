package storage

import (
	"context"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// Options of Open. The zero value is what most callers want.
type Options struct {
	// NoMigrate leaves the schema as it is; Open then refuses a database
	// whose schema is older than the program.
	NoMigrate bool
	// AnyVersion, with NoMigrate, opens an older schema too: for commands
	// that only show or change the version.
	AnyVersion bool
	// Fresh is asked before a database is made or a schema is built where there
	// is none; its error ends Open, and nothing is made. nil: it may be.
	Fresh func() error
	// Readers is how many readers may work at once; 0 means 16.
	Readers int
	// Wait is how long a write waits for another process's on SQLite;
	// 0 means ten seconds.
	Wait time.Duration
}

// DB is an open database. It is safe for many goroutines.
type DB struct {
	w, r     *sqlx.DB // the one writer and the readers; the same pool on PostgreSQL
	postgres bool
	streams  chan struct{} // slots for readers that hold two connections
	under    *Tenure       // nil: whoever writes may; see Under
	file     openedFile    // of SQLite
}

// Open opens "sqlite:PATH" or "postgres://…", checks that the database is
// ours and not newer than the program, and brings its schema up to date.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	if o.Readers <= 0 {
		o.Readers = 16
	}
	if o.Wait <= 0 {
		o.Wait = 10 * time.Second
	}
	db := &DB{streams: make(chan struct{}, max(1, o.Readers/4))}
	var err error
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		err = db.openSQLite(ctx, strings.TrimPrefix(dsn, "sqlite:"), o)
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		err = db.openPostgres(ctx, dsn, o)
	default:
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "数据库地址应写作 sqlite:文件路径 或 postgres://…，请检查 --db 的写法。"}
	}
	if err == nil {
		err = db.ready(ctx, o)
	}
	if err != nil {
		db.Close()
		return nil, db.explain("打开数据库", err)
	}
	return db, nil
}

// Close closes the database. It may be called twice.
func (db *DB) Close() error {
	var first error
	for _, pool := range []*sqlx.DB{db.r, db.w} {
		if pool == nil {
			continue
		}
		if err := pool.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
