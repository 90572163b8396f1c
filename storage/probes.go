package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

var saveProbe = insert{
	head: `INSERT INTO probes (target, series, vantage, at_ms, slot, result, total_us, visit)`, values: 8,
	tail: `ON CONFLICT (target, at_ms, series, vantage) DO NOTHING`,
}

// SaveProbes keeps visits, all or none. A visit already kept stays as it is:
// what was seen is never edited.
func (db *DB) SaveProbes(ctx context.Context, visits []govsweep.ProbeVisit) error {
	rows, err := probeRows(visits)
	if err != nil {
		return db.explain("保存访问记录", err)
	}
	return db.write(ctx, "保存访问记录", func(t tx) error { return t.bulk(ctx, saveProbe, rows) })
}

// probeRows gives the rows of visits; of two with one key the first counts.
func probeRows(visits []govsweep.ProbeVisit) ([][]any, error) {
	rows := make([][]any, 0, len(visits))
	seen := map[string]bool{}
	for i := range visits {
		v := visits[i]
		key := fmt.Sprintf("%s\x00%d\x00%s\x00%s", v.Target, v.At.UnixMilli(), v.Series, v.Vantage)
		if seen[key] {
			continue
		}
		seen[key] = true
		body, err := jsonText(v)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []any{text(string(v.Target)), text(string(v.Series)), text(v.Vantage), ms(v.At), v.Slot, string(v.Result),
			v.Total.Microseconds(), text(body)})
	}
	return rows, nil
}

// Probed gives the visits of a target of every series, from included, to
// not, in order of time.
func (db *DB) Probed(ctx context.Context, target govsweep.TargetID, from, to time.Time) ([]govsweep.ProbeVisit, error) {
	const list = `
SELECT visit
FROM probes
WHERE target = $1 AND at_ms >= $2 AND at_ms < $3
ORDER BY at_ms, series, vantage`
	var rows []string
	if err := db.r.SelectContext(ctx, &rows, list, text(string(target)), ms(from), ms(to)); err != nil {
		return nil, db.explain("读取访问记录", err)
	}
	out := make([]govsweep.ProbeVisit, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r), &out[i]); err != nil {
			return nil, db.explain("读取访问记录", fmt.Errorf("visit of %s: %w", target, err))
		}
	}
	return out, nil
}

// VisitedSlots gives the planned visits of one series and vantage that were
// made in a time, from included, to not: the slots of every target, in order
// of time.
func (db *DB) VisitedSlots(ctx context.Context, series govsweep.ProbeSeries, vantage string, from, to time.Time) (map[govsweep.TargetID][]int, error) {
	const list = `
SELECT target, slot
FROM probes
WHERE at_ms >= $1 AND at_ms < $2 AND series = $3 AND vantage = $4 AND slot >= 0
ORDER BY at_ms`
	rows, err := db.r.QueryxContext(ctx, list, ms(from), ms(to), text(string(series)), text(vantage))
	if err != nil {
		return nil, db.explain("读取访问记录", err)
	}
	defer rows.Close()
	out := map[govsweep.TargetID][]int{}
	for rows.Next() {
		var target string
		var slot int
		if err := rows.Scan(&target, &slot); err != nil {
			return nil, db.explain("读取访问记录", err)
		}
		out[govsweep.TargetID(target)] = append(out[govsweep.TargetID(target)], slot)
	}
	return out, db.explain("读取访问记录", rows.Err())
}

// ProbedTargets lists the targets that were visited in a time, in order.
func (db *DB) ProbedTargets(ctx context.Context, from, to time.Time) ([]govsweep.TargetID, error) {
	const list = `
SELECT DISTINCT target
FROM probes
WHERE at_ms >= $1 AND at_ms < $2
ORDER BY target`
	var out []govsweep.TargetID
	err := db.r.SelectContext(ctx, &out, list, ms(from), ms(to))
	return out, db.explain("读取访问记录", err)
}

var saveWindow = insert{
	head: `INSERT INTO maintenance (target, from_ms, to_ms, announced, source)`, values: 5,
	tail: `ON CONFLICT (target, from_ms, to_ms) DO UPDATE
SET announced = excluded.announced, source = excluded.source`,
}

// SaveMaintenance keeps announced windows, all or none; of two with one
// target and time the last counts. A window ends after it begins and names
// where it was announced, and when.
func (db *DB) SaveMaintenance(ctx context.Context, windows []govsweep.Maintenance) error {
	key := func(w *govsweep.Maintenance) string {
		return fmt.Sprintf("%s\x00%d\x00%d", w.Target, w.From.UnixMilli(), w.To.UnixMilli())
	}
	var rows [][]any
	for _, w := range lastOf(windows, key) {
		if !w.To.After(w.From) || w.Source == "" || w.Announced.IsZero() || w.From.IsZero() {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "网站“" + string(w.Target) + "”的维护公告不完整：须写明起止时间（止晚于起）、公告时间和出处。"}
		}
		rows = append(rows, []any{text(string(w.Target)), ms(w.From), ms(w.To), ms(w.Announced), text(w.Source)})
	}
	return db.write(ctx, "保存维护公告", func(t tx) error {
		if err := t.bulk(ctx, saveWindow, rows); err != nil {
			return err
		}
		return t.auditRows(ctx, "maintenance.save", "", rows, first)
	})
}

// Maintenance gives the announced windows of a target, "" for all targets,
// in order of target and time.
func (db *DB) Maintenance(ctx context.Context, target govsweep.TargetID) ([]govsweep.Maintenance, error) {
	const list = `
SELECT target, from_ms, to_ms, announced, source
FROM maintenance
WHERE target = $1 OR $1 = ''
ORDER BY target, from_ms, to_ms`
	var rows []struct {
		Target    string
		From      int64 `db:"from_ms"`
		To        int64 `db:"to_ms"`
		Announced int64
		Source    string
	}
	if err := db.r.SelectContext(ctx, &rows, list, text(string(target))); err != nil {
		return nil, db.explain("读取维护公告", err)
	}
	var out []govsweep.Maintenance
	for _, r := range rows {
		out = append(out, govsweep.Maintenance{Target: govsweep.TargetID(r.Target), From: fromMS(r.From), To: fromMS(r.To),
			Announced: fromMS(r.Announced), Source: r.Source})
	}
	return out, nil
}
