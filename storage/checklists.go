package storage

import (
	"context"
	"fmt"

	"github.com/govsweep/govsweep"
)

// SaveChecks keeps answers of persons. Of one question of one target every day
// keeps its own answer; the same day again replaces it.
func (db *DB) SaveChecks(ctx context.Context, answers []govsweep.CheckAnswer) error {
	save := insert{
		head: `INSERT INTO checklist_answers (target, question, on_day, body)`, values: 4,
		tail: `ON CONFLICT (target, question, on_day) DO UPDATE SET body = excluded.body`,
	}
	var rows [][]any
	for _, c := range lastOf(answers, func(c *govsweep.CheckAnswer) string {
		return text(string(c.Target)) + "\x00" + text(c.Question) + "\x00" + c.On
	}) {
		body, err := jsonText(c)
		if err != nil {
			return db.explain("保存人工检查记录", err)
		}
		rows = append(rows, []any{text(string(c.Target)), text(c.Question), text(c.On), text(body)})
	}
	return db.write(ctx, "保存人工检查记录", func(t tx) error {
		if err := t.bulk(ctx, save, rows); err != nil {
			return err
		}
		return t.auditRows(ctx, "checks.save", "", rows, func(row []any) string { return fmt.Sprint(row[0], " ", row[1]) })
	})
}

// Checks gives the answers about one target up to a day, the oldest first.
func (db *DB) Checks(ctx context.Context, target govsweep.TargetID, until string) ([]govsweep.CheckAnswer, error) {
	const list = `
SELECT body
FROM checklist_answers
WHERE target = $1 AND on_day <= $2
ORDER BY on_day, question`
	return bodies[govsweep.CheckAnswer](ctx, db, list, text(string(target)), text(until))
}

// SaveReprintSources makes sources the whole list 稿源名单: what it does not
// name is on it no longer.
func (db *DB) SaveReprintSources(ctx context.Context, sources []govsweep.ReprintSource) error {
	save := insert{head: `INSERT INTO reprint_sources (name, body)`, values: 2, tail: `ON CONFLICT (name) DO UPDATE SET body = excluded.body`}
	var rows [][]any
	for _, s := range lastOf(sources, func(s *govsweep.ReprintSource) string { return text(s.Name) }) {
		body, err := jsonText(s)
		if err != nil {
			return db.explain("保存稿源名单", err)
		}
		rows = append(rows, []any{text(s.Name), text(body)})
	}
	return db.write(ctx, "保存稿源名单", func(t tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM reprint_sources`); err != nil {
			return err
		}
		if err := t.bulk(ctx, save, rows); err != nil {
			return err
		}
		if len(rows) == 0 {
			return t.audit(ctx, govsweep.AuditLine{Event: "reprints.save", Detail: "0项。"})
		}
		return t.auditRows(ctx, "reprints.save", "", rows, first)
	})
}

// ReprintSources gives the list in order of name; none when no list was imported.
func (db *DB) ReprintSources(ctx context.Context) ([]govsweep.ReprintSource, error) {
	const list = `
SELECT body
FROM reprint_sources
ORDER BY name`
	return bodies[govsweep.ReprintSource](ctx, db, list)
}
