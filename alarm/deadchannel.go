package alarm

import (
	"context"

	"github.com/govsweep/govsweep"
)

// tryChannels finds channels that do not work: those that can be tried are,
// the others show by messages that failed three times, in either book.
func (w *Watcher) tryChannels(ctx context.Context, all []Observation, shared Book, dead map[string]bool) error {
	failing, err := w.failing(ctx, shared)
	if err != nil {
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
		switch {
		case why != "":
			o.State, o.Say = Bad, "通知渠道“"+r.Name+"”不通："+why+"。经它发送的消息会保留，恢复后补发。请检查服务器和配置。"
		case shared == nil: // what waits there is not known
			o.State = Unknown
		}
		obs = append(obs, o)
	}
	if ctx.Err() != nil {
		return ctx.Err() // cut off: no word about the channels
	}
	all = append(all, obs...)
	explain(all)
	if err := w.note(ctx, w.Local, w.Host, all[len(all)-len(obs):], []govsweep.AlarmKind{govsweep.ChannelDead}); err != nil {
		return err
	}
	return w.send(ctx, w.Local, w.Host, dead)
}

// failing gives the channels of messages that failed three times, and why.
func (w *Watcher) failing(ctx context.Context, shared Book) (map[string]string, error) {
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
		return nil, err
	}
	if shared == nil {
		return failing, nil
	}
	return failing, shared.UpdateAlarms(ctx, "", count)
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
