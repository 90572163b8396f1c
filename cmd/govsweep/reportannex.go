package main

import (
	"context"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type reportAnnexCmd struct {
	Unit    string `help:"主办单位。" placeholder:"单位"`
	Region  string `help:"行政区划。" placeholder:"区划"`
	From    string `required:"" help:"统计的第一个月，如 2026-01。" placeholder:"月份"`
	To      string `required:"" help:"统计的最后一个月，如 2026-09。" placeholder:"月份"`
	Figures string `help:"其他来源的数据（新媒体、解读），YAML文件，须注明来源。" placeholder:"文件" type:"existingfile"`
	Out     string `help:"写入的目录。" default:"reports" placeholder:"目录" type:"path"`
}

// Help shows annexes.
func (c *reportAnnexCmd) Help() string {
	return `按单位或地区统计各月发布信息数等，供编写进展情况报告；没有测量到的写“—”并说明原因。
政务新媒体取自账号名录、信息来源和统计期内最近一次账号检查，--figures 写明的以其为准。
文件名如 统计附表-某某市-2026年1月至2026年9月.docx，另有 .html、.pdf、.xlsx、.jsonl。

示例：
  govsweep report annex --region 某某市 --from 2026-01 --to 2026-09 --out 附表`
}

// Run writes the statistical annex of a unit or region.
func (c *reportAnnexCmd) Run(a *app) error {
	in := reports.AnnexInput{Subject: firstOf(c.Unit, c.Region, "全部在册网站")}
	var err error
	if in.From, err = month(c.From); err != nil {
		return err
	}
	last, err := month(c.To)
	if err != nil {
		return err
	}
	in.To = last.AddDate(0, 1, -1)
	if c.Figures != "" {
		if in.Figures, err = readFigures(c.Figures); err != nil {
			return err
		}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	given := in.Figures.Accounts
	if err := c.gather(a, db).Fill(a.ctx, &in); err != nil {
		return err
	}
	if f := in.Figures.Accounts; given == nil && f != nil && f.Why != "" {
		fmt.Fprintln(a.stderr, reports.Clean(f.Why))
	}
	if len(in.Sites) == 0 && in.Figures.Accounts == nil {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有该单位或地区的网站和账号，请核对 --unit、--region"}
	}
	annex, err := reports.NewAnnex(in)
	if err != nil {
		return err
	}
	files, skipped, err := reports.WriteAnnex(a.ctx, c.Out, annex)
	a.wrote(files)
	for _, s := range skipped {
		fmt.Fprintln(a.stderr, s)
	}
	return err
}

func month(s string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01", s, govsweep.Shanghai)
	if err != nil {
		return t, &govsweep.Error{Kind: govsweep.Wrong, Say: "月份“" + s + "”不正确，应如 2026-01"}
	}
	return t, nil
}

func (c *reportAnnexCmd) gather(a *app, db *storage.DB) *casework.Annex {
	judge := func(_ context.Context, book string) (casework.Judge, error) {
		r, err := a.ruling(db, book)
		if err != nil {
			return nil, err
		}
		return r.again, nil
	}
	return &casework.Annex{Store: papersOf{db}, Judge: judge, Unit: c.Unit, Region: c.Region, AsOf: a.asOf()}
}
