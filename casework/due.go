package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// Done is one thing that was due for a notice, and what was made of it.
type Done struct {
	Notice *govsweep.Notice
	Action rectify.Action
	Paper  *govsweep.Notice // the 催办通知 or 督办单 it made; nil for none
	Err    error            // why it could not be done; it stays due
}

// mostActions bounds what one look at one notice may do; the ladder has fewer rungs.
const mostActions = 12

// Due does what is due for a notice today: re-tests at the answer and at the
// deadline, reminders, calling overdue, the supervision order and naming in
// the circular. Asked again it does nothing twice; what fails stays due and does
// not hold up the rest that does not rest on it. look may be nil: then
// re-tests stay due and nothing that waits for one is done.
func (d *Desk) Due(ctx context.Context, id string, look Looker) ([]Done, error) {
	var out []Done
	failed := map[string]bool{}
	for range mostActions {
		n, actions, err := d.Pending(ctx, id)
		if err != nil {
			return out, err
		}
		actions = slices.DeleteFunc(actions, func(a rectify.Action) bool { return failed[a.Event] })
		if len(actions) == 0 {
			break
		}
		done := d.act(ctx, n, actions[0], look)
		out = append(out, done)
		if failed[actions[0].Event] = done.Err != nil; done.Err != nil && ctx.Err() != nil {
			break
		}
	}
	return out, ctx.Err()
}

// Pending says what is due for a notice, the first thing first.
func (d *Desk) Pending(ctx context.Context, id string) (*govsweep.Notice, []rectify.Action, error) {
	n, err := d.Store.Notice(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	f, err := reports.FormOf(n)
	if err != nil {
		return nil, nil, err
	}
	standings, err := d.Store.Standings(ctx, n.Target.ID)
	if err != nil {
		return nil, nil, err
	}
	rectify.Sync(n, standings)
	return n, rectify.Due(n, LadderOf(f), d.Calendar, d.Now()), nil
}

// LadderOf is the ladder of a bureau's form, as the form says it.
func LadderOf(f *reports.Form) rectify.Ladder {
	l := f.Ladder
	return rectify.Ladder{RemindBefore: l.Remind, OverdueAfter: l.Grace, EscalateAfter: l.Escalate, NameAfterReminders: l.NameAfter}
}

func (d *Desk) act(ctx context.Context, n *govsweep.Notice, a rectify.Action, look Looker) Done {
	done := Done{Notice: n, Action: a}
	var after *govsweep.Notice
	switch a.Event {
	case rectify.StepRetest:
		if look == nil {
			done.Err = &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("通知书%s须先复查：%s", n.ID, a.Why)}
			return done
		}
		after, done.Err = d.Retest(ctx, n.ID, a.Items, "", look)
	case rectify.StepRemind:
		after, done.Paper, done.Err = d.Further(ctx, n.ID, d.rung(n, govsweep.Urge, a))
	case rectify.StepEscalate:
		after, done.Paper, done.Err = d.Further(ctx, n.ID, d.rung(n, govsweep.SupervisionOrder, a))
	default:
		after, done.Err = d.Step(ctx, n.ID, a.Event, rectify.Turn{At: d.Now(), Reason: a.Why, Items: a.Items})
	}
	if after != nil {
		done.Notice = after
	}
	return done
}

// rung is the paper of one rung of the ladder, in the name of who issued the
// notice: that person stands for its consequences.
func (d *Desk) rung(n *govsweep.Notice, kind govsweep.NoticeKind, a rectify.Action) Next {
	return Next{Event: a.Event, Further: reports.Further{Kind: kind, Reason: a.Why, Items: a.Items, By: n.IssuedBy, At: d.Now()}}
}
