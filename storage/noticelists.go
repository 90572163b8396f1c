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

// LastJudged gives the sweep with the latest time of inspection that judged a
// target, other than re-tests, of several with one the newest; NotFound when
// none has.
func (db *DB) LastJudged(ctx context.Context, target govsweep.TargetID) (*govsweep.Sweep, error) {
	const last = `
SELECT r.sweep
FROM runs r
JOIN inspections i ON i.run = r.run
JOIN sweeps s ON s.id = r.sweep
WHERE r.target = $1 AND s.kind <> 'retest'
ORDER BY s.as_of DESC, r.sweep DESC
LIMIT 1`
	var ids []int64
	if err := db.r.SelectContext(ctx, &ids, last, text(string(target))); err != nil {
		return nil, db.explain("读取检查记录", err)
	}
	if len(ids) == 0 {
		return nil, missing("“" + string(target) + "”还没有检查结果，请先检查。")
	}
	return db.Sweep(ctx, ids[0])
}
