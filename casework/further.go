package casework

import (
	"context"
	"errors"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// A Next is a paper that follows an issued notice, and the step of that
// notice which records it.
type Next struct {
	reports.Further
	Event string // rectify.StepRemind, StepEscalate, StepAmend or StepWithdraw
	Only  bool   // an amendment is about the items named alone, not those of the same root cause
}

// Further writes, numbers and issues a paper that follows notice id, then
// takes the step that records it. What an earlier try left half done is taken
// up, so that nothing is written twice: a paper that went out is recorded and
// not sent again, an amendment of other items before this one; a draft that
// says something else is dropped.
func (d *Desk) Further(ctx context.Context, id string, x Next) (parent, next *govsweep.Notice, err error) {
	parent, err = d.Store.Notice(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if x, err = x.spread(parent); err != nil {
		return nil, nil, err
	}
	if err := d.possible(parent, x); err != nil {
		return nil, nil, err
	}
	papers, err := d.Store.Following(ctx, parent.ID)
	if err != nil {
		return nil, nil, err
	}
	left := unrecorded(parent, papers, x.Kind)
	wanted, err := follow(parent, papers, left, x)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case left != nil && (samePaper(left, wanted) || left.State != govsweep.NoticeDraft && x.Kind != govsweep.Amendment):
		next = left
	case left != nil:
		if err := d.clear(ctx, parent.ID, left, x.Event); err != nil {
			return nil, nil, err
		}
		return d.Further(ctx, id, x) // one paper fewer is left
	default:
		next = wanted
		if err := d.draftNext(ctx, parent, next); err != nil {
			return nil, nil, err
		}
	}
	if next.State == govsweep.NoticeDraft {
		draft := next
		if next, err = d.Issue(ctx, next.ID, x.By, x.At); err != nil {
			return nil, nil, errors.Join(err, d.dropped(ctx, draft, err))
		}
	}
	parent, err = d.Step(ctx, id, x.Event, turnOf(x, next.ID))
	return parent, next, err
}

// draftNext keeps the draft, unless somebody else took a step of the notice
// since it was read: what the paper says may be said already.
func (d *Desk) draftNext(ctx context.Context, parent, next *govsweep.Notice) error {
	if err := d.Store.DraftNotice(ctx, next); err != nil {
		return err
	}
	now, err := d.Store.Notice(ctx, parent.ID)
	if err != nil || len(now.Steps) == len(parent.Steps) {
		return err
	}
	if err := d.clear(ctx, parent.ID, next, ""); err != nil {
		return err
	}
	return &govsweep.Error{Kind: govsweep.Conflict, Say: "通知书" + parent.ID + "在此期间已有新的办理记录，本次未下发后续文书，请查看最新情况后再办理。"}
}

// dropped drops a draft that was refused its issue, so that none is left
// behind for nothing. One that somebody else issued meanwhile stays.
func (d *Desk) dropped(ctx context.Context, draft *govsweep.Notice, why error) error {
	if k := govsweep.KindOf(why); k != govsweep.Conflict && k != govsweep.Wrong {
		return nil
	}
	now, err := d.Store.Notice(ctx, draft.ID)
	if err != nil || now.State != govsweep.NoticeDraft {
		return err
	}
	return d.clear(ctx, draft.Parent, now, "")
}

// clear ends what an earlier try left of another paper: one that went out is
// recorded by its own step, a draft is dropped.
func (d *Desk) clear(ctx context.Context, parent string, left *govsweep.Notice, event string) error {
	if left.State == govsweep.NoticeDraft {
		_, err := d.Step(ctx, left.ID, rectify.StepWithdraw, rectify.Turn{At: d.Now(), By: left.DraftedBy, Reason: "另行拟稿。"})
		return err
	}
	t := rectify.Turn{At: left.Issued, By: left.IssuedBy, Reason: left.Reason, Paper: left.ID}
	for _, it := range left.Items {
		if event != rectify.StepAmend || it.TakenOut() { // taken out, not corrected
			t.Items = append(t.Items, it.No)
		}
	}
	_, err := d.Step(ctx, parent, event, t)
	return err
}

// samePaper says whether two further papers of one notice say the same.
func samePaper(a, b *govsweep.Notice) bool {
	return a.Kind == b.Kind && a.Reason == b.Reason && slices.EqualFunc(a.Items, b.Items, func(a, b govsweep.NoticeItem) bool {
		return a.No == b.No && a.Summary == b.Summary && a.TakenOut() == b.TakenOut()
	})
}

// possible tries the step before a paper is written: a paper without its
// step would stand in the register of papers for nothing.
func (d *Desk) possible(parent *govsweep.Notice, x Next) error {
	try := *parent
	try.Items, try.Steps = slices.Clone(parent.Items), slices.Clone(parent.Steps)
	_, err := rectify.StepNotice(&try, x.Event, turnOf(x, "N0"))
	return err
}

func turnOf(x Next, paper string) rectify.Turn {
	t := rectify.Turn{At: x.At, By: x.By, Reason: x.Reason, Items: x.Items, Paper: paper}
	if x.Event == rectify.StepAmend {
		t.Items = slices.DeleteFunc(slices.Clone(x.Items), func(no int) bool { _, kept := x.Corrected[no]; return kept })
	}
	return t
}

// unrecorded finds a paper of this kind that no step of the notice names yet.
func unrecorded(parent *govsweep.Notice, papers []govsweep.Notice, kind govsweep.NoticeKind) *govsweep.Notice {
	for i := range papers {
		p := &papers[i]
		known := slices.ContainsFunc(parent.Steps, func(s govsweep.NoticeStep) bool { return s.Paper == p.ID })
		if p.Kind == kind && !known && p.State != govsweep.NoticeWithdrawn {
			return p
		}
	}
	return nil
}

// follow words the paper after the notice as it stands; left, half done by an
// earlier try, does not count yet.
func follow(parent *govsweep.Notice, papers []govsweep.Notice, left *govsweep.Notice, x Next) (*govsweep.Notice, error) {
	f, err := reports.FormOf(parent)
	if err != nil {
		return nil, err
	}
	done := slices.DeleteFunc(slices.Clone(papers), func(p govsweep.Notice) bool { return left != nil && p.ID == left.ID })
	return reports.Follow(rectify.Amended(parent, done), x.Further, f)
}
