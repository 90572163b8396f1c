package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/govsweep/govsweep"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable is goose's table of applied migrations. Its name is how we
// know a database for ours.
const versionTable = "govsweep_version"

// checkOwner refuses a database that holds tables of another program.
func (db *DB) checkOwner(ctx context.Context) error {
	tables, ours, err := db.countTables(ctx)
	if err != nil {
		return err
	}
	if tables > 0 && ours == 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "该数据库中已有其他程序的数据，不是本程序的数据库，未作任何改动。请另选一个空的数据库。"}
	}
	return nil
}

func (db *DB) countTables(ctx context.Context) (tables, ours int, err error) {
	const sqlite = `
SELECT count(*), coalesce(sum(CASE WHEN name = $1 THEN 1 ELSE 0 END), 0)
FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	const postgres = `
SELECT count(*), coalesce(sum(CASE WHEN tablename = $1 THEN 1 ELSE 0 END), 0)
FROM pg_catalog.pg_tables
WHERE schemaname = current_schema()`
	err = db.w.QueryRowxContext(ctx, db.pick(sqlite, postgres), versionTable).Scan(&tables, &ours)
	return tables, ours, err
}

// ready brings the schema to the version of the program, or says why not.
func (db *DB) ready(ctx context.Context, o Options) error {
	have, err := db.Version(ctx)
	if err != nil {
		return err
	}
	want := latest()
	switch {
	case have > want:
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(
			"数据库的结构版本为%d，高于本程序支持的%d，请使用更新版本的程序，数据库未作任何改动。", have, want)}
	case have == want, o.NoMigrate && o.AnyVersion:
		return nil
	case o.NoMigrate:
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(
			"数据库的结构版本为%d，低于本程序需要的%d，请先运行 govsweep migrate。", have, want)}
	}
	if have == 0 && o.Fresh != nil {
		if err := o.Fresh(); err != nil {
			if have, verr := db.Version(ctx); verr != nil || have == 0 { // nobody has built it meanwhile
				return err
			}
		}
	}
	return db.Migrate(ctx)
}

// Version gives the version of the schema; 0 for an empty database.
func (db *DB) Version(ctx context.Context) (int64, error) {
	_, ours, err := db.countTables(ctx)
	if err != nil || ours == 0 {
		return 0, db.explain("读取数据库版本", err)
	}
	var v int64
	err = db.w.GetContext(ctx, &v, `SELECT coalesce(max(version_id), 0) FROM govsweep_version WHERE is_applied`)
	return v, db.explain("读取数据库版本", err)
}

// Latest is the version of the schema this program writes.
func Latest() int64 { return latest() }

// Migrate brings the schema up to date, each step in its own transaction.
// Several processes may do so at once.
func (db *DB) Migrate(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return db.explain("升级数据库结构", err)
	}
	for from := int64(-1); ; {
		if _, err = p.Up(ctx); err == nil {
			return nil
		}
		// On SQLite two processes may start together; the slower one fails on a
		// step that the other has taken, and goes on behind it.
		v, verr := db.Version(ctx)
		if verr == nil && v == latest() {
			return nil
		}
		if verr != nil || db.postgres || v <= from {
			break
		}
		from = v
	}
	return db.explain("升级数据库结构", err)
}

func (db *DB) provider() (*goose.Provider, error) {
	steps, err := db.steps()
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{
		goose.WithGoMigrations(steps...), goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true),
	}
	dialect := goose.DialectSQLite3
	if db.postgres {
		dialect = goose.DialectPostgres
		one, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(one))
	}
	return goose.NewProvider(dialect, db.w.DB, nil, options...)
}

func (db *DB) steps() ([]*goose.Migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []*goose.Migration
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		statement := db.dialect(string(text))
		steps = append(steps, goose.NewGoMigration(versionOf(name), &goose.GoFunc{
			RunTx: func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, statement)
				return err
			}}, nil))
	}
	return steps, nil
}

var textType = regexp.MustCompile(`\bTEXT\b`)

// dialect turns a migration into the words of this engine: STRICT tables and
// SQLite's type names there, the order of bytes for text on PostgreSQL.
func (db *DB) dialect(text string) string {
	if !db.postgres {
		return strings.NewReplacer("BIGINT", "INTEGER", "BYTEA", "BLOB", "DOUBLE PRECISION", "REAL").Replace(text)
	}
	return textType.ReplaceAllString(strings.ReplaceAll(text, ") STRICT;", ");"), `TEXT COLLATE "C"`)
}

func versionOf(name string) int64 {
	digits, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		panic("migration " + name + " has no number") // a broken program
	}
	return v
}

func latest() int64 {
	names, _ := fs.Glob(migrations, "migrations/*.sql") // the pattern is well formed
	return versionOf(names[len(names)-1])
}
