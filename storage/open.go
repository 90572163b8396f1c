package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"modernc.org/sqlite" // the driver "sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/govsweep/govsweep"
)

// openSQLite opens one connection that writes and a pool that cannot.
// Several processes may share the file: each waits for the other's
// transaction, at most as long as busy_timeout.
func (db *DB) openSQLite(ctx context.Context, path string, o Options) error {
	if path == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "数据库地址 sqlite: 后面缺少文件路径。"}
	}
	if o.NoMigrate {
		if _, err := os.Stat(path); err != nil {
			return &govsweep.Error{Kind: govsweep.NotFound, Say: "数据库文件“" + path + "”不存在或无法读取。", Err: err}
		}
	}
	if !o.NoMigrate && o.Fresh != nil && blank(path) {
		if err := o.Fresh(); err != nil && blank(path) { // nobody has made it meanwhile
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	makePrivate(path)
	var err error
	if db.w, err = sqlx.Open("sqlite", sqliteDSN(path, o.Wait, "mode=rwc", "_txlock=immediate", "_pragma=cache_size(-8000)")); err != nil {
		return err
	}
	db.w.SetMaxOpenConns(1)
	if err := db.w.PingContext(ctx); err != nil {
		return err
	}
	if err := db.checkOwner(ctx); err != nil { // before WAL mode touches the file
		return err
	}
	if err := db.toWAL(ctx, o.Wait); err != nil {
		return err
	}
	tighten(path)
	if info, err := os.Stat(path); err == nil {
		db.file = openedFile{path, info}
	}
	if db.r, err = sqlx.Open("sqlite", sqliteDSN(path, o.Wait, "mode=ro", "_pragma=query_only(1)", "_pragma=cache_size(-2000)")); err != nil {
		return err
	}
	db.r.SetMaxOpenConns(o.Readers)
	db.r.SetMaxIdleConns(o.Readers)
	return nil
}

// blank says that a file is not there or holds nothing.
func blank(path string) bool {
	info, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
}

// toWAL turns the write-ahead log on. SQLite tells the slower one of two that
// do so at once that the file is busy, without the wait of busy_timeout.
func (db *DB) toWAL(ctx context.Context, wait time.Duration) error {
	for until := time.Now().Add(wait); ; {
		_, err := db.w.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		var lite *sqlite.Error
		if !errors.As(err, &lite) || lite.Code()&0xff != lib.SQLITE_BUSY || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// sqliteDSN writes the address of a connection. The page caches are small, so
// that they are full early and memory is the same on a site of any size: the
// writer's holds the upper pages of the indices, readers only stream.
func sqliteDSN(path string, wait time.Duration, extra ...string) string {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		"?_pragma=busy_timeout(" + strconv.FormatInt(wait.Milliseconds(), 10) + ")&_pragma=foreign_keys(1)&_pragma=synchronous(NORMAL)"
	for _, e := range extra {
		dsn += "&" + e
	}
	return dsn
}

func (db *DB) openPostgres(ctx context.Context, dsn string, o Options) error {
	db.postgres = true
	c, err := pq.NewConnector(withoutIdlers(dsn))
	if err != nil { // its text repeats the address, and the password in it
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "PostgreSQL 数据库地址的写法不正确，请检查 --db。"}
	}
	db.w = sqlx.NewDb(sql.OpenDB(c), "postgres")
	db.r = db.w
	db.w.SetMaxOpenConns(o.Readers)
	db.w.SetMaxIdleConns(o.Readers)
	db.w.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.w.PingContext(ctx); err != nil {
		return err
	}
	return db.checkOwner(ctx)
}

// withoutIdlers lets the server end a transaction whose process does nothing
// for half a minute: a process that is stopped, or whose machine has gone,
// would keep its rows from the worker that is to take them over. Who sets the
// parameter in the address keeps it.
func withoutIdlers(dsn string) string {
	const parameter = "idle_in_transaction_session_timeout"
	u, err := url.Parse(dsn)
	if err != nil {
		return dsn // the driver says so itself
	}
	q := u.Query()
	if !q.Has(parameter) {
		q.Set(parameter, "30000")
		u.RawQuery = q.Encode()
	}
	return u.String()
}
