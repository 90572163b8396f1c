package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
)

// Move adds lines to the histories of findings, all or none of them. A line
// must be the next one of its finding and start from the status the finding
// has now; a finding may have several in order. A line that is there already
// as given does nothing; one that lost against another is a Conflict.
func (db *DB) Move(ctx context.Context, moves []govsweep.Transition) error {
	return db.write(ctx, "保存处理记录", func(t tx) error { return t.move(ctx, moves) })
}

const setStanding = `
UPDATE findings
SET status = $3, until_day = $4, seq = $5, moved = $6, exemption = $7, endorsed = $8
WHERE target = $1 AND fingerprint = $2 AND status = $9 AND seq = $10`

const addLine = `
INSERT INTO transitions (target, fingerprint, seq, at_ms, event, from_status, to_status, moved_by, reason, until_day,
                         sweep, notice, exemption, undoes, proof)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

func (t tx) move(ctx context.Context, moves []govsweep.Transition) error {
	if len(moves) == 0 {
		return nil
	}
	set, err := t.PrepareContext(ctx, setStanding)
	if err != nil {
		return err
	}
	defer set.Close()
	add, err := t.PrepareContext(ctx, addLine)
	if err != nil {
		return err
	}
	defer add.Close()
	var made []govsweep.AuditLine
	for i := range moves {
		added, err := t.moveOne(ctx, set, add, &moves[i])
		if err != nil {
			return err
		}
		if added && moves[i].By != "" { // a decision of a person
			made = append(made, decided(&moves[i]))
		}
	}
	return t.audit(ctx, made...)
}

func decided(m *govsweep.Transition) govsweep.AuditLine {
	return govsweep.AuditLine{By: m.By, Event: "finding." + string(m.Event), Subject: m.Finding,
		Detail: string(m.From) + " → " + string(m.To) + because(m.Reason)}
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return "，理由 " + reason
}

// moveOne adds one line; it says false for one that is there already.
func (t tx) moveOne(ctx context.Context, set, add *sql.Stmt, m *govsweep.Transition) (added bool, err error) {
	if m.At.IsZero() {
		return false, &govsweep.Error{Kind: govsweep.Wrong, Say: "问题“" + m.Finding + "”的处理记录缺少时间。"}
	}
	r, err := lineOf(m)
	if err != nil {
		return false, err
	}
	exemption, endorsed := "", ""
	if m.To == govsweep.Exempted {
		exemption = r.Exemption
	}
	if m.Event == govsweep.Endorse {
		endorsed = r.By
	}
	result, err := set.ExecContext(ctx, r.Target, r.Fingerprint, r.To, r.Until, r.Seq, r.At, exemption, endorsed, r.From, r.Seq-1)
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, errors.Join(err, t.lost(ctx, r))
	}
	_, err = add.ExecContext(ctx, r.Target, r.Fingerprint, r.Seq, r.At, r.Event, r.From, r.To, r.By, r.Reason, r.Until,
		r.Sweep, r.Notice, r.Exemption, r.Undoes, r.Proof)
	return err == nil, err
}

// lost says whether a line that could not be added is there already.
func (t tx) lost(ctx context.Context, line *lineRow) error {
	const find = lineColumns + `
WHERE t.target = $1 AND t.fingerprint = $2 AND t.seq = $3`
	var known lineRow
	switch err := t.GetContext(ctx, &known, find, line.Target, line.Fingerprint, line.Seq); {
	case errors.Is(err, sql.ErrNoRows):
		return t.behind(ctx, line)
	case err != nil:
		return err
	}
	line.ID = known.ID
	if known == *line {
		return nil
	}
	return conflict(known.ID)
}

// behind tells a finding nobody knows from one that stands elsewhere.
func (t tx) behind(ctx context.Context, line *lineRow) error {
	var id string
	err := t.GetContext(ctx, &id, `SELECT id FROM findings WHERE target = $1 AND fingerprint = $2`, line.Target, line.Fingerprint)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return missing(fmt.Sprintf("对象“%s”没有编号为“%s”的问题，处理记录未保存。", line.Target, line.ID))
	case err != nil:
		return err
	}
	return conflict(id)
}

func conflict(id string) error {
	return &govsweep.Error{Kind: govsweep.Conflict, Say: "问题“" + id + "”在此期间已有新的处理记录，本次处理未保存，请查看最新情况后再作决定。"}
}
