package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// NoticeFilter picks notices. Empty fields do not restrict.
type NoticeFilter struct {
	Target      govsweep.TargetID
	Fingerprint string // with Target: those that name this finding
	States      []govsweep.NoticeState
	Kind        govsweep.NoticeKind
	Bureau      string
	Year        int
	Parent      string // ID of the notice they follow
	Sweep       int64
	Open        bool // notices issued, and neither closed nor withdrawn; a paper that follows one is never open
}

type noticeRow struct {
	No        int64  `db:"no"`
	State     string `db:"state"`
	Printed   string `db:"printed"`
	Digest    []byte `db:"digest"`
	Documents string `db:"documents"`
}

const noticeColumns = `
SELECT n.no, n.state, n.printed, n.digest, n.documents
FROM notices n`

// conditions is a WHERE that says no more than is asked, so that the database
// can take the index of what is asked.
type conditions struct {
	text   []string
	values []any
}

// where adds a condition; ? stands for the value.
func (c *conditions) where(condition string, value any) {
	c.values = append(c.values, value)
	c.text = append(c.text, strings.ReplaceAll(condition, "?", "$"+itoa(int64(len(c.values)))))
}

func (c *conditions) String() string {
	if len(c.text) == 0 {
		return ""
	}
	return "\nWHERE " + strings.Join(c.text, "\n  AND ")
}

// pick says in SQL which notices a filter picks.
func (f *NoticeFilter) pick() (*conditions, error) {
	c := &conditions{}
	if f.Fingerprint != "" && f.Target == "" {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "按问题查找文书时需写明网站。"}
	}
	if f.Parent != "" {
		parent, err := numberOf(f.Parent, "N", "文书")
		if err != nil {
			return nil, err
		}
		c.where(`n.parent = ?`, parent)
	}
	if f.Target != "" {
		c.where(`n.target = ?`, text(string(f.Target)))
	}
	if f.Fingerprint != "" {
		c.where(`EXISTS (SELECT 1 FROM notice_items i WHERE i.target = n.target AND i.fingerprint = ? AND i.notice = n.no)`, text(f.Fingerprint))
	}
	if len(f.States) > 0 {
		c.where(`? LIKE '%,' || n.state || ',%'`, listOf(f.States))
	}
	if f.Kind != "" {
		c.where(`n.kind = ?`, string(f.Kind))
	}
	if f.Bureau != "" {
		c.where(`n.bureau = ?`, text(f.Bureau))
	}
	if f.Year != 0 {
		c.where(`n.year = ?`, f.Year)
	}
	if f.Sweep != 0 {
		c.where(`n.sweep = ?`, f.Sweep)
	}
	if f.Open {
		c.text = append(c.text, `n.parent IS NULL`, `n.state NOT IN ('draft', 'closed', 'withdrawn')`)
	}
	return c, nil
}

// listOf writes states as ",draft,issued,".
func listOf(states []govsweep.NoticeState) string {
	list := ","
	for _, s := range states {
		list += string(s) + ","
	}
	return list
}

// Notices gives the notices a filter picks with their lives, in the order
// they were drafted.
func (db *DB) Notices(ctx context.Context, f NoticeFilter) ([]govsweep.Notice, error) {
	which, err := f.pick()
	if err != nil {
		return nil, err
	}
	var out []govsweep.Notice
	err = db.view(ctx, "读取文书", func(q sqlx.QueryerContext) error {
		out, err = notices(ctx, q, which.String(), which.values...)
		return err
	})
	return out, err
}

// Notice gives one notice by its id ("N3") or its 字号.
func (db *DB) Notice(ctx context.Context, idOrNumber string) (*govsweep.Notice, error) {
	const byID, byNumber = `
WHERE n.no = $1`, `
WHERE n.serial > 0 AND n.number = $1`
	pick, key := byNumber, any(text(strings.TrimSpace(idOrNumber)))
	if no, err := numberOf(idOrNumber, "N", "文书"); err == nil {
		pick, key = byID, no
	}
	var out *govsweep.Notice
	err := db.view(ctx, "读取文书", func(q sqlx.QueryerContext) error {
		all, err := notices(ctx, q, pick, key)
		if err == nil && len(all) == 0 {
			return missing("没有编号或字号为“" + idOrNumber + "”的文书。")
		}
		if len(all) > 1 {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("字号“%s”有%d份文书（%s等），由不同单位印发，请改用编号查找。", idOrNumber, len(all), all[0].ID)}
		}
		if err == nil {
			out = &all[0]
		}
		return err
	})
	return out, err
}

