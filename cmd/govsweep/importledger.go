package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type importLedgerCmd struct {
	File   string `arg:"" help:"单位填写后的整改台账（XLSX）。" type:"existingfile"`
	DryRun bool   `help:"只列出改动和不能采纳的单元格，不写入。"`
	By     string `required:"" help:"报送人员姓名。" placeholder:"姓名"`
	Retest bool   `help:"导入后随即复查已回复的问题（否则留待 govsweep notice due）。"`
	lookFlags
}

// Help says what is taken and what is not.
func (c *importLedgerCmd) Help() string {
	return `填写的整改措施、完成时间、责任人、佐证记为整改回复，异议理由记为异议，签收人、签收时间记为签收。
逐个单元格列出改动；系统填写的单元格被改动、导出后情况已变化、日期不正确等不能采纳的，写明单元格和原因，其余照常导入。

示例：
  govsweep import ledger 整改台账.xlsx --by 李四 --dry-run
  govsweep import ledger 整改台账.xlsx --by 李四 --retest`
}

// Run takes back a ledger.
func (c *importLedgerCmd) Run(a *app) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	rows, err := c.rows(a, o.db)
	if err != nil {
		return err
	}
	edits, refused, err := c.read(rows)
	if err != nil {
		return err
	}
	if err := c.list(a, edits, refused); err != nil {
		return err
	}
	if c.DryRun || len(edits) == 0 {
		return refusals(len(refused))
	}
	at := time.Now()
	filed, err := o.desk.File(a.ctx, register.Filings(edits, rows, c.By, at), c.By, at)
	fmt.Fprintln(a.stderr, taken(edits, filed, len(refused)))
	unfiled := 0
	for _, f := range filed {
		if more := reached(edits, f); len(more) > 0 {
			fmt.Fprintf(a.stderr, "%s第%s项未填写，与所填各项属于同一原因，已一并登记。\n", f.Notice.ID, govsweep.Ranges(more))
		}
		fmt.Fprintln(a.stderr, stands(f.Notice))
		if f.Err != nil {
			if govsweep.KindOf(f.Err) == govsweep.Internal {
				return f.Err
			}
			unfiled++
			fmt.Fprintln(a.stderr, "未能全部登记："+said(f.Err))
		}
		if c.Retest && len(f.Answered) > 0 {
			if err := a.retestNotice(f.Notice.ID, f.Answered, "", c.crawl()); err != nil && !isExit(err) {
				return err
			}
		}
	}
	if err != nil {
		return err
	}
	return refusals(len(refused) + unfiled)
}

func isExit(err error) bool {
	var e exit
	return errors.As(err, &e)
}

// rows gives the rows of the notices the ledger names, as they are now. What
// it names and is not there is refused by its cell.
func (c *importLedgerCmd) rows(a *app, db *storage.DB) ([]govsweep.LedgerRow, error) {
	f, err := c.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ids, err := register.LedgerNotices(f, filepath.Base(c.File))
	if err != nil {
		return nil, err
	}
	var rows []govsweep.LedgerRow
	for _, id := range ids {
		n, err := db.Notice(a.ctx, id)
		switch {
		case govsweep.KindOf(err) == govsweep.NotFound:
		case err != nil:
			return nil, err
		case n.State != govsweep.NoticeDraft:
			rows = append(rows, reports.LedgerRows(n)...)
		}
	}
	return rows, nil
}

func (c *importLedgerCmd) open() (*os.File, error) {
	return namedfile.Open("台账", c.File)
}

func (c *importLedgerCmd) read(rows []govsweep.LedgerRow) ([]register.LedgerEdit, []register.Refusal, error) {
	f, err := c.open()
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	return register.ReadLedger(f, filepath.Base(c.File), rows, time.Now())
}

// list prints every change with its cell, and every cell that cannot be taken.
func (c *importLedgerCmd) list(a *app, edits []register.LedgerEdit, refused []register.Refusal) error {
	for _, r := range refused {
		fmt.Fprintln(a.stderr, reports.Clean(r.String()))
	}
	g := reports.Grid{Name: "台账改动", Cols: []reports.Col{{Title: "单元格", Width: 8}, {Title: "文书", Width: 6}, {Title: "项", Width: 4, Right: true},
		{Title: "栏目", Width: 12}, {Title: "原值", Width: 30}, {Title: "新值", Width: 40}}}
	for _, e := range edits {
		g.Rows = append(g.Rows, []reports.Cell{{Text: e.Cell}, {Text: e.Notice}, {Text: fmt.Sprint(e.Item)}, {Text: e.Field}, {Text: e.Old}, {Text: e.New}})
	}
	if c.DryRun {
		fmt.Fprintf(a.stderr, "台账中有%d处改动可以采纳，%d处不能采纳。\n", len(edits), len(refused))
	}
	return a.grid(g, func(w io.Writer) error { return reports.JSONLines(w, edits) })
}

// refusals gives the exit code when something was not taken.
func refusals(n int) error {
	if n > 0 {
		return exit(exitWrong)
	}
	return nil
}

// taken says how many changes were taken: those of a notice that refused
// something are told of by themselves.
func taken(edits []register.LedgerEdit, filed []casework.Filed, refused int) string {
	n := len(edits)
	for _, e := range edits {
		if slices.ContainsFunc(filed, func(f casework.Filed) bool { return f.Notice.ID == e.Notice && f.Err != nil }) {
			n--
		}
	}
	return fmt.Sprintf("台账中有%d处改动已采纳，%d处不能采纳。", n, refused)
}

// reached gives the items of a notice that the ledger left empty and that
// follow a filled row of the same root cause.
func reached(edits []register.LedgerEdit, f casework.Filed) []int {
	var more []int
	for _, no := range append(slices.Clone(f.Answered), f.Disputed...) {
		if !slices.ContainsFunc(edits, func(e register.LedgerEdit) bool { return e.Notice == f.Notice.ID && e.Item == no }) {
			more = append(more, no)
		}
	}
	slices.Sort(more)
	return slices.Compact(more)
}
