package storage

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// A Decision is what a person decided about a finding.
type Decision struct {
	Status govsweep.FindingStatus // confirmed, rejected, exempted, reopened
	Reason string                 // needed for an exemption
	By     string
	Until  string // YYYY-MM-DD, last day of an exemption; "" = without end
	At     time.Time
}

// Decide keeps a decision about a finding and its history. The same decision
// twice is one decision.
func (db *DB) Decide(ctx context.Context, id string, d Decision) error {
	const set = `
UPDATE findings
SET status = $3, until_day = $4
WHERE target = $1 AND fingerprint = $2`
	const note = `
INSERT INTO decisions (target, fingerprint, decided_at, status, before, reason, decided_by, until_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (target, fingerprint, decided_at, status) DO NOTHING`
	if err := d.check(); err != nil {
		return err
	}
	return db.write(ctx, "保存处理决定", func(t tx) error {
		key, err := findIdentity(ctx, t, id)
		if err != nil {
			return err
		}
		result, err := t.ExecContext(ctx, note, key.Target, key.Fingerprint, ms(d.At), string(d.Status), key.Status,
			text(d.Reason), text(d.By), d.Until)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err // known: what was decided since stays
		}
		_, err = t.ExecContext(ctx, set, key.Target, key.Fingerprint, string(d.Status), d.Until)
		return err
	})
}

func (d *Decision) check() error {
	wrong := func(say string) error { return &govsweep.Error{Kind: govsweep.Wrong, Say: say} }
	switch d.Status {
	case govsweep.Confirmed, govsweep.Rejected, govsweep.Exempted, govsweep.Reopened:
	default:
		return wrong("问题只能被确认、驳回、豁免或重新打开。")
	}
	if d.At.IsZero() {
		return wrong("处理决定缺少时间。")
	}
	if d.Status == govsweep.Exempted && d.Reason == "" {
		return wrong("豁免一个问题必须说明理由。")
	}
	if d.Until == "" {
		return nil
	}
	if d.Status != govsweep.Exempted {
		return wrong("只有豁免可以有截止日期。")
	}
	if _, err := time.Parse("2006-01-02", d.Until); err != nil {
		return wrong("豁免截止日期“" + d.Until + "”不正确，应写作 2021-08-27。")
	}
	return nil
}

// A Decided is one line of the history of a finding.
type Decided struct {
	Decision
	Before govsweep.FindingStatus
}

// Decisions gives the history of a finding, the oldest first.
func (db *DB) Decisions(ctx context.Context, id string) ([]Decided, error) {
	const list = `
SELECT decided_at, status, before, reason, decided_by, until_day
FROM decisions
WHERE target = $1 AND fingerprint = $2
ORDER BY decided_at, status`
	key, err := findIdentity(ctx, db.r, id)
	if err != nil {
		return nil, db.explain("读取处理记录", err)
	}
	var rows []struct {
		At     int64  `db:"decided_at"`
		Status string `db:"status"`
		Before string `db:"before"`
		Reason string `db:"reason"`
		By     string `db:"decided_by"`
		Until  string `db:"until_day"`
	}
	if err := db.r.SelectContext(ctx, &rows, list, key.Target, key.Fingerprint); err != nil {
		return nil, db.explain("读取处理记录", err)
	}
	out := make([]Decided, len(rows))
	for i, r := range rows {
		out[i] = Decided{Decision{govsweep.FindingStatus(r.Status), r.Reason, r.By, r.Until, fromMS(r.At)}, govsweep.FindingStatus(r.Before)}
	}
	return out, nil
}
