package casework

import (
	"context"
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
}

// Further writes, numbers and issues a paper that follows notice id, then
// takes the step that records it. What an earlier try left half done is taken
// up, so that nothing is written twice.
func (d *Desk) Further(ctx context.Context, id string, x Next) (parent, next *govsweep.Notice, err error) {
	parent, err = d.Store.Notice(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if err := d.possible(parent, x); err != nil {
		return nil, nil, err
	}
	next, err = d.unrecorded(ctx, parent, x.Kind)
	if err != nil {
		return nil, nil, err
	}
	if next == nil {
		if next, err = d.draftFurther(ctx, parent, x); err != nil {
			return nil, nil, err
		}
	}
	if next.State == govsweep.NoticeDraft {
		if next, err = d.Issue(ctx, next.ID, x.By, x.At); err != nil {
			return nil, nil, err
		}
	}
	parent, err = d.Step(ctx, id, x.Event, turnOf(x, next.ID))
	return parent, next, err
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
func (d *Desk) unrecorded(ctx context.Context, parent *govsweep.Notice, kind govsweep.NoticeKind) (*govsweep.Notice, error) {
	papers, err := d.Store.Following(ctx, parent.ID)
	if err != nil {
		return nil, err
	}
	for i := range papers {
		p := &papers[i]
		known := slices.ContainsFunc(parent.Steps, func(s govsweep.NoticeStep) bool { return s.Paper == p.ID })
		if p.Kind == kind && !known && p.State != govsweep.NoticeWithdrawn {
			return p, nil
		}
	}
	return nil, nil
}

func (d *Desk) draftFurther(ctx context.Context, parent *govsweep.Notice, x Next) (*govsweep.Notice, error) {
	f, err := reports.FormOf(parent)
	if err != nil {
		return nil, err
	}
	n, err := reports.Follow(parent, x.Further, f)
	if err != nil {
		return nil, err
	}
	return n, d.Store.DraftNotice(ctx, n)
}
