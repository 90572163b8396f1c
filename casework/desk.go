// Package casework is the desk of an inspector: it carries findings and
// notices through their life. What may happen next rectify says, what a paper
// says reports says, where it is kept storage says; here the three meet, so
// that commands, schedules and pages do the same. It also gathers what the
// papers over many sites are made of: Circular, LookBack, Annex, Statistics.
package casework

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/workday"
)

// Findings keeps where findings stand and their histories.
type Findings interface {
	StandingOf(ctx context.Context, id string) (*govsweep.Standing, error)
	Standings(ctx context.Context, target govsweep.TargetID) ([]govsweep.Standing, error)
	Transitions(ctx context.Context, id string) ([]govsweep.Transition, error)
	Move(ctx context.Context, moves []govsweep.Transition) error
	SaveExemption(ctx context.Context, e *govsweep.Exemption) error
}

// Notices keeps the papers. Every change is compared with what the caller
// had seen: of two at once one is a Conflict and may be made again.
type Notices interface {
	DraftNotice(ctx context.Context, n *govsweep.Notice) error
	Notice(ctx context.Context, idOrNumber string) (*govsweep.Notice, error)
	SaveNotice(ctx context.Context, n *govsweep.Notice, steps int, moves []govsweep.Transition) error
	IssueNotice(ctx context.Context, n *govsweep.Notice, number func(serial int) string, moves []govsweep.Transition) error
	// Following lists the papers that follow a notice, Naming those that name a finding.
	Following(ctx context.Context, id string) ([]govsweep.Notice, error)
	Naming(ctx context.Context, target govsweep.TargetID, fingerprint string) ([]govsweep.Notice, error)
}

// Store is everything the desk keeps.
type Store interface {
	Findings
	Notices
}

// Desk does the work. Its fields are set once and then only read.
type Desk struct {
	Store    Store
	Calendar *workday.Calendar
	Now      func() time.Time
}

// tries is how often a change that lost against another is made again.
const tries = 4

// again repeats fn while it loses against somebody else's change. A conflict
// of rules, which no repetition mends, ends the same way after the tries.
func again(fn func() error) error {
	var err error
	for range tries {
		if err = fn(); govsweep.KindOf(err) != govsweep.Conflict {
			return err
		}
	}
	return err
}

// Decide keeps a person's decision about every finding named, all or none of
// them, and gives the lines it added. A veto's first confirmation is an
// endorsement: its line says so.
func (d *Desk) Decide(ctx context.Context, ids []string, decision rectify.Decision) (moves []govsweep.Transition, err error) {
	err = again(func() error {
		moves = moves[:0]
		seen := map[string]bool{}
		for _, id := range ids {
			s, err := d.Store.StandingOf(ctx, id)
			if err != nil {
				return err
			}
			if seen[s.ID] {
				continue
			}
			seen[s.ID] = true
			m, err := rectify.Decide(*s, decision)
			if err != nil {
				return err
			}
			moves = append(moves, m)
		}
		return d.Store.Move(ctx, moves)
	})
	return moves, err
}

// Undo takes back the last decision a person made about every finding named.
func (d *Desk) Undo(ctx context.Context, ids []string, by, reason string) (moves []govsweep.Transition, err error) {
	err = again(func() error {
		moves = moves[:0]
		for _, id := range ids {
			history, err := d.Store.Transitions(ctx, id)
			if err != nil {
				return err
			}
			m, err := rectify.Undo(history, by, reason, d.Now())
			if err != nil {
				return err
			}
			moves = append(moves, m)
		}
		return d.Store.Move(ctx, moves)
	})
	return moves, err
}
