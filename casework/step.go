package casework

import (
	"context"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// Issue numbers a drafted paper, dates it and moves its findings. by signs.
// A paper that follows another is issued the same way and moves nothing.
func (d *Desk) Issue(ctx context.Context, id, by string, at time.Time) (n *govsweep.Notice, err error) {
	err = again(func() error {
		if n, err = d.Store.Notice(ctx, id); err != nil {
			return err
		}
		f, err := reports.FormOf(n)
		if err != nil {
			return err
		}
		standings, err := d.Store.Standings(ctx, n.Target.ID)
		if err != nil {
			return err
		}
		if err := reports.Issue(n, f, d.Calendar, at, by); err != nil {
			return err
		}
		step, err := rectify.StepNotice(n, rectify.StepIssue, rectify.Turn{At: at, By: by})
		if err != nil {
			return err
		}
		moves, err := rectify.Follow(n, step, standings)
		if err != nil {
			return err
		}
		number := func(serial int) string { return f.Number(n.Kind, n.Year, serial) }
		return d.Store.IssueNotice(ctx, n, number, moves)
	})
	return n, err
}

// Step takes one step in the life of an issued notice and moves its findings
// in the same transaction.
func (d *Desk) Step(ctx context.Context, id, event string, t rectify.Turn) (n *govsweep.Notice, err error) {
	err = again(func() error {
		n, err = d.step(ctx, id, event, t)
		return err
	})
	return n, err
}

func (d *Desk) step(ctx context.Context, id, event string, t rectify.Turn) (*govsweep.Notice, error) {
	n, err := d.Store.Notice(ctx, id)
	if err != nil {
		return nil, err
	}
	standings, err := d.Store.Standings(ctx, n.Target.ID)
	if err != nil {
		return nil, err
	}
	rectify.Sync(n, standings)
	if t.Paper != "" && slices.ContainsFunc(n.Steps, func(s govsweep.NoticeStep) bool { return s.Paper == t.Paper && s.Event == event }) {
		return n, nil // somebody else recorded this paper meanwhile
	}
	seen := len(n.Steps)
	step, err := rectify.StepNotice(n, event, t)
	if err != nil {
		return nil, err
	}
	moves, err := rectify.Follow(n, step, standings)
	if err != nil {
		return nil, err
	}
	return n, d.Store.SaveNotice(ctx, n, seen, moves)
}

// Close ends a notice whose items are all settled. A closed one stays as it is.
func (d *Desk) Close(ctx context.Context, id, by, reason string) (*govsweep.Notice, error) {
	n, err := d.Store.Notice(ctx, id)
	if err != nil || n.State == govsweep.NoticeClosed {
		return n, err
	}
	return d.Step(ctx, id, rectify.StepClose, rectify.Turn{At: d.Now(), By: by, Reason: reason})
}
