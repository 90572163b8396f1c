package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// further is what every paper that follows a notice needs.
type further struct {
	noticeID
	Out string `help:"写入文件的目录。默认 notices。" default:"notices" placeholder:"目录" type:"path"`
	act
}

// make writes, numbers and issues the paper.
func (c *further) make(a *app, event string, x reports.Further, only ...bool) error {
	at, err := c.at()
	if err != nil {
		return err
	}
	if err := writable(c.Out); err != nil {
		return err
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	x.By, x.At = c.By, at
	parent, next, err := o.desk.Further(a.ctx, c.ID, casework.Next{Further: x, Event: event, Only: slices.Contains(only, true)})
	if err != nil {
		return err
	}
	if err := a.keepNotice(o, next, c.Out); err != nil {
		return err
	}
	return a.say(next, issued(next)+stands(parent))
}

type noticeRemindCmd struct {
	Item   []int  `help:"只催办第几项，可重复。默认为全部未整改的。" placeholder:"项"`
	Reason string `help:"说明。" placeholder:"文字"`
	further
}

// Run issues a 催办通知.
func (c *noticeRemindCmd) Run(a *app) error {
	return c.make(a, rectify.StepRemind, reports.Further{Kind: govsweep.Urge, Items: c.Item, Reason: c.Reason})
}

type noticeEscalateCmd struct {
	Item   []int  `help:"只督办第几项，可重复。默认为全部未整改的。" placeholder:"项"`
	Reason string `help:"说明。" placeholder:"文字"`
	further
}

// Run issues a 督办单.
func (c *noticeEscalateCmd) Run(a *app) error {
	return c.make(a, rectify.StepEscalate, reports.Further{Kind: govsweep.SupervisionOrder, Items: c.Item, Reason: c.Reason})
}

type noticeAmendCmd struct {
	sameCause
	Item    []int          `help:"从通知书中移出的项，可重复。" placeholder:"项"`
	Correct map[int]string `help:"更正某一项的事实：项=更正后的文字，可重复。" placeholder:"项=文字"`
	Reason  string         `required:"" help:"更正的原因。" placeholder:"文字"`
	further
}

// Run issues a 更正通知.
func (c *noticeAmendCmd) Run(a *app) error {
	items := append(slices.Clone(c.Item), slices.Sorted(maps.Keys(c.Correct))...)
	if len(items) == 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "请用 --item 写明移出第几项，或用 --correct 写明更正的文字"}
	}
	return c.make(a, rectify.StepAmend, reports.Further{Kind: govsweep.Amendment, Items: items, Corrected: c.Correct, Reason: c.Reason}, c.Only)
}

type noticeWithdrawCmd struct {
	Reason string `required:"" help:"撤销的原因。" placeholder:"文字"`
	further
}

// Run drops a draft, or issues a 撤销通知 for what was issued.
func (c *noticeWithdrawCmd) Run(a *app) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	n, err := o.db.Notice(a.ctx, c.ID)
	o.db.Close()
	if err != nil {
		return err
	}
	if n.State != govsweep.NoticeDraft {
		return c.make(a, rectify.StepWithdraw, reports.Further{Kind: govsweep.Withdrawal, Reason: c.Reason})
	}
	return c.step(a, c.ID, rectify.StepWithdraw, func(t *rectify.Turn) error {
		t.Reason = c.Reason
		return nil
	})
}

type noticeDueCmd struct {
	ID     []string `arg:"" optional:"" name:"id" help:"文书编号。默认为全部未销号的。"`
	DryRun bool     `help:"只列出到期事项，不办理。"`
	Out    string   `help:"写入催办通知、督办单的目录。默认 notices。" placeholder:"目录" type:"path"`
	lookFlags
}

// Help shows how what is due is done every day.
func (c *noticeDueCmd) Help() string {
	return `每日运行一次即可：到期或已回复的自动复查，临近期限的催办，逾期的认定逾期、下发督办单，屡催不改的列入通报点名。重复运行不会重复办理。

示例：
  govsweep notice due --dry-run
  govsweep notice due --out 催办`
}

// Run does what is due, notice by notice; one that cannot be done does not
// hold up the others. The exit code is that of the gravest error.
func (c *noticeDueCmd) Run(a *app) error {
	c.Out = firstOf(c.Out, "notices")
	if !c.DryRun {
		if err := writable(c.Out); err != nil {
			return err
		}
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	ids, err := c.ids(a, o)
	if err != nil {
		return err
	}
	code, n := exitDone, 0
	for _, id := range ids {
		done, err := c.one(a, o, id)
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if err != nil {
			fmt.Fprintf(a.stderr, "文书%s未能办理：%s\n", reports.Clean(id), said(err))
			code, n = max(code, exitFor(err)), n+1
		}
		for _, d := range done {
			code, n = max(code, exitFor(d.Err)), n+1
		}
	}
	if n == 0 {
		fmt.Fprintln(a.stderr, "今天没有到期事项。")
	}
	if code == exitDone {
		return nil
	}
	return exit(code)
}

// Help shows how it is used.
func (noticeAmendCmd) Help() string {
	return `示例：
  govsweep notice amend N3 --item 2 --by 王五 --reason "该栏目不属于该单位"
  govsweep notice amend N3 --correct "4=栏目最近更新于2026-10-08" --by 王五 --reason "日期有误"`
}
