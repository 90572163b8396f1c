package main

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type reportCmd struct {
	Site       reportSiteCmd       `cmd:"" help:"网站检查报告（HTML、XLSX、JSONL）。"`
	Sweep      reportSweepCmd      `cmd:"" help:"一次检查的汇总和每个网站的报告。"`
	Circular   reportCircularCmd   `cmd:"" help:"通报：文件（DOCX、HTML、PDF）和全部名单（XLSX）。"`
	Annex      reportAnnexCmd      `cmd:"" help:"统计附表：某单位或地区各月发布信息数等。"`
	Ledger     reportLedgerCmd     `cmd:"" help:"整改台账（XLSX），发给单位填写后用 govsweep import ledger 收回。"`
	Statistics reportStatisticsCmd `cmd:"" help:"统计表：单位在工作要点落实情况中报送的数据（账号、发布信息、解读、公报、留言）。"`
	Lookback   reportLookbackCmd   `cmd:"" help:"“回头看”：逐项核对以前通知书中的问题现在怎样。"`
}

type reportSiteCmd struct {
	ofSweep
	Code []string `arg:"" optional:"" name:"site" help:"网站标识码；不写则为该次检查的全部网站。"`
	Out  string   `help:"写入的目录。默认 reports。" default:"reports" placeholder:"目录" type:"path"`
}

// Help shows how it is used.
func (reportSiteCmd) Help() string {
	return `示例：
  govsweep report site 1507830002 --out 报告             最近一次检查
  govsweep report site --sweep 3 --out 报告              第3次检查的全部网站`
}

// Run writes the reports of sites.
func (c *reportSiteCmd) Run(a *app) error {
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	targets, err := db.SweepTargets(a.ctx, s.ID)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, code := range c.Code {
		wanted[code] = true
	}
	written := 0
	for _, t := range targets {
		if len(wanted) > 0 && !wanted[t.Target.Code] && !wanted[string(t.Target.ID)] {
			continue
		}
		if t.State != govsweep.SweepDone {
			continue
		}
		if _, err := a.writeSite(db, s.ID, t.Target.ID, c.Out); err != nil {
			return err
		}
		written++
	}
	if written == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("第%d次检查中没有这些网站的结果", s.ID) + c.elsewhere(a, db)}
	}
	return nil
}

// elsewhere says which sweep judged the sites last that were named; "" when
// none did.
func (c *reportSiteCmd) elsewhere(a *app, db *storage.DB) string {
	say := ""
	for _, code := range c.Code {
		if last, err := db.LastJudged(a.ctx, govsweep.TargetID(code)); err == nil {
			say += fmt.Sprintf("；“%s”最近一次检查为第%d次，请用 govsweep report site %s --sweep %d", harmless(code), last.ID, harmless(code), last.ID)
		}
	}
	return say
}

func (a *app) writeSite(db *storage.DB, sweep int64, target govsweep.TargetID, dir string) (*govsweep.Inspection, error) {
	in, err := db.Inspection(a.ctx, govsweep.Run{Sweep: sweep, Target: target})
	if err != nil {
		return nil, err
	}
	if err := a.forReport(db, in); err != nil {
		return nil, err
	}
	files, err := reports.WriteSite(dir, in)
	for _, f := range files {
		fmt.Fprintf(a.stderr, "已写入 %s\n", f)
	}
	return in, err
}

type reportSweepCmd struct {
	ofSweep
	Out string `help:"写入的目录。默认 reports。" default:"reports" placeholder:"目录" type:"path"`
}

// Run writes the overview of a sweep and the report of every site in it.
func (c *reportSweepCmd) Run(a *app) error {
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	o := reports.Overview{Sweep: *s}
	name, err := a.writeOverview(db, &o, c.Out, func(t govsweep.Target) (reports.Line, error) {
		in, err := a.writeSite(db, s.ID, t.ID, c.Out)
		if err != nil {
			return reports.Line{}, err
		}
		o.Book = in.Book
		return reports.LineOf(in), nil
	})
	if err == nil {
		fmt.Fprintf(a.stderr, "已写入 %s\n", name)
	}
	return err
}
