package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

// CreateSweep keeps a new sweep with its targets, all waiting, and sets s.ID.
// A target named twice is one target.
func (db *DB) CreateSweep(ctx context.Context, s *govsweep.Sweep, targets []govsweep.Target) error {
	return db.write(ctx, "保存检查任务", func(t tx) error {
		if err := t.addSweep(ctx, s, targets); err != nil {
			return err
		}
		return t.audit(ctx, sweepStart(s, len(targets)))
	})
}

// sweepStart is the line of the audit log that a sweep began.
func sweepStart(s *govsweep.Sweep, targets int) govsweep.AuditLine {
	return govsweep.AuditLine{Event: "sweep.start", Subject: itoa(s.ID), Detail: fmt.Sprintf("%s，%d个对象，规则%s，设置%s", text(s.Scope), targets, s.Rulebook, s.Options)}
}

func (t tx) addSweep(ctx context.Context, s *govsweep.Sweep, targets []govsweep.Target) error {
	const add = `
INSERT INTO sweeps (id, kind, scope, rulebook, as_of, started, ended, state, options, priority)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	addRun := insert{
		head:   `INSERT INTO runs (run, sweep, target, kind, code, name, url, state, note, wave, began, ended)`,
		values: 12,
		tail:   `ON CONFLICT (sweep, target) DO NOTHING`,
	}
	id, err := t.next(ctx, "sweep", 1)
	if err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, add, id, text(s.Kind), text(s.Scope), text(s.Rulebook),
		ms(s.AsOf), ms(s.Started), ms(s.Ended), string(s.State), text(s.Options), s.Priority); err != nil {
		return err
	}
	first, err := t.next(ctx, "run", len(targets))
	if err != nil {
		return err
	}
	rows := make([][]any, len(targets))
	for i, target := range targets {
		rows[i] = []any{first + int64(i), id, text(string(target.ID)), string(target.Kind), text(target.Code),
			text(target.Name), text(target.URL), string(govsweep.SweepWaiting), "", 0, 0, 0}
	}
	if err := t.bulk(ctx, addRun, rows); err != nil {
		return err
	}
	s.ID = id
	return nil
}

// SaveSweep keeps the state, the end and the options of a sweep. One that is
// done or was cancelled stays so: another state is then a Conflict.
func (db *DB) SaveSweep(ctx context.Context, s *govsweep.Sweep) error {
	const save = `
UPDATE sweeps
SET state = $2, started = $3, ended = $4, options = $5
WHERE id = $1 AND (state NOT IN ('done', 'cancelled') OR state = $2)`
	return db.write(ctx, "保存检查任务", func(t tx) error {
		result, err := t.ExecContext(ctx, save, s.ID, string(s.State), ms(s.Started), ms(s.Ended), text(s.Options))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n > 0 {
			return err
		}
		state, err := t.sweepState(ctx, s.ID)
		if err != nil {
			return err
		}
		return sweepEnded(s.ID, state)
	})
}

// sweepState says where a sweep stands; one that is not there is NotFound.
func (t tx) sweepState(ctx context.Context, id int64) (govsweep.SweepState, error) {
	var state string
	err := t.GetContext(ctx, &state, `SELECT state FROM sweeps WHERE id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", missing("没有第" + itoa(id) + "次检查。")
	}
	return govsweep.SweepState(state), err
}

func sweepEnded(id int64, state govsweep.SweepState) error {
	how := map[govsweep.SweepState]string{govsweep.SweepDone: "已完成", govsweep.SweepCancelled: "已取消"}[state]
	return &govsweep.Error{Kind: govsweep.Conflict, Say: "第" + itoa(id) + "次检查" + how + "，不能再改变。"}
}

// CancelSweep ends a sweep for good, in the name of whoever ctx names; what
// was judged stays. One that is done is a Conflict, one that was cancelled
// stays as it is.
func (db *DB) CancelSweep(ctx context.Context, id int64, at time.Time) error {
	return db.write(ctx, "取消检查任务", func(t tx) error {
		switch changed, err := t.cancelSweep(ctx, id, at); {
		case err != nil:
			return err
		case changed:
			return t.audit(ctx, govsweep.AuditLine{Event: "sweep.cancel", Subject: itoa(id)})
		}
		state, err := t.sweepState(ctx, id)
		if err != nil || state == govsweep.SweepCancelled {
			return err
		}
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "第" + itoa(id) + "次检查已完成，不能取消。"}
	})
}

