package storage

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// Waived gives the findings of a target that a person has rejected, or
// exempted until the day of at (Asia/Shanghai) or longer, by fingerprint.
func (db *DB) Waived(ctx context.Context, target govsweep.TargetID, at time.Time) (map[string]govsweep.FindingStatus, error) {
	const q = `
SELECT fingerprint, status
FROM findings
WHERE target = $1
  AND status IN ('rejected', 'exempted')
  AND (until_day = '' OR until_day >= $2)`
	var rows []struct {
		Fingerprint string `db:"fingerprint"`
		Status      string `db:"status"`
	}
	if err := db.r.SelectContext(ctx, &rows, q, string(target), govsweep.DateOf(at)); err != nil {
		return nil, db.explain("读取处理决定", err)
	}
	out := make(map[string]govsweep.FindingStatus, len(rows))
	for _, r := range rows {
		out[r.Fingerprint] = govsweep.FindingStatus(r.Status)
	}
	return out, nil
}
