package service

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/schedule"
)

// tickGone is from when on the timetable counts as not looked at.
const tickGone = 5 * time.Minute

// Common looks at what concerns all machines. Of the whole kinds it saw every
// subject; what the database did not tell is not known to be fine.
func (e *Eyes) Common(ctx context.Context) (out []alarm.Observation, whole []govsweep.AlarmKind) {
	if e.Store == nil {
		return nil, nil
	}
	all, err := e.Store.Schedules(ctx)
	if err != nil {
		return nil, nil // the database is told elsewhere
	}
	beats, err := e.Store.Beats(ctx)
	if err != nil {
		return nil, nil
	}
	out = []alarm.Observation{{Kind: govsweep.SchedulerStopped, State: alarm.Fine}}
	tick := beats[schedule.TickBeat]
	for i := range all {
		s := &all[i]
		if s.Paused {
			continue
		}
		out = append(out, e.missed(ctx, s))
		since := tick
		if since.IsZero() {
			since = s.Since
		}
		if age := e.Now().Sub(since); !since.IsZero() && age > tickGone {
			out[0].State = alarm.Bad
			out[0].Say = fmt.Sprintf("时间表已有%s没有运行，已登记的%d项计划都不会执行。请检查 govsweep serve 和 work 是否在运行。", AgeWord(age), len(all))
		}
	}
	whole = append(whole, govsweep.SweepMissed)
	suspects, ok := e.suspect(ctx)
	if ok {
		whole = append(whole, govsweep.SweepSuspect)
	}
	return append(out, suspects...), whole
}

// missed says whether a due time of a schedule waits for its run.
func (e *Eyes) missed(ctx context.Context, s *govsweep.Schedule) alarm.Observation {
	o := alarm.Observation{Kind: govsweep.SweepMissed, Subject: s.Name}
	days, err := e.Days()
	if err != nil {
		return o
	}
	p := &schedule.Planner{Store: e.Store, Days: days, Now: e.Now, Log: slog.New(slog.DiscardHandler)}
	due, _, err := p.Due(ctx, s, e.Now())
	switch {
	case err != nil:
		return o
	case due.IsZero():
		o.State = alarm.Fine
	default:
		o.State = alarm.Bad
		o.Say = fmt.Sprintf("计划“%s”（%s）应于%s执行，到现在没有开始。请查看 govsweep schedule show %s 和日志。", s.Name, s.Kind.Word(),
			due.In(govsweep.Shanghai).Format("2006年1月2日15:04"), s.Name)
	}
	return o
}

// AgeWord writes an age in the largest unit that fits.
func AgeWord(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d分钟", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d小时", int(d.Hours()))
	}
	return fmt.Sprintf("%d天", int(d.Hours()/24))
}
