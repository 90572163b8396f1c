package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
)

type reportStatisticsCmd struct {
	Host    string `required:"" help:"主办单位，与名录中的写法一致。" placeholder:"单位"`
	From    string `help:"统计的第一个月，如 2026-01。默认为当年1月。" placeholder:"月份"`
	To      string `help:"统计的最后一个月，如 2026-10。默认为当月。" placeholder:"月份"`
	Figures string `help:"单位填报的数据，YAML文件；只补充检查没有统计到的数据。" placeholder:"文件" type:"existingfile"`
	Out     string `help:"另将统计表（DOCX、HTML、PDF、XLSX、JSONL）写入该目录。" placeholder:"目录" type:"path"`
}

// Help shows the statistics of a unit and the file it fills in.
func (c *reportStatisticsCmd) Help() string {
	return `统计单位在政务公开工作要点落实情况中报送的数据：政务新媒体账号、网站和新媒体各月发布信息数、
政策解读、政府公报和网民留言答复。没有统计到的写“—”，只统计到一部分的写“至少”，并说明原因。

示例：
  govsweep report statistics --host 某某市人民政府办公室 --format table
  govsweep report statistics --host 某某市人民政府办公室 --from 2026-01 --to 2026-10 --format xlsx > 统计.xlsx
  govsweep report statistics --host 某某市人民政府办公室 --from 2026-01 --to 2026-10 --figures 填报.yaml --out 统计表

填报文件（没有的项目不写）：
  填报单位: 某某市人民政府办公室
  统计起始: 2026-01
  统计截止: 2026-10
  政策解读: 12
  政府公报期数: 10
  收到网民留言: 320
  答复网民留言: 318
  网站发布信息: {2026-01: 56}
  新媒体发布信息: {微信: {2026-01: 31, 2026-02: 28}}`
}

// Run prints the statistics of a unit, and writes them as a paper where asked.
func (c *reportStatisticsCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	if strings.TrimSpace(c.Host) == "" {
		return wrongUse("--host 应写明主办单位")
	}
	in, err := c.input(a)
	if err != nil {
		return err
	}
	if err := writable(c.Out); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := (&casework.Statistics{Store: papersOf{db}}).Fill(a.ctx, in); err != nil {
		return err
	}
	if len(in.Accounts)+len(in.Sites) == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有主办单位为“" + c.Host + "”的账号或网站，请用 govsweep accounts 和 govsweep sites list 核对写法"}
	}
	u, err := reports.NewUnitStatistics(*in)
	if err != nil {
		return err
	}
	if c.Out != "" {
		files, skipped, err := reports.WriteStatistics(a.ctx, c.Out, u)
		a.wrote(files)
		for _, s := range skipped {
			fmt.Fprintln(a.stderr, s)
		}
		if err != nil {
			return err
		}
	}
	return a.grid(reports.StatisticsGrid(u), func(w io.Writer) error { return reports.JSONLines(w, u.Lines) })
}

// input reads the months and what the unit filled in.
func (c *reportStatisticsCmd) input(a *app) (*reports.StatisticsInput, error) {
	now := a.asOf().In(govsweep.Shanghai)
	in := &reports.StatisticsInput{Unit: c.Host, AsOf: now}
	last, err := month(firstOf(c.To, now.Format("2006-01")))
	if err != nil {
		return nil, err
	}
	in.To = last.AddDate(0, 1, -1)
	if in.From, err = month(firstOf(c.From, last.Format("2006")+"-01")); err != nil {
		return nil, err
	}
	if in.From.After(now) {
		return nil, wrongUse("统计的第一个月%s尚未开始", in.From.Format("2006-01"))
	}
	if c.Figures == "" {
		return in, nil
	}
	f, err := namedfile.Open("填报文件", c.Figures)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in.Given, err = reports.LoadGivenStatistics(f)
	return in, err
}
