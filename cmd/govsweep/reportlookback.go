package main

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
)

type reportLookbackCmd struct {
	Notice []string `help:"只核对这些通知书（编号或文号），可重复。" placeholder:"编号"`
	Year   int      `help:"核对该年下发的通知书。默认为上一年，上一年没有的为今年。" placeholder:"年份"`
	Retest bool     `help:"先逐项复查，再出表。"`
	Out    string   `help:"写入的目录。" default:"reports" placeholder:"目录" type:"path"`
}

// Help shows look-backs.
func (c *reportLookbackCmd) Help() string {
	return `逐项核对以前通知书中的问题现在怎样：已整改、未整改、反弹、待核，注明依据哪次检查。

示例：
  govsweep report lookback --year 2025 --out 回头看
  govsweep report lookback --notice N3 --retest`
}

// Run writes the look-back sheet as DOCX, HTML, PDF and XLSX.
func (c *reportLookbackCmd) Run(a *app) error {
	if err := writable(c.Out); err != nil {
		return err
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	g := &casework.LookBack{Store: papersOf{o.db}, Now: time.Now}
	if c.Retest {
		g.Look = a.looker(o, crawlFlags{})
	}
	notices, of, err := g.Notices(a.ctx, c.Notice, c.Year)
	if err != nil {
		return err
	}
	var rows []reports.LookBackRow
	for i := range notices {
		more, err := g.Rows(a.ctx, &notices[i])
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	if len(rows) == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "所选通知书中没有可以回头看的问题：均已异议成立、豁免或者移出"}
	}
	head := reports.LookBackHead{Of: of, Bureau: notices[0].Bureau, Date: time.Now()}
	files, skipped, err := reports.WriteLookBack(a.ctx, c.Out, "回头看", head, rows)
	a.wrote(files)
	for _, s := range skipped {
		fmt.Fprintln(a.stderr, s)
	}
	if err != nil {
		return err
	}
	return a.grid(reports.LookBackGrid(rows), func(w io.Writer) error { return reports.JSONLines(w, rows) })
}
