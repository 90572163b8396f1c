package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
)

// Outcomes gives the outcomes of a sweep, target by target.
func (db *DB) Outcomes(ctx context.Context, sweep int64) ([]govsweep.Outcome, error) {
	const list = `
SELECT r.target, o.body
FROM outcomes o
JOIN runs r ON r.run = o.run
WHERE r.sweep = $1
ORDER BY r.run, o.place`
	var out []govsweep.Outcome
	err := db.each(ctx, list, func(target govsweep.TargetID, body []byte) error {
		var o govsweep.Outcome
		err := json.Unmarshal(body, &o)
		o.Target.ID = target
		out = append(out, o)
		return err
	}, sweep)
	return out, db.explain("读取检查结果", err)
}

// Verdicts gives the verdicts of a sweep.
func (db *DB) Verdicts(ctx context.Context, sweep int64) ([]govsweep.Verdict, error) {
	const list = `
SELECT r.target, i.verdict
FROM inspections i
JOIN runs r ON r.run = i.run
WHERE r.sweep = $1
ORDER BY r.run`
	var out []govsweep.Verdict
	err := db.each(ctx, list, func(target govsweep.TargetID, body []byte) error {
		var v govsweep.Verdict
		err := json.Unmarshal(body, &v)
		v.Target.ID = target
		out = append(out, v)
		return err
	}, sweep)
	return out, db.explain("读取检查结果", err)
}

// Verdict gives the verdict of one inspection; NotFound when there is none.
func (db *DB) Verdict(ctx context.Context, of govsweep.Run) (*govsweep.Verdict, error) {
	const find = `
SELECT i.verdict
FROM inspections i
JOIN runs r ON r.run = i.run
WHERE r.sweep = $1 AND r.target = $2`
	all, err := jsonRows[govsweep.Verdict](ctx, db, "读取检查结果", find, of.Sweep, text(string(of.Target)))
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, missing(fmt.Sprintf("第%d次检查没有“%s”的判定。", of.Sweep, of.Target))
	}
	all[0].Target.ID = of.Target
	return &all[0], nil
}

// Coverages says what a sweep saw of each target.
func (db *DB) Coverages(ctx context.Context, sweep int64) ([]govsweep.Coverage, error) {
	const list = `
SELECT r.target, i.coverage
FROM inspections i
JOIN runs r ON r.run = i.run
WHERE r.sweep = $1
ORDER BY r.run`
	var out []govsweep.Coverage
	err := db.each(ctx, list, func(target govsweep.TargetID, body []byte) error {
		var c govsweep.Coverage
		err := json.Unmarshal(body, &c)
		c.Target.ID = target
		out = append(out, c)
		return err
	}, sweep)
	return out, db.explain("读取检查结果", err)
}

// ColumnVerdicts gives the verdicts over the columns of one target.
func (db *DB) ColumnVerdicts(ctx context.Context, of govsweep.Run) ([]govsweep.ColumnVerdict, error) {
	const list = `
SELECT r.target, c.body
FROM column_verdicts c
JOIN runs r ON r.run = c.run
WHERE r.sweep = $1 AND r.target = $2
ORDER BY c.place`
	var out []govsweep.ColumnVerdict
	err := db.each(ctx, list, func(_ govsweep.TargetID, body []byte) error {
		var c govsweep.ColumnVerdict
		err := json.Unmarshal(body, &c)
		out = append(out, c)
		return err
	}, of.Sweep, text(string(of.Target)))
	return out, db.explain("读取检查结果", err)
}

// Dossier gives the dossier of a run as JSON.
func (db *DB) Dossier(ctx context.Context, of govsweep.Run) ([]byte, error) {
	const find = `
SELECT d.body
FROM dossiers d
JOIN runs r ON r.run = d.run
WHERE r.sweep = $1 AND r.target = $2`
	body, err := db.dossier(ctx, find, of.Sweep, text(string(of.Target)))
	if err == nil && body == nil {
		err = missing("第" + itoa(of.Sweep) + "次检查没有对象“" + string(of.Target) + "”的检查结果。")
	}
	return body, err
}

// LastDossier gives the dossier of the newest judged run of the target
// before sweep; nil when there is none. A re-test saw a few places only and
// is no such run.
func (db *DB) LastDossier(ctx context.Context, t govsweep.TargetID, before int64) ([]byte, error) {
	const find = `
SELECT d.body
FROM dossiers d
JOIN runs r ON r.run = d.run
JOIN sweeps s ON s.id = r.sweep
WHERE r.target = $1 AND r.sweep < $2 AND s.kind <> 'retest'
ORDER BY r.sweep DESC
LIMIT 1`
	return db.dossier(ctx, find, text(string(t)), before)
}

