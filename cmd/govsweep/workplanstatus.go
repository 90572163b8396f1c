package main

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
	"github.com/govsweep/govsweep/workplan"
)

type workplanStatusCmd struct {
	Plan string `help:"计划编号，如 P2。默认为最近导入的一个。" placeholder:"编号"`
	Last string `help:"上一年度计划的编号，用于“回头看”。默认按年度查找。" placeholder:"编号"`
	Rule string `name:"rulebook" help:"指标文件。默认为国办秘函〔2019〕19号。" placeholder:"名称"`
}

// Run says where the tasks of a plan stand.
func (c *workplanStatusCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, p, err := a.planOf(c.Plan)
	if err != nil {
		return err
	}
	defer db.Close()
	in, err := a.statusInput(db, c.Rule)
	if err != nil {
		return err
	}
	if in.Last, err = lastPlan(a, db, p, c.Last); err != nil {
		return err
	}
	rows := workplan.Status(p, in, a.asOf())
	if err := a.grid(statusGrid(p, rows), func(w io.Writer) error { return jsonLines(w, rows) }); err != nil {
		return err
	}
	late := 0
	for _, r := range rows {
		if r.Overdue > 0 && !r.LookBack {
			late++
		}
	}
	if late > 0 {
		fmt.Fprintf(a.stderr, "《%s》有%d项任务超过完成时限。\n", p.Title, late)
	}
	return nil
}

// statusInput gathers the sites, the last inspection of each, and what the
// rulebook can check.
func (a *app) statusInput(db *storage.DB, book string) (workplan.StatusInput, error) {
	in := workplan.StatusInput{Checked: map[string]bool{}, Titles: map[string]string{}}
	b, _, err := a.loadBook(book)
	if err != nil {
		return in, err
	}
	for _, e := range b.Entries {
		in.Checked[e.ID], in.Titles[e.ID] = true, e.Name
	}
	if in.Sites, err = db.Sites(a.ctx, storage.SiteFilter{}); err != nil {
		return in, err
	}
	in.Sites = govsweep.RegisteredSites(in.Sites)
	cal := workday.Default()
	in.Workday = func(t time.Time) bool { return cal.IsWorkday(t) }
	in.Inspections, err = lastInspections(a, db)
	return in, err
}

// lastInspections gives the newest inspection of every site, from the newest
// sweep back.
func lastInspections(a *app, db *storage.DB) ([]*govsweep.Inspection, error) {
	sweeps, err := db.Sweeps(a.ctx)
	if err != nil {
		return nil, err
	}
	seen := map[govsweep.TargetID]bool{}
	var out []*govsweep.Inspection
	for _, s := range sweeps {
		targets, err := db.SweepTargets(a.ctx, s.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range targets {
			if t.State != govsweep.SweepDone || seen[t.Target.ID] {
				continue
			}
			in, err := db.Inspection(a.ctx, govsweep.Run{Sweep: s.ID, Target: t.Target.ID})
			if err != nil {
				return nil, err
			}
			seen[t.Target.ID] = true
			out = append(out, in)
		}
	}
	return out, nil
}

// lastPlan finds the plan of the year before.
func lastPlan(a *app, db *storage.DB, p *govsweep.Plan, id string) (*govsweep.Plan, error) {
	if id != "" {
		return db.Plan(a.ctx, id)
	}
	plans, err := db.Plans(a.ctx)
	if err != nil || p.Year == 0 {
		return nil, err
	}
	for i := range plans {
		if plans[i].Year == p.Year-1 {
			return &plans[i], nil
		}
	}
	return nil, nil
}
