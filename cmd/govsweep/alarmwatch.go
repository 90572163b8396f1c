package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/reports/paper"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
)

// dropName is the channel that is there without any configuration.
const dropName = "文件"

// eyes look at what can be alarming here. db is nil where the database could
// not be opened, and closed says why.
func (a *app) eyes(db *storage.DB, closed string, least uint64) *service.Eyes {
	e := &service.Eyes{Closed: closed, Data: a.settings.data, Least: least, Host: hostName(), Control: a.settings.file.Control, Days: a.calendar, Now: time.Now}
	if db != nil {
		e.Store = db
	}
	e.Reach = func(ctx context.Context, home string) error {
		return service.Reach(ctx, crawler.Options{AllowNet: a.settings.allowNet, Resolver: a.settings.resolver}, home)
	}
	if a.settings.file.Alarm.Browser {
		e.Browser = startBrowser
	}
	return e
}

// startBrowser starts the browser, prints one empty sheet and ends it.
func startBrowser(ctx context.Context) error {
	return paper.PDF(ctx, io.Discard, &paper.Paper{Title: "试打"})
}

// watcher is what watches on this machine; unset are the faults of channels
// that could not be set up, over which nothing is told until they are.
func (a *app) watcher(e *service.Eyes, shared *storage.DB) (w *alarm.Watcher, unset []error, err error) {
	channels, routes, unset, err := a.channels(e.Now)
	if err != nil {
		return nil, nil, err
	}
	quiet, err := alarm.ParseQuiet(a.settings.file.Alarm.Quiet)
	if err != nil {
		return nil, nil, err
	}
	w = &alarm.Watcher{Host: e.Host, Sender: owner(), Local: a.localAlarms(), Channels: channels, Now: e.Now, Log: a.log,
		Policy: alarm.Policy{Channels: routes, Quiet: quiet}, Looks: e.Looks(), Common: e.Common}
	if shared != nil {
		w.Shared = shared
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
	configs := append([]alarm.ChannelConfig{{Name: dropName, Kind: "file", Dir: a.dropDir()}}, a.settings.file.Alarm.Channels...)
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

// dropDir is where the channel that is always there puts its messages.
func (a *app) dropDir() string { return filepath.Join(a.settings.data, "alarms") }

func hostName() string {
	if host, err := os.Hostname(); err == nil && host != "" {
		return host
	}
	return "本机"
}