// cancelSweep cancels a sweep that has not ended, and says whether it did.
func (t tx) cancelSweep(ctx context.Context, id int64, at time.Time) (bool, error) {
	const cancel = `
UPDATE sweeps
SET state = 'cancelled', ended = $2
WHERE id = $1 AND state NOT IN ('done', 'cancelled')`
	result, err := t.ExecContext(ctx, cancel, id, ms(at))
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// EndSweep ends a running sweep when nothing of it is left to do, and says
// where it stands now. Any worker may call it, at any time.
func (db *DB) EndSweep(ctx context.Context, id int64, at time.Time) (govsweep.SweepState, error) {
	const end = `
UPDATE sweeps
SET state = 'done', ended = $2
WHERE id = $1 AND state = 'running'
  AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.sweep = sweeps.id AND runs.state IN ('waiting', 'running'))`
	var state govsweep.SweepState
	err := db.write(ctx, "结束检查任务", func(t tx) error {
		_, err := t.ExecContext(ctx, end, id, ms(at))
		if err != nil {
			return err
		}
		state, err = t.sweepState(ctx, id)
		return err
	})
	return state, err
}

// ReopenSweep makes the targets of a sweep that failed wait again, and the
// sweep run when anything of it is left to do. A sweep that was cancelled is
// a Conflict.
func (db *DB) ReopenSweep(ctx context.Context, id int64) error {
	const again = `
UPDATE runs
SET state = 'waiting', lease_until = 0, owner = ''
WHERE sweep = $1 AND state = 'failed'`
	const runs = `
UPDATE sweeps
SET state = 'running', ended = 0
WHERE id = $1 AND state <> 'running'
  AND EXISTS (SELECT 1 FROM runs WHERE runs.sweep = sweeps.id AND runs.state IN ('waiting', 'running'))`
	return db.write(ctx, "继续检查任务", func(t tx) error {
		var state string
		err := t.GetContext(ctx, &state, t.db.pick(`SELECT state FROM sweeps WHERE id = $1`, `SELECT state FROM sweeps WHERE id = $1 FOR UPDATE`), id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return missing("没有第" + itoa(id) + "次检查。")
		case err != nil:
			return err
		case state == string(govsweep.SweepCancelled):
			return &govsweep.Error{Kind: govsweep.Conflict, Say: "第" + itoa(id) + "次检查已取消，不能继续。"}
		}
		if _, err := t.ExecContext(ctx, again, id); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, runs, id)
		return err
	})
}

// SaveSweepTarget keeps where a target of a sweep stands.
func (db *DB) SaveSweepTarget(ctx context.Context, st *govsweep.SweepTarget) error {
	const save = `
UPDATE runs
SET code = $2, name = $3, url = $4, state = $5, note = $6, wave = $7, began = $8, ended = $9
WHERE run = $1`
	return db.write(ctx, "保存检查任务", func(t tx) error {
		n, err := t.lockRun(ctx, govsweep.Run{Sweep: st.Sweep, Target: st.Target.ID, Fence: st.Fence})
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, save, n, text(st.Target.Code), text(st.Target.Name), text(st.Target.URL),
			string(st.State), text(st.Note), st.Wave, ms(st.Began), ms(st.Ended))
		return err
	})
}

// one runs a statement that must meet a row.
func (t tx) one(ctx context.Context, absent, statement string, values ...any) error {
	result, err := t.ExecContext(ctx, statement, values...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, missing(absent))
	}
	return nil
}

type sweepRow struct {
	ID       int64  `db:"id"`
	Kind     string `db:"kind"`
	Scope    string `db:"scope"`
	Rulebook string `db:"rulebook"`
	AsOf     int64  `db:"as_of"`
	Started  int64  `db:"started"`
	Ended    int64  `db:"ended"`
	State    string `db:"state"`
	Options  string `db:"options"`
	Priority int    `db:"priority"`
}

const sweepColumns = `id, kind, scope, rulebook, as_of, started, ended, state, options, priority`

