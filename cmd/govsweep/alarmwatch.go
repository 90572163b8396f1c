package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/storage"
)

// dropName is the channel that is there without any configuration.
const dropName = "文件"

// eyes look at what can be alarming. What is nil is taken from the system.
type eyes struct {
	app     *app
	db      *storage.DB // nil: it could not be opened
	closed  string      // why
	least   uint64      // free bytes
	now     func() time.Time
	free    func(dir string) (uint64, bool)
	reach   func(ctx context.Context, home string) error
	browser func(ctx context.Context) error

	suspects []alarm.Observation
	judged   time.Time
}

// watcher is what watches on this machine; unset are the faults of channels
// that could not be set up, over which nothing is told until they are.
func (e *eyes) watcher() (w *alarm.Watcher, unset []error, err error) {
	channels, routes, unset, err := e.app.channels(e.now)
	if err != nil {
		return nil, nil, err
	}
	quiet, err := alarm.ParseQuiet(e.app.settings.file.Alarm.Quiet)
	if err != nil {
		return nil, nil, err
	}
	w = &alarm.Watcher{Host: hostName(), Sender: owner(), Local: e.app.localAlarms(), Channels: channels, Now: e.now, Log: e.app.log,
		Policy: alarm.Policy{Channels: routes, Quiet: quiet},
		Looks:  []*alarm.Look{{Run: e.database}, {Run: e.disk}, {Every: 2 * time.Minute, Run: e.uplink}},
		Common: e.common}
	if e.db != nil {
		w.Shared = e.db
	}
	if e.app.settings.file.Alarm.Browser {
		w.Looks = append(w.Looks, &alarm.Look{Every: 5 * time.Minute, Run: e.browsers})
	}
	return w, unset, nil
}

func (a *app) localAlarms() *alarm.FileBook {
	return &alarm.FileBook{Path: filepath.Join(a.settings.data, "alarms.json")}
}

// unsetChannel stands for a channel that could not be set up: what goes over
// it waits, and that it is dead is told over the others.
type unsetChannel struct{ why error }

// Send fails.
func (c unsetChannel) Send(context.Context, *govsweep.AlarmMessage) error { return c.why }

// Probe fails.
func (c unsetChannel) Probe(context.Context) error { return c.why }

// channels opens the configured channels; a directory beside the data is one
// always. unset are the faults of those that could not be set up.
func (a *app) channels(now func() time.Time) (channels map[string]alarm.Channel, routes []alarm.Route, unset []error, err error) {
	nets, err := a.settings.file.Alarm.nets()
	if err != nil {
		return nil, nil, nil, err
	}
	guard := crawler.Options{AllowNet: nets}
	dial := func(control *net.Dialer) alarm.Dial { control.Timeout = 10 * time.Second; return control.DialContext }
	tools := alarm.Tools{Env: a.env, Now: now, Dial: dial(&net.Dialer{Control: guard.DialControl()}),
		MailDial: dial(&net.Dialer{Control: guard.DialControlOn(25, 465, 587)})}
	configs := append([]alarm.ChannelConfig{{Name: dropName, Kind: "file", Dir: filepath.Join(a.settings.data, "alarms")}}, a.settings.file.Alarm.Channels...)
	channels = map[string]alarm.Channel{}
	for _, c := range configs {
		if _, twice := channels[c.Name]; twice {
			routes = routes[1:] // the one of the file is meant
		}
		opened, err := tools.Open(c)
		if err != nil {
			unset, opened = append(unset, err), unsetChannel{err}
		}
		channels[c.Name] = opened
		routes = append(routes, alarm.Route{Name: c.Name, SevereOnly: c.Only == "severe"})
	}
	return channels, routes, unset, nil
}

func hostName() string {
	if host, err := os.Hostname(); err == nil && host != "" {
		return host
	}
	return "本机"
}
