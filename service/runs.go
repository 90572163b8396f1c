package service

import (
	"context"
	"errors"
	"time"

	"github.com/govsweep/govsweep"
)

// Runs keeps the runs of schedules that are under way.
type Runs interface {
	OpenScheduleRuns(ctx context.Context) ([]govsweep.ScheduleRun, error)
	Schedule(ctx context.Context, name string) (*govsweep.Schedule, error)
	CancelScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, at time.Time) error
}

// CancelRuns cancels what is under way of a schedule with its sweep; with
// nothing under way, or no such schedule, it says so.
func CancelRuns(ctx context.Context, store Runs, name string) error {
	open, err := store.OpenScheduleRuns(ctx)
	if err != nil {
		return err
	}
	n := 0
	for i := range open {
		if open[i].Schedule != name {
			continue
		}
		n++
		err = errors.Join(err, store.CancelScheduleRun(ctx, &open[i], time.Now()))
	}
	if n == 0 && err == nil {
		if _, err := store.Schedule(ctx, name); err != nil {
			return err
		}
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "计划“" + name + "”没有正在进行的一次，可用 govsweep schedule show 查看"}
	}
	return err
}