func (r *sweepRow) sweep() govsweep.Sweep {
	return govsweep.Sweep{ID: r.ID, Kind: r.Kind, Scope: r.Scope, Rulebook: r.Rulebook, AsOf: fromMS(r.AsOf),
		Started: fromMS(r.Started), Ended: fromMS(r.Ended), State: govsweep.SweepState(r.State), Options: r.Options, Priority: r.Priority}
}

// Sweep gives one sweep.
func (db *DB) Sweep(ctx context.Context, id int64) (*govsweep.Sweep, error) {
	const find = `SELECT ` + sweepColumns + ` FROM sweeps WHERE id = $1`
	return db.sweep(ctx, "没有第"+itoa(id)+"次检查。", find, id)
}

// LastSweep gives the newest sweep that is no re-test.
func (db *DB) LastSweep(ctx context.Context) (*govsweep.Sweep, error) {
	const find = `SELECT ` + sweepColumns + ` FROM sweeps WHERE kind <> 'retest' ORDER BY id DESC LIMIT 1`
	return db.sweep(ctx, "还没有进行过检查。", find)
}

func (db *DB) sweep(ctx context.Context, absent, find string, values ...any) (*govsweep.Sweep, error) {
	var row sweepRow
	switch err := db.r.GetContext(ctx, &row, find, values...); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, missing(absent)
	case err != nil:
		return nil, db.explain("读取检查任务", err)
	}
	s := row.sweep()
	return &s, nil
}

// Sweeps gives all sweeps, the newest first.
func (db *DB) Sweeps(ctx context.Context) ([]govsweep.Sweep, error) {
	const all = `SELECT ` + sweepColumns + ` FROM sweeps ORDER BY id DESC`
	var rows []sweepRow
	if err := db.r.SelectContext(ctx, &rows, all); err != nil {
		return nil, db.explain("读取检查任务", err)
	}
	sweeps := make([]govsweep.Sweep, len(rows))
	for i := range rows {
		sweeps[i] = rows[i].sweep()
	}
	return sweeps, nil
}

type targetRow struct {
	Run    int64  `db:"run"`
	Sweep  int64  `db:"sweep"`
	Target string `db:"target"`
	Kind   string `db:"kind"`
	Code   string `db:"code"`
	Name   string `db:"name"`
	URL    string `db:"url"`
}

func (r *targetRow) target() govsweep.Target {
	return govsweep.Target{ID: govsweep.TargetID(r.Target), Kind: govsweep.TargetKind(r.Kind), Code: r.Code, Name: r.Name, URL: r.URL}
}

// SweepTarget gives one target of a sweep.
func (db *DB) SweepTarget(ctx context.Context, of govsweep.Run) (*govsweep.SweepTarget, error) {
	all, err := db.sweepTargets(ctx, of)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, missingRun(of)
	}
	return &all[0], nil
}

// SweepTargets gives the targets of a sweep in the order they were given.
func (db *DB) SweepTargets(ctx context.Context, sweep int64) ([]govsweep.SweepTarget, error) {
	return db.sweepTargets(ctx, govsweep.Run{Sweep: sweep})
}

func (db *DB) sweepTargets(ctx context.Context, of govsweep.Run) ([]govsweep.SweepTarget, error) {
	const list = `
SELECT run, sweep, target, kind, code, name, url, state, note, wave, began, ended
FROM runs
WHERE sweep = $1 AND (CAST($2 AS TEXT) = '' OR target = $2)
ORDER BY run`
	var rows []struct {
		targetRow
		State string
		Note  string
		Wave  int
		Began int64
		Ended int64
	}
	if err := db.r.SelectContext(ctx, &rows, list, of.Sweep, text(string(of.Target))); err != nil {
		return nil, db.explain("读取检查任务", err)
	}
	out := make([]govsweep.SweepTarget, len(rows))
	for i, r := range rows {
		out[i] = govsweep.SweepTarget{Sweep: r.Sweep, Target: r.target(), State: govsweep.SweepState(r.State),
			Note: r.Note, Wave: r.Wave, Began: fromMS(r.Began), Ended: fromMS(r.Ended)}
	}
	return out, nil
}
