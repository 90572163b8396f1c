package storage

import (
	"context"

	"github.com/govsweep/govsweep"
)

// Learn keeps what an inspection learned of its site in the register: its
// columns, as SaveColumns keeps them, and its name where it had none (site is
// nil where nothing changed), all or nothing.
func (db *DB) Learn(ctx context.Context, of govsweep.Run, site *govsweep.Site, columns []govsweep.Column) error {
	passes, err := columnPasses(columns)
	if err != nil {
		return db.explain("保存栏目", err)
	}
	return db.write(ctx, "保存栏目", func(t tx) error {
		if _, err := t.lockRun(ctx, of); err != nil {
			return err
		}
		if site != nil {
			if _, err := t.ExecContext(ctx, `UPDATE sites SET name = $2 WHERE id = $1`, text(string(site.ID)), text(site.Name)); err != nil {
				return err
			}
		}
		for _, rows := range passes {
			if err := t.bulk(ctx, saveColumn, rows); err != nil {
				return err
			}
		}
		return nil
	})
}
