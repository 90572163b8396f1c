package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/reports/paper"
	"github.com/govsweep/govsweep/schedule"
)

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
		free = schedule.DiskFree
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

// reachTime is how long a control site may take to take a connection.
const reachTime = 10 * time.Second

// reach connects to the server of a home page as a crawl would: by the same
// name server, through the same guard.
func (a *app) reach(ctx context.Context, home string) error {
	u, err := url.Parse(home)
	if err != nil {
		return err
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80"}[u.Scheme]
	}
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	o := crawler.Options{AllowNet: a.settings.allowNet, Resolver: a.settings.resolver}
	conn, err := o.Dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), firstOf(port, "443")))
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
