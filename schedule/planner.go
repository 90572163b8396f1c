package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// Store is what the planner keeps.
type Store interface {
	Schedules(ctx context.Context) ([]govsweep.Schedule, error)
	LastDue(ctx context.Context, schedule string, now time.Time) (time.Time, error)
	OpenScheduleRuns(ctx context.Context) ([]govsweep.ScheduleRun, error)
	AddScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, s *govsweep.Sweep, targets []govsweep.Target) (bool, error)
	// BeginScheduleRun is AddScheduleRun for a person, whom the audit log names.
	BeginScheduleRun(ctx context.Context, r *govsweep.ScheduleRun, s *govsweep.Sweep, targets []govsweep.Target) (bool, error)
	SaveScheduleRun(ctx context.Context, r *govsweep.ScheduleRun) error
	Beat(ctx context.Context, name string, at time.Time) error
}

// A Maker turns a due order into what is kept of it: a sweep over targets, in
// the order they are to be taken, or nil for work that makes none. With
// nothing to do it gives no targets and says why.
type Maker func(ctx context.Context, s *govsweep.Schedule, due time.Time) (*govsweep.Sweep, []govsweep.Target, string, error)

// A Planner turns due times into runs. Any number of planners may work on one
// database at the same time: a due time runs once.
type Planner struct {
	Store Store
	Make  Maker
	Days  *workday.Calendar
	Now   func() time.Time
	Log   *slog.Logger
	// Hold says why nothing may be begun now, "" when it may; nil is never.
	Hold func(ctx context.Context) string
}

// TickBeat is the name under which a planner says that it is at work.
const TickBeat = "tick"

// late is from when on a run says that it is later than planned.
const late = 10 * time.Minute

// Tick begins everything that is due. What fails is said and does not hold up
// the rest; it is tried again at the next tick.
func (p *Planner) Tick(ctx context.Context) error {
	now := p.Now()
	if p.Hold != nil {
		if why := p.Hold(ctx); why != "" {
			p.Log.WarnContext(ctx, "schedules held", "reason", why)
			return p.Store.Beat(ctx, TickBeat, now)
		}
	}
	all, err := p.Store.Schedules(ctx)
	if err != nil {
		return fmt.Errorf("schedules: %w", err)
	}
	open, err := p.Store.OpenScheduleRuns(ctx)
	if err != nil {
		return fmt.Errorf("runs under way: %w", err)
	}
	running := map[string]*govsweep.ScheduleRun{}
	for i := range open {
		running[open[i].Schedule] = &open[i]
	}
	var faults []error
	for i := range all {
		if err := p.one(ctx, &all[i], running[all[i].Name], now); err != nil {
			faults = append(faults, fmt.Errorf("schedule %s: %w", all[i].Name, err))
		}
	}
	return errors.Join(append(faults, p.Store.Beat(ctx, TickBeat, now))...)
}

func (p *Planner) one(ctx context.Context, s *govsweep.Schedule, under *govsweep.ScheduleRun, now time.Time) error {
	if s.Paused {
		return nil
	}
	due, missed, err := p.Due(ctx, s, now)
	if err != nil || due.IsZero() {
		return err
	}
	r := &govsweep.ScheduleRun{Schedule: s.Name, Due: due, State: govsweep.RunRunning, Missed: missed, Note: lateNote(due, now, missed), Started: now}
	if under != nil && s.Kind == govsweep.AvailabilitySchedule { // a day of visits is over when the next begins
		under.State, under.Ended = govsweep.RunDone, now
		if err := p.Store.SaveScheduleRun(ctx, under); err != nil {
			return err
		}
	} else if under != nil {
		return p.skip(ctx, r, fmt.Sprintf("%s开始的上一次尚未结束，本次跳过。", govsweep.ChineseMinute(under.Due)))
	}
	sweep, targets, why, err := p.Make(ctx, s, due)
	if err != nil {
		return err
	}
	if why != "" {
		return p.skip(ctx, r, why)
	}
	added, err := p.Store.AddScheduleRun(ctx, r, sweep, targets)
	if added {
		p.Log.InfoContext(ctx, "schedule begun", "schedule", s.Name, "due", due, "sweep", r.Sweep, "targets", len(targets), "missed", missed)
	}
	return err
}

// Due gives the due time of s that is to be run now, zero when there is none,
// and how many before it were missed. Outside its hours nothing is due yet.
func (p *Planner) Due(ctx context.Context, s *govsweep.Schedule, now time.Time) (due time.Time, missed int, err error) {
	t, hours, err := Read(s, p.Days)
	if err != nil {
		return due, 0, err
	}
	from, err := p.Store.LastDue(ctx, s.Name, now)
	if err != nil {
		return due, 0, err
	}
	if from.Before(s.Since) {
		from = s.Since
	}
	due, n := t.Due(from, now)
	if n == 0 || !hours.Open(now) {
		return time.Time{}, 0, nil
	}
	return due, n - 1, nil
}

// Begin begins a schedule now, whatever its time, also a paused one. While a run
// of it is under way, while work is held, and when there is nothing to do, it
// is a Conflict that says so.
func (p *Planner) Begin(ctx context.Context, s *govsweep.Schedule) error {
	conflict := func(why string) error { return &govsweep.Error{Kind: govsweep.Conflict, Say: why} }
	if s.Unread != "" {
		return conflict("计划“" + s.Name + "”：" + s.Unread + "，请重新登记。")
	}
	if p.Hold != nil {
		if why := p.Hold(ctx); why != "" {
			return conflict(why)
		}
	}
	open, err := p.Store.OpenScheduleRuns(ctx)
	if err != nil {
		return fmt.Errorf("runs under way: %w", err)
	}
	for i := range open {
		if open[i].Schedule == s.Name {
			return conflict("计划“" + s.Name + "”正在进行，请等它结束或先取消。")
		}
	}
	now := p.Now().Truncate(time.Millisecond)
	sweep, targets, why, err := p.Make(ctx, s, now)
	if err != nil {
		return err
	}
	if why != "" {
		return conflict(why)
	}
	r := &govsweep.ScheduleRun{Schedule: s.Name, Due: now, State: govsweep.RunRunning, Note: "由人员要求立即执行。", Started: now}
	added, err := p.Store.BeginScheduleRun(ctx, r, sweep, targets)
	if err == nil && !added {
		return conflict("计划“" + s.Name + "”刚刚已经开始。")
	}
	return err
}

func (p *Planner) skip(ctx context.Context, r *govsweep.ScheduleRun, why string) error {
	r.State, r.Ended = govsweep.RunSkipped, r.Started
	r.Note += why
	added, err := p.Store.AddScheduleRun(ctx, r, nil, nil)
	if added {
		p.Log.InfoContext(ctx, "schedule skipped", "schedule", r.Schedule, "due", r.Due, "reason", why)
	}
	return err
}

// lateNote says what a person should know of a run that was not on time.
func lateNote(due, now time.Time, missed int) string {
	if now.Sub(due) < late && missed == 0 {
		return ""
	}
	note := fmt.Sprintf("原定%s，实际%s开始。", govsweep.ChineseMinute(due), govsweep.ChineseMinute(now))
	if missed > 0 {
		note += fmt.Sprintf("此前错过%d次，合并为这一次补做。", missed)
	}
	return note
}
