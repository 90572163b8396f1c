package schedule

import (
	"context"
	"fmt"
	"time"
)

// TurnStore hands out turns over all processes.
type TurnStore interface {
	// TakeTurn takes a turn of a name, and with it that of a group unless group
	// is "", when both are due. Else it is to be asked again after the wait.
	TakeTurn(ctx context.Context, name string, gap time.Duration, group string, groupGap time.Duration) (wait time.Duration, taken bool, err error)
}

// Turns holds every host, and every platform whose servers many sites share,
// to its rate over all processes together. It is safe for many goroutines.
type Turns struct {
	Store    TurnStore
	Platform time.Duration            // between two requests to all hosts of a platform; 0 = no limit
	Of       func(host string) string // the platform of a host, "" for none; nil: none
	Now      func() time.Time         // nil: the clock
	// Wait sleeps until the time comes or ctx ends; nil: by the clock.
	Wait func(ctx context.Context, until time.Time) error
}

// leastLate is what the way to the database may take at any rate.
const leastLate = 50 * time.Millisecond

// Turn waits until host may be asked once more, and its platform. A turn
// counts from when it is taken, which is right before the request: who wakes
// late from his wait finds that others went first, and puts off those behind.
//
// A turn whose taking itself took long, because the process was stopped or the
// machine is overloaded, may be old when we learn of it: it is given up for
// another one, else it would come as a burst with those of others. How long is
// doubled every time, so that an overloaded machine gets on, slowly: every turn
// given up counts as one that was used.
func (t *Turns) Turn(ctx context.Context, host string, gap time.Duration) error {
	if gap <= 0 {
		return ctx.Err()
	}
	platform := ""
	if t.Of != nil && t.Platform > 0 {
		if p := t.Of(host); p != "" {
			platform = "platform:" + p
		}
	}
	late := gap / 2
	if platform != "" {
		late = min(late, t.Platform/2)
	}
	for late = max(late, leastLate); ; {
		asked := t.now()
		wait, taken, err := t.Store.TakeTurn(ctx, "host:"+host, gap, platform, t.Platform)
		if err != nil {
			return fmt.Errorf("turn of %s: %w", host, err)
		}
		switch now := t.now(); {
		case !taken:
			if err := t.wait(ctx, now.Add(wait)); err != nil {
				return err
			}
		case now.Sub(asked) <= late:
			return nil
		default:
			late *= 2
		}
	}
}

func (t *Turns) wait(ctx context.Context, at time.Time) error {
	if t.Wait != nil {
		return t.Wait(ctx, at)
	}
	pause := time.NewTimer(time.Until(at))
	defer pause.Stop()
	select {
	case <-pause.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *Turns) now() time.Time {
	if t.Now != nil {
		return t.Now()
	}
	return time.Now()
}
