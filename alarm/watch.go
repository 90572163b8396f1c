package alarm

import (
	"context"
	"errors"
	"log/slog"
	"slices"
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
// share. One goroutine uses it; its fields are set once.
type Watcher struct {
	Host     string // this machine
	Sender   string // this process
	Local    Book   // of this machine
	Shared   Book   // of all machines
	Looks    []*Look
	Common   *Look // what concerns all machines; it is not asked while the database is gone
	Channels map[string]Channel
	Policy   Policy
	Now      func() time.Time
	Log      *slog.Logger

	probes   map[string]*Look
	sent     map[string]bool // taken by a channel, not yet kept as sent
	mirrored time.Time
}

// Every is how often a process that runs looks.
const Every = 30 * time.Second

// probeEvery is how often a channel is tried without a message.
const probeEvery = 2 * time.Minute

// Run watches until ctx ends.
func (w *Watcher) Run(ctx context.Context) {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		if err := w.Step(ctx); err != nil && ctx.Err() == nil {
			w.Log.WarnContext(ctx, "alarms not kept", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Step looks once, keeps what that changes and sends what waits.
func (w *Watcher) Step(ctx context.Context) error {
	var local []Observation
	for _, l := range w.Looks {
		local = append(local, l.at(ctx, w.Now())...)
	}
	gone := slices.ContainsFunc(local, func(o Observation) bool { return o.Kind == govsweep.DatabaseGone && o.State == Bad })
	var common []Observation
	if !gone && w.Common != nil {
		common = w.Common.at(ctx, w.Now())
	}
	all := slices.Concat(local, common)
	explain(all)
	faults := []error{w.note(ctx, w.Local, w.Host, all[:len(local)], nil)}
	if !gone && w.Shared != nil {
		faults = append(faults, w.note(ctx, w.Shared, "", all[len(local):], []govsweep.AlarmKind{govsweep.SweepMissed, govsweep.SweepSuspect}))
	}
	faults = append(faults, w.send(ctx, w.Local, w.Host))
	if !gone && w.Shared != nil {
		faults = append(faults, w.send(ctx, w.Shared, ""), w.mirror(ctx))
	}
	faults = append(faults, w.tryChannels(ctx, all))
	return errors.Join(faults...)
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

// send sends what is due in a book. What a channel took and could not be kept
// as sent is remembered, so that it is not sent again.
func (w *Watcher) send(ctx context.Context, b Book, name string) error {
	var due []govsweep.AlarmMessage
	if err := b.UpdateAlarms(ctx, name, func(book *govsweep.AlarmBook) bool {
		due = Claim(book, w.Sender, w.Now())
		return len(due) > 0
	}); err != nil && len(due) == 0 {
		return err
	}
	if len(due) == 0 {
		return nil
	}
	if w.sent == nil {
		w.sent = map[string]bool{}
	}
	came := map[string]error{}
	for i := range due {
		m := &due[i]
		if !w.sent[m.ID] {
			if came[m.ID] = w.one(ctx, m); came[m.ID] != nil {
				w.Log.WarnContext(ctx, "alarm not sent", "channel", m.Channel, "message", m.ID, "error", said(came[m.ID]))
				continue
			}
		}
		came[m.ID], w.sent[m.ID] = nil, true
	}
	err := b.UpdateAlarms(context.WithoutCancel(ctx), name, func(book *govsweep.AlarmBook) bool {
		Settle(book, came, w.Now())
		return true
	})
	if err == nil {
		for id := range came {
			delete(w.sent, id)
		}
	}
	return err
}

// sendTime is how long one message may take.
const sendTime = 30 * time.Second

func (w *Watcher) one(ctx context.Context, m *govsweep.AlarmMessage) error {
	c := w.Channels[m.Channel]
	if c == nil {
		return wrong("通知渠道“" + m.Channel + "”已不在配置中")
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return c.Send(ctx, m)
}

// tryChannels finds channels that do not work: those that can be tried are,
// the others show by messages that failed three times.
func (w *Watcher) tryChannels(ctx context.Context, all []Observation) error {
	failing := map[string]string{}
	count := func(book *govsweep.AlarmBook) bool {
		for _, m := range book.Outbox {
			if m.Tries >= 3 {
				failing[m.Channel] = m.Fault
			}
		}
		return false
	}
	if err := w.Local.UpdateAlarms(ctx, w.Host, count); err != nil {
		return err
	}
	var obs []Observation
	for _, r := range w.Policy.Channels {
		o := Observation{Kind: govsweep.ChannelDead, Host: w.Host, Subject: r.Name, State: Fine}
		why := failing[r.Name]
		if p, ok := w.Channels[r.Name].(Prober); ok {
			if err := w.probe(ctx, r.Name, p); err != "" {
				why = err
			}
		}
		if why != "" {
			o.State, o.Say = Bad, "通知渠道“"+r.Name+"”不通："+why+"。经它发送的消息留在本机，恢复后补发。请检查服务器和配置。"
		}
		obs = append(obs, o)
	}
	all = append(all, obs...)
	explain(all)
	if err := w.note(ctx, w.Local, w.Host, all[len(all)-len(obs):], []govsweep.AlarmKind{govsweep.ChannelDead}); err != nil {
		return err
	}
	return w.send(ctx, w.Local, w.Host)
}

func (w *Watcher) probe(ctx context.Context, name string, p Prober) string {
	if w.probes == nil {
		w.probes = map[string]*Look{}
	}
	l := w.probes[name]
	if l == nil {
		l = &Look{Every: probeEvery, Run: func(ctx context.Context) []Observation {
			ctx, cancel := context.WithTimeout(ctx, sendTime)
			defer cancel()
			if err := p.Probe(ctx); err != nil {
				return []Observation{{Say: said(err)}}
			}
			return nil
		}}
		w.probes[name] = l
	}
	if seen := l.at(ctx, w.Now()); len(seen) > 0 {
		return seen[0].Say
	}
	return ""
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
	return w.Shared.UpdateAlarms(ctx, w.Host, func(b *govsweep.AlarmBook) bool {
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