func (db *DB) dossier(ctx context.Context, find string, values ...any) ([]byte, error) {
	var body []byte
	err := db.r.GetContext(ctx, &body, find, values...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		body, err = unsqueeze(body)
	}
	return body, db.explain("读取检查结果", err)
}

// EachDossier streams the dossiers of a sweep, one in memory at a time.
func (db *DB) EachDossier(ctx context.Context, sweep int64, fn func(t govsweep.TargetID, dossier []byte) error) error {
	const next = `
SELECT r.run, r.target, d.body
FROM dossiers d
JOIN runs r ON r.run = d.run
WHERE r.sweep = $1 AND r.run > $2
ORDER BY r.run
LIMIT 1`
	var after int64
	for {
		var row struct {
			Run    int64
			Target string
			Body   []byte
		}
		switch err := db.r.GetContext(ctx, &row, next, sweep, after); {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil:
			return db.explain("读取检查结果", err)
		}
		body, err := unsqueeze(row.Body)
		if err != nil {
			return db.explain("读取检查结果", err)
		}
		if err := fn(govsweep.TargetID(row.Target), body); err != nil {
			return err
		}
		after = row.Run
	}
}

// each tells target and body of every row.
func (db *DB) each(ctx context.Context, statement string, fn func(govsweep.TargetID, []byte) error, values ...any) error {
	rows, err := db.r.QueryContext(ctx, statement, values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var target string
		var body []byte
		if err := rows.Scan(&target, &body); err != nil {
			return err
		}
		if err := fn(govsweep.TargetID(target), body); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Inspection gives all that was judged of one run, as it was saved, with the
// findings as they stand now.
func (db *DB) Inspection(ctx context.Context, of govsweep.Run) (*govsweep.Inspection, error) {
	const find = `
SELECT i.run, i.site, i.verdict, i.coverage, i.uncovered, i.book
FROM inspections i
JOIN runs r ON r.run = i.run
WHERE r.sweep = $1 AND r.target = $2`
	var row struct {
		Run                                      int64
		Site, Verdict, Coverage, Uncovered, Book []byte
	}
	switch err := db.r.GetContext(ctx, &row, find, of.Sweep, text(string(of.Target))); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, missing("第" + itoa(of.Sweep) + "次检查没有对象“" + string(of.Target) + "”的检查结果。")
	case err != nil:
		return nil, db.explain("读取检查结果", err)
	}
	sweep, err := db.Sweep(ctx, of.Sweep)
	if err != nil {
		return nil, err
	}
	in := &govsweep.Inspection{Sweep: *sweep}
	if err := errors.Join(json.Unmarshal(row.Site, &in.Site), json.Unmarshal(row.Verdict, &in.Verdict),
		json.Unmarshal(row.Coverage, &in.Coverage), json.Unmarshal(row.Uncovered, &in.Uncovered),
		json.Unmarshal(row.Book, &in.Book)); err != nil {
		return nil, db.explain("读取检查结果", err)
	}
	in.Verdict.Target.ID, in.Coverage.Target.ID = of.Target, of.Target
	return in, db.explain("读取检查结果", db.fill(ctx, in, row.Run, of))
}

func (db *DB) fill(ctx context.Context, in *govsweep.Inspection, n int64, of govsweep.Run) error {
	const outcomes = `
SELECT r.target, o.body
FROM outcomes o
JOIN runs r ON r.run = o.run
WHERE o.run = $1
ORDER BY o.place`
	var err error
	if in.Findings, err = findings(ctx, db.r, sightingsOfRun, n); err != nil {
		return err
	}
	if in.Columns, err = db.ColumnVerdicts(ctx, of); err != nil {
		return err
	}
	return db.each(ctx, outcomes, func(target govsweep.TargetID, body []byte) error {
		var o govsweep.Outcome
		err := json.Unmarshal(body, &o)
		o.Target.ID = target
		for _, f := range in.Findings {
			if f.Indicator == o.Indicator && f.BookID == o.BookID {
				o.Findings = append(o.Findings, f)
			}
		}
		in.Outcomes = append(in.Outcomes, o)
		return err
	}, n)
}
