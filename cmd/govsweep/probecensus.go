package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
)

type probeCensusCmd struct {
	ofSweep
}

// Help shows how the command is used.
func (c *probeCensusCmd) Help() string {
	return `示例：
  govsweep probe census                                最近一次检查的全部网站
  govsweep probe census --sweep 3 --format xlsx > 天窗.xlsx`
}

// Run asks about every host the pages of a sweep load from.
func (c *probeCensusCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	server, err := a.nameServer()
	if err != nil {
		return err
	}
	o, err := a.fetchOptions(crawlFlags{})
	if err != nil {
		return err
	}
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	if s, err = c.overSites(a, db, s); err != nil {
		return err
	}
	var census facts.HostCensus
	err = db.EachDossier(a.ctx, s.ID, func(t govsweep.TargetID, raw []byte) error {
		var d struct {
			Site      govsweep.Site
			Account   *struct{}
			Resources []govsweep.HostUse
			Coverage  govsweep.Coverage
		}
		if err := json.Unmarshal(raw, &d); err != nil {
			return fmt.Errorf("read the dossier of %s: %w", t, err)
		}
		if d.Coverage.Pages.Read == 0 && len(d.Resources) == 0 {
			d.Resources = nil // nothing was read: that is not none
		}
		if d.Account == nil {
			census.Add(&d.Site, d.Resources)
		}
		return nil
	})
	if err != nil {
		return err
	}
	hosts := &probe.Hosts{Prober: &probe.Prober{Options: o}, Server: server}
	hosts.AskAll(a.ctx, census.Names())
	if err := a.ctx.Err(); err != nil {
		return err
	}
	list := census.Result(func(host string) (govsweep.HostIPv6, string) { return hosts.Ask(a.ctx, host) })
	fmt.Fprintf(a.stderr, "第%d次检查的%d个网站共引用外部资源主机%s\n", s.ID, census.Sites, reports.HostCensusLine(list))
	if census.Unread > 0 {
		fmt.Fprintf(a.stderr, "另有%d个网站没有读到任何网页，或者没有记录外部资源，不在其内；能够打开的请重新检查后再普查。\n", census.Unread)
	}
	if census.Left > 0 {
		fmt.Fprintf(a.stderr, "资源主机过多，另有%d处引用没有计入。\n", census.Left)
	}
	return a.grid(reports.HostCensusGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) })
}

// nameServer gives the name server that is asked: the one set, else the
// system's.
func (a *app) nameServer() (string, error) {
	if a.settings.resolver != "" {
		return a.settings.resolver, nil
	}
	return probe.SystemServer()
}
