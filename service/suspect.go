package service

import (
	"context"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
)

// suspectEvery lies between two looks at the sweeps under way.
const suspectEvery = 5 * time.Minute

// suspect finds sweeps under way in which a control site failed, or most of
// at least ten sites could not be read. It is not ok when it could not look.
func (e *Eyes) suspect(ctx context.Context) (found []alarm.Observation, ok bool) {
	if now := e.Now(); !e.judged.IsZero() && now.Sub(e.judged) < suspectEvery && !now.Before(e.judged) {
		return e.suspects, true
	}
	open, err := e.Store.OpenScheduleRuns(ctx)
	if err != nil {
		return nil, false
	}
	e.judged, e.suspects = e.Now(), nil
	for _, r := range open {
		if r.Sweep == 0 {
			continue
		}
		o := alarm.Observation{Kind: govsweep.SweepSuspect, Subject: fmt.Sprintf("第%d次检查", r.Sweep)}
		if h, err := e.Store.SweepHealth(ctx, r.Sweep); err == nil {
			if o.State, o.Say = alarm.Fine, Suspicion(h); o.Say != "" {
				o.State = alarm.Bad
			}
		}
		e.suspects = append(e.suspects, o)
	}
	return e.suspects, true
}

// Suspicion says why a sweep under way is in doubt, a Chinese sentence; ""
// when it is not.
func Suspicion(h *govsweep.SweepHealth) string {
	for _, c := range h.Controls {
		if !c.OK {
			return fmt.Sprintf("第%d次检查期间对照网站%s不可访问，结果存疑，不据此下发整改通知。请检查本机网络。", h.Sweep, c.URL)
		}
	}
	if gone := h.Unreachable; h.Targets >= 10 && 2*gone > h.Targets {
		return fmt.Sprintf("第%d次检查已结束的%d个对象中有%d个未能读取任何网页，可能是本机网络或防护设备所致，结果存疑。请检查本机网络。", h.Sweep, h.Targets, gone)
	}
	return ""
}
