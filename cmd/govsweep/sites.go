package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type sitesCmd struct {
	List    sitesListCmd    `cmd:"" help:"列出名录中的网站：标识码、名称、主办单位、层级、首页网址和状态。"`
	Hygiene sitesHygieneCmd `cmd:"" help:"名录核查：域名不存在或停放、转向他处、标识码、名称、主办单位不符，以及链接所及而没有登记的网站。"`
}

type sitesHygieneCmd struct {
	ofSweep
	Only []string `help:"只列这些类别，可重复：name-gone、name-empty、parked、moved、code-differs、name-differs、owner-differs、unregistered、linked-stranger、unknown。" placeholder:"类别"`
}

// Help shows how it is used.
func (sitesHygieneCmd) Help() string {
	return `依据一次检查所见，与名录逐项核对。超时、域名服务器故障等未能看到的，列为“未能核查”，
不作为问题。网站全站链接都计入；www 和端口不同的视为同一域名。

示例：
  govsweep sites hygiene                              最近一次检查
  govsweep sites hygiene --sweep 3 --only unregistered
  govsweep sites hygiene --format xlsx > 名录核查.xlsx`
}

// Run lists in what the register and a sweep differ.
func (c *sitesHygieneCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	kinds := []string{"name-gone", "name-empty", "parked", "moved", "code-differs", "name-differs", "owner-differs", "unregistered", "linked-stranger", "unknown"}
	for _, k := range c.Only {
		if !slices.Contains(kinds, k) {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "类别“" + k + "”不认识，可用 name-gone、name-empty、parked、moved、code-differs、name-differs、owner-differs、unregistered、linked-stranger、unknown"}
		}
	}
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	if s, err = c.overSites(a, db, s); err != nil {
		return err
	}
	notes, err := a.registerNotes(db, s.ID)
	if err != nil {
		return err
	}
	if len(c.Only) > 0 {
		notes = slices.DeleteFunc(notes, func(n govsweep.RegisterNote) bool { return !slices.Contains(c.Only, string(n.Kind)) })
	}
	if err := a.grid(reports.RegisterGrid(notes), func(w io.Writer) error { return reports.RegisterLines(w, notes) }); err != nil {
		return err
	}
	if len(notes) == 0 {
		fmt.Fprintf(a.stderr, "第%d次检查没有发现名录与实际不一致之处。\n", s.ID)
	}
	return nil
}

// overSites gives the sweep itself, or the last one that went over sites when
// none was named: a sweep over accounts says nothing of the register of sites.
func (c ofSweep) overSites(a *app, db *storage.DB, s *govsweep.Sweep) (*govsweep.Sweep, error) {
	if s.Kind != govsweep.AccountSweep && s.Kind != govsweep.RetestSweep {
		return s, nil
	}
	if c.Sweep != 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查没有全面检查网站，请用 --sweep 写明检查网站的一次", s.ID)}
	}
	all, err := db.Sweeps(a.ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(s govsweep.Sweep) bool { return s.Kind != govsweep.AccountSweep && s.Kind != govsweep.RetestSweep })
	if i < 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "还没有检查过网站，请先运行 govsweep sweep run"}
	}
	return &all[i], nil
}

// registerNotes compares the register with what a sweep saw.
func (a *app) registerNotes(db *storage.DB, sweep int64) ([]govsweep.RegisterNote, error) {
	sites, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return nil, err
	}
	h := facts.NewHygiene(govsweep.RegisteredSites(sites))
	err = db.EachDossier(a.ctx, sweep, func(t govsweep.TargetID, raw []byte) error {
		var d facts.Dossier
		if err := json.Unmarshal(raw, &d); err != nil {
			return fmt.Errorf("dossier of %s: %w", t, err)
		}
		h.Add(&d)
		return nil
	})
	return h.Notes(), err
}

// names says what the name server of this run, else the system's, says of a
// host; nil where neither is known.
func (a *app) names() func(context.Context, string) govsweep.DNSOutcome {
	server := a.settings.resolver
	if server == "" {
		var err error
		if server, err = probe.SystemServer(); err != nil {
			return nil // without one the name stays unknown
		}
	}
	return func(ctx context.Context, host string) govsweep.DNSOutcome {
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		return probe.NameOf(ctx, server, host)
	}
}
