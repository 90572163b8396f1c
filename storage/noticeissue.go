package storage

import (
	"context"
	"fmt"

	"github.com/govsweep/govsweep"
)

// IssueNotice gives a draft the next number of its series (bureau, year and
// kind; no number is left out or given twice), keeps it as issued with the
// steps the caller added, and moves its findings, all in one transaction.
// number writes the 字号 for a serial and may be called more than once.
// n.Serial and n.Number are set. A draft that changed since the caller read
// it, or that is issued already, is a Conflict.
func (db *DB) IssueNotice(ctx context.Context, n *govsweep.Notice, number func(serial int) string, moves []govsweep.Transition) error {
	if n.State == govsweep.NoticeDraft || n.Year <= 0 || n.Issued.IsZero() || len(n.Steps) == 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "下发文书“" + n.ID + "”需写明年份、下发时间和办理记录。"}
	}
	next := *n
	err := db.write(ctx, "下发文书", func(t tx) error {
		no, known, err := t.lockNotice(ctx, n.ID)
		if err != nil {
			return err
		}
		if known.State != govsweep.NoticeDraft || !sameDraft(known, n) {
			return outdated(n.ID)
		}
		next = *n
		next.ID = known.ID
		if _, err := grows(known, &next, len(known.Steps)); err != nil {
			return err
		}
		if next.Serial, err = t.nextSerial(ctx, n); err != nil {
			return err
		}
		next.Number = number(next.Serial)
		if err := t.freeNumber(ctx, &next); err != nil {
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
	if err == nil {
		n.Serial, n.Number = next.Serial, next.Number
	}
	return err
}

// nextSerial takes the next number of the series. A transaction that is
// undone gives it back, and the next one waits for that.
func (t tx) nextSerial(ctx context.Context, n *govsweep.Notice) (int, error) {
	const take = `
INSERT INTO serials (bureau, year, kind, last)
VALUES ($1, $2, $3, 1)
ON CONFLICT (bureau, year, kind) DO UPDATE SET last = serials.last + 1
RETURNING last`
	var serial int
	err := t.GetContext(ctx, &serial, take, text(n.Bureau), n.Year, string(n.Kind))
	return serial, err
}

// freeNumber refuses a 字号 that another paper of the bureau carries.
func (t tx) freeNumber(ctx context.Context, n *govsweep.Notice) error {
	if n.Number == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文书“" + n.ID + "”没有字号，未下发。"}
	}
	var other []int64
	if err := t.SelectContext(ctx, &other, `SELECT no FROM notices WHERE serial > 0 AND number = $1 AND bureau = $2`, text(n.Number), text(n.Bureau)); err != nil {
		return err
	}
	if len(other) > 0 {
		return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("字号“%s”已用于文书“N%d”，请让各类文书的字号写法互不相同。", n.Number, other[0])}
	}
	return nil
}

// sameDraft says whether a paper to be issued is the draft that is kept, but
// for what issuing adds.
func sameDraft(known, n *govsweep.Notice) bool {
	was, now := *known, *n
	for _, p := range []*govsweep.Notice{&was, &now} {
		p.Year, p.Serial, p.Number, p.Issued, p.IssuedBy = 0, 0, "", n.Issued, ""
		p.Deadline, p.DeadlineRule, p.DeadlineNote = "", "", ""
	}
	old, _, err := printedOf(&was)
	body, _, err2 := printedOf(&now)
	return err == nil && err2 == nil && old == body
}
