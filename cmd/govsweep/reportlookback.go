package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type reportLookbackCmd struct {
	Notice []string `help:"只核对这些通知书（编号或文号），可重复。" placeholder:"编号"`
	Year   int      `help:"核对该年下发的通知书。默认为上一年，上一年没有的为今年。" placeholder:"年份"`
	Retest bool     `help:"先逐项复查，再出表。"`
	Out    string   `help:"写入的目录。" default:"reports" placeholder:"目录" type:"path"`
}

// Help shows look-backs.
func (c *reportLookbackCmd) Help() string {
	return `逐项核对以前通知书中的问题现在怎样：已整改、未整改、反弹、待核，注明依据哪次检查。

示例：
  govsweep report lookback --year 2025 --out 回头看
  govsweep report lookback --notice N3 --retest`
}

// Run writes the look-back sheet as DOCX, HTML, PDF and XLSX.
func (c *reportLookbackCmd) Run(a *app) error {
	if err := writable(c.Out); err != nil {
		return err
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	notices, of, err := c.notices(a, o)
	if err != nil {
		return err
	}
	var rows []reports.LookBackRow
	for i := range notices {
		more, err := c.rows(a, o, &notices[i])
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	if len(rows) == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "所选通知书中没有可以回头看的问题：均已异议成立、豁免或者移出"}
	}
	head := reports.LookBackHead{Of: of, Bureau: notices[0].Bureau, Date: time.Now()}
	files, skipped, err := reports.WriteLookBack(a.ctx, c.Out, "回头看", head, rows)
	a.wrote(files)
	for _, s := range skipped {
		fmt.Fprintln(a.stderr, s)
	}
	if err != nil {
		return err
	}
	return a.grid(reports.LookBackGrid(rows), func(w io.Writer) error { return reports.JSONLines(w, rows) })
}

// notices gives the papers to look back at, and what they are called together.
func (c *reportLookbackCmd) notices(a *app, o *office) (out []govsweep.Notice, of string, err error) {
	for _, id := range c.Notice {
		n, err := o.db.Notice(a.ctx, id)
		if err != nil {
			return nil, "", err
		}
		out, of = append(out, *n), firstOf(n.Number, n.ID)
	}
	if len(out) > 0 {
		if len(out) > 1 {
			of = fmt.Sprintf("%d份通知书", len(out))
		}
		return out, of, nil
	}
	year := time.Now().In(govsweep.Shanghai).Year()
	for _, y := range []int{c.Year, year - 1, year} {
		if y == 0 || c.Year != 0 && y != c.Year {
			continue
		}
		all, err := o.db.Notices(a.ctx, storage.NoticeFilter{Year: y})
		if err != nil {
			return nil, "", err
		}
		for _, n := range all {
			if n.Parent == "" && n.State != govsweep.NoticeDraft && n.State != govsweep.NoticeWithdrawn {
				out = append(out, n)
			}
		}
		if len(out) > 0 {
			return out, fmt.Sprintf("%d年下发的整改通知", y), nil
		}
	}
	return nil, "", &govsweep.Error{Kind: govsweep.NotFound, Say: "没有可以回头看的通知书"}
}

// rows looks back at the items of one notice; what an objection overturned or
// a further paper took out was asked of nobody any more.
func (c *reportLookbackCmd) rows(a *app, o *office, n *govsweep.Notice) ([]reports.LookBackRow, error) {
	n, err := casework.Amended(a.ctx, o.db, n)
	if err != nil {
		return nil, err
	}
	kept := *n
	kept.Items = slices.DeleteFunc(slices.Clone(n.Items), func(it govsweep.NoticeItem) bool {
		return it.Status == govsweep.Rejected || it.Status == govsweep.Exempted || it.Status == govsweep.Confirmed
	})
	if len(kept.Items) == 0 {
		return nil, nil
	}
	items, looks, err := c.looks(a, o, &kept)
	if err != nil {
		return nil, err
	}
	var out []reports.LookBackRow
	for i, l := range rectify.LookBack(items, looks) {
		out = append(out, reports.LookBackRow{ID: l.ID, Source: l.Source, Unit: l.Unit, Site: l.Site, Place: l.Place, Indicator: l.Indicator, Text: l.Text,
			Then: kept.Items[i].Evidence, ThenAt: kept.Items[i].InspectedAt, Now: l.Why, Result: reports.LookBackResult(l.Word), By: l.By, At: l.At,
			Sweep: l.Sweep, Proof: l.Proof, Words: l.Proofs})
	}
	return out, nil
}

