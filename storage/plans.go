package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
)

// SavePlan keeps a work plan 工作要点 as the next version and sets p.ID (of a
// new one) and p.Version. version is the one the caller has read, 0 for a new
// plan; when another was kept meanwhile it is a Conflict. What is kept
// already, word for word, as the version behind it stays as it is. Earlier
// versions stay readable.
func (db *DB) SavePlan(ctx context.Context, p *govsweep.Plan, version int) error {
	kept := *p
	err := db.write(ctx, "保存工作要点", func(t tx) error {
		kept = *p
		no, err := t.planNumber(ctx, &kept, version)
		if err != nil {
			return err
		}
		kept.Version = version + 1
		body, err := jsonText(&kept)
		if err != nil {
			return err
		}
		if p.ID != "" && version == 0 {
			return t.samePlan(ctx, no, 1, body)
		}
		if err := t.addPlan(ctx, no, version, body); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "plan.save", Subject: kept.ID, Detail: fmt.Sprintf("第%d版，%d项任务：%s", kept.Version, len(kept.Tasks), kept.Title)})
	})
	if err == nil {
		*p = kept
	}
	return err
}

func (t tx) planNumber(ctx context.Context, p *govsweep.Plan, version int) (int64, error) {
	if p.ID != "" {
		return numberOf(p.ID, "P", "工作要点")
	}
	if version != 0 {
		return 0, &govsweep.Error{Kind: govsweep.Wrong, Say: "新的工作要点没有前一版。"}
	}
	no, err := t.next(ctx, "plan", 1)
	p.ID = "P" + itoa(no)
	return no, err
}

func (t tx) addPlan(ctx context.Context, no int64, version int, body string) error {
	const first = `INSERT INTO plans (no, version) VALUES ($1, 1)`
	const next = `UPDATE plans SET version = $2 + 1 WHERE no = $1 AND version = $2`
	const add = `INSERT INTO plan_versions (plan, version, body) VALUES ($1, $2, $3)`
	var result sql.Result
	var err error
	if version == 0 {
		result, err = t.ExecContext(ctx, first, no)
	} else {
		result, err = t.ExecContext(ctx, next, no, version)
	}
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, t.samePlan(ctx, no, version+1, body))
	}
	_, err = t.ExecContext(ctx, add, no, version+1, squeeze([]byte(body)))
	return err
}

// samePlan says whether a version is kept as given.
func (t tx) samePlan(ctx context.Context, no int64, version int, body string) error {
	var known int
	if err := t.GetContext(ctx, &known, `SELECT coalesce(max(version), 0) FROM plan_versions WHERE plan = $1`, no); err != nil {
		return err
	}
	if known == 0 {
		return missing("没有编号为“P" + itoa(no) + "”的工作要点。")
	}
	if known == version {
		var kept []byte
		if err := t.GetContext(ctx, &kept, `SELECT body FROM plan_versions WHERE plan = $1 AND version = $2`, no, version); err != nil {
			return err
		}
		if kept, err := unsqueeze(kept); err != nil || string(kept) == body {
			return err
		}
	}
	return &govsweep.Error{Kind: govsweep.Conflict, Say: "工作要点“P" + itoa(no) + "”在此期间已更新为第" + itoa(int64(known)) + "版，本次未保存，请取最新一版再改。"}
}

// Plan gives the newest version of a work plan.
func (db *DB) Plan(ctx context.Context, id string) (*govsweep.Plan, error) {
	return db.PlanVersion(ctx, id, 0)
}

// PlanVersion gives one version of a work plan; 0 is the newest.
func (db *DB) PlanVersion(ctx context.Context, id string, version int) (*govsweep.Plan, error) {
	const find = `
SELECT v.body
FROM plans p
JOIN plan_versions v ON v.plan = p.no AND v.version = CASE WHEN CAST($2 AS BIGINT) = 0 THEN p.version ELSE $2 END
WHERE p.no = $1`
	no, err := numberOf(id, "P", "工作要点")
	if err != nil {
		return nil, err
	}
	all, err := db.plans(ctx, find, no, version)
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0 && version != 0:
		return nil, missing("工作要点“" + id + "”没有第" + itoa(int64(version)) + "版。")
	case len(all) == 0:
		return nil, missing("没有编号为“" + id + "”的工作要点。")
	}
	return &all[0], nil
}

// Plans gives the newest version of every work plan, the oldest plan first.
func (db *DB) Plans(ctx context.Context) ([]govsweep.Plan, error) {
	const list = `
SELECT v.body
FROM plans p
JOIN plan_versions v ON v.plan = p.no AND v.version = p.version
ORDER BY p.no`
	return db.plans(ctx, list)
}

func (db *DB) plans(ctx context.Context, statement string, values ...any) ([]govsweep.Plan, error) {
	var bodies [][]byte
	if err := db.r.SelectContext(ctx, &bodies, statement, values...); err != nil {
		return nil, db.explain("读取工作要点", err)
	}
	out := make([]govsweep.Plan, len(bodies))
	for i, b := range bodies {
		raw, err := unsqueeze(b)
		if err == nil {
			err = json.Unmarshal(raw, &out[i])
		}
		if err != nil {
			return nil, db.explain("读取工作要点", err)
		}
	}
	return out, nil
}
