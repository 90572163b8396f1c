package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// DraftNotice keeps a new draft and sets n.ID. A paper that follows a notice
// names it in n.Parent; while another of its kind is not recorded by a step of
// that notice it is a Conflict, so that of two writers at once one sends it.
func (db *DB) DraftNotice(ctx context.Context, n *govsweep.Notice) error {
	if n.ID != "" || n.State != govsweep.NoticeDraft || n.Number != "" || n.Serial != 0 || len(n.Steps) > 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "新拟的文书应为拟稿，没有编号、字号和办理记录。"}
	}
	kept := *n
	err := db.write(ctx, "保存文书", func(t tx) error {
		no, err := t.next(ctx, "notice", 1)
		if err != nil {
			return err
		}
		kept = *n
		kept.ID = "N" + itoa(no)
		if err := t.onlyFollower(ctx, &kept); err != nil {
			return err
		}
		if err := t.addNotice(ctx, no, &kept); err != nil {
			return err
		}
		if err := t.writeItems(ctx, no, nil, &kept); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{By: kept.DraftedBy, Event: "notice.draft", Subject: kept.ID, Detail: kept.Target.Name})
	})
	if err == nil {
		n.ID = kept.ID
	}
	return err
}

// onlyFollower refuses a second paper of one kind on its way. Drafts are kept
// one after another: each takes the next ID first.
func (t tx) onlyFollower(ctx context.Context, n *govsweep.Notice) error {
	const find = `
SELECT f.no
FROM notices f
WHERE f.parent = $1 AND f.kind = $2 AND f.state <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM notice_steps s WHERE s.notice = $1 AND s.paper = 'N' || CAST(f.no AS TEXT))`
	if n.Parent == "" {
		return nil
	}
	parent, err := numberOf(n.Parent, "N", "文书")
	if err != nil {
		return err
	}
	var others []int64
	if err := t.SelectContext(ctx, &others, find, parent, string(n.Kind)); err != nil || len(others) == 0 {
		return err
	}
	return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("文书“N%d”正在随通知书“%s”办理，请等它办完后再试。", others[0], n.Parent)}
}

