package service

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/schedule"
)

// here is what was seen of a kind on this machine; bad is "" when all is well.
func (e *Eyes) here(kind govsweep.AlarmKind, bad string) []alarm.Observation {
	o := alarm.Observation{Kind: kind, Host: e.Host, State: alarm.Fine, Say: bad}
	if bad != "" {
		o.State = alarm.Bad
	}
	return []alarm.Observation{o}
}

// databaseTime is how long the database may take to answer the simplest question.
const databaseTime = 5 * time.Second

func (e *Eyes) database(ctx context.Context) []alarm.Observation {
	why := e.Closed
	if e.Store != nil {
		ctx, cancel := context.WithTimeout(ctx, databaseTime)
		defer cancel()
		err := e.Store.Here()
		if err == nil {
			_, err = e.Store.Beats(ctx)
		}
		if err != nil {
			why = govsweep.SayOf(err)
		}
	}
	if why != "" {
		why = "数据库不能使用：" + strings.TrimRight(why, "。") + "。工作已暂停，恢复后自动继续。请检查数据库、磁盘和网络。"
	}
	seen := e.here(govsweep.DatabaseGone, why)
	seen[0].Sure = e.Store == nil && e.Lost
	return seen
}

func (e *Eyes) disk(context.Context) []alarm.Observation {
	free := e.Free
	if free == nil {
		free = schedule.DiskFree
	}
	n, known := free(e.Data)
	switch {
	case !known:
		return nil
	case n < e.Least:
		return e.here(govsweep.DiskFull, fmt.Sprintf("数据目录“%s”所在的磁盘只剩%dMB，少于%dMB。工作已暂停，腾出空间后自动继续。", e.Data, n>>20, e.Least>>20))
	}
	return e.here(govsweep.DiskFull, "")
}

// uplink asks the control sites: when none of them answers, it is our line.
func (e *Eyes) uplink(ctx context.Context) []alarm.Observation {
	sites := e.Control
	for _, home := range sites {
		if e.Reach(ctx, home) == nil {
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

// Reach connects to the server of a home page as a crawl with these options
// would: by the same name server, through the same guard. It waits 10 s at most.
func Reach(ctx context.Context, o crawler.Options, home string) error {
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
	conn, err := o.Dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), cmp.Or(port, "443")))
	if err != nil {
		return err
	}
	return conn.Close()
}

func (e *Eyes) browsers(ctx context.Context) []alarm.Observation {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := e.Browser(ctx); err != nil {
		return e.here(govsweep.BrowserDead, "浏览器不能启动："+strings.TrimRight(govsweep.SayOf(err), "。")+"。需要浏览器的工作（打印PDF）不能进行，其余照常。")
	}
	return e.here(govsweep.BrowserDead, "")
}
