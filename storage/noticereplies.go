package storage

import (
	"context"
	"errors"

	"github.com/govsweep/govsweep"
)

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
