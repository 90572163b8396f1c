package storage

import (
	"context"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// SaveInspection writes verdict, coverage, outcomes, findings, column
// verdicts and the dossier, and sets the target done, in one transaction. An
// earlier inspection of the same run is replaced. A finding with a known
// fingerprint keeps its id, first_seen and status, but for moves: what the
// inspection changes, kept as Move keeps it. On a Conflict nothing is
// written: read the standings again and repeat, unless its cause is
// ErrLeaseLost. last_seen moves. What was
// kept is written back into in.Findings.
func (db *DB) SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error {
	rows, err := rowsOf(in, dossier)
	if err != nil {
		return db.explain("保存检查结果", err)
	}
	of := govsweep.Run{Sweep: in.Sweep.ID, Target: in.Site.ID, Fence: in.Fence}
	var kept []govsweep.Finding
	err = db.write(ctx, "保存检查结果", func(t tx) error {
		n, err := t.lockRun(ctx, of)
		if err != nil {
			return err
		}
		if err := t.clearRun(ctx, n); err != nil {
			return err
		}
		if err := t.insertInspection(ctx, n, rows); err != nil {
			return err
		}
		if kept, err = t.saveFindings(ctx, n, in, moves); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `UPDATE runs SET state = 'done', note = '', ended = CASE WHEN $2 < began THEN began ELSE $2 END WHERE run = $1`, n, rows.ended)
		return err
	})
	if err == nil {
		in.Findings = kept
	}
	return err
}

// inspectionRows is an inspection made ready outside the transaction.
type inspectionRows struct {
	grade, site, verdict, coverage, uncovered, book string
	outcomes, columns                               [][]any // without the run
	dossier                                         []byte
	ended                                           int64
}

func rowsOf(in *govsweep.Inspection, dossier []byte) (*inspectionRows, error) {
	rows := &inspectionRows{grade: string(in.Verdict.Grade), ended: ms(endOf(in)), dossier: squeeze(dossier)}
	for _, part := range []struct {
		to *string
		v  any
	}{{&rows.site, &in.Site}, {&rows.verdict, &in.Verdict}, {&rows.coverage, &in.Coverage},
		{&rows.uncovered, in.Uncovered}, {&rows.book, &in.Book}} {
		s, err := jsonText(part.v)
		if err != nil {
			return nil, err
		}
		*part.to = s
	}
	for i := range in.Outcomes {
		o := &in.Outcomes[i]
		body, err := jsonText(o)
		if err != nil {
			return nil, err
		}
		rows.outcomes = append(rows.outcomes, []any{i, text(string(o.Indicator)), text(o.BookID), string(o.Status), body})
	}
	for i := range in.Columns {
		body, err := jsonText(&in.Columns[i])
		if err != nil {
			return nil, err
		}
		rows.columns = append(rows.columns, []any{i, string(in.Columns[i].Verdict), body})
	}
	return rows, nil
}

// endOf is the time a target was done; where nobody said it, the time its
// inspection speaks of.
func endOf(in *govsweep.Inspection) time.Time {
	if !in.Ended.IsZero() {
		return in.Ended
	}
	return seenAt(in)
}

// seenAt is the time an inspection speaks of: the end of the sweep where it
// is known, else its start, else the check point.
func seenAt(in *govsweep.Inspection) time.Time {
	for _, t := range []time.Time{in.Sweep.Ended, in.Sweep.Started, in.Sweep.AsOf} {
		if !t.IsZero() {
			return t
		}
	}
	return time.UnixMilli(0)
}

func (t tx) clearRun(ctx context.Context, n int64) error {
	for _, statement := range []string{
		`DELETE FROM sightings WHERE run = $1`,
		`DELETE FROM outcomes WHERE run = $1`,
		`DELETE FROM column_verdicts WHERE run = $1`,
		`DELETE FROM dossiers WHERE run = $1`,
		`DELETE FROM inspections WHERE run = $1`,
	} {
		if _, err := t.ExecContext(ctx, statement, n); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) insertInspection(ctx context.Context, n int64, rows *inspectionRows) error {
	const head = `
INSERT INTO inspections (run, grade, site, verdict, coverage, uncovered, book)
VALUES ($1, $2, $3, $4, $5, $6, $7)`
	if _, err := t.ExecContext(ctx, head, n, rows.grade, rows.site, rows.verdict, rows.coverage, rows.uncovered, rows.book); err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO dossiers (run, body) VALUES ($1, $2)`, n, rows.dossier); err != nil {
		return err
	}
	outcome := insert{head: `INSERT INTO outcomes (run, place, indicator, book_id, status, body)`, values: 6}
	if err := t.bulk(ctx, outcome, withRun(n, rows.outcomes)); err != nil {
		return err
	}
	column := insert{head: `INSERT INTO column_verdicts (run, place, verdict, body)`, values: 4}
	return t.bulk(ctx, column, withRun(n, rows.columns))
}

func withRun(n int64, rows [][]any) [][]any {
	out := make([][]any, len(rows))
	for i, r := range rows {
		out[i] = append([]any{n}, r...)
	}
	return out
}

// findingID is the id people use for a finding.
func findingID(fingerprint string) string {
	return "F" + strings.ToUpper(fingerprint[:min(12, len(fingerprint))])
}
