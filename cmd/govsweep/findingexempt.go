package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type exemptCmd struct {
	decision
	Until string `help:"豁免的最后一日，如 2026-12-31。" placeholder:"日期"`
	Scope string `help:"范围：finding（只是这些问题）；column、site、unit：该栏目、该网站、该主办单位今后的同类问题也豁免（须写 --until）。" enum:"finding,column,site,unit" default:"finding" placeholder:"范围"`
}

// Help shows exemptions.
func (c *exemptCmd) Help() string {
	return `示例：
  govsweep finding exempt F0A1B2C3D4E5 --by 张三 --reason "本年度无人事变动" --until 2026-12-31
  govsweep finding exempt F0A1B2C3D4E5 --scope site --by 张三 --reason "网站改版过渡期" --until 2026-12-31`
}

// Run exempts findings, with a reason and perhaps a last day.
func (c *exemptCmd) Run(a *app) error {
	if strings.TrimSpace(c.Reason) == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "豁免需用 --reason 写明理由"}
	}
	if c.Scope == "finding" {
		return c.decide(a, rectify.Decision{Event: govsweep.Exempt, Until: c.Until}, govsweep.Proposed, govsweep.Reopened, govsweep.Confirmed)
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	ids, err := c.ids(a, o.db, govsweep.Proposed, govsweep.Reopened, govsweep.Confirmed)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.standing(a, o, id); err != nil {
			return err
		}
	}
	return nil
}

// standing makes the exemption a standing one, after the example of one finding.
func (c *exemptCmd) standing(a *app, o *office, id string) error {
	f, err := o.db.Finding(a.ctx, id)
	if err != nil {
		return err
	}
	e := govsweep.Exemption{Scope: govsweep.ExemptionScope(c.Scope), Indicator: f.Indicator, Reason: c.Reason, By: c.By, At: time.Now(), Until: c.Until}
	switch e.Scope {
	case govsweep.ColumnScope:
		if f.Column == nil {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "问题" + f.ID + "不属于某个栏目，不能按栏目豁免，可用 --scope site"}
		}
		e.Target, e.Column = f.Target.ID, f.Column.URL
	case govsweep.SiteScope:
		e.Target = f.Target.ID
	case govsweep.UnitScope:
		site, err := a.registered(o.db, f.Target.ID)
		if err != nil {
			return err
		}
		e.Unit = site.Host
	}
	sites, err := o.db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	moves, err := o.desk.Exempt(a.ctx, &e, sites)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已登记长期豁免%s，至%s；现有%d个问题随之豁免，今后检查发现的同类问题到期前不再提出。\n", e.ID, e.Until, len(moves))
	return nil
}

type exemptionCmd struct {
	List   exemptionListCmd   `cmd:"" help:"列出长期豁免。"`
	Revoke exemptionRevokeCmd `cmd:"" help:"撤销一项长期豁免：仍存在的问题下次检查时重新提出。"`
}

type exemptionListCmd struct{}

// Run lists standing exemptions.
func (c *exemptionListCmd) Run(a *app) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	all, err := o.db.Exemptions(a.ctx)
	if err != nil {
		return err
	}
	return a.grid(reports.ExemptionGrid(all, time.Now()), func(w io.Writer) error { return reports.ExemptionLines(w, all) })
}

type exemptionRevokeCmd struct {
	ID string `arg:"" name:"id" help:"豁免编号，如 E2。"`
	By string `required:"" help:"撤销的人员姓名。" placeholder:"姓名"`
}

// Run revokes a standing exemption.
func (c *exemptionRevokeCmd) Run(a *app) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	if err := o.db.RevokeExemption(a.ctx, c.ID, c.By, time.Now()); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已撤销豁免%s。\n", c.ID)
	return nil
}
