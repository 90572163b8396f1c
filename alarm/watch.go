package alarm

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// A Look looks at conditions now and then.
type Look struct {
	Every time.Duration // at most this often; in between what it showed holds
	Run   func(ctx context.Context) []Observation

	last time.Time
	seen []Observation
}

// A Watcher watches over a machine, and with others over what all machines
// share. Either Run or Step uses it; its fields are set once.
type Watcher struct {
	Host   string // this machine
	Sender string // this process
	Local  Book   // of this machine
	Shared Book   // of all machines
	Looks  []*Look
	// Common looks at what concerns all machines, while the database is there.
	// Of the whole kinds it saw every subject; those it could not look at are
	// left out. May be nil.
	Common   func(ctx context.Context) (obs []Observation, whole []govsweep.AlarmKind)
	Channels map[string]Channel
	Policy   Policy
	Now      func() time.Time
	Log      *slog.Logger

	mirrored time.Time // of the looking goroutine

	mu   sync.Mutex // between looking and sending
	seen []Observation
	gone bool // the database

	probes map[string]*Look // of the sending goroutine, as is what follows
	sent   map[string]bool  // taken by a channel, not yet kept as sent
}

// Every is how often a process that runs looks.
const Every = 30 * time.Second

// Run watches until ctx ends. What is sent does not hold up the looks.
func (w *Watcher) Run(ctx context.Context) {
	var sending sync.WaitGroup
	defer sending.Wait()
	due := make(chan struct{}, 1)
	defer close(due)
	sending.Go(func() {
		for range due {
			w.warn(ctx, w.deliver(ctx))
		}
	})
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		w.warn(ctx, w.look(ctx))
		select {
		case due <- struct{}{}:
		default: // the last go is not through
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (w *Watcher) warn(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		w.Log.WarnContext(ctx, "alarms not kept", "error", err)
	}
}

// Step looks once, keeps what that changes and sends what waits.
func (w *Watcher) Step(ctx context.Context) error {
	return errors.Join(w.look(ctx), w.deliver(ctx))
}

// look looks once and keeps what that changes.
func (w *Watcher) look(ctx context.Context) error {
	var local, common []Observation
	for _, l := range w.Looks {
		local = append(local, l.at(ctx, w.Now())...)
	}
	var whole []govsweep.AlarmKind
	gone := slices.ContainsFunc(local, func(o Observation) bool { return o.Kind == govsweep.DatabaseGone && o.State == Bad })
	if !gone && w.Common != nil {
		brief, stop := context.WithTimeout(ctx, keepTime)
		common, whole = w.Common(brief)
		stop()
	}
	all := slices.Concat(local, common)
	explain(all)
	w.mu.Lock()
	w.seen, w.gone = all, gone
	w.mu.Unlock()
	err := w.note(ctx, w.Local, w.Host, all[:len(local)], nil)
	if gone || w.Shared == nil {
		return err
	}
	return errors.Join(err, w.note(ctx, w.shared(), "", all[len(local):], whole), w.mirror(ctx))
}

// A briefBook is a book that is given up when it does not answer: a database
// that hangs must not keep this machine from looking at itself.
type briefBook struct{ Book }

// UpdateAlarms changes the book, or not when it takes too long.
func (b briefBook) UpdateAlarms(ctx context.Context, name string, change func(*govsweep.AlarmBook) bool) error {
	ctx, stop := context.WithTimeout(ctx, keepTime)
	defer stop()
	return b.Book.UpdateAlarms(ctx, name, change)
}

// shared is the book of all machines; nil when there is none.
func (w *Watcher) shared() Book {
	if w.Shared == nil {
		return nil
	}
	return briefBook{w.Shared}
}

func (l *Look) at(ctx context.Context, now time.Time) []Observation {
	if l.last.IsZero() || now.Sub(l.last) >= l.Every || now.Before(l.last) {
		l.last, l.seen = now, l.Run(ctx)
	}
	return slices.Clone(l.seen)
}

func (w *Watcher) note(ctx context.Context, b Book, name string, obs []Observation, whole []govsweep.AlarmKind) error {
	return b.UpdateAlarms(ctx, name, func(book *govsweep.AlarmBook) bool {
		before := len(book.Outbox)
		changed := Note(book, obs, whole, w.Policy, w.Now())
		for _, m := range book.Outbox[before:] {
			w.Log.WarnContext(ctx, "alarm", "key", m.Key, "change", m.Change, "channel", m.Channel)
		}
		return changed
	})
}

// mirror copies the alarms of this machine into the database now and then, so
// that other machines can show them.
func (w *Watcher) mirror(ctx context.Context) error {
	now := w.Now()
	if !w.mirrored.IsZero() && now.Sub(w.mirrored) < time.Minute && !now.Before(w.mirrored) {
		return nil
	}
	w.mirrored = now
	var alarms []govsweep.Alarm
	if err := w.Local.UpdateAlarms(ctx, w.Host, func(b *govsweep.AlarmBook) bool {
		alarms = slices.Clone(b.Alarms)
		return false
	}); err != nil {
		return err
	}
	return w.shared().UpdateAlarms(ctx, w.Host, func(b *govsweep.AlarmBook) bool {
		if same(b.Alarms, alarms) && now.Sub(b.Saved) < time.Hour {
			return false
		}
		b.Alarms, b.Saved = alarms, now
		return true
	})
}

// same compares alarms as they are kept.
func same(a, b []govsweep.Alarm) bool {
	return slices.EqualFunc(a, b, func(a, b govsweep.Alarm) bool {
		return a.Key == b.Key && a.Say == b.Say && a.Bad.Equal(b.Bad) && a.Good.Equal(b.Good) && a.Raised.Equal(b.Raised) && a.Told.Equal(b.Told) && a.Cleared.Equal(b.Cleared)
	})
}
