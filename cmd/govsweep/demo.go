package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

type demoCmd struct {
	Out   string `help:"写入数据和报告的目录。" default:"govsweep-demo" placeholder:"目录" type:"path"`
	Seed  int64  `help:"虚构平台的种子：同一种子总是同一个平台。" default:"1" placeholder:"数"`
	Sites int    `help:"虚构网站的数目。" default:"32" placeholder:"数"`
}

// Run starts the made-up platform on loopback, sweeps it and says where the
// reports are.
func (c *demoCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	platform, err := farm.New(farm.Options{Seed: c.Seed, Sites: c.Sites, AsOf: a.asOf()})
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "虚构平台无法建立", Err: err}
	}
	if err := platform.Start(a.ctx); err != nil {
		return &govsweep.Error{Kind: govsweep.Internal, Say: "虚构平台无法启动", Err: err}
	}
	defer platform.Stop()
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "目录“" + c.Out + "”无法建立", Err: err}
	}
	a.settings.data = filepath.Join(c.Out, "data")
	a.settings.db = "sqlite:" + filepath.Join(a.settings.data, "govsweep.db")
	a.settings.resolver = platform.DNSAddr()
	a.settings.allowNet = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	return c.sweep(a, platform)
}

func (c *demoCmd) sweep(a *app, platform *farm.Farm) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	sites := platform.Sites()
	if err := db.SaveSites(a.ctx, sites); err != nil {
		return err
	}
	targets := make([]govsweep.Target, len(sites))
	for i := range sites {
		targets[i] = sites[i].Target()
	}
	fmt.Fprintf(a.stderr, "虚构的集约化平台已在本机启动：网站%d个。正在检查……\n", len(sites))
	out := filepath.Join(c.Out, "reports")
	j := job{app: a, db: db, kind: "sweep", scope: "演示", sites: 8, total: 64,
		flags: crawlFlags{Rate: -1, Parallel: 8, Out: out, FailOn: "none", Contact: "演示"}}
	err = j.start(targets)
	if e, ok := errors.AsType[exit](err); ok && e == exitUnseen {
		err = nil // some made-up sites cannot be inspected, on purpose
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "\n演示完成。报告在“%s”，请先打开文件名以“sweep”开头的汇总页；数据在“%s”。\n", out, a.settings.data)
	return nil
}
