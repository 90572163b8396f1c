package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

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

// Run says what is under way, then prints per column when it is looked at next, and why; and by which
// schedules.
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
	out := a.stdout
	if a.format() != "table" {
		out = a.stderr
	}
	begun, err := a.tellUnderWay(out, db, &site)
	if err != nil {
		return err
	}
	if d == nil {
		never := "还没有检查过。"
		if begun {
			never = "此前没有检查过。"
		}
		fmt.Fprintf(out, "“%s”%s\n", reports.Clean(site.Name), never)
		return a.tellPlans(out, db, &site, time.Time{})
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
	if _, err = fmt.Fprintf(a.stdout, "“%s”上次检查%s，下次%s查看（%s）：%s\n", reports.Clean(site.Name), govsweep.ChineseDate(next.Last), govsweep.ChineseDate(next.Next),
		reports.Clean(next.Column), reports.Clean(next.Why)); err != nil {
		return err
	}
	return a.tellPlans(a.stdout, db, &site, next.Next)
}

// tellPlans names the schedules that inspect a site and when they do, within
// its hours; look is from when its columns are due.
func (a *app) tellPlans(out io.Writer, db *storage.DB, site *govsweep.Site, look time.Time) error {
	plans, err := a.plansOf(db, site, look, time.Now())
	if err != nil {
		return err
	}
	if len(plans) == 0 {
		_, err = fmt.Fprintln(out, `没有计划检查该网站，不会自动检查。可登记：govsweep schedule add 每夜栏目 --kind columns --when "每日 22:00"`)
		return err
	}
	for i := range plans {
		p := &plans[i]
		when := "最早于" + govsweep.ChineseMinute(p.next) + "检查"
		switch {
		case p.fault != "":
			when = "无法执行：" + reports.Clean(strings.TrimSuffix(p.fault, "。"))
		case p.of.Paused:
			when = "已暂停，恢复前不检查"
		case p.next.IsZero():
			when = "两年内没有计划和该网站都允许的采集时段"
		case p.of.Kind == govsweep.SampleSchedule:
			when += "，抽中的才检查"
		}
		if _, err := fmt.Fprintf(out, "计划“%s”（%s）：%s。\n", reports.Clean(p.of.Name), p.of.Kind.Word(), when); err != nil {
			return err
		}
	}
	return nil
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
