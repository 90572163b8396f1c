package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// FindingFilter picks findings of one sweep. Empty fields do not restrict.
type FindingFilter struct {
	Sweep     int64 // needed
	Target    govsweep.TargetID
	Indicator govsweep.IndicatorCode
	Class     govsweep.Class
	Status    govsweep.FindingStatus
	After     string // the Cursor of the last finding of the page before
	Limit     int    // 0 = all
}

// Cursor says where the next page of Findings begins behind f.
func Cursor(f *govsweep.Finding) string { return string(f.Target.ID) + " " + f.Fingerprint }

const findingColumns = `
SELECT r.run, r.sweep, r.target, r.kind, r.code, r.name, r.url, s.fingerprint, s.locator, s.scores, s.unproven, s.body,
       f.id, f.status, f.first_seen, f.last_seen
FROM sightings s
JOIN runs r ON r.run = s.run
JOIN findings f ON f.target = s.target AND f.fingerprint = s.fingerprint`

const sightingsOfRun = findingColumns + `
WHERE s.run = $1
ORDER BY s.place`

type findingRow struct {
	targetRow
	Fingerprint string `db:"fingerprint"`
	Locator     string `db:"locator"`
	Scores      int    `db:"scores"`
	Unproven    bool   `db:"unproven"`
	Body        string `db:"body"`
	ID          string `db:"id"`
	Status      string `db:"status"`
	FirstSeen   int64  `db:"first_seen"`
	LastSeen    int64  `db:"last_seen"`
}

func (r *findingRow) finding() (govsweep.Finding, error) {
	var f govsweep.Finding
	if err := json.Unmarshal([]byte(r.Body), &f); err != nil {
		return f, fmt.Errorf("finding %s: %w", r.ID, err)
	}
	f.Target.ID, f.Sweep, f.Locator, f.Scores, f.Unproven = govsweep.TargetID(r.Target), r.Sweep, r.Locator, r.Scores, r.Unproven
	f.ID, f.Status, f.FirstSeen, f.LastSeen = r.ID, govsweep.FindingStatus(r.Status), fromMS(r.FirstSeen), fromMS(r.LastSeen)
	return f, nil
}

func findings(ctx context.Context, q sqlx.QueryerContext, statement string, values ...any) ([]govsweep.Finding, error) {
	var rows []findingRow
	if err := sqlx.SelectContext(ctx, q, &rows, statement, values...); err != nil {
		return nil, err
	}
	out := make([]govsweep.Finding, len(rows))
	for i := range rows {
		var err error
		if out[i], err = rows[i].finding(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Findings gives the sightings of one sweep, each with the id, the status
// and the first and last day of its identity. All of them come in the order
// of the inspection, target by target; pages come in order of target and fingerprint.
func (db *DB) Findings(ctx context.Context, f FindingFilter) ([]govsweep.Finding, error) {
	const picked = findingColumns + `
WHERE r.sweep = $1
  AND ($2 = '' OR r.target = $2)
  AND ($3 = '' OR s.indicator = $3)
  AND ($4 = '' OR s.class = $4)
  AND ($5 = '' OR f.status = $5)`
	const all = picked + `
ORDER BY r.run, s.place`
	const page = picked + `
  AND (r.target, s.fingerprint) > ($6, $7)
ORDER BY r.target, s.fingerprint
LIMIT $8`
	values := []any{f.Sweep, text(string(f.Target)), text(string(f.Indicator)), text(string(f.Class)), text(string(f.Status))}
	statement := all
	if f.Limit > 0 {
		target, fingerprint, _ := strings.Cut(f.After, " ")
		statement, values = page, append(values, text(target), text(fingerprint), f.Limit)
	}
	out, err := findings(ctx, db.r, statement, values...)
	return out, db.explain("读取问题清单", err)
}

// Finding gives one finding as it was seen last, by its id or the beginning
// of it. Several findings with that beginning are a conflict.
func (db *DB) Finding(ctx context.Context, id string) (*govsweep.Finding, error) {
	const newest = findingColumns + `
WHERE s.target = $1 AND s.fingerprint = $2
ORDER BY s.run DESC
LIMIT 1`
	key, err := findIdentity(ctx, db.r, id)
	if err != nil {
		return nil, db.explain("读取问题", err)
	}
	out, err := findings(ctx, db.r, newest, key.Target, key.Fingerprint)
	if err != nil || len(out) == 0 {
		return nil, db.explain("读取问题", orMissing(err, "没有编号为“"+id+"”的问题。"))
	}
	return &out[0], nil
}

func orMissing(err error, say string) error {
	if err != nil {
		return err
	}
	return missing(say)
}

// identity is the key of a finding over all sweeps.
type identity struct {
	Target      string `db:"target"`
	Fingerprint string `db:"fingerprint"`
	ID          string `db:"id"`
	Status      string `db:"status"`
}

func findIdentity(ctx context.Context, q sqlx.QueryerContext, id string) (*identity, error) {
	const find = `
SELECT target, fingerprint, id, status
FROM findings
WHERE id >= $1 AND id < $2
ORDER BY id
LIMIT 6`
	id = strings.ToUpper(strings.TrimSpace(id))
	if len(id) < 2 || strings.Trim(id[1:], "0123456789ABCDEF") != "" || id[0] != 'F' {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "问题编号“" + id + "”不正确，应为字母 F 加十六进制数。"}
	}
	var rows []identity
	if err := sqlx.SelectContext(ctx, q, &rows, find, id, id+"G"); err != nil {
		return nil, err
	}
	switch len(rows) {
	case 0:
		return nil, missing("没有编号为“" + id + "”的问题。")
	case 1:
		return &rows[0], nil
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: "以“" + id + "”开头的问题不止一个：" + strings.Join(ids, "、") + "，请写全编号。"}
}
