package main

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
)

type rulesCmd struct {
	List   rulesListCmd   `cmd:"" help:"列出评分规则中的指标。"`
	Show   rulesShowCmd   `cmd:"" help:"查看一个指标：依据、阈值、分值、整改要求。"`
	Lint   rulesLintCmd   `cmd:"" help:"校验评分规则文件，指出有误的行和原因。"`
	Replay rulesReplayCmd `cmd:"" help:"用另一份评分规则重判已存的检查，列出判定有变化的网站。"`
}

type rulesListCmd struct {
	Rulebook string `help:"评分规则的名称或文件。" placeholder:"规则"`
}

// Run lists the entries of a rulebook.
func (c *rulesListCmd) Run(a *app) error {
	b, _, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	rows := make([]ruleRow, 0, len(b.Entries))
	for i := range b.Entries {
		rows = append(rows, rowOf(&b.Entries[i]))
	}
	return a.ruleRows(rows)
}

type rulesShowCmd struct {
	Code     string `arg:"" help:"指标的代码或编号，如 column-blank-veto 或 SV-04c。"`
	Rulebook string `help:"评分规则的名称或文件。" placeholder:"规则"`
}

// Run shows one entry whole.
func (c *rulesShowCmd) Run(a *app) error {
	b, all, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	for i := range b.Entries {
		e := &b.Entries[i]
		if string(e.Code) != c.Code && e.ID != c.Code {
			continue
		}
		row := rowOf(e)
		for _, ind := range all {
			if ind.Code == e.Code {
				row.Doc = ind.Doc
			}
		}
		return reports.JSON(a.stdout, row, true)
	}
	return &govsweep.Error{Kind: govsweep.NotFound, Say: "评分规则“" + b.ID + "”中没有指标“" + c.Code + "”"}
}

type rulesLintCmd struct {
	File string `arg:"" help:"评分规则文件。"`
}

// Run names every fault of a rulebook file with its line.
func (c *rulesLintCmd) Run(a *app) error {
	src, err := namedfile.ReadMost("评分规则文件", c.File, rules.MostBook)
	if err != nil {
		return err
	}
	faults := rules.Lint(src, book.Indicators)
	for _, f := range faults {
		fmt.Fprintf(a.stdout, "%s:%d：%s\n", c.File, f.Line, f.Why)
	}
	if len(faults) > 0 {
		return exit(exitWrong)
	}
	fmt.Fprintf(a.stdout, "%s 没有问题。\n", c.File)
	return nil
}

type rulesReplayCmd struct {
	ofSweep
	Rulebook string `required:"" help:"评分规则的名称或文件。" placeholder:"规则"`
}

// Run judges the stored facts of a sweep again and prints who would change.
func (c *rulesReplayCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	b, _, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	before, err := db.Verdicts(a.ctx, s.ID)
	if err != nil {
		return err
	}
	was := map[govsweep.TargetID]govsweep.Verdict{}
	for _, v := range before {
		was[v.Target.ID] = v
	}
	r, err := a.ruling(db, c.Rulebook)
	if err != nil {
		return err
	}
	changed, total := 0, 0
	err = db.EachDossier(a.ctx, s.ID, func(t govsweep.TargetID, raw []byte) error {
		in, err := r.inspection(a.ctx, s, t, raw)
		if err != nil {
			return err
		}
		now := in.Verdict
		total++
		old := was[t]
		if old.Grade == now.Grade && samePoints(old.Score, now.Score) {
			return nil
		}
		changed++
		if a.format() == "table" {
			_, err := fmt.Fprintf(a.stdout, "%s：%s → %s。%s\n", reports.Clean(old.Target.Name), gradeWords[old.Grade], gradeWords[now.Grade], reports.Clean(now.Reason))
			return err
		}
		return reports.VerdictLines(a.stdout, []govsweep.Verdict{now})
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "按“%s”重判%d个网站，判定有变化的%d个。\n", b.ID, total, changed)
	return nil
}

func samePoints(a, b *govsweep.Points) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
