package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/origin"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
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
	if in.Accounts, err = c.accounts(a, db, in); err != nil {
		return err
	}
	if in.Sites, err = c.sites(a, db, in); err != nil {
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

// accounts gives the accounts of the unit with what they published by month.
func (c *reportStatisticsCmd) accounts(a *app, db *storage.DB, in *reports.StatisticsInput) ([]reports.StatisticsAccount, error) {
	all, err := db.Accounts(a.ctx, storage.AccountFilter{Host: c.Host})
	if err != nil {
		return nil, err
	}
	out := make([]reports.StatisticsAccount, 0, len(all))
	for i := range all {
		readings, err := db.Readings(a.ctx, all[i].ID, time.Time{})
		if err != nil {
			return nil, err
		}
		posts, err := db.Posts(a.ctx, all[i].ID, in.From)
		if err != nil {
			return nil, err
		}
		out = append(out, reports.StatisticsAccount{Account: all[i], Months: facts.AccountMonths(&all[i], in.From, in.To, in.AsOf, readings, posts)})
	}
	return out, nil
}

// sites gives the sites of the unit as their last inspection read them; a
// closed one stands there only when it was inspected.
func (c *reportStatisticsCmd) sites(a *app, db *storage.DB, in *reports.StatisticsInput) ([]reports.StatisticsSite, error) {
	registered, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return nil, err
	}
	sweeps, err := db.Sweeps(a.ctx)
	if err != nil {
		return nil, err
	}
	sweeps = slices.DeleteFunc(sweeps, func(s govsweep.Sweep) bool { return s.AsOf.After(in.AsOf) })
	var out []reports.StatisticsSite
	for _, site := range govsweep.RegisteredSites(registered) {
		if site.Host != c.Host || twin(site, registered) {
			continue
		}
		s, err := statisticsSite(a, db, &site, in.From, sweeps)
		if err != nil {
			return nil, err
		}
		if site.State != govsweep.Closed || !s.AsOf.IsZero() {
			out = append(out, *s)
		}
	}
	return out, nil
}

// statisticsSite gathers the articles of one site from the newest of sweeps
// that judged it.
func statisticsSite(a *app, db *storage.DB, site *govsweep.Site, from time.Time, sweeps []govsweep.Sweep) (*reports.StatisticsSite, error) {
	out := &reports.StatisticsSite{Site: *site}
	var err error
	if out.Inspections, err = inspectionsOf(a, db, sweeps, site.ID); err != nil || len(out.Inspections) == 0 {
		return out, err
	}
	newest := slices.MaxFunc(out.Inspections, func(x, y reports.AnnexInspection) int { return x.AsOf.Compare(y.AsOf) })
	run := govsweep.Run{Sweep: newest.Sweep, Target: site.ID}
	raw, err := db.Dossier(a.ctx, run)
	if err != nil {
		return nil, err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("read the dossier of %s: %w", site.ID, err)
	}
	g := origin.NewGatherer(from)
	if err := db.EachRecord(a.ctx, run, func(r *govsweep.Record) error { g.Add(r); return nil }); err != nil {
		return nil, err
	}
	side := g.Side(&d, newest.Sweep)
	out.AsOf, out.Articles, out.Since, out.Columns = side.AsOf, side.Articles, side.Since, side.Columns
	// The side speaks of what a comparison may not conclude; here of numbers.
	out.Why = strings.NewReplacer("不能认定账号信息未在网站发布", "不能统计发布数量", "只比对了一部分", "只读取了一部分").Replace(side.Why)
	return out, nil
}
