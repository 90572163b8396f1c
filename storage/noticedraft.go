package storage

import (
	"context"
	"fmt"

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
