package storage

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

const readAudit = "读取审计日志"

var addAudit = insert{head: `INSERT INTO audit_log (seq, at_ms, made_by, via, event, subject, detail, prev, digest)`, values: 9}

// audit adds lines to the audit log, as the last thing a transaction does: the
// head is locked, so one writer follows the other, whatever process it is in.
// By, Via and At are filled in where the caller leaves them empty.
func (t tx) audit(ctx context.Context, lines ...govsweep.AuditLine) error {
	if len(lines) == 0 {
		return nil
	}
	var head struct {
		Lines  int64
		Digest string
	}
	if err := t.GetContext(ctx, &head, t.db.pick(`SELECT lines, digest FROM audit_head`, `SELECT lines, digest FROM audit_head FOR UPDATE`)); err != nil {
		return err
	}
	actor, now := govsweep.ActorOf(ctx), time.Now()
	rows := make([][]any, len(lines))
	for i, l := range lines {
		if l.At.IsZero() {
			l.At = now
		}
		if l.By == "" {
			l.By = actor.Name
		}
		l.By, l.Via, l.Event, l.Subject, l.Detail = text(l.By), text(actor.Via), text(l.Event), text(l.Subject), text(l.Detail)
		l.Seq, l.Prev = head.Lines+1, head.Digest
		l.Digest = l.Sum()
		head.Lines, head.Digest = l.Seq, l.Digest
		rows[i] = []any{l.Seq, l.At.UnixMilli(), l.By, l.Via, l.Event, l.Subject, l.Detail, l.Prev, l.Digest}
	}
	if err := t.bulk(ctx, addAudit, rows); err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, `UPDATE audit_head SET lines = $1, digest = $2`, head.Lines, head.Digest)
	return err
}

// namedRows bounds how many rows of many the audit log names.
const namedRows = 20

// auditRows adds one line for rows that a person brought in at once: how many
// they are, the first of them by name, and a digest over all of them, by which
// two imports can be told apart.
func (t tx) auditRows(ctx context.Context, event, subject string, rows [][]any, name func(row []any) string) error {
	if len(rows) == 0 {
		return nil
	}
	names := make([]string, 0, namedRows)
	for _, r := range rows[:min(len(rows), namedRows)] {
		names = append(names, name(r))
	}
	more := ""
	if len(rows) > namedRows {
		more = "等"
	}
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode(rows); err != nil {
		return err
	}
	return t.audit(ctx, govsweep.AuditLine{Event: event, Subject: subject,
		Detail: fmt.Sprintf("%d项：%s%s。内容摘要%x。", len(rows), strings.Join(names, "、"), more, sum.Sum(nil))})
}

// first names a row by its first value.
func first(row []any) string { return fmt.Sprint(row[0]) }

// AddAudit adds lines to the audit log. Seq, Prev and Digest are given here;
// By, where empty, is the actor of ctx, and Via always is.
func (db *DB) AddAudit(ctx context.Context, lines ...govsweep.AuditLine) error {
	return db.write(ctx, "写入审计日志", func(t tx) error { return t.audit(ctx, lines...) })
}

// AuditHead says how far the audit log has come by its own account.
func (db *DB) AuditHead(ctx context.Context) (govsweep.AuditHead, error) {
	var h govsweep.AuditHead
	err := db.r.GetContext(ctx, &h, `SELECT lines, digest FROM audit_head WHERE id = 1`)
	return h, db.explain(readAudit, err)
}

// AuditFilter picks lines of the audit log. Empty fields do not restrict.
type AuditFilter struct {
	Before   int64 // only lines before this number; for the page before
	By       string
	Event    string // or the beginning of it: user, finding.
	From, To time.Time
	Limit    int // 0 = all
}

type auditRow struct {
	Seq     int64
	At      int64  `db:"at_ms"`
	By      string `db:"made_by"`
	Via     string
	Event   string
	Subject string
	Detail  string
	Prev    string
	Digest  string
}

func (r *auditRow) line() govsweep.AuditLine {
	return govsweep.AuditLine{Seq: r.Seq, At: time.UnixMilli(r.At).In(govsweep.Shanghai), By: r.By, Via: r.Via, Event: r.Event,
		Subject: r.Subject, Detail: r.Detail, Prev: r.Prev, Digest: r.Digest}
}

const auditColumns = `SELECT seq, at_ms, made_by, via, event, subject, detail, prev, digest FROM audit_log`

// Audit gives lines of the audit log, the newest first.
func (db *DB) Audit(ctx context.Context, f AuditFilter) ([]govsweep.AuditLine, error) {
	const list = auditColumns + `
WHERE seq < $1 AND ($2 = '' OR made_by = $2)
  AND ($3 = '' OR substr(event, 1, length($3)) = $3)
  AND at_ms >= $4 AND at_ms < $5
ORDER BY seq DESC
LIMIT $6`
	before, from, to, limit := int64(math.MaxInt64), int64(math.MinInt64), int64(math.MaxInt64), int64(math.MaxInt64)
	if f.Before > 0 {
		before = f.Before
	}
	if !f.From.IsZero() {
		from = ms(f.From)
	}
	if !f.To.IsZero() {
		to = ms(f.To)
	}
	if f.Limit > 0 {
		limit = int64(f.Limit)
	}
	var rows []auditRow
	if err := db.r.SelectContext(ctx, &rows, list, before, text(f.By), text(f.Event), from, to, limit); err != nil {
		return nil, db.explain(readAudit, err)
	}
	out := make([]govsweep.AuditLine, len(rows))
	for i := range rows {
		out[i] = rows[i].line()
	}
	return out, nil
}

// EachAudit streams the audit log from its first line. fn may not ask the database.
func (db *DB) EachAudit(ctx context.Context, fn func(govsweep.AuditLine) error) error {
	rows, err := db.r.QueryxContext(ctx, auditColumns+` ORDER BY seq`)
	if err != nil {
		return db.explain(readAudit, err)
	}
	defer rows.Close()
	for rows.Next() {
		var r auditRow
		if err := rows.StructScan(&r); err != nil {
			return db.explain(readAudit, err)
		}
		if err := fn(r.line()); err != nil {
			return err
		}
	}
	return db.explain(readAudit, rows.Err())
}
