package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type sweepCmd struct {
	Run_   sweepRunCmd    `cmd:"" name:"run" help:"检查名录中的一批网站。"`
	List   sweepListCmd   `cmd:"" help:"列出历次检查。"`
	Show   sweepShowCmd   `cmd:"" help:"查看一次检查中每个网站的进度。"`
	Resume sweepResumeCmd `cmd:"" help:"继续中断的检查。"`
	Cancel sweepCancelCmd `cmd:"" help:"取消尚未完成的检查。"`
}

type sweepRunCmd struct {
	Scope         []string `help:"范围，可重复：region=行政区划、level=层级、platform=平台、tag=标签、id=标识码。默认为全部在册网站。加 kind=account 检查政务新媒体账号（可用 region、level、media、host、tag、id）。" placeholder:"条件"`
	ParallelSites int      `help:"同时检查的网站数。" default:"8" placeholder:"数"`
	TotalParallel int      `help:"全部网站合计同时进行的请求数。" default:"64" placeholder:"数"`
	Sample        string   `help:"随机抽查：按层级和平台分层，抽取该比例的网站，如 30%。" placeholder:"比例"`
	Seed          string   `help:"抽样种子，与 --sample 同用；同一名录、同一种子抽出同一名单。默认随机产生并输出。" placeholder:"文字"`
	DryRun        bool     `help:"只输出抽样结果，不检查。"`
	accountOptions
	crawlFlags
	byFlag
}

// Run sweeps the registered sites of a scope.
func (c *sweepRunCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	yes, words := register.OfAccounts(c.Scope)
	if yes {
		return c.accounts(a, words)
	}
	filter, err := parseScope(words)
	if err != nil {
		return err
	}
	if _, err := a.fetchOptions(c.crawlFlags); err != nil {
		return err
	}
	if c.Control, err = a.controls(c.Control); err != nil {
		return err
	}
	if c.Sample == "" && (c.Seed != "" || c.DryRun) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "--seed 和 --dry-run 须与 --sample 同用，如 --sample 30%"}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	sites, err := db.Sites(a.ctx, filter)
	if err != nil {
		return err
	}
	frame := register.Running(sites)
	a.leftOut(sites)
	if len(frame) == 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "该范围内没有在册的正常运行网站，请先用 govsweep import sites 导入名录"}
	}
	scope := firstOf(strings.Join(c.Scope, " "), "全部在册网站")
	j := job{app: a, db: db, flags: c.crawlFlags, kind: "sweep", scope: scope, sites: c.ParallelSites, total: c.TotalParallel}
	if c.Sample != "" {
		if j.draw, frame, err = c.drawFrom(a, frame); err != nil || c.DryRun {
			return err
		}
		j.scope += fmt.Sprintf(" 抽样%s%%（%s） 种子%s", j.draw.Percent, j.draw.Taken(), j.draw.Seed)
	}
	targets := make([]govsweep.Target, len(frame))
	for i := range frame {
		targets[i] = frame[i].Target()
	}
	return j.start(targets)
}

// leftOut says of a run over the register how many sites are none of it.
func (a *app) leftOut(all []govsweep.Site) {
	n := 0
	for i := range all {
		if !all[i].Registered() {
			n++
		}
	}
	if n > 0 && n < len(all) {
		fmt.Fprintf(a.stderr, "另有%d个网站只按网址查看过、没有登记，不在其内；须包括的，请导入名录或逐个写明。\n", n)
	}
}

// parseScope reads the conditions of a scope of sites.
func parseScope(words []string) (storage.SiteFilter, error) {
	s, err := register.ReadSiteScope(words)
	return storage.SiteFilter{Region: s.Region, Level: s.Level, Platform: s.Platform, Tag: s.Tag, IDs: s.IDs}, err
}

type sweepListCmd struct{}

// Run lists sweeps, the newest first.
func (c *sweepListCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Sweeps(a.ctx)
	if err != nil {
		return err
	}
	if err := a.grid(reports.SweepGrid(rows), func(w io.Writer) error { return reports.SweepLines(w, rows) }); err != nil {
		return err
	}
	return a.tellCutShort(db, rows)
}

type sweepShowCmd struct {
	ID int64 `arg:"" optional:"" help:"检查编号。默认为最近一次。"`
}

