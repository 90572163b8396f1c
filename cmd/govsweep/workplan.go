package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workplan"
)

type workplanCmd struct {
	Import workplanImportCmd `cmd:"" help:"导入工作要点，或改好的台账。"`
	Status workplanStatusCmd `cmd:"" help:"每项任务的进展、机器核查结果和上一年度“回头看”。"`
	Export workplanExportCmd `cmd:"" help:"导出台账（XLSX），填好后再导入。"`
	List   workplanListCmd   `cmd:"" help:"列出已导入的工作要点。"`
}

// Help is shown behind the flags of the command.
func (workplanCmd) Help() string {
	return `示例：
  govsweep workplan import 2021年政务公开工作要点.docx --dry-run    先看读出了哪些任务、责任单位和时限
  govsweep workplan import 2021年政务公开工作要点.docx
  govsweep workplan export P1 --out 台账.xlsx                   交给各单位填写
  govsweep workplan import 台账.xlsx --dry-run                 看各单位改了哪些单元格
  govsweep workplan import 台账.xlsx
  govsweep workplan status --plan P1 --last P0 --format table`
}

type workplanImportCmd struct {
	File   string `arg:"" help:"工作要点（文本、网页、DOCX、PDF），或本产品导出后改好的台账（XLSX）。"`
	DryRun bool   `help:"只显示读出的任务或改动，不写入。"`
	Year   int    `help:"工作要点的年度，原件没有写明时填写。" placeholder:"年"`
	byFlag
}

// Run imports a paper, or a ledger that came back.
func (c *workplanImportCmd) Run(a *app) error {
	in, err := namedfile.Open("文件", c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	st, err := in.Stat()
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.File + "”无法读取", Err: err}
	}
	if c.Year != 0 && (c.Year < 2000 || c.Year > 2100) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("年度“%d”不正确，应如 --year 2021", c.Year)}
	}
	name := filepath.Base(c.File)
	if workplan.IsSheet(in, st.Size()) {
		return c.ledger(a, name, in, st.Size())
	}
	return c.paper(a, name, in, st.Size())
}

func (c *workplanImportCmd) paper(a *app, name string, in io.ReaderAt, size int64) error {
	p, err := workplan.ReadYear(name, in, size, c.Year)
	if err != nil {
		return err
	}
	p.Imported = time.Now()
	if c.DryRun {
		if err := a.planTasks(p); err != nil {
			return err
		}
		a.planNotes(p)
		fmt.Fprintln(a.stderr, "以上为预览，未写入。")
		return nil
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := notTwice(a, db, p); err != nil {
		return err
	}
	p.Version = 0
	if err := db.SavePlan(a.ctx, p, 0); err != nil {
		return err
	}
	if err := a.planTasks(p); err != nil {
		return err
	}
	a.planNotes(p)
	fmt.Fprintf(a.stderr, "已导入《%s》，编号%s，任务%d项。用 govsweep workplan export %s 导出台账核对。\n", p.Title, p.ID, len(p.Tasks), p.ID)
	return nil
}

// notTwice refuses a paper that was imported before: its ledger holds what
// people wrote.
func notTwice(a *app, db *storage.DB, p *govsweep.Plan) error {
	plans, err := db.Plans(a.ctx)
	if err != nil {
		return err
	}
	for _, old := range plans {
		if old.Digest == p.Digest {
			return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("这份文件已经导入，编号%s；要修改任务，请用 govsweep workplan export %s 导出台账，改好后再导入", old.ID, old.ID)}
		}
	}
	return nil
}

func (c *workplanImportCmd) ledger(a *app, name string, in io.ReaderAt, size int64) error {
	id, _, err := workplan.SheetPlan(name, in, size)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	now, err := db.Plan(a.ctx, id)
	if err != nil {
		return err
	}
	m, err := workplan.ReadSheet(name, in, size, now)
	if err != nil {
		return err
	}
	for _, change := range m.Changes {
		fmt.Fprintln(a.stdout, change)
	}
	for _, r := range m.Refused {
		fmt.Fprintln(a.stderr, r)
	}
	switch {
	case len(m.Refused) > 0:
		return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("有%d处不能导入，全部未导入；请按上面指出的单元格改正后重试", len(m.Refused))}
	case c.DryRun:
		fmt.Fprintf(a.stderr, "改动%d处。以上为预览，未写入。\n", len(m.Changes))
		return nil
	case len(m.Changes) == 0:
		fmt.Fprintf(a.stderr, "台账与计划%s没有差别，未写入。\n", id)
		return nil
	}
	if err := db.SavePlan(a.ctx, m.Plan, now.Version); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已导入%d处改动，计划%s现为第%d版。\n", len(m.Changes), id, m.Plan.Version)
	return nil
}

type workplanExportCmd struct {
	Plan string `arg:"" optional:"" help:"计划编号，如 P2。默认为最近导入的一个。"`
	Out  string `help:"写入的文件；不写则输出到标准输出。" placeholder:"文件" type:"path"`
}

// Run writes the ledger of a plan.
func (c *workplanExportCmd) Run(a *app) error {
	db, p, err := a.planOf(c.Plan)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.Out == "" {
		return workplan.Sheet(a.stdout, p)
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.Out + "”无法写入", Err: err}
	}
	if err := workplan.Sheet(f, p); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.Out + "”无法写入", Err: err}
	}
	a.wrote([]string{c.Out})
	return nil
}

// planOf opens the database and finds a plan; "" is the one imported last.
func (a *app) planOf(id string) (*storage.DB, *govsweep.Plan, error) {
	db, err := a.openDB()
	if err != nil {
		return nil, nil, err
	}
	p, err := a.plan(db, id)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, p, nil
}

func (a *app) plan(db *storage.DB, id string) (*govsweep.Plan, error) {
	if id != "" {
		return db.Plan(a.ctx, id)
	}
	plans, err := db.Plans(a.ctx)
	if err != nil {
		return nil, err
	}
	if len(plans) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "还没有导入工作要点，请先用 govsweep workplan import 导入"}
	}
	return &plans[len(plans)-1], nil
}

type workplanListCmd struct{}

// Run lists the plans.
func (*workplanListCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	plans, err := db.Plans(a.ctx)
	if err != nil {
		return err
	}
	return a.grid(planGrid(plans), func(w io.Writer) error { return jsonLines(w, plans) })
}

// Help shows how it is used.
func (workplanImportCmd) Help() string {
	return `示例：
  govsweep workplan import 2021年政务公开工作要点.docx --dry-run
  govsweep workplan import 台账.xlsx`
}
