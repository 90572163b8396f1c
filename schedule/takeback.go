package schedule

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// mostTaken bounds how many jobs of processes that died are taken back at once;
// the next tick takes more.
const mostTaken = 1000

// takeBack puts the jobs back that processes had which have died for certain.
// The library takes them for lost after rescueAfter alone. A piece that were
// worked on twice by a mistake would do no harm: its leases are fenced.
func (e *Engine) takeBack(ctx context.Context, jobs riverdriver.Executor) error {
	if e.Gone == nil {
		return nil
	}
	now := time.Now().UTC()
	running, err := jobs.JobGetStuck(ctx, &riverdriver.JobGetStuckParams{Max: mostTaken, StuckHorizon: now})
	if err != nil {
		return fmt.Errorf("jobs under way: %w", err)
	}
	p := &riverdriver.JobRescueManyParams{StuckHorizon: now}
	for _, job := range running {
		by := len(job.AttemptedBy) - 1
		if by < 0 || !e.Gone(job.AttemptedBy[by]) {
			continue
		}
		why, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: max(job.Attempt, 0), Error: "its process has ended"})
		if err != nil {
			return fmt.Errorf("take a job back: %w", err)
		}
		state, final := rivertype.JobStateAvailable, (*time.Time)(nil)
		if job.Kind == (tickArgs{}).Kind() { // there is a new one by now
			state, final = rivertype.JobStateDiscarded, &now
		}
		p.ID, p.Error = append(p.ID, job.ID), append(p.Error, why)
		p.FinalizedAt, p.ScheduledAt, p.State = append(p.FinalizedAt, final), append(p.ScheduledAt, now), append(p.State, string(state))
	}
	if len(p.ID) == 0 {
		return nil
	}
	if _, err := jobs.JobRescueMany(ctx, p); err != nil {
		return fmt.Errorf("take jobs back: %w", err)
	}
	e.Planner.Log.InfoContext(ctx, "taken back from processes that have ended", "jobs", len(p.ID))
	return nil
}
