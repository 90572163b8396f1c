package crawler

import (
	"context"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

// TimeWindow are the hours of a day in Asia/Shanghai in which requests may be
// sent, From included, To not. From after To spans midnight; equal means always.
type TimeWindow struct {
	From, To int
}

// Open says whether requests may be sent at t.
func (w *TimeWindow) Open(t time.Time) bool {
	if w == nil || w.From == w.To%24 {
		return true
	}
	h := t.In(govsweep.Shanghai).Hour()
	if w.From < w.To {
		return h >= w.From && h < w.To
	}
	return h >= w.From || h < w.To
}

// Next gives the next moment, from t on, at which requests may be sent.
func (w *TimeWindow) Next(t time.Time) time.Time {
	if w.Open(t) {
		return t
	}
	l := t.In(govsweep.Shanghai)
	next := time.Date(l.Year(), l.Month(), l.Day(), w.From, 0, 0, 0, govsweep.Shanghai)
	if !next.After(t) {
		next = next.AddDate(0, 0, 1)
	}
	return next
}

// String gives the window as a report prints it.
func (w *TimeWindow) String() string {
	if w == nil || w.From == w.To%24 {
		return "全天"
	}
	return fmt.Sprintf("每日%d时至%d时", w.From, w.To)
}

func (w *TimeWindow) wait(ctx context.Context, clock func() time.Time) error {
	for {
		now := clock()
		if w.Open(now) {
			return ctx.Err()
		}
		if err := pause(ctx, w.Next(now).Sub(now)); err != nil {
			return err
		}
	}
}

// pause waits for d or until ctx ends, whichever is first.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
