package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// A Looker looks again at the places of findings of one site and says of
// each, by fingerprint, what it saw; sweep is the number of that re-test.
type Looker func(ctx context.Context, site govsweep.TargetID, about []govsweep.Standing) (sweep int64, seen map[string]govsweep.Retest, err error)

// Retest looks again at items of a notice and records what was seen; no items
// means all that are open. by is empty when nobody asked for it. A notice
// whose items are all settled by it is closed at once: the proof is fresh.
func (d *Desk) Retest(ctx context.Context, id string, items []int, by string, look Looker) (*govsweep.Notice, error) {
	n, err := d.Store.Notice(ctx, id)
	if err != nil {
		return nil, err
	}
	about, err := d.about(ctx, n, items)
	if err != nil {
		return nil, err
	}
	sweep, seen, err := look(ctx, n.Target.ID, about)
	if err != nil {
		return nil, err
	}
	t := rectify.Turn{At: d.Now(), By: by, Sweep: sweep, Retests: map[int]govsweep.Retest{}}
	for _, it := range n.Items {
		if r, ok := seen[it.Fingerprint]; ok {
			t.Retests[it.No] = r
		}
	}
	if n, err = d.Step(ctx, id, rectify.StepRetest, t); err != nil {
		return nil, err
	}
	if len(rectify.Open(n)) > 0 {
		return n, nil
	}
	return d.Close(ctx, id, "", "各项问题均已复查，予以销号。")
}

// about gives the findings of the items that are to be looked at.
func (d *Desk) about(ctx context.Context, n *govsweep.Notice, items []int) ([]govsweep.Standing, error) {
	if n.State == govsweep.NoticeDraft || n.State == govsweep.NoticeClosed || n.State == govsweep.NoticeWithdrawn {
		return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("通知书%s目前为“%s”，不需要复查。", n.ID, rectify.StateWord(n.State))}
	}
	open := rectify.Open(n)
	if len(items) == 0 {
		items = open
	}
	standings, err := d.Store.Standings(ctx, n.Target.ID)
	if err != nil {
		return nil, err
	}
	var about []govsweep.Standing
	for _, no := range items {
		i := slices.IndexFunc(n.Items, func(it govsweep.NoticeItem) bool { return it.No == no })
		if i < 0 {
			return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("通知书%s没有第%d项问题，共%d项。", n.ID, no, len(n.Items))}
		}
		if !slices.Contains(open, no) {
			continue
		}
		for _, s := range standings {
			if s.Fingerprint == n.Items[i].Fingerprint {
				about = append(about, s)
			}
		}
	}
	if len(about) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: "通知书" + n.ID + "没有需要复查的问题。"}
	}
	return about, nil
}