// Run shows where every target of a sweep stands.
func (c *sweepShowCmd) Run(a *app) error {
	db, s, err := ofSweep{c.ID}.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.SweepTargets(a.ctx, s.ID)
	if err != nil {
		return err
	}
	if err := a.settle(db, s, rows); err != nil {
		return err
	}
	if err := a.grid(reports.TargetGrid(rows), func(w io.Writer) error { return reports.TargetLines(w, rows) }); err != nil {
		return err
	}
	if err := a.tellCutShort(db, []govsweep.Sweep{*s}); err != nil {
		return err
	}
	return a.tellGate(db, s)
}

type sweepResumeCmd struct {
	ID            int64 `arg:"" optional:"" help:"检查编号。默认为最近一次尚未完成的检查，网站或账号均可。"`
	ParallelSites int   `help:"同时检查的网站数。" default:"8" placeholder:"数"`
	TotalParallel int   `help:"全部网站合计同时进行的请求数。" default:"64" placeholder:"数"`
	byFlag
}

// Run goes on with a sweep that was cut short, with the options it was begun with.
func (c *sweepResumeCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	db, s, err := c.open(a)
	if err != nil || s == nil {
		return err
	}
	defer db.Close()
	if s.Kind == govsweep.RetestSweep {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查是复查，不能继续，请重新运行 govsweep finding retest", s.ID)}
	}
	if s.State == govsweep.SweepCancelled {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查已取消，不能继续", s.ID)}
	}
	j := job{app: a, db: db, kind: s.Kind, scope: s.Scope, sites: c.ParallelSites, total: c.TotalParallel}
	var begun kept
	if err := json.Unmarshal([]byte(s.Options), &begun); err != nil {
		return fmt.Errorf("options of sweep %d: %w", s.ID, err)
	}
	j.flags, j.media = begun.crawlFlags, begun.accountOptions
	if len(a.settings.allowNet) == 0 {
		a.settings.allowNet = begun.AllowNet
	}
	a.settings.resolver = firstOf(a.settings.resolver, begun.Resolver)
	j.flags.Rulebook = firstOf(j.flags.Rulebook, s.Rulebook)
	targets, err := db.SweepTargets(a.ctx, s.ID)
	if err != nil {
		return err
	}
	if err := db.AddAudit(a.ctx, govsweep.AuditLine{Event: "sweep.resume", Subject: fmt.Sprint(s.ID)}); err != nil {
		return err
	}
	return j.resume(s, len(targets))
}

// open opens the database and finds the sweep named, else the newest one that
// has not ended, and says which that is; no sweep at all when none is open.
func (c *sweepResumeCmd) open(a *app) (*storage.DB, *govsweep.Sweep, error) {
	db, s, err := ofSweep{c.ID}.open(a)
	if err != nil || c.ID != 0 {
		return db, s, err
	}
	all, err := db.Sweeps(a.ctx)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	i := slices.IndexFunc(all, func(s govsweep.Sweep) bool {
		return s.State == govsweep.SweepRunning && s.Kind != govsweep.RetestSweep
	})
	if i < 0 {
		db.Close()
		fmt.Fprintln(a.stderr, "没有未完成的检查。")
		return nil, nil, nil
	}
	fmt.Fprintf(a.stderr, "继续第%d次检查（%s）。\n", all[i].ID, reports.Clean(all[i].Scope))
	return db, &all[i], nil
}

type sweepCancelCmd struct {
	ID int64 `arg:"" help:"检查编号。"`
	byFlag
}

// Run ends a sweep that is not finished; what was judged stays.
func (c *sweepCancelCmd) Run(a *app) error {
	db, s, err := ofSweep{c.ID}.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	if s.State == govsweep.SweepDone {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d次检查已完成，不能取消", s.ID)}
	}
	if err := db.CancelSweep(a.ctx, s.ID, time.Now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "第%d次检查已取消。\n", s.ID)
	return err
}

// Help shows how it is used.
func (sweepRunCmd) Help() string {
	return `示例：
  govsweep sweep run --scope level=县级 --parallel-sites 8
  govsweep sweep run --scope kind=account --scope media=wechat
  govsweep sweep run --sample 30% --seed 2026年第四季度 --dry-run`
}