// looks gives the items of a notice and what was seen of them since: by the
// re-tests of the notice, by later inspections, and now where asked for.
func (c *reportLookbackCmd) looks(a *app, o *office, n *govsweep.Notice) ([]rectify.Item, []rectify.Look, error) {
	var items []rectify.Item
	var looks []rectify.Look
	var about []govsweep.Standing
	for i := range n.Items {
		it := &n.Items[i]
		item := rectify.Item{ID: fmt.Sprintf("%s-%d", n.ID, it.No), Source: firstOf(n.Number, n.ID), Unit: n.Host, Site: n.Target.Name,
			Place: placeOf(it), Indicator: it.BookID, Text: it.Summary, Keys: []string{it.Finding}}
		s, err := o.db.StandingOf(a.ctx, it.Finding)
		if err != nil {
			return nil, nil, err
		}
		about = append(about, *s)
		seen, err := looksAt(a, o, n, it, s)
		if err != nil {
			return nil, nil, err
		}
		if at := slices.IndexFunc(seen, func(l rectify.Look) bool { return l.Result == govsweep.RetestPassed }); at >= 0 {
			item.Mended = seen[at].At
		}
		items, looks = append(items, item), append(looks, seen...)
	}
	if !c.Retest {
		return items, looks, nil
	}
	r, err := a.lookAgain(o.db, n.Target.ID, about, crawlFlags{})
	if err != nil {
		return nil, nil, err
	}
	for i := range n.Items {
		if again, ok := r.results[n.Items[i].Fingerprint]; ok {
			looks = append(looks, lookOf(n.Items[i].Finding, &again))
		}
	}
	return items, looks, nil
}

func lookOf(key string, r *govsweep.Retest) rectify.Look {
	return rectify.Look{Key: key, Result: r.Result, At: r.At, Sweep: r.Sweep, Why: r.Why, Proof: r.Proof}
}

// looksAt gives every answer about one item since its notice was issued, the
// oldest first: what moved its finding, the last re-test, and a later sweep
// that saw it and moved nothing.
func looksAt(a *app, o *office, n *govsweep.Notice, it *govsweep.NoticeItem, s *govsweep.Standing) ([]rectify.Look, error) {
	history, err := o.db.Transitions(a.ctx, it.Finding)
	if err != nil {
		return nil, err
	}
	var out []rectify.Look
	last := n.Sweep
	for i := range history {
		h := &history[i]
		result, ok := map[govsweep.Event]govsweep.RetestWord{govsweep.Pass: govsweep.RetestPassed, govsweep.Gone: govsweep.RetestPassed,
			govsweep.Fail: govsweep.RetestFailed, govsweep.Return: govsweep.RetestFailed}[h.Event]
		if ok && !h.At.Before(n.Issued) {
			out = append(out, rectify.Look{Key: it.Finding, Result: result, At: h.At, Sweep: h.Sweep, Why: h.Reason, Proof: h.Proof})
			last = max(last, h.Sweep)
		}
	}
	if it.Retest != nil {
		out, last = append(out, lookOf(it.Finding, it.Retest)), max(last, it.Retest.Sweep)
	}
	if s.LastSweep <= last {
		return out, nil
	}
	seen, err := o.db.Sweep(a.ctx, s.LastSweep)
	if err != nil {
		return nil, err
	}
	return append(out, rectify.Look{Key: it.Finding, Result: govsweep.RetestFailed, At: seen.Started, Sweep: s.LastSweep,
		Why: fmt.Sprintf("%s的检查仍发现该问题。", govsweep.ChineseDate(seen.Started))}), nil
}

func placeOf(it *govsweep.NoticeItem) string {
	if it.Column != nil {
		return it.Column.Name + "　" + it.Column.URL
	}
	return it.URL
}
