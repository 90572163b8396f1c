package alarm

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

const (
	// sendTime is how long one message may take, less than it is claimed for.
	sendTime = 30 * time.Second
	// keepTime is how long a look at the database and a change of its book may
	// take, also the one of what came of a message while we stop.
	keepTime = 10 * time.Second
	// probeEvery is how often a channel is tried without a message.
	probeEvery = 2 * time.Minute
)

// deliver sends what waits in the books and tells of channels that do not work.
func (w *Watcher) deliver(ctx context.Context) error {
	w.mu.Lock()
	seen, shared := slices.Clone(w.seen), w.shared()
	if w.gone {
		shared = nil
	}
	w.mu.Unlock()
	dead := map[string]bool{}
	faults := []error{w.send(ctx, w.Local, w.Host, dead)}
	if shared != nil {
		faults = append(faults, w.send(ctx, shared, "", dead))
	}
	return errors.Join(append(faults, w.tryChannels(ctx, seen, shared, dead))...)
}

// send sends what is due in a book, one message after the other, each kept as
// sent before the next is claimed. A channel that fails is dead for this go:
// what else waits for it waits on, and nobody waits for it.
func (w *Watcher) send(ctx context.Context, b Book, name string, dead map[string]bool) error {
	var faults []error
	for range atOnce {
		if ctx.Err() != nil {
			break
		}
		var m govsweep.AlarmMessage
		var some bool
		kept, err := update(ctx, b, name, func(book *govsweep.AlarmBook) bool {
			m, some = Claim(book, w.Sender, w.Now(), dead)
			return some
		})
		faults = append(faults, err)
		if !kept || !some {
			break
		}
		came := w.one(ctx, &m)
		if came != nil && ctx.Err() != nil {
			break // we stop; the claim ends by itself
		}
		dead[m.Channel] = dead[m.Channel] || came != nil
		faults = append(faults, w.settle(ctx, b, name, m.ID, came))
	}
	return errors.Join(faults...)
}

// update changes a book and says whether the change holds. What a file could
// not take it holds in memory; what a database did not keep is nobody's.
func update(ctx context.Context, b Book, name string, change func(*govsweep.AlarmBook) bool) (kept bool, err error) {
	made := false
	err = b.UpdateAlarms(ctx, name, func(book *govsweep.AlarmBook) bool {
		made = true
		return change(book)
	})
	_, file := b.(*FileBook)
	return made && (file || err == nil), err
}

// settle keeps what came of a message, also while we stop. What a channel took
// and could not be kept as sent is remembered, so that it is not sent again.
func (w *Watcher) settle(ctx context.Context, b Book, name, id string, came error) error {
	if w.sent == nil {
		w.sent = map[string]bool{}
	}
	if came == nil {
		w.sent[id] = true
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	kept, err := update(ctx, b, name, func(book *govsweep.AlarmBook) bool {
		Settle(book, map[string]error{id: came}, w.Now())
		return true
	})
	if kept {
		delete(w.sent, id)
	}
	return err
}

func (w *Watcher) one(ctx context.Context, m *govsweep.AlarmMessage) error {
	if w.sent[m.ID] {
		return nil
	}
	c := w.Channels[m.Channel]
	if c == nil {
		return wrong("通知渠道“" + m.Channel + "”已不在配置中")
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	err := c.Send(ctx, m)
	if err != nil {
		w.Log.WarnContext(ctx, "alarm not sent", "channel", m.Channel, "message", m.ID, "error", said(err))
	}
	return err
}
