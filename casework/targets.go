package casework

import (
	"context"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// Judge judges a target of a sweep again, with what persons decided since;
// nil when the sweep was judged by another rulebook.
type Judge func(ctx context.Context, s *govsweep.Sweep, target govsweep.TargetID) (*govsweep.Verdict, error)

// Inspected keeps what sweeps found, and what became of it. Sweeps gives the
// newest first.
type Inspected interface {
	Healths
	Sweeps(ctx context.Context) ([]govsweep.Sweep, error)
	SweepTargets(ctx context.Context, sweep int64) ([]govsweep.SweepTarget, error)
	Inspection(ctx context.Context, of govsweep.Run) (*govsweep.Inspection, error)
	Transitions(ctx context.Context, id string) ([]govsweep.Transition, error)
}

// standing gives the targets of sweeps as they stand now.
type standing struct {
	store Inspected
	judge Judge
	sites map[govsweep.TargetID]govsweep.Site // their rows of the register, where known
}

// targets gives the targets of one sweep as they stand after what persons
// decided since.
func (o *standing) targets(ctx context.Context, s *govsweep.Sweep) ([]reports.CircularTarget, error) {
	rows, err := o.store.SweepTargets(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	out := make([]reports.CircularTarget, 0, len(rows))
	for _, row := range rows {
		t := reports.CircularTarget{Site: o.sites[row.Target.ID], Sweep: s.ID, State: row.State, Note: row.Note}
		if t.Site.ID == "" {
			t.Site = govsweep.Site{ID: row.Target.ID, Code: row.Target.Code, Name: row.Target.Name, URL: row.Target.URL}
		}
		if row.State == govsweep.SweepDone {
			if err := o.judged(ctx, &t, s); err != nil {
				return nil, fmt.Errorf("circular, target %s: %w", row.Target.ID, err)
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// judged fills verdict, coverage and findings of a target.
func (o *standing) judged(ctx context.Context, t *reports.CircularTarget, s *govsweep.Sweep) error {
	in, err := o.store.Inspection(ctx, govsweep.Run{Sweep: s.ID, Target: t.Site.ID})
	if err != nil {
		return err
	}
	t.Coverage, t.Columns = &in.Coverage, reports.CountColumns(in.Columns)
	verdict, err := o.judge(ctx, s, t.Site.ID)
	if err != nil {
		return err
	}
	t.Verdict = verdict
	if verdict == nil {
		t.Verdict = &in.Verdict
	}
	for _, g := range rectify.Groups(in.Findings) {
		for i := range g.Members {
			f := reports.CircularFinding{Finding: g.Members[i], Cause: g.Key}
			if f.Confirmed, err = o.confirmed(ctx, &g.Members[i]); err != nil {
				return err
			}
			t.Findings = append(t.Findings, f)
		}
	}
	return nil
}

// confirmed says whether a person has confirmed a finding at some time. Only
// of those that are fixed or came back the status does not tell.
func (o *standing) confirmed(ctx context.Context, f *govsweep.Finding) (bool, error) {
	switch f.Status {
	case govsweep.Confirmed, govsweep.Noticed, govsweep.Answered, govsweep.Disputed:
		return true, nil
	case govsweep.Fixed, govsweep.Reopened:
	default:
		return false, nil
	}
	history, err := o.store.Transitions(ctx, f.ID)
	stands := false
	for _, t := range history {
		switch t.To {
		case govsweep.Confirmed:
			stands = true
		case govsweep.Proposed, govsweep.Rejected:
			stands = false // taken back, or found untrue
		}
	}
	return stands, err
}
