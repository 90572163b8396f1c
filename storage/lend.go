package storage

import "database/sql"

// Lend lends the pool that writes, for the job queue that lives in the same
// database. On SQLite there is one writer: a second pool on the file would
// starve both. postgres says that it is PostgreSQL, where the queue takes
// connections of its own.
func (db *DB) Lend() (writer *sql.DB, postgres bool) { return db.w.DB, db.postgres }