// notices reads papers, steps and items that a condition picks.
func notices(ctx context.Context, q sqlx.QueryerContext, pick string, values ...any) ([]govsweep.Notice, error) {
	var rows []noticeRow
	if err := sqlx.SelectContext(ctx, q, &rows, noticeColumns+pick+"\nORDER BY n.no", values...); err != nil {
		return nil, err
	}
	out := make([]govsweep.Notice, len(rows))
	place := make(map[int64]*govsweep.Notice, len(rows))
	for i := range rows {
		n, err := rows[i].notice()
		if err != nil {
			return nil, err
		}
		out[i] = *n
		place[rows[i].No] = &out[i]
	}
	if err := readItems(ctx, q, place, pick, values); err != nil {
		return nil, err
	}
	return out, readSteps(ctx, q, place, pick, values)
}

func (r *noticeRow) notice() (*govsweep.Notice, error) {
	id := "N" + itoa(r.No)
	n, err := readPrinted(r.Printed, r.Digest)
	if err != nil {
		return nil, spoiled(id, err)
	}
	n.ID, n.State = id, govsweep.NoticeState(r.State)
	if r.Documents != "[]" {
		err = json.Unmarshal([]byte(r.Documents), &n.Documents)
	}
	return n, err
}

const itemsOf = `
SELECT i.notice, i.place, i.fingerprint, i.status, i.answer, i.retest
FROM notice_items i
WHERE i.notice IN (SELECT n.no FROM notices n`

func readItems(ctx context.Context, q sqlx.QueryerContext, place map[int64]*govsweep.Notice, pick string, values []any) error {
	var rows []struct {
		Notice      int64
		Place       int
		Fingerprint string
		Status      string
		Answer      string
		Retest      string
	}
	if err := sqlx.SelectContext(ctx, q, &rows, itemsOf+pick+")\nORDER BY i.notice, i.place", values...); err != nil {
		return err
	}
	for _, r := range rows {
		n := place[r.Notice]
		if r.Place >= len(n.Items) || n.Items[r.Place].Fingerprint != r.Fingerprint {
			return spoiled(n.ID, nil)
		}
		item := &n.Items[r.Place]
		item.Status = govsweep.FindingStatus(r.Status)
		if err := unpack(r.Answer, &item.Answer); err != nil {
			return err
		}
		if err := unpack(r.Retest, &item.Retest); err != nil {
			return err
		}
	}
	return nil
}

// pack writes an optional part; "" stands for none.
func pack[T any](v *T) (string, error) {
	if v == nil {
		return "", nil
	}
	return jsonText(v)
}

func unpack[T any](s string, to **T) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), to)
}

const stepsOf = `
SELECT s.notice, s.seq, s.at_ms, s.event, s.from_state, s.to_state, s.step_by, s.reason, s.items, s.sweep, s.paper
FROM notice_steps s
WHERE s.notice IN (SELECT n.no FROM notices n`

func readSteps(ctx context.Context, q sqlx.QueryerContext, place map[int64]*govsweep.Notice, pick string, values []any) error {
	var rows []stepRow
	if err := sqlx.SelectContext(ctx, q, &rows, stepsOf+pick+")\nORDER BY s.notice, s.seq", values...); err != nil {
		return err
	}
	for i := range rows {
		step, err := rows[i].step()
		if err != nil {
			return err
		}
		n := place[rows[i].Notice]
		n.Steps = append(n.Steps, step)
	}
	return nil
}

type stepRow struct {
	Notice int64  `db:"notice"`
	Seq    int    `db:"seq"`
	At     int64  `db:"at_ms"`
	Event  string `db:"event"`
	From   string `db:"from_state"`
	To     string `db:"to_state"`
	By     string `db:"step_by"`
	Reason string `db:"reason"`
	Items  string `db:"items"`
	Sweep  int64  `db:"sweep"`
	Paper  string `db:"paper"`
}

func (r *stepRow) step() (govsweep.NoticeStep, error) {
	s := govsweep.NoticeStep{Seq: r.Seq, At: fromMS(r.At), Event: r.Event, From: govsweep.NoticeState(r.From), To: govsweep.NoticeState(r.To),
		By: r.By, Reason: r.Reason, Sweep: r.Sweep, Paper: r.Paper}
	if r.Items == "[]" {
		return s, nil
	}
	return s, json.Unmarshal([]byte(r.Items), &s.Items)
}

func stepOf(no int64, s *govsweep.NoticeStep) (*stepRow, error) {
	items := s.Items
	if items == nil {
		items = []int{}
	}
	list, err := jsonText(items)
	return &stepRow{Notice: no, Seq: s.Seq, At: ms(s.At), Event: text(s.Event), From: string(s.From), To: string(s.To), By: text(s.By),
		Reason: text(s.Reason), Items: list, Sweep: s.Sweep, Paper: text(s.Paper)}, err
}
