package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

type probeIPv6Cmd struct {
	Site       []string `arg:"" optional:"" help:"网站的标识码或首页地址，可写几个。"`
	Sweep      bool     `help:"全部在册网站。最近测量过的不重测，中断后用同样的命令继续。"`
	Scope      []string `help:"范围，与 --sweep 同用：region=行政区划、level=层级、platform=平台、tag=标签、id=标识码。" placeholder:"条件"`
	Control    []string `help:"已知能通过IPv6打开的对照网站首页，可重复。前后各访问一次，不设或打不开时，需要本机IPv6的各项一律记为未测。" placeholder:"网址"`
	Visits     int      `help:"每个网站IPv4、IPv6各访问的次数，1至20。" default:"3" placeholder:"数"`
	Parallel   int      `help:"同时测量的主机数，1至64。同一主机依次测量，各次访问相隔0.5秒。" default:"8" placeholder:"数"`
	Links      int      `help:"二级、三级内部链接各抽取多少条通过IPv6打开，0至500，0为只查域名记录。链接取自最近一次检查。" default:"20" placeholder:"条数"`
	SkipHours  int      `help:"与 --sweep 同用：最近若干小时内测量过的网站不重测，0为全部重测。监测端自身的IPv6没有得到证明的不算测量过。" default:"6" placeholder:"小时"`
	Contact    string   `help:"写入访问标识的联系方式，供网站主办单位查询。" placeholder:"方式"`
	NoEvidence bool     `help:"不留存域名答复和访问记录的证据（仅供测量使用）。"`
}

// Help shows how the command is used.
func (c *probeIPv6Cmd) Help() string {
	return "示例：\n  govsweep probe ipv6 https://www.example.gov.cn --control https://ipv6.example.cn\n  govsweep probe ipv6 --sweep --control https://ipv6.example.cn\n  govsweep probe show --ipv6\n"
}

// Run measures sites over both families, several at the same time.
func (c *probeIPv6Cmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	if c.Sweep == (len(c.Site) > 0) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "请写明网站，或用 --sweep 测量全部在册网站，两者取一"}
	}
	if c.Visits < 1 || c.Visits > 20 || c.Parallel < 1 || c.Parallel > 64 || c.SkipHours < 0 || c.Links < 0 || c.Links > 500 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "访问次数（--visits）应在1至20之间，同时测量的主机数（--parallel）应在1至64之间，链接数（--links）应在0至500之间，--skip-hours 不能为负"}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	sites, err := a.probeSites(db, c.Site, c.Scope)
	if err != nil {
		return err
	}
	if c.Sweep {
		if sites, err = a.notLately(db, sites, c.SkipHours, "--skip-hours 0 可全部重测"); err != nil {
			return err
		}
	}
	var ids []govsweep.TargetID
	err = a.measureIPv6(db, sites, c, func(r *govsweep.IPv6Report) { ids = append(ids, r.Target) })
	if err != nil {
		return err
	}
	return a.ipv6Lines(db, ids)
}

// notLately leaves out the sites whose newest measurement is of the last hours
// and proved something; again says how all are measured anew.
func (a *app) notLately(db *storage.DB, sites []probe.Site, hours int, again string) ([]probe.Site, error) {
	now := time.Now()
	done, err := db.IPv6Proven(a.ctx, now.Add(-time.Duration(hours)*time.Hour), now)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(sites, func(s probe.Site) bool { return slices.Contains(done, s.ID) })
	if n := len(sites) - len(left); n > 0 {
		fmt.Fprintf(a.stderr, "%d个网站最近%d小时内已测量，不再重测（%s）。\n", n, hours, again)
	}
	return left, nil
}

