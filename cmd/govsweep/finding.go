package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

type findingCmd struct {
	Confirm confirmCmd     `cmd:"" help:"确认问题属实。"`
	Reject  rejectCmd      `cmd:"" help:"排除：问题不属实。"`
	Exempt  exemptCmd      `cmd:"" help:"豁免：问题属实但有正当理由，需写明理由，可设期限。"`
	Reopen  reopenCmd      `cmd:"" help:"重新打开已作处理的问题。"`
	Show    showFindingCmd `cmd:"" help:"查看一个问题的全部内容。"`
	Retest  retestCmd      `cmd:"" help:"立即复查：只重新查看问题所在的位置，给出结果和证据。"`
}

// decision is what every decision needs.
type decision struct {
	ID     []string `arg:"" name:"id" help:"问题编号，可写多个。"`
	Reason string   `help:"理由。" placeholder:"文字"`
	By     string   `required:"" help:"作出决定的人员姓名。" placeholder:"姓名"`
}

type (
	confirmCmd struct{ decision }
	rejectCmd  struct{ decision }
	reopenCmd  struct{ decision }
	exemptCmd  struct {
		decision
		Until string `help:"豁免的最后一日，如 2026-12-31。" placeholder:"日期"`
	}
)

// Run confirms findings.
func (c *confirmCmd) Run(a *app) error { return c.keep(a, govsweep.Confirm, "确认", "") }

// Run rejects findings, with a reason: the site owner and the auditor read it.
func (c *rejectCmd) Run(a *app) error {
	if strings.TrimSpace(c.Reason) == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "排除问题需用 --reason 写明理由"}
	}
	return c.keep(a, govsweep.Reject, "排除", "")
}

// Run opens findings again.
func (c *reopenCmd) Run(a *app) error { return c.keep(a, govsweep.Reopen, "重开", "") }

// Run exempts findings, with a reason and perhaps a last day.
func (c *exemptCmd) Run(a *app) error {
	if c.Reason == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "豁免需用 --reason 写明理由"}
	}
	if c.Until != "" {
		if _, err := time.Parse("2006-01-02", c.Until); err != nil {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "日期“" + c.Until + "”不正确，应如 2026-12-31"}
		}
		if c.Until < govsweep.DateOf(time.Now()) {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "豁免的最后一日“" + c.Until + "”已经过去"}
		}
	}
	return c.keep(a, govsweep.Exempt, "豁免", c.Until)
}

// keep stores one decision for every finding named.
func (d *decision) keep(a *app, event govsweep.Event, word, until string) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	decision := rectify.Decision{Event: event, By: d.By, Reason: d.Reason, Until: until, At: time.Now()}
	for _, id := range d.ID {
		s, err := db.StandingOf(a.ctx, id)
		if err != nil {
			return err
		}
		move, err := rectify.Decide(*s, decision)
		if err != nil {
			return err
		}
		if err := db.Move(a.ctx, []govsweep.Transition{move}); err != nil {
			return err
		}
		if move.Event == govsweep.Endorse {
			fmt.Fprintf(a.stderr, "问题%s属单项否决指标，已由%s初核，尚须另一名检查人员确认。\n", s.ID, reports.Clean(move.By))
			continue
		}
		fmt.Fprintf(a.stderr, "问题%s已%s。\n", id, word)
	}
	return nil
}

type showFindingCmd struct {
	ID string `arg:"" name:"id" help:"问题编号。"`
}

// Run prints one finding as JSON.
func (c *showFindingCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	f, err := db.Finding(a.ctx, c.ID)
	if err != nil {
		return err
	}
	if err := reports.FindingLines(a.stdout, []govsweep.Finding{*f}); err != nil {
		return err
	}
	history, err := db.Transitions(a.ctx, c.ID)
	if err != nil {
		return err
	}
	for _, h := range history {
		until := ""
		if h.Until != "" {
			until = "，至" + h.Until
		}
		fmt.Fprintf(a.stderr, "%s %s由%s改为%s%s。理由：%s\n", h.At.In(govsweep.Shanghai).Format("2006-01-02 15:04"),
			reports.Clean(firstOf(h.By, "系统")), reports.StatusName(h.From), reports.StatusName(h.To), until, reports.Clean(firstOf(h.Reason, "未写明")))
	}
	return nil
}
