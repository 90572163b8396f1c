package storage

import (
	"context"
	"database/sql"
	"errors"

	"github.com/govsweep/govsweep"
)

// BindEvidence names the evidence store of this database, unless one is
// named already, and gives the one that is: every machine that works on the
// database must keep its evidence there.
func (db *DB) BindEvidence(ctx context.Context, id string) (string, error) {
	const bind = `
INSERT INTO evidence_store (one, id)
VALUES (1, $1)
ON CONFLICT (one) DO NOTHING`
	var bound string
	err := db.write(ctx, "核对证据库", func(t tx) error {
		if _, err := t.ExecContext(ctx, bind, text(id)); err != nil {
			return err
		}
		return t.GetContext(ctx, &bound, `SELECT id FROM evidence_store WHERE one = 1`)
	})
	return bound, err
}

// EvidenceID gives the evidence store of this database; "" when none is named.
func (db *DB) EvidenceID(ctx context.Context) (string, error) {
	var id string
	err := db.r.GetContext(ctx, &id, `SELECT id FROM evidence_store WHERE one = 1`)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, db.explain("核对证据库", err)
}

// RebindEvidence names another evidence store, as a person decides who has
// moved it.
func (db *DB) RebindEvidence(ctx context.Context, id string) error {
	const rebind = `
INSERT INTO evidence_store (one, id)
VALUES (1, $1)
ON CONFLICT (one) DO UPDATE
SET id = excluded.id`
	return db.write(ctx, "更换证据库", func(t tx) error {
		if _, err := t.ExecContext(ctx, rebind, text(id)); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "evidence.adopt", Subject: id})
	})
}
