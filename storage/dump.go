package storage

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"
)

// Dump tells every row of the database as it stands at one moment, while
// others go on writing: table begins a table, row gives one row of it in the
// order of the primary key. Values are nil, int64, float64, string or []byte,
// the same on both engines; they are good only during the call. It gives the
// version of the schema. Tables of the job queue, of web sessions and of the
// shared clocks of hosts are left out.
func (db *DB) Dump(ctx context.Context, table func(name string, columns []string) error, row func(values []any) error) (version int64, err error) {
	o := &sql.TxOptions{ReadOnly: true}
	if db.postgres {
		o.Isolation = sql.LevelRepeatableRead
	} else {
		o = nil // readers of SQLite cannot write, and see one moment
	}
	t, err := db.r.BeginTxx(ctx, o)
	if err != nil {
		return 0, db.explain("读取数据库", err)
	}
	defer t.Rollback() // nothing was written
	if err := t.GetContext(ctx, &version, `SELECT coalesce(max(version_id), 0) FROM govsweep_version WHERE is_applied`); err != nil {
		return 0, db.explain("读取数据库版本", err)
	}
	all, err := db.catalog(ctx, t)
	if err != nil {
		return 0, db.explain("读取数据库", err)
	}
	for i := range all {
		if err := table(all[i].name, all[i].names()); err != nil {
			return 0, err
		}
		if err := db.dumpTable(ctx, t, &all[i], row); err != nil {
			return 0, db.explain("读取数据表“"+all[i].name+"”", err)
		}
	}
	return version, nil
}

func (db *DB) dumpTable(ctx context.Context, q sqlx.QueryerContext, t *table, row func([]any) error) error {
	query := `SELECT ` + quoted(t.names()) + ` FROM ` + quoted([]string{t.name})
	if key := t.key(); len(key) > 0 {
		query += ` ORDER BY ` + quoted(key)
	}
	rows, err := q.QueryxContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, c := range t.columns {
			if values[i], err = portable(t.name, c, values[i]); err != nil {
				return err
			}
		}
		if err := row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// portable gives a value as both engines would give it.
func portable(table string, c column, v any) (any, error) {
	kind := kindOf(c.Kind)
	switch x := v.(type) {
	case nil:
		return nil, nil
	case int64:
		if kind == realKind { // SQLite keeps a whole number short
			return float64(x), nil
		}
		if kind == wholeKind {
			return x, nil
		}
	case float64:
		if kind == realKind {
			return x, nil
		}
	case string:
		if kind == textKind {
			return text(x), nil
		}
	case []byte:
		if kind == textKind {
			return text(string(x)), nil
		}
		if kind == bytesKind {
			return x, nil
		}
	}
	return nil, unknownKind(table, c.Name, c.Kind)
}

type valueKind int

const (
	noKind valueKind = iota
	wholeKind
	realKind
	textKind
	bytesKind
)

// kindOf gives what a column holds by the name of its type on either engine.
func kindOf(name string) valueKind {
	switch name {
	case "integer", "bigint":
		return wholeKind
	case "real", "double precision":
		return realKind
	case "text":
		return textKind
	case "blob", "bytea":
		return bytesKind
	}
	return noKind
}
