package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/govsweep/govsweep"
)

const standingColumns = `
SELECT f.target, f.fingerprint, f.id, f.indicator, f.status, f.until_day, f.exemption, f.seq, f.moved, f.endorsed,
       f.first_seen, f.last_seen, coalesce(r.sweep, 0) AS sweep, coalesce(s.body, '{}') AS body
FROM findings f
LEFT JOIN sightings s ON s.target = f.target AND s.fingerprint = f.fingerprint AND s.run =
          (SELECT max(l.run) FROM sightings l WHERE l.target = f.target AND l.fingerprint = f.fingerprint)
LEFT JOIN runs r ON r.run = s.run`

type standingRow struct {
	Target      string `db:"target"`
	Fingerprint string `db:"fingerprint"`
	ID          string `db:"id"`
	Indicator   string `db:"indicator"`
	Status      string `db:"status"`
	Until       string `db:"until_day"`
	Exemption   string `db:"exemption"`
	Seq         int    `db:"seq"`
	Moved       int64  `db:"moved"`
	Endorsed    string `db:"endorsed"`
	FirstSeen   int64  `db:"first_seen"`
	LastSeen    int64  `db:"last_seen"`
	Sweep       int64  `db:"sweep"`
	Body        string `db:"body"`
}

func (r *standingRow) standing() (govsweep.Standing, error) {
	var f govsweep.Finding
	if err := json.Unmarshal([]byte(r.Body), &f); err != nil {
		return govsweep.Standing{}, fmt.Errorf("finding %s: %w", r.ID, err)
	}
	return govsweep.Standing{Target: govsweep.TargetID(r.Target), Fingerprint: r.Fingerprint, ID: r.ID,
		Indicator: govsweep.IndicatorCode(r.Indicator), BookID: f.BookID, Class: f.Class, Status: govsweep.FindingStatus(r.Status),
		Until: r.Until, Exemption: r.Exemption, Seq: r.Seq, Moved: fromMS(r.Moved), Endorsed: r.Endorsed,
		FirstSeen: fromMS(r.FirstSeen), LastSeen: fromMS(r.LastSeen), LastSweep: r.Sweep, Column: f.Column, URL: f.URL, Pages: f.Pages}, nil
}

// Standings says where every finding of a target stands, in order of
// fingerprint. Class, place and pages are those of the newest sighting.
func (db *DB) Standings(ctx context.Context, target govsweep.TargetID) ([]govsweep.Standing, error) {
	const list = standingColumns + `
WHERE f.target = $1
ORDER BY f.fingerprint`
	var out []govsweep.Standing
	err := db.eachStanding(ctx, list, func(s govsweep.Standing) error { out = append(out, s); return nil }, text(string(target)))
	return out, err
}

// StandingOf says where one finding stands, by its id or the beginning of it.
func (db *DB) StandingOf(ctx context.Context, id string) (*govsweep.Standing, error) {
	const find = standingColumns + `
WHERE f.target = $1 AND f.fingerprint = $2`
	key, err := findIdentity(ctx, db.r, id)
	if err != nil {
		return nil, db.explain("读取问题", err)
	}
	var out *govsweep.Standing
	err = db.eachStanding(ctx, find, func(s govsweep.Standing) error { out = &s; return nil }, key.Target, key.Fingerprint)
	if err == nil && out == nil {
		err = missing("没有编号为“" + id + "”的问题。")
	}
	return out, err
}

func (db *DB) eachStanding(ctx context.Context, statement string, fn func(govsweep.Standing) error, values ...any) error {
	rows, err := db.r.QueryxContext(ctx, statement, values...)
	if err != nil {
		return db.explain("读取问题现状", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r standingRow
		if err := rows.StructScan(&r); err != nil {
			return db.explain("读取问题现状", err)
		}
		s, err := r.standing()
		if err != nil {
			return db.explain("读取问题现状", err)
		}
		if err := fn(s); err != nil {
			return err
		}
	}
	return db.explain("读取问题现状", rows.Err())
}
