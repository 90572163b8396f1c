package storage

import (
	"context"

	"github.com/govsweep/govsweep"
)

// Following lists the papers that follow a notice, the oldest first.
func (db *DB) Following(ctx context.Context, id string) ([]govsweep.Notice, error) {
	return db.Notices(ctx, NoticeFilter{Parent: id})
}

// Naming lists the papers that name a finding, the oldest first.
func (db *DB) Naming(ctx context.Context, target govsweep.TargetID, fingerprint string) ([]govsweep.Notice, error) {
	return db.Notices(ctx, NoticeFilter{Target: target, Fingerprint: fingerprint})
}

// LastJudged gives the last sweep that judged a target, other than re-tests;
// NotFound when none has.
func (db *DB) LastJudged(ctx context.Context, target govsweep.TargetID) (*govsweep.Sweep, error) {
	const last = `
SELECT coalesce(max(r.sweep), 0)
FROM runs r
JOIN inspections i ON i.run = r.run
JOIN sweeps s ON s.id = r.sweep
WHERE r.target = $1 AND s.kind <> 'retest'`
	var id int64
	if err := db.r.GetContext(ctx, &id, last, text(string(target))); err != nil {
		return nil, db.explain("读取检查记录", err)
	}
	if id == 0 {
		return nil, missing("“" + string(target) + "”还没有检查结果，请先检查。")
	}
	return db.Sweep(ctx, id)
}
