package storage

import (
	"context"
	"errors"
	"time"

	"github.com/govsweep/govsweep"
)

const runColumns = `schedule, due_ms, state, sweep, missed, cursor, note, started, ended`

type scheduleRunRow struct {
	Schedule string
	Due      int64 `db:"due_ms"`
	State    string
	Sweep    int64
	Missed   int
	Cursor   string
	Note     string
	Started  int64
	Ended    int64
}

func (r *scheduleRunRow) run() govsweep.ScheduleRun {
	return govsweep.ScheduleRun{Schedule: r.Schedule, Due: fromMS(r.Due), State: govsweep.ScheduleRunState(r.State), Sweep: r.Sweep,
		Missed: r.Missed, Cursor: r.Cursor, Note: r.Note, Started: fromMS(r.Started), Ended: fromMS(r.Ended)}
}

// AddScheduleRun keeps a new run and, unless s is nil, its sweep over targets,
// in one transaction with the line of the audit log that it began, and sets
// r.Sweep. It says false and changes nothing when that due time has a run
// already, whoever made it.
func (db *DB) AddScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, s *govsweep.Sweep, targets []govsweep.Target) (added bool, err error) {
	return db.addScheduleRun(ctx, r, s, targets)
}

// BeginScheduleRun is AddScheduleRun for a person, who stands in the audit log
// with it.
func (db *DB) BeginScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, s *govsweep.Sweep, targets []govsweep.Target) (added bool, err error) {
	return db.addScheduleRun(ctx, r, s, targets, govsweep.AuditLine{Event: "schedule.run", Subject: r.Schedule})
}

func (db *DB) addScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, s *govsweep.Sweep, targets []govsweep.Target, said ...govsweep.AuditLine) (added bool, err error) {
	const add = `
INSERT INTO schedule_runs (schedule, due_ms, state, sweep, missed, cursor, note, started, ended)
VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8)
ON CONFLICT (schedule, due_ms) DO NOTHING`
	const link = `
UPDATE schedule_runs
SET sweep = $3
WHERE schedule = $1 AND due_ms = $2`
	err = db.write(ctx, "保存计划的执行记录", func(t tx) error {
		added = false
		result, err := t.ExecContext(ctx, add, text(r.Schedule), ms(r.Due), string(r.State), r.Missed, text(r.Cursor), text(r.Note), ms(r.Started), ms(r.Ended))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
		added = true
		if s == nil {
			return t.audit(ctx, said...)
		}
		if err := t.addSweep(ctx, s, targets); err != nil {
			return err
		}
		if _, err = t.ExecContext(ctx, link, text(r.Schedule), ms(r.Due), s.ID); err != nil {
			return err
		}
		return t.audit(ctx, append(said, sweepStart(s, len(targets)))...)
	})
	if err == nil && added && s != nil {
		r.Sweep = s.ID
	}
	return added && err == nil, err
}

// SaveScheduleRun keeps how far a run has come. A run that has ended stays as
// it ended.
func (db *DB) SaveScheduleRun(ctx context.Context, r *govsweep.ScheduleRun) error {
	const save = `
UPDATE schedule_runs
SET state = $3, cursor = $4, note = $5, ended = $6
WHERE schedule = $1 AND due_ms = $2 AND state = 'running'`
	return db.write(ctx, "保存计划的执行记录", func(t tx) error {
		_, err := t.ExecContext(ctx, save, text(r.Schedule), ms(r.Due), string(r.State), text(r.Cursor), text(r.Note), ms(r.Ended))
		return err
	})
}

// CancelScheduleRun cancels a run under way with its sweep, in the name of
// whoever ctx names; what was judged stays. One that has ended is a Conflict.
func (db *DB) CancelScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, at time.Time) error {
	const cancel = `
UPDATE schedule_runs
SET state = 'cancelled', ended = $3
WHERE schedule = $1 AND due_ms = $2 AND state = 'running'`
	return db.write(ctx, "取消计划的执行", func(t tx) error {
		result, err := t.ExecContext(ctx, cancel, text(r.Schedule), ms(r.Due), ms(at))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, &govsweep.Error{Kind: govsweep.Conflict, Say: "计划“" + r.Schedule + "”的这一次执行已经结束，不能取消。"})
		}
		if r.Sweep != 0 {
			if _, err := t.cancelSweep(ctx, r.Sweep, at); err != nil {
				return err
			}
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "schedule.cancel", Subject: r.Schedule})
	})
}

// LastDue gives the newest due time of a schedule that has a run and does not
// lie after now; the zero time when there is none. One after now was made
// while the clock was wrong.
func (db *DB) LastDue(ctx context.Context, schedule string, now time.Time) (time.Time, error) {
	const find = `
SELECT coalesce(max(due_ms), 0)
FROM schedule_runs
WHERE schedule = $1 AND due_ms <= $2`
	var due int64
	err := db.r.GetContext(ctx, &due, find, text(schedule), ms(now))
	return fromMS(due), db.explain(readRuns, err)
}

const readRuns = "读取计划的执行记录"

// OpenScheduleRuns gives the runs under way, the earliest due first.
func (db *DB) OpenScheduleRuns(ctx context.Context) ([]govsweep.ScheduleRun, error) {
	const open = `SELECT ` + runColumns + `
FROM schedule_runs
WHERE state = 'running'
ORDER BY due_ms, schedule`
	return db.scheduleRuns(ctx, open)
}

// ScheduleRun gives one run.
func (db *DB) ScheduleRun(ctx context.Context, schedule string, due time.Time) (*govsweep.ScheduleRun, error) {
	const find = `SELECT ` + runColumns + `
FROM schedule_runs
WHERE schedule = $1 AND due_ms = $2`
	found, err := db.scheduleRuns(ctx, find, text(schedule), ms(due))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, missing("计划“" + schedule + "”没有这一次执行。")
	}
	return &found[0], nil
}

