package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/reports/paper"
	"github.com/govsweep/govsweep/schedule"
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

// watcher is what watches on this machine.
func (e *eyes) watcher() (*alarm.Watcher, error) {
	channels, routes, err := e.app.channels(e.now)
	if err != nil {
		return nil, err
	}
	quiet, err := alarm.ParseQuiet(e.app.settings.file.Alarm.Quiet)
	if err != nil {
		return nil, err
	}
	w := &alarm.Watcher{Host: hostName(), Sender: owner(), Local: e.app.localAlarms(), Channels: channels, Now: e.now, Log: e.app.log,
		Policy: alarm.Policy{Channels: routes, Quiet: quiet},
		Looks:  []*alarm.Look{{Run: e.database}, {Run: e.disk}, {Every: 2 * time.Minute, Run: e.uplink}},
		Common: &alarm.Look{Run: e.common}}
	if e.db != nil {
		w.Shared = e.db
	}
	if e.app.settings.file.Alarm.Browser {
		w.Looks = append(w.Looks, &alarm.Look{Every: 5 * time.Minute, Run: e.browsers})
	}
	return w, nil
}

func (a *app) localAlarms() *alarm.FileBook {
	return &alarm.FileBook{Path: filepath.Join(a.settings.data, "alarms.json")}
}

// channels opens the configured channels; a directory beside the data is one
// always.
func (a *app) channels(now func() time.Time) (map[string]alarm.Channel, []alarm.Route, error) {
	nets, err := a.settings.file.Alarm.nets()
	if err != nil {
		return nil, nil, err
	}
	guard := crawler.Options{AllowNet: nets}
	dial := func(control *net.Dialer) alarm.Dial { control.Timeout = 10 * time.Second; return control.DialContext }
	tools := alarm.Tools{Env: a.env, Now: now, Dial: dial(&net.Dialer{Control: guard.DialControl()}),
		MailDial: dial(&net.Dialer{Control: guard.DialControlOn(25, 465, 587)})}
	configs := append([]alarm.ChannelConfig{{Name: dropName, Kind: "file", Dir: filepath.Join(a.settings.data, "alarms")}}, a.settings.file.Alarm.Channels...)
	channels, routes := map[string]alarm.Channel{}, []alarm.Route(nil)
	var faults []error
	for _, c := range configs {
		if _, twice := channels[c.Name]; twice {
			routes = routes[1:] // the one of the file is meant
		}
		opened, err := tools.Open(c)
		if err != nil {
			faults = append(faults, errors.New(said(err)))
		}
		channels[c.Name] = opened
		routes = append(routes, alarm.Route{Name: c.Name, SevereOnly: c.Only == "severe"})
	}
	return channels, routes, wrongAll(faults)
}

func hostName() string {
	if host, err := os.Hostname(); err == nil && host != "" {
		return host
	}
	return "本机"
}

func (e *eyes) here(kind govsweep.AlarmKind, bad string) []alarm.Observation {
	o := alarm.Observation{Kind: kind, Host: hostName(), State: alarm.Fine, Say: bad}
	if bad != "" {
		o.State = alarm.Bad
	}
	return []alarm.Observation{o}
}

// databaseTime is how long the database may take to answer the simplest question.
const databaseTime = 5 * time.Second

func (e *eyes) database(ctx context.Context) []alarm.Observation {
	why := e.closed
	if e.db != nil {
		ctx, cancel := context.WithTimeout(ctx, databaseTime)
		defer cancel()
		if _, err := e.db.Beats(ctx); err != nil {
			why = said(err)
		}
	}
	if path, lite := strings.CutPrefix(e.app.settings.db, "sqlite:"); lite && why == "" {
		if _, err := os.Stat(path); err != nil {
			why = "数据库文件“" + path + "”不见了"
		}
	}
	if why != "" {
		why = "数据库不能使用：" + strings.TrimRight(why, "。") + "。工作已暂停，恢复后自动继续。请检查数据库、磁盘和网络。"
	}
	return e.here(govsweep.DatabaseGone, why)
}

func (e *eyes) disk(context.Context) []alarm.Observation {
	free := e.free
	if free == nil {
		free = diskFree
	}
	n, known := free(e.app.settings.data)
	switch {
	case !known:
		return nil
	case n < e.least:
		return e.here(govsweep.DiskFull, fmt.Sprintf("数据目录“%s”所在的磁盘只剩%dMB，少于%dMB。工作已暂停，腾出空间后自动继续。", e.app.settings.data, n>>20, e.least>>20))
	}
	return e.here(govsweep.DiskFull, "")
}

// uplink asks the control sites: when none of them answers, it is our line.
func (e *eyes) uplink(ctx context.Context) []alarm.Observation {
	reach := e.reach
	if reach == nil {
		reach = e.app.reach
	}
	sites := e.app.settings.file.Control
	for _, home := range sites {
		if reach(ctx, home) == nil {
			return e.here(govsweep.UplinkGone, "")
		}
	}
	if len(sites) == 0 {
		return nil
	}
	return e.here(govsweep.UplinkGone, "对照网站"+strings.Join(sites, "、")+"全部不能连接，本机的网络出口可能已中断。此间的检查结果存疑，不据此下发整改通知。请检查网络。")
}

