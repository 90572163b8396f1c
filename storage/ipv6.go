package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

var saveIPv6 = insert{
	head: `INSERT INTO ipv6_reports (target, vantage, at_ms, proven, proof, report)`, values: 6,
	tail: `ON CONFLICT (target, at_ms, vantage) DO NOTHING`,
}

// SaveIPv6 keeps a report and its visits, both or none. What is already kept
// stays as it is.
func (db *DB) SaveIPv6(ctx context.Context, r *govsweep.IPv6Report) error {
	const doing = "保存IPv6测量结果"
	body, err := json.Marshal(r)
	if err != nil {
		return db.explain(doing, err)
	}
	proof, err := jsonText(r.Proof(govsweep.VisitsCapture))
	if err != nil {
		return db.explain(doing, err)
	}
	var visits [][]any
	for _, list := range [][]govsweep.ProbeVisit{r.V4, r.V6} {
		rows, err := probeRows(list)
		if err != nil {
			return db.explain(doing, err)
		}
		visits = append(visits, rows...)
	}
	proven := 0
	if r.Own.Proven() {
		proven = 1
	}
	row := []any{text(string(r.Target)), text(r.Vantage), ms(r.At), proven, text(proof), squeeze(body)}
	return db.write(ctx, doing, func(t tx) error {
		if err := t.bulk(ctx, saveProbe, visits); err != nil {
			return err
		}
		return t.bulk(ctx, saveIPv6, [][]any{row})
	})
}

// IPv6Report gives the newest report of a target, from included, to not; nil
// when there is none.
func (db *DB) IPv6Report(ctx context.Context, target govsweep.TargetID, from, to time.Time) (*govsweep.IPv6Report, error) {
	const newest = `
SELECT report
FROM ipv6_reports
WHERE target = $1 AND at_ms >= $2 AND at_ms < $3
ORDER BY at_ms DESC, vantage
LIMIT 1`
	var rows [][]byte
	if err := db.r.SelectContext(ctx, &rows, newest, text(string(target)), ms(from), ms(to)); err != nil || len(rows) == 0 {
		return nil, db.explain("读取IPv6测量结果", err)
	}
	body, err := unsqueeze(rows[0])
	if err != nil {
		return nil, db.explain("读取IPv6测量结果", fmt.Errorf("report of %s: %w", target, err))
	}
	var r govsweep.IPv6Report
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, db.explain("读取IPv6测量结果", fmt.Errorf("report of %s: %w", target, err))
	}
	return &r, nil
}

// IPv6Proof gives the captures of the visits of a target's reports, in order
// of time.
func (db *DB) IPv6Proof(ctx context.Context, target govsweep.TargetID, from, to time.Time) ([]govsweep.Evidence, error) {
	const list = `
SELECT proof
FROM ipv6_reports
WHERE target = $1 AND at_ms >= $2 AND at_ms < $3
ORDER BY at_ms, vantage`
	var rows []string
	if err := db.r.SelectContext(ctx, &rows, list, text(string(target)), ms(from), ms(to)); err != nil {
		return nil, db.explain("读取IPv6测量结果", err)
	}
	var out []govsweep.Evidence
	for _, r := range rows {
		var some []govsweep.Evidence
		if err := json.Unmarshal([]byte(r), &some); err != nil {
			return nil, db.explain("读取IPv6测量结果", fmt.Errorf("proof of %s: %w", target, err))
		}
		out = append(out, some...)
	}
	return out, nil
}

const (
	ipv6Proven = `
SELECT DISTINCT r.target
FROM ipv6_reports r
WHERE r.at_ms >= $1 AND r.at_ms < $2 AND r.proven = 1
  AND NOT EXISTS (SELECT 1 FROM ipv6_reports n WHERE n.target = r.target AND n.at_ms > r.at_ms AND n.at_ms < $2)
ORDER BY r.target`
	ipv6Targets = `
SELECT DISTINCT target
FROM ipv6_reports
WHERE at_ms >= $1 AND at_ms < $2
ORDER BY target`
)

// IPv6Proven lists the targets whose newest report before to is not older
// than from and was made over an IPv6 of our own that was proven, in order.
func (db *DB) IPv6Proven(ctx context.Context, from, to time.Time) ([]govsweep.TargetID, error) {
	var out []govsweep.TargetID
	err := db.r.SelectContext(ctx, &out, ipv6Proven, ms(from), ms(to))
	return out, db.explain("读取IPv6测量结果", err)
}

// IPv6Targets lists the targets that have a report in a time, in order.
func (db *DB) IPv6Targets(ctx context.Context, from, to time.Time) ([]govsweep.TargetID, error) {
	var out []govsweep.TargetID
	err := db.r.SelectContext(ctx, &out, ipv6Targets, ms(from), ms(to))
	return out, db.explain("读取IPv6测量结果", err)
}
