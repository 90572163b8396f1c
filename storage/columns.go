package storage

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// A class or exemption that a person set is kept unless the new row was set
// by a person too; first_seen keeps the earlier, had_content never goes back.
// An exemption is always set by a person: a row of the machine carries none.
var saveColumn = insert{
	head: `INSERT INTO site_columns (site, url_digest, url, name, path, level, class, class_reason, confidence,
    class_by, source, exempt_until, exempt_why, cycle_days, first_seen, had_content)`,
	values: 16,
	tail: `ON CONFLICT (site, url_digest) DO UPDATE
SET name = excluded.name, path = excluded.path, level = excluded.level, source = excluded.source,
    class = CASE WHEN site_columns.class_by <> '' AND excluded.class_by = '' THEN site_columns.class ELSE excluded.class END,
    class_reason = CASE WHEN site_columns.class_by <> '' AND excluded.class_by = '' THEN site_columns.class_reason ELSE excluded.class_reason END,
    confidence = CASE WHEN site_columns.class_by <> '' AND excluded.class_by = '' THEN site_columns.confidence ELSE excluded.confidence END,
    class_by = CASE WHEN excluded.class_by = '' THEN site_columns.class_by ELSE excluded.class_by END,
    exempt_until = CASE WHEN excluded.exempt_until = '' AND excluded.class_by = '' THEN site_columns.exempt_until ELSE excluded.exempt_until END,
    exempt_why = CASE WHEN excluded.exempt_until = '' AND excluded.class_by = '' THEN site_columns.exempt_why ELSE excluded.exempt_why END,
    cycle_days = CASE WHEN excluded.cycle_days = 0 AND excluded.class_by = '' THEN site_columns.cycle_days ELSE excluded.cycle_days END,
    first_seen = CASE WHEN site_columns.first_seen = 0 OR excluded.first_seen <> 0 AND excluded.first_seen < site_columns.first_seen
                 THEN excluded.first_seen ELSE site_columns.first_seen END,
    had_content = CASE WHEN site_columns.had_content = 1 THEN 1 ELSE excluded.had_content END`,
}

// SaveColumns adds and updates columns. Class and exemption set by a person
// are kept unless the new row was set by a person too; first_seen keeps the
// earlier, had_content never goes back.
func (db *DB) SaveColumns(ctx context.Context, columns []govsweep.Column) error {
	passes, err := columnPasses(columns)
	if err != nil {
		return db.explain("保存栏目", err)
	}
	return db.write(ctx, "保存栏目", func(t tx) error {
		for _, rows := range passes {
			if err := t.bulk(ctx, saveColumn, rows); err != nil {
				return err
			}
		}
		return t.auditRows(ctx, "columns.save", "", slices.Concat(passes...), func(row []any) string { return fmt.Sprint(row[0], " ", row[3]) })
	})
}

// columnPasses spreads rows over passes so that none holds a column twice:
// what is kept of an earlier row is for the database to say.
func columnPasses(columns []govsweep.Column) ([][][]any, error) {
	var passes [][][]any
	seen := map[string]int{}
	for i := range columns {
		c := &columns[i]
		path, err := jsonList(c.Path)
		if err != nil {
			return nil, err
		}
		url := text(c.URL)
		digest := sha256.Sum256([]byte(url))
		key := string(c.Site) + "\x00" + url
		pass := seen[key]
		seen[key]++
		if pass == len(passes) {
			passes = append(passes, nil)
		}
		passes[pass] = append(passes[pass], []any{text(string(c.Site)), digest[:], url, text(c.Name), path, c.Level,
			string(c.Class), text(c.ClassReason), c.Confidence, text(c.ClassBy), text(c.Source), text(c.ExemptUntil),
			text(c.ExemptWhy), c.CycleDays, ms(c.FirstSeen), flag(c.HadContent)})
	}
	return passes, nil
}

// Columns gives the columns of a site in order of address.
func (db *DB) Columns(ctx context.Context, site govsweep.TargetID) ([]govsweep.Column, error) {
	const list = `
SELECT url, name, path, level, class, class_reason, confidence, class_by, source, exempt_until, exempt_why,
       cycle_days, first_seen, had_content
FROM site_columns
WHERE site = $1
ORDER BY url`
	var rows []struct {
		URL, Name, Path, Class, Source string
		Level                          int
		Confidence                     float64
		ClassReason                    string `db:"class_reason"`
		ClassBy                        string `db:"class_by"`
		ExemptUntil                    string `db:"exempt_until"`
		ExemptWhy                      string `db:"exempt_why"`
		CycleDays                      int    `db:"cycle_days"`
		FirstSeen                      int64  `db:"first_seen"`
		HadContent                     int    `db:"had_content"`
	}
	if err := db.r.SelectContext(ctx, &rows, list, text(string(site))); err != nil {
		return nil, db.explain("读取栏目", err)
	}
	out := make([]govsweep.Column, len(rows))
	for i, r := range rows {
		out[i] = govsweep.Column{Site: site, URL: r.URL, Name: r.Name, Level: r.Level, Class: govsweep.ColumnClass(r.Class),
			ClassReason: r.ClassReason, Confidence: r.Confidence, ClassBy: r.ClassBy, Source: r.Source,
			ExemptUntil: r.ExemptUntil, ExemptWhy: r.ExemptWhy, CycleDays: r.CycleDays,
			FirstSeen: fromMS(r.FirstSeen), HadContent: r.HadContent == 1}
		if err := unlist(r.Path, &out[i].Path); err != nil {
			return nil, db.explain("读取栏目", err)
		}
	}
	return out, nil
}