func (t tx) addNotice(ctx context.Context, no int64, n *govsweep.Notice) error {
	const add = `
INSERT INTO notices (no, kind, state, bureau, year, serial, number, target, sweep, deadline, parent, printed, digest, documents)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	values, err := t.noticeValues(ctx, no, n)
	if err == nil {
		_, err = t.ExecContext(ctx, add, values...)
	}
	return err
}

func (t tx) setNotice(ctx context.Context, no int64, n *govsweep.Notice) error {
	const set = `
UPDATE notices
SET kind = $2, state = $3, bureau = $4, year = $5, serial = $6, number = $7, target = $8, sweep = $9, deadline = $10,
    parent = $11, printed = $12, digest = $13, documents = $14
WHERE no = $1`
	values, err := t.noticeValues(ctx, no, n)
	if err == nil {
		_, err = t.ExecContext(ctx, set, values...)
	}
	return err
}

func (t tx) noticeValues(ctx context.Context, no int64, n *govsweep.Notice) ([]any, error) {
	parent, err := t.parentOf(ctx, n)
	if err != nil {
		return nil, err
	}
	body, digest, err := printedOf(n)
	if err != nil {
		return nil, err
	}
	documents := n.Documents
	if documents == nil {
		documents = []govsweep.Document{}
	}
	list, err := jsonText(documents)
	return []any{no, string(n.Kind), string(n.State), text(n.Bureau), n.Year, n.Serial, text(n.Number), text(string(n.Target.ID)),
		n.Sweep, text(n.Deadline), parent, body, digest, list}, err
}

// parentOf gives the number of the notice a paper follows; nil for none.
func (t tx) parentOf(ctx context.Context, n *govsweep.Notice) (any, error) {
	if n.Parent == "" {
		return nil, nil
	}
	no, err := numberOf(n.Parent, "N", "文书")
	if err != nil {
		return nil, err
	}
	var known int
	if err := t.GetContext(ctx, &known, `SELECT count(*) FROM notices WHERE no = $1`, no); err != nil {
		return nil, err
	}
	if known == 0 {
		return nil, missing("没有编号为“" + n.Parent + "”的文书，无法在其后续文书中引用。")
	}
	return no, nil
}

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

func (t tx) addReplies(ctx context.Context, no int64, before *govsweep.NoticeItem, item int, answer, retest string) error {
	const add = `
INSERT INTO notice_replies (notice, seq, item, answer, retest)
SELECT CAST($1 AS BIGINT), coalesce(max(seq), 0) + 1, CAST($2 AS BIGINT), $3, $4
FROM notice_replies
WHERE notice = $1`
	was, err := pack(before.Answer)
	if err == nil && answer != "" && answer != was {
		_, err = t.ExecContext(ctx, add, no, item, answer, "")
	}
	if err != nil {
		return err
	}
	was, err = pack(before.Retest)
	if err == nil && retest != "" && retest != was {
		_, err = t.ExecContext(ctx, add, no, item, "", retest)
	}
	return err
}

// A Reply is one answer to an item of a notice, or one re-test of it.
type Reply struct {
	No     int              `json:"no"` // of the item
	Answer *govsweep.Answer `json:"answer,omitempty"`
	Retest *govsweep.Retest `json:"retest,omitempty"`
}

// Replies gives every answer and re-test a notice ever had, the oldest first;
// the notice itself shows the last ones.
func (db *DB) Replies(ctx context.Context, id string) ([]Reply, error) {
	const list = `
SELECT item, answer, retest
FROM notice_replies
WHERE notice = $1
ORDER BY seq`
	no, err := numberOf(id, "N", "文书")
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Item           int
		Answer, Retest string
	}
	if err := db.r.SelectContext(ctx, &rows, list, no); err != nil {
		return nil, db.explain("读取整改回复", err)
	}
	out := make([]Reply, len(rows))
	for i, r := range rows {
		out[i].No = r.Item
		if err := errors.Join(unpack(r.Answer, &out[i].Answer), unpack(r.Retest, &out[i].Retest)); err != nil {
			return nil, db.explain("读取整改回复", err)
		}
	}
	return out, nil
}

// unchanged refuses a change of what an issued paper prints. A deadline that
// counts from the day of receipt is open until then.
func unchanged(known, next *govsweep.Notice) error {
	was := *known
	if was.Deadline == "" && len(next.Steps) > len(known.Steps) {
		was.Deadline, was.DeadlineNote = next.Deadline, next.DeadlineNote
	}
	old, _, err := printedOf(&was)
	if err != nil {
		return err
	}
	now, _, err := printedOf(next)
	if err != nil {
		return err
	}
	if old != now {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文书“" + known.ID + "”已经下发，内容不得改动；如需更正或撤销，请另发更正或撤销通知。"}
	}
	return documents(known, next)
}

// documents adds the kept printed forms that next does not name; one that is
// kept may not become another.
func documents(known, next *govsweep.Notice) error {
	merged := slices.Clone(known.Documents)
	for _, d := range next.Documents {
		at := slices.IndexFunc(merged, func(k govsweep.Document) bool { return k.Name == d.Name })
		switch {
		case at < 0:
			merged = append(merged, d)
		case merged[at] != d:
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "文书“" + known.ID + "”的文件“" + d.Name + "”已经留存，不得替换。"}
		}
	}
	next.Documents = merged
	return nil
}

// grows compares the life of a notice with the one kept: every kept step must
// be there, the new ones must follow from one another, and nothing may change
// without a step once the paper is issued. done says that all is kept already.
func grows(known, next *govsweep.Notice, steps int) (done bool, err error) {
	same, err := sameLife(known, next)
	if err != nil || same {
		return same, err
	}
	if len(known.Steps) != steps || len(next.Steps) < steps || !sameSteps(known.Steps, next.Steps[:steps]) {
		return false, outdated(known.ID)
	}
	state := known.State
	for i, s := range next.Steps[steps:] {
		if s.Seq != steps+i+1 || s.From != state || s.At.IsZero() {
			return false, &govsweep.Error{Kind: govsweep.Internal, Say: fmt.Sprintf("文书“%s”的第%d条办理记录与前一条不衔接，未保存。", known.ID, steps+i+1)}
		}
		state = s.To
	}
	if next.State != state || known.State != govsweep.NoticeDraft && len(next.Steps) == steps && !sameItems(known, next) {
		return false, &govsweep.Error{Kind: govsweep.Internal, Say: "文书“" + known.ID + "”的状态变化没有办理记录，未保存。"}
	}
	return false, nil
}

// sameLife says whether what is kept is what is given, whole.
func sameLife(known, next *govsweep.Notice) (bool, error) {
	old, _, err := printedOf(known)
	if err != nil {
		return false, err
	}
	now, _, err := printedOf(next)
	return err == nil && old == now && known.State == next.State && sameSteps(known.Steps, next.Steps) && sameItems(known, next) &&
		slices.Equal(known.Documents, next.Documents), err
}

func sameSteps(a, b []govsweep.NoticeStep) bool {
	return slices.EqualFunc(a, b, func(a, b govsweep.NoticeStep) bool {
		one, err := stepOf(0, &a)
		two, err2 := stepOf(0, &b)
		return err == nil && err2 == nil && *one == *two
	})
}

func sameItems(a, b *govsweep.Notice) bool {
	return slices.EqualFunc(a.Items, b.Items, func(a, b govsweep.NoticeItem) bool {
		return a.Status == b.Status && samePart(a.Answer, b.Answer) && samePart(a.Retest, b.Retest)
	})
}

func samePart[T any](a, b *T) bool {
	one, err := pack(a)
	two, err2 := pack(b)
	return err == nil && err2 == nil && one == two
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
