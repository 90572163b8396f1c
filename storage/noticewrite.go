package storage

import (
	"context"

	"github.com/govsweep/govsweep"
)

// SaveNotice keeps how a notice went on, and moves its findings in the same
// transaction. steps is how many steps the caller had read; when there are
// others by now it is a Conflict, and when all is kept already as given
// nothing is done. Of a draft everything may change; of an issued paper only
// what grows: State with a step that says so, new steps, new documents, and,
// with a step, the standing, answers and re-tests of its items and a deadline
// that was still open.
func (db *DB) SaveNotice(ctx context.Context, n *govsweep.Notice, steps int, moves []govsweep.Transition) error {
	return db.write(ctx, "保存文书", func(t tx) error {
		no, known, err := t.lockNotice(ctx, n.ID)
		if err != nil {
			return err
		}
		next := *n
		next.ID = known.ID
		if known.State != govsweep.NoticeDraft {
			if err := unchanged(known, &next); err != nil {
				return err
			}
		} else if next.Serial != 0 || next.Number != "" || next.State != govsweep.NoticeDraft && next.State != govsweep.NoticeWithdrawn {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "文书“" + n.ID + "”尚未下发，应先编号下发。"}
		}
		if done, err := grows(known, &next, steps); done || err != nil {
			return err
		}
		if err := t.writeNotice(ctx, no, known, &next); err != nil {
			return err
		}
		if err := t.move(ctx, moves); err != nil {
			return err
		}
		return t.audit(ctx, stepsTaken(&next, len(known.Steps))...)
	})
}

// stepsTaken are the lines of the audit log for the steps persons took behind
// the first known ones.
func stepsTaken(n *govsweep.Notice, known int) []govsweep.AuditLine {
	var out []govsweep.AuditLine
	for _, s := range n.Steps[min(known, len(n.Steps)):] {
		if s.By != "" {
			out = append(out, govsweep.AuditLine{By: s.By, Event: "notice." + s.Event, Subject: n.ID,
				Detail: n.Number + " " + string(s.From) + " → " + string(s.To) + because(s.Reason)})
		}
	}
	return out
}

func outdated(id string) error {
	return &govsweep.Error{Kind: govsweep.Conflict, Say: "文书“" + id + "”在此期间已有新的办理记录或改动，本次未保存，请重新读取后再办理。"}
}

// lockNotice reads a notice that this transaction is going to write.
func (t tx) lockNotice(ctx context.Context, id string) (int64, *govsweep.Notice, error) {
	no, err := numberOf(id, "N", "文书")
	if err != nil {
		return 0, nil, err
	}
	if t.db.postgres {
		if _, err := t.ExecContext(ctx, `SELECT no FROM notices WHERE no = $1 FOR UPDATE`, no); err != nil {
			return 0, nil, err
		}
	}
	all, err := notices(ctx, t, "\nWHERE n.no = $1", no)
	if err == nil && len(all) == 0 {
		err = missing("没有编号为“" + id + "”的文书。")
	}
	if err != nil {
		return 0, nil, err
	}
	return no, &all[0], nil
}

// writeNotice replaces what may be replaced and adds steps and replies.
func (t tx) writeNotice(ctx context.Context, no int64, known, next *govsweep.Notice) error {
	const add = `
INSERT INTO notice_steps (notice, seq, at_ms, event, from_state, to_state, step_by, reason, items, sweep, paper)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	if err := t.setNotice(ctx, no, next); err != nil {
		return err
	}
	for i := len(known.Steps); i < len(next.Steps); i++ {
		s, err := stepOf(no, &next.Steps[i])
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, add, no, s.Seq, s.At, s.Event, s.From, s.To, s.By, s.Reason, s.Items, s.Sweep, s.Paper); err != nil {
			return err
		}
	}
	return t.writeItems(ctx, no, known.Items, next)
}

// writeItems replaces the items of a notice and adds the answers and
// re-tests that are new.
func (t tx) writeItems(ctx context.Context, no int64, before []govsweep.NoticeItem, n *govsweep.Notice) error {
	add := insert{head: `INSERT INTO notice_items (notice, place, target, fingerprint, status, answer, retest)`, values: 7}
	var rows [][]any
	for i := range n.Items {
		item := &n.Items[i]
		answer, err := pack(item.Answer)
		if err != nil {
			return err
		}
		retest, err := pack(item.Retest)
		if err != nil {
			return err
		}
		rows = append(rows, []any{no, i, text(string(n.Target.ID)), text(item.Fingerprint), string(item.Status), answer, retest})
		if i < len(before) {
			if err := t.addReplies(ctx, no, &before[i], item.No, answer, retest); err != nil {
				return err
			}
		}
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM notice_items WHERE notice = $1`, no); err != nil {
		return err
	}
	return t.bulk(ctx, add, rows)
}