// ScheduleRuns gives the last runs of a schedule ("" of all), the newest first.
func (db *DB) ScheduleRuns(ctx context.Context, schedule string, most int) ([]govsweep.ScheduleRun, error) {
	const list = `SELECT ` + runColumns + `
FROM schedule_runs
WHERE schedule = $1 OR $1 = ''
ORDER BY due_ms DESC, schedule
LIMIT $2`
	return db.scheduleRuns(ctx, list, text(schedule), most)
}

// LastDone gives, for every schedule that was ever done, its last run that was.
func (db *DB) LastDone(ctx context.Context) ([]govsweep.ScheduleRun, error) {
	const list = `SELECT ` + runColumns + `
FROM schedule_runs r
WHERE state = 'done'
  AND due_ms = (SELECT max(o.due_ms) FROM schedule_runs o WHERE o.schedule = r.schedule AND o.state = 'done')
ORDER BY schedule`
	return db.scheduleRuns(ctx, list)
}

func (db *DB) scheduleRuns(ctx context.Context, query string, values ...any) ([]govsweep.ScheduleRun, error) {
	var rows []scheduleRunRow
	if err := db.r.SelectContext(ctx, &rows, query, values...); err != nil {
		return nil, db.explain(readRuns, err)
	}
	out := make([]govsweep.ScheduleRun, len(rows))
	for i := range rows {
		out[i] = rows[i].run()
	}
	return out, nil
}

var saveLook = insert{
	head: `INSERT INTO site_looks (target, last_ms, next_ms, place, why)`, values: 5,
	tail: `ON CONFLICT (target) DO UPDATE
SET last_ms = excluded.last_ms, next_ms = excluded.next_ms, place = excluded.place, why = excluded.why`,
}

// SaveSiteLooks keeps when sites are to be looked at next; of two of one site
// the last counts.
func (db *DB) SaveSiteLooks(ctx context.Context, looks []govsweep.SiteLook) error {
	var rows [][]any
	for _, l := range lastOf(looks, func(l *govsweep.SiteLook) string { return string(l.Target) }) {
		rows = append(rows, []any{text(string(l.Target)), ms(l.Last), ms(l.Next), text(l.Column), text(l.Why)})
	}
	return db.write(ctx, "保存查看计划", func(t tx) error { return t.bulk(ctx, saveLook, rows) })
}

// SiteLooks gives when every site is to be looked at next. A site that was
// never inspected has none.
func (db *DB) SiteLooks(ctx context.Context) ([]govsweep.SiteLook, error) {
	const list = `SELECT target, last_ms, next_ms, place, why FROM site_looks ORDER BY target`
	var rows []struct {
		Target, Place, Why string
		Last               int64 `db:"last_ms"`
		Next               int64 `db:"next_ms"`
	}
	if err := db.r.SelectContext(ctx, &rows, list); err != nil {
		return nil, db.explain("读取查看计划", err)
	}
	out := make([]govsweep.SiteLook, len(rows))
	for i, r := range rows {
		out[i] = govsweep.SiteLook{Target: govsweep.TargetID(r.Target), Last: fromMS(r.Last), Next: fromMS(r.Next), Column: r.Place, Why: r.Why}
	}
	return out, nil
}

// NotDue gives the sites that are not to be looked at before a time is over.
func (db *DB) NotDue(ctx context.Context, at time.Time) (map[govsweep.TargetID]bool, error) {
	const list = `SELECT target FROM site_looks WHERE next_ms > $1`
	var rows []string
	if err := db.r.SelectContext(ctx, &rows, list, ms(at)); err != nil {
		return nil, db.explain("读取查看计划", err)
	}
	out := make(map[govsweep.TargetID]bool, len(rows))
	for _, r := range rows {
		out[govsweep.TargetID(r)] = true
	}
	return out, nil
}

// Beat keeps when a part of the program was last at work.
func (db *DB) Beat(ctx context.Context, name string, at time.Time) error {
	const save = `
INSERT INTO beats (name, at_ms)
VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET at_ms = excluded.at_ms`
	return db.write(ctx, "保存运行情况", func(t tx) error {
		_, err := t.ExecContext(ctx, save, text(name), ms(at))
		return err
	})
}

// Beats gives when each part was last at work.
func (db *DB) Beats(ctx context.Context) (map[string]time.Time, error) {
	const list = `SELECT name, at_ms FROM beats`
	var rows []struct {
		Name string
		At   int64 `db:"at_ms"`
	}
	if err := db.r.SelectContext(ctx, &rows, list); err != nil {
		return nil, db.explain("读取运行情况", err)
	}
	out := map[string]time.Time{}
	for _, r := range rows {
		out[r.Name] = fromMS(r.At)
	}
	return out, nil
}

// SweepLeft counts the targets of a sweep that have not ended and, once there
// are none, those that could not be inspected.
func (db *DB) SweepLeft(ctx context.Context, sweep int64) (left, failed int, err error) {
	const ( // the first reads the index of what is left alone: it is asked for every few seconds
		open = `
SELECT count(*)
FROM runs
WHERE sweep = $1 AND state IN ('waiting', 'running')`
		lost = `
SELECT count(*)
FROM runs
WHERE sweep = $1 AND state = 'failed'`
	)
	if err = db.r.GetContext(ctx, &left, open, sweep); err == nil && left == 0 {
		err = db.r.GetContext(ctx, &failed, lost, sweep)
	}
	return left, failed, db.explain("读取检查任务", err)
}
