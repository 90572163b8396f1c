package schedule

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/govsweep/govsweep"
)

// Database is where the jobs live: beside the data.
type Database struct {
	SQLite *sql.DB // the one pool that writes; nil on PostgreSQL
	DSN    string  // of PostgreSQL, where jobs take connections of their own
}

// on runs the same code over the driver of the engine.
func (d Database) on(ctx context.Context, lite func(riverdriver.Driver[*sql.Tx]) error, pg func(riverdriver.Driver[pgx.Tx]) error) error {
	if d.SQLite != nil {
		return lite(riversqlite.New(d.SQLite))
	}
	config, err := pgxpool.ParseConfig(d.DSN)
	if err != nil { // its text repeats the address, and the password in it
		return wrong("PostgreSQL 数据库地址的写法不正确，请检查 --db。")
	}
	config.MaxConns = 8
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Internal, Say: "无法连接数据库服务器，请检查地址、端口和网络。", Err: err}
	}
	defer pool.Close()
	return pg(riverpgxv5.New(pool))
}

// Migrate brings the tables of the jobs up to date and counts the steps it
// took, or would take when it is only tried.
func (d Database) Migrate(ctx context.Context, try bool) (steps int, err error) {
	err = d.on(ctx, func(r riverdriver.Driver[*sql.Tx]) error { steps, err = migrate(ctx, r, try); return err },
		func(r riverdriver.Driver[pgx.Tx]) error { steps, err = migrate(ctx, r, try); return err })
	return steps, err
}

// migrations may be tried again: of several processes that start together all
// but one fail on a step the other has taken.
const mostMigrations = 5

func migrate[T any](ctx context.Context, driver riverdriver.Driver[T], try bool) (int, error) {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: quiet()})
	if err != nil {
		return 0, fmt.Errorf("migrations of the jobs: %w", err)
	}
	for n := 1; ; n++ {
		done, err := m.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{DryRun: try})
		if err == nil {
			return len(done.Versions), nil
		}
		if n == mostMigrations || ctx.Err() != nil {
			return 0, &govsweep.Error{Kind: govsweep.Internal, Say: "建立任务队列的数据表失败。", Err: err}
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(n) * 200 * time.Millisecond):
		}
	}
}
