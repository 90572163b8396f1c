package storage

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"
)

// view runs the reads of fn on one state of the database, so that what they
// give fits together whatever is written meanwhile.
func (db *DB) view(ctx context.Context, doing string, fn func(q sqlx.QueryerContext) error) error {
	t, err := db.r.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return db.explain(doing, err)
	}
	defer t.Rollback() // it wrote nothing
	return db.explain(doing, fn(t))
}
