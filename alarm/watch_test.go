package alarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/govsweep/govsweep"
)

// shelf is a shared book. When lost is set a change is made and not kept.
type shelf struct {
	mu   sync.Mutex
	raw  []byte
	lost error
}

func (s *shelf) UpdateAlarms(_ context.Context, name string, change func(*govsweep.AlarmBook) bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	book := govsweep.AlarmBook{}
	if len(s.raw) > 0 {
		if err := json.Unmarshal(s.raw, &book); err != nil {
			return err
		}
	}
	if name != "" { // the mirror of a machine
		return nil
	}
	if !change(&book) {
		return nil
	}
	if s.lost != nil {
		return s.lost
	}
	var err error
	s.raw, err = json.Marshal(&book)
	return err
}

func shelfOf(t *testing.T, b govsweep.AlarmBook) *shelf {
	t.Helper()
	raw, err := json.Marshal(&b)
	if err != nil {
		t.Fatal(err)
	}
	return &shelf{raw: raw}
}

func (s *shelf) book(t *testing.T) (b govsweep.AlarmBook) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := json.Unmarshal(s.raw, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// way is a channel of a test.
type way func(ctx context.Context, m *govsweep.AlarmMessage) error

func (f way) Send(ctx context.Context, m *govsweep.AlarmMessage) error { return f(ctx, m) }

func watcher(t *testing.T, host string, shared Book, now func() time.Time, channels map[string]Channel) *Watcher {
	w := &Watcher{Host: host, Sender: host, Local: &FileBook{Path: filepath.Join(t.TempDir(), "alarms.json")}, Shared: shared, Channels: channels, Now: now, Log: slog.New(slog.DiscardHandler)}
	for _, name := range []string{"好", "坏"} {
		if channels[name] != nil {
			w.Policy.Channels = append(w.Policy.Channels, Route{Name: name})
		}
	}
	return w
}

func waiting(now time.Time, n int) (out []govsweep.AlarmMessage) {
	for i := range n {
		channel := []string{"坏", "好"}[i%2]
		out = append(out, govsweep.AlarmMessage{ID: fmt.Sprint(channel, i), Channel: channel, Tries: 1, At: now, Next: now})
	}
	return out
}

func TestADeadChannelDelaysNeitherTheOthersNorTheLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var mu sync.Mutex
		came, looks := map[string]int{}, 0
		shared := shelfOf(t, govsweep.AlarmBook{Outbox: waiting(time.Now(), 12)})
		channels := map[string]Channel{
			"坏": way(func(ctx context.Context, _ *govsweep.AlarmMessage) error { <-ctx.Done(); return ctx.Err() }),
			"好": way(func(_ context.Context, m *govsweep.AlarmMessage) error {
				mu.Lock()
				defer mu.Unlock()
				came[m.ID]++
				return nil
			}),
		}
		var all sync.WaitGroup
		for _, host := range []string{"甲机", "乙机"} {
			w := watcher(t, host, shared, time.Now, channels)
			w.Looks = []*Look{{Run: func(context.Context) []Observation {
				mu.Lock()
				defer mu.Unlock()
				looks++
				return nil
			}}}
			all.Go(func() { w.Run(ctx) })
		}
		<-time.After(10*time.Minute + time.Second)
		stop()
		all.Wait()
		for id, n := range came {
			if n != 1 {
				t.Errorf("%s was sent %d times", id, n)
			}
		}
		if len(came) < 6 || looks < 42 {
			t.Errorf("%d messages sent and %d looks in ten minutes", len(came), looks)
		}
	})
}

func TestWhatTheSharedBookDidNotKeepIsNotSent(t *testing.T) {
	sent := 0
	shared := shelfOf(t, govsweep.AlarmBook{Outbox: waiting(start, 2)[1:]})
	w := watcher(t, "甲机", shared, func() time.Time { return start }, map[string]Channel{"好": way(func(context.Context, *govsweep.AlarmMessage) error { sent++; return nil })})
	shared.lost = errors.New("connection lost")
	if err := w.Step(t.Context()); err == nil || sent != 0 {
		t.Errorf("sent %d times without a claim, %v", sent, err)
	}
	shared.lost = nil
	if err := w.Step(t.Context()); err != nil || sent != 1 || len(shared.book(t).Outbox) != 0 {
		t.Errorf("sent %d times, %v", sent, err)
	}
}

func TestAChannelThatFailsOnlyOnSharedMessagesIsToldAsDead(t *testing.T) {
	now, told := start, 0
	shared := shelfOf(t, govsweep.AlarmBook{Outbox: waiting(start, 1)})
	w := watcher(t, "甲机", shared, func() time.Time { return now }, map[string]Channel{
		"坏": way(func(context.Context, *govsweep.AlarmMessage) error { return failed("通知地址返回500", nil) }),
		"好": way(func(_ context.Context, m *govsweep.AlarmMessage) error {
			if m.Kind == govsweep.ChannelDead && m.Change == govsweep.AlarmRaised {
				told++
			}
			return nil
		})})
	for range 40 {
		now = now.Add(Every)
		if err := w.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}

func TestWhatCouldNotBeLookedAtIsNotFine(t *testing.T) {
	now := start
	shared := shelfOf(t, govsweep.AlarmBook{Alarms: []govsweep.Alarm{{Key: "sweep-missed:每夜", Kind: govsweep.SweepMissed, Subject: "每夜", Bad: start, Raised: start, Told: start}}})
	w := watcher(t, "甲机", shared, func() time.Time { return now }, nil)
	var whole []govsweep.AlarmKind
	w.Common = func(context.Context) ([]Observation, []govsweep.AlarmKind) { return nil, whole }
	for _, standing := range []bool{true, false} {
		for range 20 {
			now = now.Add(Every)
			if err := w.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if a := shared.book(t).Alarms[0]; a.Standing() != standing {
			t.Errorf("looked at %v: %+v", whole, a)
		}
		whole = []govsweep.AlarmKind{govsweep.SweepMissed} // the schedule is gone
	}
}

// silent is a shared book on a database that takes a question and never answers.
type silent struct{}

func (silent) UpdateAlarms(ctx context.Context, _ string, _ func(*govsweep.AlarmBook) bool) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestADatabaseThatHangsDoesNotKeepAMachineFromLookingAtItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		w := watcher(t, "甲机", silent{}, time.Now, nil)
		w.Common = func(ctx context.Context) ([]Observation, []govsweep.AlarmKind) { <-ctx.Done(); return nil, nil }
		looks := 0
		w.Looks = []*Look{{Run: func(context.Context) []Observation { looks++; return nil }}}
		go func() {
			for range 10 {
				_ = w.Step(ctx) // that the book could not be changed
			}
			stop()
		}()
		select {
		case <-ctx.Done():
		case <-time.After(15 * time.Minute):
		}
		if looks != 10 {
			t.Errorf("%d looks of 10 in a quarter of an hour", looks)
		}
	})
}
