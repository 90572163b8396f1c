package schedule

import (
	"context"
	"fmt"
	"time"
)

// TurnStore hands out turns over all processes.
type TurnStore interface {
	// TakeTurn takes the next turn of a name, and with it that of a group,
	// unless group is "", and gives how long until it comes. When it is not
	// taken it is to be asked again after the wait.
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

// mostLate is how often a turn that was slept through is taken again.
const mostLate = 3

// Turn waits until host may be asked once more, and its platform. A turn that
// is long past when we wake, because the process was stopped or the machine is
// overloaded, is given up for another one: it would come as a burst with
// those of others.
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
		late = t.Platform / 2
	}
	for n := 0; n < mostLate; {
		wait, taken, err := t.Store.TakeTurn(ctx, "host:"+host, gap, platform, t.Platform)
		if err != nil {
			return fmt.Errorf("turn of %s: %w", host, err)
		}
		at := t.now().Add(wait)
		if err := t.wait(ctx, at); err != nil {
			return err
		}
		if !taken {
			continue
		}
		if t.now().Sub(at) <= late {
			break
		}
		n++
	}
	return nil
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