// measureIPv6 looks at sites and keeps every report as it comes.
func (a *app) measureIPv6(db *storage.DB, sites []probe.Site, c *probeIPv6Cmd, told func(*govsweep.IPv6Report)) error {
	look, err := a.ipv6Look(c)
	if err != nil {
		return err
	}
	pages := &sweep.PageLook{Store: db, Look: look, Hosts: &probe.Hosts{Prober: look.Prober, Server: look.Server}, Links: c.Links}
	if c.Links == 0 {
		pages.Links = -1
	}
	look.Page, look.Further = pages.Page, pages.Further
	b := a.bar(len(sites), "网站", "个")
	defer b.end()
	var unproven govsweep.OwnIPv6
	ended := 0
	err = look.All(a.ctx, sites, c.Parallel, func(r *govsweep.IPv6Report) error {
		if err := errors.Join(pages.Err(), db.SaveIPv6(context.WithoutCancel(a.ctx), r)); err != nil {
			return err
		}
		b.pages(govsweep.Target{}, 1)
		b.target()
		if unproven.Proven() {
			unproven = r.Own
		}
		ended++
		told(r)
		return nil
	})
	if !unproven.Proven() {
		fmt.Fprintf(a.stderr, "%s，需要本机IPv6的各项未测。%s\n", reports.Clean(unproven.Why), remedy(unproven))
	}
	if errors.Is(err, context.Canceled) {
		return &govsweep.Error{Kind: govsweep.Uninspectable, Say: fmt.Sprintf("已停止。%d个网站中已测量并保存%d个，用同样的命令可以继续。", len(sites), ended), Err: err}
	}
	return err
}

// remedy says what to do about an own IPv6 that was not proven.
func remedy(own govsweep.OwnIPv6) string {
	visit := own.Before
	if own.After != nil {
		visit = own.After
	}
	switch {
	case visit == nil:
		return "请用 --control 写明已知能通过IPv6打开的网站。"
	case visit.Failure == govsweep.FailGuard:
		return "对照网站应为公网网站；确在内部网络的，须用 --allow-net 写明网段。"
	}
	return ""
}

func (a *app) ipv6Look(c *probeIPv6Cmd) (*probe.IPv6Look, error) {
	controls, err := a.controls(c.Control)
	if err != nil {
		return nil, err
	}
	server := a.settings.resolver
	if server == "" {
		if server, err = probe.SystemServer(); err != nil {
			return nil, err
		}
	}
	o, err := a.fetchOptions(crawlFlags{Contact: c.Contact})
	if err != nil {
		return nil, err
	}
	if o.Resolver = server; o.Validate() != nil {
		return nil, o.Validate()
	}
	l := &probe.IPv6Look{Prober: &probe.Prober{Options: o}, Server: server, Controls: controls, Judge: judgeHome, Rounds: c.Visits}
	if !c.NoEvidence {
		store, err := a.openEvidence()
		if err != nil {
			return nil, err
		}
		l.Keep = func(kind govsweep.CaptureKind, url string, at time.Time, body []byte) (govsweep.Evidence, error) {
			d, err := store.Put(body)
			return govsweep.Evidence{Digest: d.String(), Kind: string(kind), URL: url, At: at.In(govsweep.Shanghai).Format(time.RFC3339)}, err
		}
	}
	return l, nil
}

// ipv6Lines prints the newest reports of targets, one measurement a line.
func (a *app) ipv6Lines(db *storage.DB, ids []govsweep.TargetID) error {
	slices.Sort(ids)
	var list []*govsweep.IPv6Report
	var lines []reports.IPv6Line
	for _, id := range slices.Compact(ids) {
		r, err := db.IPv6Report(a.ctx, id, time.UnixMilli(0), time.Now().Add(time.Second))
		if err != nil || r == nil {
			return errors.Join(err, a.ctx.Err())
		}
		target := a.nameOf(db, id)
		for _, m := range append(slices.Clone(r.Told()), reports.IPv6PageMeasures(r)...) {
			lines = append(lines, reports.IPv6Line{Target: target, IPv6Measure: m})
		}
		if a.format() == "jsonl" {
			list = append(list, r.Shown())
		}
	}
	return a.grid(reports.IPv6Grid(lines), func(w io.Writer) error { return reports.JSONLines(w, list) })
}

// nameOf gives a site as the register has it, else by its identity alone.
func (a *app) nameOf(db *storage.DB, id govsweep.TargetID) govsweep.Target {
	if s, err := db.Site(a.ctx, id); err == nil {
		return s.Target()
	}
	return govsweep.Target{ID: id, Kind: govsweep.SiteTarget, Name: string(id)}
}
