package storage

import "context"

// MigrateTo brings the schema of an open database to an earlier version than
// the program's.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return err
}

// Exec changes the database as no method of it does.
func (db *DB) Exec(ctx context.Context, query string, values ...any) error {
	return db.write(ctx, "test", func(t tx) error {
		_, err := t.ExecContext(ctx, query, values...)
		return err
	})
}

// InTransaction calls inside between the begin of a write and its end.
func (db *DB) InTransaction(ctx context.Context, inside func()) error {
	return db.once(ctx, func(tx) error { inside(); return nil })
}
