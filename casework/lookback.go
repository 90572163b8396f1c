package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// LookBackStore is what a look-back is gathered from.
type LookBackStore interface {
	Notice(ctx context.Context, idOrNumber string) (*govsweep.Notice, error)
	NoticesOf(ctx context.Context, year int, sweep int64) ([]govsweep.Notice, error)
	Following(ctx context.Context, id string) ([]govsweep.Notice, error)
	StandingOf(ctx context.Context, id string) (*govsweep.Standing, error)
	Transitions(ctx context.Context, id string) ([]govsweep.Transition, error)
	Sweep(ctx context.Context, id int64) (*govsweep.Sweep, error)
}

// LookBack gathers how the items of earlier notices stand now.
type LookBack struct {
	Store LookBackStore
	Look  Looker // nil: nothing is looked at again
	Now   func() time.Time
}

// Notices gives the papers to look back at, and what they are called together:
// those named by ID or number, else those issued in a year; with year 0 those
// of the last year, and of this one where that had none.
func (g *LookBack) Notices(ctx context.Context, named []string, year int) (out []govsweep.Notice, of string, err error) {
	for _, id := range named {
		n, err := g.Store.Notice(ctx, id)
		if err != nil {
			return nil, "", err
		}
		out, of = append(out, *n), cmp.Or(n.Number, n.ID)
	}
	if len(out) > 0 {
		if len(out) > 1 {
			of = fmt.Sprintf("%d份通知书", len(out))
		}
		return out, of, nil
	}
	now := g.Now().In(govsweep.Shanghai).Year()
	for _, y := range []int{year, now - 1, now} {
		if y == 0 || year != 0 && y != year {
			continue
		}
		all, err := g.Store.NoticesOf(ctx, y, 0)
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

// Rows looks back at the items of one notice; what an objection overturned or
// a further paper took out was asked of nobody any more.
func (g *LookBack) Rows(ctx context.Context, n *govsweep.Notice) ([]reports.LookBackRow, error) {
	n, err := Amended(ctx, g.Store, n)
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
	items, looks, err := g.looks(ctx, &kept)
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
func (g *LookBack) looks(ctx context.Context, n *govsweep.Notice) ([]rectify.Item, []rectify.Look, error) {
	var items []rectify.Item
	var looks []rectify.Look
	var about []govsweep.Standing
	for i := range n.Items {
		it := &n.Items[i]
		item := rectify.Item{ID: fmt.Sprintf("%s-%d", n.ID, it.No), Source: cmp.Or(n.Number, n.ID), Unit: n.Host, Site: n.Target.Name,
			Place: placeOf(it), Indicator: it.BookID, Text: it.Summary, Keys: []string{it.Finding}}
		s, err := g.Store.StandingOf(ctx, it.Finding)
		if err != nil {
			return nil, nil, err
		}
		about = append(about, *s)
		seen, err := g.looksAt(ctx, n, it, s)
		if err != nil {
			return nil, nil, err
		}
		if at := slices.IndexFunc(seen, func(l rectify.Look) bool { return l.Result == govsweep.RetestPassed }); at >= 0 {
			item.Mended = seen[at].At
		}
		items, looks = append(items, item), append(looks, seen...)
	}
	if g.Look == nil {
		return items, looks, nil
	}
	_, seen, err := g.Look(ctx, n.Target.ID, about)
	if err != nil {
		return nil, nil, err
	}
	for i := range n.Items {
		if again, ok := seen[n.Items[i].Fingerprint]; ok {
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
func (g *LookBack) looksAt(ctx context.Context, n *govsweep.Notice, it *govsweep.NoticeItem, s *govsweep.Standing) ([]rectify.Look, error) {
	history, err := g.Store.Transitions(ctx, it.Finding)
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
	seen, err := g.Store.Sweep(ctx, s.LastSweep)
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
