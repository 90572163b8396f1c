package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/reports"
)

type probeIPv6Cmd struct {
	Site    []string `arg:"" optional:"" help:"网站的标识码或首页地址，可写几个。"`
	Sweep   bool     `help:"全部在册网站。"`
	Scope   []string `help:"范围，与 --sweep 同用：region=行政区划、level=层级、platform=平台、tag=标签、id=标识码。" placeholder:"条件"`
	Control []string `help:"已知能通过IPv6打开的对照网站首页，可重复。前后各访问一次，不设或打不开时，需要本机IPv6的各项一律记为未测。" placeholder:"网址"`
	Contact string   `help:"写入访问标识的联系方式，供网站主办单位查询。" placeholder:"方式"`
}

// Run measures sites over both families, one after another.
func (c *probeIPv6Cmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	if c.Sweep == (len(c.Site) > 0) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "请写明网站，或用 --sweep 测量全部在册网站，两者取一"}
	}
	var err error
	if c.Control, err = a.controls(c.Control); err != nil {
		return err
	}
	server := a.settings.resolver
	if server == "" {
		if server, err = probe.SystemServer(); err != nil {
			return err
		}
	}
	o, err := a.fetchOptions(crawlFlags{Contact: c.Contact})
	if err != nil {
		return err
	}
	if o.Resolver = server; o.Validate() != nil {
		return o.Validate()
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
	look := &probe.IPv6Look{Prober: &probe.Prober{Options: o}, Server: server, Controls: c.Control, Judge: judgeHome}
	var list []*govsweep.IPv6Report
	var lines []reports.IPv6Line
	err = look.All(a.ctx, sites, 1, func(r *govsweep.IPv6Report) error {
		if err := db.SaveProbes(a.ctx, append(slices.Clone(r.V4), r.V6...)); err != nil {
			return err
		}
		known, err := db.Site(a.ctx, r.Target)
		if err != nil {
			return err
		}
		list = append(list, r)
		for _, m := range r.Measures {
			lines = append(lines, reports.IPv6Line{Target: known.Target(), IPv6Measure: m})
		}
		if !r.Own.Proven() {
			fmt.Fprintf(a.stderr, "%s：%s，需要本机IPv6的各项未测。\n", reports.Clean(known.Name), reports.Clean(r.Own.Why))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.grid(reports.IPv6Grid(lines), func(w io.Writer) error { return reports.JSONLines(w, list) })
}
