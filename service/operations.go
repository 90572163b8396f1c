package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/web"
)

// Operations is what runs by itself, for the pages.
type Operations struct{ *State }

var _ web.Operations = Operations{}

// Schedules gives all schedules with where they stand.
func (o Operations) Schedules(ctx context.Context) ([]web.Schedule, error) {
	all, err := o.Store.Schedules(ctx)
	if err != nil {
		return nil, err
	}
	done, err := o.Store.LastDone(ctx)
	open, err2 := o.Store.OpenScheduleRuns(ctx)
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	out := make([]web.Schedule, len(all))
	for i := range all {
		w := &out[i]
		w.Schedule = all[i]
		if w.Next, err = o.next(&w.Schedule); err != nil {
			w.Fault = govsweep.SayOf(err) // of this one alone
		}
		last, err := o.Store.ScheduleRuns(ctx, w.Name, 1)
		if err != nil {
			return nil, err
		}
		if len(last) > 0 {
			w.Last = &last[0]
		}
		for j := range done {
			if done[j].Schedule == w.Name {
				w.Success = done[j].Ended
			}
		}
		for j := range open {
			if open[j].Schedule == w.Name {
				w.Running = &open[j]
			}
		}
	}
	return out, nil
}

// Runs gives the last runs of a schedule.
func (o Operations) Runs(ctx context.Context, name string, most int) ([]govsweep.ScheduleRun, error) {
	return o.Store.ScheduleRuns(ctx, name, most)
}

// Alarms gives the alarms that stand.
func (o Operations) Alarms(ctx context.Context) ([]govsweep.Alarm, error) {
	ctx, stop := context.WithTimeout(ctx, alarmsTime)
	defer stop()
	return o.Store.Alarms(ctx)
}

// alarmsTime is how long the book of alarms may take: a page that shows that
// the database hangs is not to hang itself.
const alarmsTime = 5 * time.Second

// Health says how this process is.
func (o Operations) Health(ctx context.Context) (web.Health, error) {
	h := web.Health{Database: o.Database, Busy: o.Engine.Busy(), Failures: o.Engine.Failures(), Slots: o.Slots, Version: o.Version}
	if n, known := schedule.DiskFree(o.Data); known {
		h.DiskFree = n
	}
	h.Held = o.Load.Why(ctx)
	beats, err := o.Store.Beats(ctx)
	if err != nil && h.Held == "" {
		return h, err
	}
	h.Tick = beats[schedule.TickBeat]
	h.OK, h.Say = true, "正常"
	switch late := time.Since(h.Tick); {
	case h.Held != "": // whether or not the database answers
		h.OK, h.Say = false, h.Held
	case h.Tick.IsZero():
		h.OK, h.Say = false, "时间表还没有运行。"
	case late > tickLate:
		h.OK, h.Say = false, fmt.Sprintf("时间表已有%.0f分钟没有运行，到期的计划没有开始，请检查 govsweep serve。", late.Minutes())
	}
	return h, nil
}

// Command pauses, resumes, begins or cancels, in the name of whoever ctx names.
func (o Operations) Command(ctx context.Context, name, what string) error {
	s, err := o.Store.Schedule(ctx, name)
	if err != nil {
		return err
	}
	switch what {
	case "pause":
		s.Paused, s.Note = true, "由"+govsweep.ActorOf(ctx).Name+"在页面上暂停"
		return o.Store.SetPaused(ctx, s)
	case "resume":
		s.Paused, s.Note, s.Since = false, "", time.Now().Truncate(time.Millisecond)
		return o.Store.SetPaused(ctx, s)
	case "run":
		return o.Engine.Planner.Begin(ctx, s)
	case "cancel":
		return CancelRuns(ctx, o.Store, name)
	}
	return &govsweep.Error{Kind: govsweep.NotFound, Say: "没有这项操作。"}
}

// next gives when a schedule runs next.
func (s *State) next(o *govsweep.Schedule) (time.Time, error) {
	days, err := s.Days()
	if err != nil {
		return time.Time{}, err
	}
	return schedule.NextRun(o, days, time.Now())
}