// reach connects to the server of a home page, through the guard.
func (a *app) reach(ctx context.Context, home string) error {
	u, err := url.Parse(home)
	if err != nil {
		return err
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80"}[u.Scheme]
	}
	d := net.Dialer{Timeout: 10 * time.Second, Control: crawler.Options{AllowNet: a.settings.allowNet}.DialControl()}
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), firstOf(port, "443")))
	if err != nil {
		return err
	}
	return conn.Close()
}

func (e *eyes) browsers(ctx context.Context) []alarm.Observation {
	start := e.browser
	if start == nil {
		start = startBrowser
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := start(ctx); err != nil {
		return e.here(govsweep.BrowserDead, "浏览器不能启动："+strings.TrimRight(said(err), "。")+"。需要浏览器的工作（打印PDF）不能进行，其余照常。")
	}
	return e.here(govsweep.BrowserDead, "")
}

// startBrowser starts the browser, prints one empty sheet and ends it.
func startBrowser(ctx context.Context) error {
	return paper.PDF(ctx, io.Discard, &paper.Paper{Title: "试打"})
}

// tickGone is from when on the timetable counts as not looked at.
const tickGone = 5 * time.Minute

// common looks at what concerns all machines.
func (e *eyes) common(ctx context.Context) []alarm.Observation {
	if e.db == nil {
		return nil
	}
	all, err := e.db.Schedules(ctx)
	if err != nil {
		return nil // the database is told elsewhere
	}
	beats, err := e.db.Beats(ctx)
	if err != nil {
		return nil
	}
	out := []alarm.Observation{{Kind: govsweep.SchedulerStopped, State: alarm.Fine}}
	tick := beats[schedule.TickBeat]
	for i := range all {
		s := &all[i]
		if s.Paused {
			continue
		}
		out = append(out, e.missed(ctx, s))
		since := tick
		if since.IsZero() {
			since = s.Since
		}
		if age := e.now().Sub(since); age > tickGone {
			out[0].State = alarm.Bad
			out[0].Say = fmt.Sprintf("时间表已有%s没有运行，已登记的%d项计划都不会执行。请检查 govsweep serve 和 work 是否在运行。", ageWord(age), len(all))
		}
	}
	return append(out, e.suspect(ctx)...)
}

// missed says whether a due time of a schedule waits for its run.
func (e *eyes) missed(ctx context.Context, s *govsweep.Schedule) alarm.Observation {
	o := alarm.Observation{Kind: govsweep.SweepMissed, Subject: s.Name}
	days, err := e.app.calendar()
	if err != nil {
		return o
	}
	p := &schedule.Planner{Store: e.db, Days: days, Now: e.now, Log: slog.New(slog.DiscardHandler)}
	due, _, err := p.Due(ctx, s, e.now())
	switch {
	case err != nil:
		return o
	case due.IsZero():
		o.State = alarm.Fine
	default:
		o.State = alarm.Bad
		o.Say = fmt.Sprintf("计划“%s”（%s）应于%s执行，到现在没有开始。请查看 govsweep schedule show %s 和日志。", s.Name, s.Kind.Word(),
			due.In(govsweep.Shanghai).Format("2006年1月2日15:04"), s.Name)
	}
	return o
}

// suspectEvery lies between two looks at the sweeps under way.
const suspectEvery = 5 * time.Minute

// suspect finds sweeps under way in which a control site failed, or most of
// at least ten sites could not be read.
func (e *eyes) suspect(ctx context.Context) []alarm.Observation {
	if now := e.now(); !e.judged.IsZero() && now.Sub(e.judged) < suspectEvery && !now.Before(e.judged) {
		return e.suspects
	}
	open, err := e.db.OpenScheduleRuns(ctx)
	if err != nil {
		return e.suspects
	}
	e.judged, e.suspects = e.now(), nil
	for _, r := range open {
		if r.Sweep == 0 {
			continue
		}
		o := alarm.Observation{Kind: govsweep.SweepSuspect, Subject: fmt.Sprintf("第%d次检查", r.Sweep)}
		if h, err := e.db.SweepHealth(ctx, r.Sweep); err == nil {
			if o.State, o.Say = alarm.Fine, suspicion(h); o.Say != "" {
				o.State = alarm.Bad
			}
		}
		e.suspects = append(e.suspects, o)
	}
	return e.suspects
}

// suspicion says why a sweep under way is in doubt; "" when it is not.
func suspicion(h *govsweep.SweepHealth) string {
	for _, c := range h.Controls {
		if !c.OK {
			return fmt.Sprintf("第%d次检查期间对照网站%s不可访问，结果存疑，不据此下发整改通知。请检查本机网络。", h.Sweep, c.URL)
		}
	}
	if gone := h.Unreachable; h.Targets >= 10 && 2*gone > h.Targets {
		return fmt.Sprintf("第%d次检查已结束的%d个对象中有%d个未能读取任何网页，可能是本机网络或防护设备所致，结果存疑。请检查本机网络。", h.Sweep, h.Targets, gone)
	}
	return ""
}
