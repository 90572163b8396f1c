package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// A Row gives the next row of a table: values as Dump gives them, nil at the end.
type Row = func() ([]any, error)

// Restore fills a vacant database with the rows of a copy, all of them or
// none. The schema is built as it was in the copy, whatever the program would
// build today, and is not brought up to date: Migrate does that. next gives
// the tables of the copy in the order of Dump, with no name at the end; a
// table or column the schema does not know, or that it misses, is refused.
func (db *DB) Restore(ctx context.Context, version int64, next func() (name string, columns []string, rows Row, err error)) error {
	if err := db.buildTo(ctx, version); err != nil {
		return err
	}
	return db.write(ctx, "恢复数据库", func(t tx) error {
		all, err := db.catalog(ctx, t)
		if err != nil {
			return err
		}
		for _, known := range slices.Backward(all) {
			if _, err := t.ExecContext(ctx, `DELETE FROM `+quoted([]string{known.name})); err != nil {
				return err
			}
		}
		left := all
		for {
			name, columns, rows, err := next()
			if err != nil {
				return err
			}
			if name == "" {
				break
			}
			i := slices.IndexFunc(left, func(k table) bool { return k.name == name })
			if i < 0 || !slices.Equal(left[i].names(), columns) {
				return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("备份中的数据表“%s”与第%d版结构不符，没有恢复任何数据。", name, version)}
			}
			if err := t.fill(ctx, &left[i], rows); err != nil {
				return fmt.Errorf("table %s: %w", name, err)
			}
			left = slices.Delete(left, i, i+1)
		}
		if len(left) > 0 {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "备份中缺少数据表“" + left[0].name + "”，没有恢复任何数据。"}
		}
		return nil
	})
}

// buildTo builds the schema of a version in a vacant database.
func (db *DB) buildTo(ctx context.Context, version int64) error {
	if version > latest() {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(
			"备份的数据库结构为第%d版，高于本程序支持的第%d版，请使用更新版本的程序恢复。", version, latest())}
	}
	vacant, err := db.Vacant(ctx)
	if err != nil {
		return err
	}
	if !vacant {
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "数据库中已有数据，只能恢复到空的数据库，未作任何改动。"}
	}
	have, err := db.Version(ctx)
	if err != nil || have == version {
		return err
	}
	if have > version {
		return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf(
			"数据库已建立为第%d版结构，备份为第%d版，请先删除并重新建立这个空数据库，再恢复。", have, version)}
	}
	p, err := db.provider()
	if err != nil {
		return db.explain("建立数据库结构", err)
	}
	_, err = p.UpTo(ctx, version)
	return db.explain("建立数据库结构", err)
}

// fill puts all rows into one table.
func (t tx) fill(ctx context.Context, in *table, rows Row) error {
	statement := t.db.insertInto(in)
	if t.db.postgres {
		statement = `COPY ` + quoted([]string{in.name}) + ` (` + quoted(in.names()) + `) FROM STDIN`
	}
	put, err := t.PreparexContext(ctx, statement)
	if err != nil {
		return err
	}
	defer put.Close()
	for {
		values, err := rows()
		if err != nil {
			return err
		}
		if values == nil {
			break
		}
		if err := in.fits(values); err != nil {
			return err
		}
		if _, err := put.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return t.endCopy(ctx, put)
}

// endCopy ends a copy into PostgreSQL; only then its faults are known.
func (t tx) endCopy(ctx context.Context, put *sqlx.Stmt) error {
	if !t.db.postgres {
		return nil
	}
	_, err := put.ExecContext(ctx)
	return err
}

func (db *DB) insertInto(in *table) string {
	places := make([]string, len(in.columns))
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	return `INSERT INTO ` + quoted([]string{in.name}) + ` (` + quoted(in.names()) + `) VALUES (` + strings.Join(places, ", ") + `)`
}

// fits refuses values of another kind than the columns hold.
func (t *table) fits(values []any) error {
	if len(values) != len(t.columns) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("备份中数据表“%s”的一行有%d个值，应有%d个。", t.name, len(values), len(t.columns))}
	}
	for i, c := range t.columns {
		if _, err := portable(t.name, c, values[i]); err != nil {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "备份中数据表“" + t.name + "”的列“" + c.Name + "”有一个值与类型不符。"}
		}
	}
	return nil
}

// FreeLeases lets everything go that a worker still holds: behind a restore
// none of those workers works on this database. Fences stay, so that nothing
// they bring later is taken.
func (db *DB) FreeLeases(ctx context.Context) error {
	const (
		free = `
UPDATE runs
SET owner = '', lease_until = 0
WHERE owner <> '' OR lease_until <> 0`
		expire = `
UPDATE work_holds
SET held_until = 0` // who takes it over raises the fence
	)
	return db.write(ctx, "释放检查对象", func(t tx) error {
		if _, err := t.ExecContext(ctx, free); err != nil {
			return err
		}
		_, err := t.ExecContext(ctx, expire)
		return err
	})
}
