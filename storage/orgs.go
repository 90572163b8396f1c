package storage

import (
	"context"
	"fmt"

	"github.com/govsweep/govsweep"
)

// SaveOrgs adds and replaces units of the register, known by their code or,
// without one, by their name.
func (db *DB) SaveOrgs(ctx context.Context, orgs []govsweep.Org) error {
	save := insert{
		head: `INSERT INTO orgs (id, code, name, level, region, parent, phone, email)`, values: 8,
		tail: `ON CONFLICT (id) DO UPDATE
SET code = excluded.code, name = excluded.name, level = excluded.level, region = excluded.region,
    parent = excluded.parent, phone = excluded.phone, email = excluded.email`,
	}
	var rows [][]any
	for _, o := range lastOf(orgs, orgID) {
		rows = append(rows, []any{orgID(o), text(o.Code), text(o.Name), text(o.Level), text(o.Region), text(o.Parent),
			text(o.Phone), text(o.Email)})
	}
	return db.write(ctx, "保存单位名录", func(t tx) error {
		if err := t.bulk(ctx, save, rows); err != nil {
			return err
		}
		return t.auditRows(ctx, "orgs.save", "", rows, func(row []any) string { return fmt.Sprint(row[2]) })
	})
}

func orgID(o *govsweep.Org) string {
	if o.Code != "" {
		return text(o.Code)
	}
	return "name:" + text(o.Name)
}

// Orgs gives all units of the register in order of name.
func (db *DB) Orgs(ctx context.Context) ([]govsweep.Org, error) {
	const list = `
SELECT code, name, level, region, parent, phone, email
FROM orgs
ORDER BY name, code`
	var out []govsweep.Org
	err := db.r.SelectContext(ctx, &out, list)
	return out, db.explain("读取单位名录", err)
}
