package schedule

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// TurnStore hands out turns over all processes.
type TurnStore interface {
	ReserveTurns(ctx context.Context, name string, n int, interval time.Duration) (time.Duration, error)
}

// Turns holds every host, and every platform whose servers many sites share,
// to its rate over all processes together. It is safe for many goroutines.
type Turns struct {
	Store    TurnStore
	Host     time.Duration            // between two requests to a host; 0 = no limit
	Platform time.Duration            // between two requests to all hosts of a platform; 0 = no limit
	Of       func(host string) string // the platform of a host, "" for none; nil: none
	Now      func() time.Time         // nil: the clock
	// Wait sleeps until the time comes or ctx ends; nil: by the clock.
	Wait func(ctx context.Context, until time.Time) error

	mu    sync.Mutex
	lines map[string]*line
}

// line is what this process has reserved of one name.
type line struct {
	mu    sync.Mutex
	next  time.Time // of the first turn left
	left  int
	batch int
	used  time.Time
}

// mostTurns bounds what one process reserves at once: it saves the database
// questions, and a process that stops wastes no more than that.
const mostTurns = 8

// mostLines bounds the names kept; forgotten ones begin anew.
const mostLines = 8192

// Turn waits until host may be asked once more: its own turn, then that of
// its platform.
func (t *Turns) Turn(ctx context.Context, host string) error {
	if err := t.wait(ctx, "host:"+host, t.Host); err != nil {
		return err
	}
	if t.Of == nil {
		return nil
	}
	if p := t.Of(host); p != "" {
		return t.wait(ctx, "platform:"+p, t.Platform)
	}
	return nil
}

func (t *Turns) wait(ctx context.Context, name string, interval time.Duration) error {
	if interval <= 0 {
		return ctx.Err()
	}
	at, err := t.line(name).take(ctx, t, name, interval)
	if err != nil {
		return fmt.Errorf("turn of %s: %w", name, err)
	}
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

func (t *Turns) line(name string) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := t.lines[name]; l != nil {
		return l
	}
	if t.lines == nil || len(t.lines) >= mostLines {
		t.lines = map[string]*line{}
	}
	l := &line{}
	t.lines[name] = l
	return l
}

// take gives the time of the next turn. One that has passed by more than an
// interval is given up, so that turns that were saved up never come as a
// burst. Who asks often reserves more at once.
func (l *line) take(ctx context.Context, t *Turns, name string, interval time.Duration) (time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := t.now()
	for l.left > 0 && now.Sub(l.next) > interval {
		l.left--
		l.next = l.next.Add(interval)
	}
	if l.left == 0 {
		if now.Sub(l.used) > 4*interval {
			l.batch = 0
		}
		l.batch = min(max(2*l.batch, 1), mostTurns)
		wait, err := t.Store.ReserveTurns(ctx, name, l.batch, interval)
		if err != nil {
			return time.Time{}, err
		}
		l.next, l.left = t.now().Add(wait), l.batch
	}
	at := l.next
	l.left--
	l.next = l.next.Add(interval)
	l.used = at
	return at, nil
}
