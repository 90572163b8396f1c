package storage

import (
	"context"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// notCopied are tables a copy of the database leaves out: what holds for the
// moment only, and what must not come back to life with a copy.
var notCopied = []string{versionTable, "host_turns", "web_sessions", "login_failures"}

// seeded are tables in which the schema itself puts rows.
var seeded = []string{"counters", "audit_head"}

// table is one table as it is copied.
type table struct {
	name    string
	columns []column
	parents []string // tables its rows refer to
}

type column struct {
	Name string `db:"name"`
	Kind string `db:"kind"` // in lower case, as the engine calls it
	Key  int    `db:"key"`  // place in the primary key; 0 = not in it
}

// copied says whether a table belongs into a copy. The tables of the jobs do
// not: jobs are made anew from the runs under way.
func copied(name string) bool {
	return !strings.HasPrefix(name, "river_") && !slices.Contains(notCopied, name)
}

// catalog lists the tables of the schema, each behind those it refers to.
func (db *DB) catalog(ctx context.Context, q sqlx.QueryerContext) ([]table, error) {
	const sqlite = `
SELECT name
FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY name`
	const postgres = `
SELECT tablename::text COLLATE "C" AS name
FROM pg_catalog.pg_tables
WHERE schemaname = current_schema()
ORDER BY name`
	var names []string
	if err := sqlx.SelectContext(ctx, q, &names, db.pick(sqlite, postgres)); err != nil {
		return nil, err
	}
	var all []table
	for _, name := range names {
		if !copied(name) {
			continue
		}
		t := table{name: name}
		if err := sqlx.SelectContext(ctx, q, &t.columns, db.pick(sqliteColumns, postgresColumns), name); err != nil {
			return nil, err
		}
		if err := sqlx.SelectContext(ctx, q, &t.parents, db.pick(sqliteParents, postgresParents), name); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return parentsFirst(all), nil
}

const (
	sqliteColumns = `
SELECT name, lower(type) AS kind, pk AS key
FROM pragma_table_info($1)
ORDER BY cid`
	postgresColumns = `
SELECT a.attname::text AS name, lower(format_type(a.atttypid, NULL)) AS kind,
       coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) AS key
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum`
	sqliteParents = `
SELECT DISTINCT "table"
FROM pragma_foreign_key_list($1)`
	postgresParents = `
SELECT DISTINCT p.relname::text
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relname = $1
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
WHERE k.contype = 'f'`
)

// parentsFirst orders tables so that rows may be put in one after the other.
func parentsFirst(all []table) []table {
	var out []table
	var put func(t table)
	put = func(t table) {
		if slices.ContainsFunc(out, func(o table) bool { return o.name == t.name }) {
			return
		}
		for _, p := range t.parents {
			if i := slices.IndexFunc(all, func(o table) bool { return o.name == p && p != t.name }); i >= 0 {
				put(all[i])
			}
		}
		out = append(out, t)
	}
	for _, t := range all {
		put(t)
	}
	return out
}

// names lists the columns of a table, quoted.
func (t *table) names() []string {
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.Name
	}
	return out
}

// quoted writes names as they stand in a statement; they come from the
// catalogue of the database, never from a file.
func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = `"` + strings.ReplaceAll(n, `"`, `""`) + `"`
	}
	return strings.Join(out, ", ")
}

// key lists the primary key in its order: it orders the rows alike on both engines.
func (t *table) key() []string {
	in := slices.DeleteFunc(slices.Clone(t.columns), func(c column) bool { return c.Key == 0 })
	slices.SortFunc(in, func(a, b column) int { return a.Key - b.Key })
	out := make([]string, len(in))
	for i, c := range in {
		out[i] = c.Name
	}
	return out
}

// Vacant says that the database holds nothing yet: no tables, or tables in
// which only the schema itself has put rows.
func (db *DB) Vacant(ctx context.Context) (bool, error) {
	v, err := db.Version(ctx)
	if err != nil || v == 0 {
		return err == nil, err
	}
	all, err := db.catalog(ctx, db.r)
	if err != nil {
		return false, db.explain("查看数据库", err)
	}
	for _, t := range all {
		if slices.Contains(seeded, t.name) {
			continue
		}
		var some bool
		if err := db.r.GetContext(ctx, &some, `SELECT EXISTS (SELECT 1 FROM `+quoted([]string{t.name})+`)`); err != nil || some {
			return false, db.explain("查看数据库", err)
		}
	}
	return true, nil
}

func unknownKind(table, column, kind string) error {
	return &govsweep.Error{Kind: govsweep.Internal, Say: "数据表“" + table + "”的列“" + column + "”的类型“" + kind + "”不能备份。"}
}
