package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

type scheduleExplainCmd struct {
	Site     string `arg:"" help:"网站的标识码或首页地址。"`
	Rulebook string `help:"评分规则的名称或文件。默认 gov-2019-19。" placeholder:"规则"`
}

// Run prints per column when it is looked at next, and why.
func (c *scheduleExplainCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	known, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	site, ok := findSite(known, c.Site)
	if !ok {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有“" + c.Site + "”"}
	}
	d, err := lastDossier(a, db, site.ID)
	if err != nil {
		return err
	}
	if d == nil {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("“%s”还没有检查过，下次栏目更新检查或全面检查时首先检查", site.Name)}
	}
	book, _, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	looks := schedule.Looks(d, book)
	if err := a.grid(reports.LookGrid(looks), func(w io.Writer) error { return reports.JSONLines(w, looks) }); err != nil || a.format() != "table" {
		return err
	}
	next := schedule.SiteNext(site.ID, d.AsOf, looks)
	_, err = fmt.Fprintf(a.stdout, "“%s”上次检查%s，下次%s查看（%s）：%s\n", reports.Clean(site.Name), govsweep.ChineseDate(next.Last), govsweep.ChineseDate(next.Next),
		reports.Clean(next.Column), reports.Clean(next.Why))
	return err
}

// lastDossier gives what the last inspection of a site saw; nil when there was none.
func lastDossier(a *app, db *storage.DB, id govsweep.TargetID) (*facts.Dossier, error) {
	raw, err := db.LastDossier(a.ctx, id, math.MaxInt64)
	if err != nil || raw == nil {
		return nil, err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("dossier of %s: %w", id, err)
	}
	return &d, nil
}
