package storage

import (
	"context"
	"encoding/json"
	"math"
	"time"

	"github.com/govsweep/govsweep"
)

// lineRow is one line of the history of a finding as the database keeps it.
type lineRow struct {
	Target      string `db:"target"`
	Fingerprint string `db:"fingerprint"`
	ID          string `db:"id"`
	Seq         int64  `db:"seq"`
	At          int64  `db:"at_ms"`
	Event       string `db:"event"`
	From        string `db:"from_status"`
	To          string `db:"to_status"`
	By          string `db:"moved_by"`
	Reason      string `db:"reason"`
	Until       string `db:"until_day"`
	Sweep       int64  `db:"sweep"`
	Notice      string `db:"notice"`
	Exemption   string `db:"exemption"`
	Undoes      int64  `db:"undoes"`
	Proof       string `db:"proof"`
}

const lineColumns = `
SELECT t.target, t.fingerprint, f.id, t.seq, t.at_ms, t.event, t.from_status, t.to_status, t.moved_by, t.reason, t.until_day,
       t.sweep, t.notice, t.exemption, t.undoes, t.proof
FROM transitions t
JOIN findings f ON f.target = t.target AND f.fingerprint = t.fingerprint`

func lineOf(m *govsweep.Transition) (*lineRow, error) {
	proof := m.Proof
	if proof == nil {
		proof = []govsweep.Evidence{}
	}
	body, err := jsonText(proof)
	return &lineRow{Target: text(string(m.Target)), Fingerprint: text(m.Fingerprint), ID: text(m.Finding), Seq: int64(m.Seq), At: ms(m.At),
		Event: string(m.Event), From: string(m.From), To: string(m.To), By: text(m.By), Reason: text(m.Reason), Until: text(m.Until),
		Sweep: m.Sweep, Notice: text(m.Notice), Exemption: text(m.Exemption), Undoes: int64(m.Undoes), Proof: body}, err
}

func (r *lineRow) transition() (govsweep.Transition, error) {
	t := govsweep.Transition{Target: govsweep.TargetID(r.Target), Fingerprint: r.Fingerprint, Finding: r.ID, Seq: int(r.Seq), At: fromMS(r.At),
		Event: govsweep.Event(r.Event), From: govsweep.FindingStatus(r.From), To: govsweep.FindingStatus(r.To), By: r.By, Reason: r.Reason,
		Until: r.Until, Sweep: r.Sweep, Notice: r.Notice, Exemption: r.Exemption, Undoes: int(r.Undoes)}
	if r.Proof == "[]" {
		return t, nil
	}
	return t, json.Unmarshal([]byte(r.Proof), &t.Proof)
}

// Transitions gives the history of a finding by its id or the beginning of
// it, the oldest line first.
func (db *DB) Transitions(ctx context.Context, id string) ([]govsweep.Transition, error) {
	const list = lineColumns + `
WHERE t.target = $1 AND t.fingerprint = $2
ORDER BY t.seq`
	key, err := findIdentity(ctx, db.r, id)
	if err != nil {
		return nil, db.explain("读取处理记录", err)
	}
	return db.lines(ctx, list, key.Target, key.Fingerprint)
}

// TransitionFilter picks lines of the histories of many findings. Empty
// fields do not restrict.
type TransitionFilter struct {
	Target govsweep.TargetID
	Sweep  int64     // only of targets of this sweep
	From   time.Time // at or behind it
	To     time.Time // before it
}

// TransitionsBetween says who moved which findings when, in order of time.
func (db *DB) TransitionsBetween(ctx context.Context, f TransitionFilter) ([]govsweep.Transition, error) {
	const list = lineColumns + `
WHERE t.at_ms >= $1 AND t.at_ms < $2
  AND ($3 = '' OR t.target = $3)
  AND (CAST($4 AS BIGINT) = 0 OR t.target IN (SELECT target FROM runs WHERE sweep = $4))
ORDER BY t.at_ms, t.target, t.fingerprint, t.seq`
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if !f.From.IsZero() {
		from = ms(f.From)
	}
	if !f.To.IsZero() {
		to = ms(f.To)
	}
	return db.lines(ctx, list, from, to, text(string(f.Target)), f.Sweep)
}

func (db *DB) lines(ctx context.Context, statement string, values ...any) ([]govsweep.Transition, error) {
	var rows []lineRow
	if err := db.r.SelectContext(ctx, &rows, statement, values...); err != nil {
		return nil, db.explain("读取处理记录", err)
	}
	out := make([]govsweep.Transition, len(rows))
	for i := range rows {
		var err error
		if out[i], err = rows[i].transition(); err != nil {
			return nil, db.explain("读取处理记录", err)
		}
	}
	return out, nil
}
