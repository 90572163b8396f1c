package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/govsweep/govsweep"
)

const (
	keepSchedules = "保存计划"
	saveSchedule  = `
INSERT INTO schedules (name, body)
VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET body = excluded.body`
)

// SaveSchedule keeps a schedule; one of the same name is replaced.
func (db *DB) SaveSchedule(ctx context.Context, s *govsweep.Schedule) error {
	return db.SaveSchedules(ctx, []govsweep.Schedule{*s})
}

// SetPaused keeps a schedule that was paused or resumed; the audit log calls
// it that.
func (db *DB) SetPaused(ctx context.Context, s *govsweep.Schedule) error {
	if s.Unread != "" { // what is kept of it would be lost
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "计划“" + s.Name + "”：" + s.Unread + "，请用 govsweep schedule add 重新登记或用 schedule remove 删除。"}
	}
	event := "schedule.resume"
	if s.Paused {
		event = "schedule.pause"
	}
	return db.write(ctx, keepSchedules, func(t tx) error { return t.saveBody(ctx, saveSchedule, event, s.Name, s) })
}

// SaveSchedules keeps several, all or none.
func (db *DB) SaveSchedules(ctx context.Context, all []govsweep.Schedule) error {
	return db.SaveTimetable(ctx, all, nil)
}

// SaveTimetable keeps schedules and hours, all or none; those of the same name
// or scope are replaced.
func (db *DB) SaveTimetable(ctx context.Context, schedules []govsweep.Schedule, hours []govsweep.SiteHours) error {
	const saveHours = `
INSERT INTO site_hours (scope, body)
VALUES ($1, $2)
ON CONFLICT (scope) DO UPDATE SET body = excluded.body`
	return db.write(ctx, keepSchedules, func(t tx) error {
		for i := range hours {
			if err := t.saveBody(ctx, saveHours, "hours.save", hours[i].Scope, &hours[i]); err != nil {
				return err
			}
		}
		for i := range schedules {
			if err := t.saveBody(ctx, saveSchedule, "schedule.save", schedules[i].Name, &schedules[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// saveBody keeps a row that is JSON whole under its key, and says so in the
// audit log.
func (t tx) saveBody(ctx context.Context, save, event, key string, body any) error {
	raw, err := jsonText(body)
	if err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, save, text(key), text(raw)); err != nil {
		return err
	}
	return t.audit(ctx, govsweep.AuditLine{Event: event, Subject: key, Detail: raw})
}

// Schedules gives all schedules in order of name. One whose kept form cannot
// be read any more has its name and why, and holds up no other.
func (db *DB) Schedules(ctx context.Context) ([]govsweep.Schedule, error) {
	const all = `SELECT name, body FROM schedules ORDER BY name`
	return db.schedules(ctx, all)
}

func (db *DB) schedules(ctx context.Context, query string, values ...any) ([]govsweep.Schedule, error) {
	var rows []struct{ Name, Body string }
	if err := db.r.SelectContext(ctx, &rows, query, values...); err != nil {
		return nil, db.explain("读取计划", err)
	}
	out := make([]govsweep.Schedule, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r.Body), &out[i]); err != nil {
			out[i] = govsweep.Schedule{Name: r.Name, Unread: "数据库中的内容不是本版本的格式，无法读取"}
		}
	}
	return out, nil
}

// jsonRows reads rows that are JSON whole.
func jsonRows[T any](ctx context.Context, db *DB, doing, query string, values ...any) ([]T, error) {
	var rows []string
	if err := db.r.SelectContext(ctx, &rows, query, values...); err != nil {
		return nil, db.explain(doing, err)
	}
	out := make([]T, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r), &out[i]); err != nil {
			return nil, db.explain(doing, fmt.Errorf("row %d: %w", i, err))
		}
	}
	return out, nil
}

// Schedule gives one schedule.
func (db *DB) Schedule(ctx context.Context, name string) (*govsweep.Schedule, error) {
	const find = `SELECT name, body FROM schedules WHERE name = $1`
	found, err := db.schedules(ctx, find, text(name))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, missing("没有名为“" + name + "”的计划，可用 govsweep schedule list 查看。")
	}
	return &found[0], nil
}

// RemoveSchedule takes a schedule out; its runs stay as history.
func (db *DB) RemoveSchedule(ctx context.Context, name string) error {
	const remove = `DELETE FROM schedules WHERE name = $1`
	return db.write(ctx, "删除计划", func(t tx) error {
		if err := t.one(ctx, "没有名为“"+name+"”的计划，可用 govsweep schedule list 查看。", remove, text(name)); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "schedule.remove", Subject: name})
	})
}

// SaveHours keeps the hours of a scope; those of the same scope are replaced.
func (db *DB) SaveHours(ctx context.Context, all []govsweep.SiteHours) error {
	return db.SaveTimetable(ctx, nil, all)
}

// Hours gives the hours of all scopes, in order of scope.
func (db *DB) Hours(ctx context.Context) ([]govsweep.SiteHours, error) {
	const all = `SELECT body FROM site_hours ORDER BY scope`
	return jsonRows[govsweep.SiteHours](ctx, db, "读取采集时段", all)
}

// RemoveHours takes the hours of a scope out.
func (db *DB) RemoveHours(ctx context.Context, scope string) error {
	const remove = `DELETE FROM site_hours WHERE scope = $1`
	return db.write(ctx, "删除采集时段", func(t tx) error {
		if err := t.one(ctx, "范围“"+scope+"”没有登记采集时段。", remove, text(scope)); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "hours.remove", Subject: scope})
	})
}
