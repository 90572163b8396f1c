package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/service"
)

type schedulePauseCmd struct {
	Name string `arg:"" help:"计划名称。"`
	Why  string `help:"暂停的原因。" placeholder:"原因"`
	byFlag
}

// Run pauses a schedule.
func (c *schedulePauseCmd) Run(a *app) error {
	return a.changeSchedule(c.Name, "已暂停", func(s *govsweep.Schedule) { s.Paused, s.Note = true, c.Why })
}

type scheduleResumeCmd struct {
	Name string `arg:"" help:"计划名称。"`
	byFlag
}

// Run resumes a schedule: from now on, what passed meanwhile is not made up for.
func (c *scheduleResumeCmd) Run(a *app) error {
	return a.changeSchedule(c.Name, "已恢复", func(s *govsweep.Schedule) {
		s.Paused, s.Note, s.Since = false, "", time.Now().Truncate(time.Millisecond)
	})
}

func (a *app) changeSchedule(name, did string, change func(*govsweep.Schedule)) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	s, err := db.Schedule(a.ctx, name)
	if err != nil {
		return err
	}
	change(s)
	if err := db.SetPaused(a.ctx, s); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "计划“%s”%s。\n", reports.Clean(name), did)
	return err
}

type scheduleCancelCmd struct {
	Name string `arg:"" help:"计划名称。"`
	byFlag
}

// Run cancels the run under way with its sweep; what was judged stays.
func (c *scheduleCancelCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := service.CancelRuns(a.ctx, db, c.Name); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "计划“%s”正在进行的一次已取消。\n", reports.Clean(c.Name))
	return err
}

type scheduleRemoveCmd struct {
	Name string `arg:"" help:"计划名称。"`
	byFlag
}

// Run takes a schedule out.
func (c *scheduleRemoveCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	open, err := db.OpenScheduleRuns(a.ctx)
	if err != nil {
		return err
	}
	if err := db.RemoveSchedule(a.ctx, c.Name); err != nil {
		return err
	}
	if slices.ContainsFunc(open, func(r govsweep.ScheduleRun) bool { return r.Schedule == c.Name }) {
		fmt.Fprintf(a.stderr, "计划“%s”正在进行的一次随之取消，已判定的结果保留。\n", reports.Clean(c.Name))
	}
	_, err = fmt.Fprintf(a.stdout, "计划“%s”已删除，执行记录保留。\n", reports.Clean(c.Name))
	return err
}

type scheduleHoursCmd struct {
	Scope    string   `arg:"" optional:"" help:"一批网站：region=行政区划、level=层级、platform=平台、tag=标签、id=标识码，或“全部”。不写则列出已登记的。"`
	Window   string   `help:"允许采集的时段，如 22:00-06:00。" placeholder:"时段"`
	Blackout []string `help:"停用日，可重复，写法与 schedule add 相同。" placeholder:"日期"`
	Why      string   `help:"原因或依据。" placeholder:"原因"`
	Remove   bool     `help:"删除该范围的采集时段。"`
	byFlag
}

// Run lists hours of sites, or sets or removes those of a scope.
func (c *scheduleHoursCmd) Run(a *app) error {
	if c.Scope == "" && (c.Window != "" || len(c.Blackout) > 0 || c.Why != "" || c.Remove) {
		return wrongUse("请写明范围，如 region=某某市，全部网站写“全部”")
	}
	h := govsweep.SiteHours{Scope: c.Scope, Window: c.Window, Blackout: c.Blackout, Why: c.Why}
	if c.Scope != "" && !c.Remove {
		if faults := checkHours(&h); len(faults) > 0 {
			return wrongUse("%s", faultsText(faults))
		}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	switch {
	case c.Remove:
		err = db.RemoveHours(a.ctx, scopeWord(c.Scope))
	case c.Scope != "":
		err = a.setHours(db, &h)
	}
	if err != nil {
		return err
	}
	list, err := db.Hours(a.ctx)
	if err != nil {
		return err
	}
	return a.grid(reports.HoursGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) })
}

func scopeWord(s string) string {
	if s == "全部" {
		return ""
	}
	return s
}

// checkHours lists the faults of hours as a person gave them.
func checkHours(h *govsweep.SiteHours) []schedule.Fault {
	var faults []schedule.Fault
	if h.Scope = scopeWord(h.Scope); h.Scope != "" {
		if _, err := parseScope([]string{h.Scope}); err != nil {
			faults = append(faults, schedule.Fault{Key: "scope", Say: said(err)})
		}
	}
	if h.Window == "" && len(h.Blackout) == 0 {
		faults = append(faults, schedule.Fault{Say: "采集时段须写明时段（window）或停用日（blackout）"})
	}
	return append(faults, schedule.CheckHours(h.Window, h.Blackout)...)
}
