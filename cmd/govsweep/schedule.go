package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/sampling"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

type scheduleCmd struct {
	Add     scheduleAddCmd     `cmd:"" help:"登记一项计划；同名的被替换。"`
	List    scheduleListCmd    `cmd:"" help:"列出计划、下次时间和最近一次的结果。"`
	Show    scheduleShowCmd    `cmd:"" help:"查看一项计划此后几次的时间和执行记录。"`
	Pause   schedulePauseCmd   `cmd:"" help:"暂停：到时不执行，正在进行的一次照常完成。"`
	Resume  scheduleResumeCmd  `cmd:"" help:"恢复：从现在起按时间执行，暂停期间的不补做。"`
	Cancel  scheduleCancelCmd  `cmd:"" help:"取消正在进行的一次，计划本身不变。"`
	Remove  scheduleRemoveCmd  `cmd:"" help:"删除计划；正在进行的一次随之取消，执行记录保留。"`
	Import  scheduleImportCmd  `cmd:"" help:"从YAML文件导入计划和采集时段，列出全部错误及行号。"`
	Hours   scheduleHoursCmd   `cmd:"" help:"列出、登记、删除一批网站的采集时段和停用日。"`
	Explain scheduleExplainCmd `cmd:"" help:"逐栏目说明一个网站下次何时查看、为什么。"`
}

type scheduleAddCmd struct {
	Name     string   `arg:"" help:"计划名称。"`
	Kind     string   `required:"" help:"事项：availability（可用性监测）、columns（栏目更新检查）、full（全面检查）、sample（随机抽查）、accounts（政务新媒体检查）、notices（文书到期办理）。" placeholder:"事项"`
	When     string   `required:"" help:"时间（北京时间），如“每日 02:00”“每周一 02:00”“每月1日 00:30”“每季度首月5日 22:00”“工作日 09:00”，或五段的cron。" placeholder:"时间"`
	Scope    []string `help:"范围，可重复，写法与 sweep run 相同。默认为全部。" placeholder:"条件"`
	Sample   string   `help:"随机抽查的比例，如 30%。" placeholder:"比例"`
	Window   string   `help:"只在该时段内进行，如 22:00-06:00。" placeholder:"时段"`
	Blackout []string `help:"停用日，可重复：2026-10-01、2026-10-01..2026-10-07、10-01..10-07（每年）、周六。" placeholder:"日期"`
	Priority int      `help:"优先级，1最先，4最后。" default:"3" placeholder:"数"`
	Parallel int      `help:"同时检查的网站数，全部机器合计。" default:"8" placeholder:"数"`
	MaxPages int      `help:"每个网站最多读取的页面数，-1为不限。" placeholder:"数"`
	Control  []string `help:"对照网站首页地址，可重复。" placeholder:"网址"`
	By       string   `help:"登记人员姓名。" placeholder:"姓名"`
}

// Run keeps one schedule.
func (c *scheduleAddCmd) Run(a *app) error {
	s := govsweep.Schedule{Name: c.Name, Kind: govsweep.ScheduleKind(c.Kind), When: c.When, Scope: c.Scope, Sample: c.Sample, Window: c.Window,
		Blackout: c.Blackout, Priority: c.Priority, Parallel: c.Parallel, MaxPages: c.MaxPages, By: c.By, Since: time.Now().Truncate(time.Millisecond)}
	var err error
	if len(c.Control) > 0 {
		if s.Control, err = a.controls(c.Control); err != nil {
			return err
		}
	}
	days, err := a.calendar()
	if err != nil {
		return err
	}
	if faults := schedule.Validate(&s, days, scheduleScope); len(faults) > 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "计划“" + schedule.ShortName(s.Name) + "”有误：" + faultsText(faults)}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	switch old, err := db.Schedule(a.ctx, s.Name); {
	case err == nil:
		changes := schedule.Renew(old, &s)
		fmt.Fprintf(a.stderr, "已替换原计划“%s”%s：%s。\n", reports.Clean(s.Name), map[bool]string{true: "，仍为暂停"}[s.Paused], reports.Clean(orWords(changes, "没有变更")))
	case govsweep.KindOf(err) != govsweep.NotFound:
		return err
	}
	if err := db.SaveSchedule(a.ctx, &s); err != nil {
		return err
	}
	if err := a.warnEmpty(db, []govsweep.Schedule{s}, nil); err != nil {
		return err
	}
	return a.showSchedules(db, func(o *govsweep.Schedule) bool { return o.Name == s.Name })
}

func faultsText(faults []schedule.Fault) string {
	var said []string
	for _, f := range faults {
		said = append(said, f.Say)
	}
	return strings.Join(said, "；")
}

// scheduleScope reads the conditions of a schedule as its kind takes them, and
// its sample.
func scheduleScope(s *govsweep.Schedule) []schedule.Fault {
	var faults []schedule.Fault
	if err := scopeOfKind(s); err != nil {
		faults = append(faults, schedule.Fault{Key: "scope", Say: said(err)})
	}
	if s.Sample != "" {
		if _, err := sampling.Sample([]sampling.Member{{ID: "a"}}, s.Sample, "a"); err != nil {
			faults = append(faults, schedule.Fault{Key: "sample", Say: fmt.Sprintf("抽查比例“%s”不正确，应如 30%%", s.Sample)})
		}
	}
	return faults
}

func scopeOfKind(s *govsweep.Schedule) error {
	_, forAccounts := register.OfAccounts(s.Scope)
	_, accounts := accountScope(forAccounts)
	_, sites := parseScope(s.Scope)
	switch {
	case s.Kind == govsweep.NoticesSchedule:
		if len(s.Scope) > 0 {
			return wrongUse("文书到期办理不分范围")
		}
		return nil
	case s.Kind == govsweep.AccountsSchedule:
		return accounts
	case slices.Contains(govsweep.ScheduleKinds(), s.Kind) || accounts != nil: // a scope of a kind that is not known need fit only one
		return sites
	}
	return nil
}

type scheduleListCmd struct{}

// Run lists every schedule.
func (c *scheduleListCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	return a.showSchedules(db, func(*govsweep.Schedule) bool { return true })
}

func (a *app) showSchedules(db *storage.DB, keep func(*govsweep.Schedule) bool) error {
	all, err := db.Schedules(a.ctx)
	if err != nil {
		return err
	}
	var lines []reports.ScheduleLine
	for i := range all {
		if !keep(&all[i]) {
			continue
		}
		l := reports.ScheduleLine{Schedule: all[i]}
		if l.Next, err = a.nextTime(&all[i], time.Now()); err != nil {
			l.Fault = said(err) // of this one alone
		}
		runs, err := db.ScheduleRuns(a.ctx, all[i].Name, 1)
		if err != nil {
			return err
		}
		if len(runs) > 0 {
			l.LastRun = &runs[0]
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		fmt.Fprintln(a.stderr, "还没有登记计划，可用 govsweep schedule add 或 schedule import 登记。")
	}
	return a.grid(reports.ScheduleGrid(lines), func(w io.Writer) error { return reports.JSONLines(w, lines) })
}

// nextTime gives when a schedule runs next, by the calendar of the installation.
func (a *app) nextTime(s *govsweep.Schedule, after time.Time) (time.Time, error) {
	days, err := a.calendar()
	if err != nil {
		return time.Time{}, err
	}
	return schedule.NextRun(s, days, after)
}

type scheduleShowCmd struct {
	Name string `arg:"" help:"计划名称。"`
	Runs int    `help:"列出最近几次。" default:"20" placeholder:"数"`
}

// Run shows one schedule: the times to come, and what came of those before.
func (c *scheduleShowCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	runs, err := db.ScheduleRuns(a.ctx, c.Name, max(c.Runs, 1))
	if err != nil {
		return err
	}
	s, err := db.Schedule(a.ctx, c.Name)
	if err != nil && (govsweep.KindOf(err) != govsweep.NotFound || len(runs) == 0) {
		return err
	}
	if err := a.tellSchedule(s, c.Name); err != nil {
		return err
	}
	return a.grid(reports.ScheduleRunGrid(runs), func(w io.Writer) error { return reports.JSONLines(w, runs) })
}

// tellSchedule says in words when a schedule runs next: before a table beside
// it, and on stderr where the lines are for a program. nil is one that was
// removed.
func (a *app) tellSchedule(s *govsweep.Schedule, name string) error {
	var line strings.Builder
	var fault error
	if s != nil {
		_, fault = a.nextTime(s, time.Now())
	}
	switch {
	case s == nil:
		fmt.Fprintf(&line, "%s：计划已删除，以下是保留的执行记录。", reports.Clean(name))
	case fault != nil:
		fmt.Fprintf(&line, "%s：%s，%s。无法执行：%s。请用 govsweep schedule add 按现在的写法重新登记，或用 schedule remove 删除。", reports.Clean(s.Name), s.Kind.Word(),
			reports.Clean(s.When), reports.Clean(strings.TrimSuffix(said(fault), "。")))
	case s.Paused:
		fmt.Fprintf(&line, "%s：%s，%s。已暂停%s。", reports.Clean(s.Name), s.Kind.Word(), reports.Clean(s.When), reports.Clean(because(s.Note)))
	default:
		fmt.Fprintf(&line, "%s：%s，%s。此后几次：", reports.Clean(s.Name), s.Kind.Word(), reports.Clean(s.When))
		for i, at := 0, time.Now(); i < 5; i++ {
			var err error
			if at, err = a.nextTime(s, at); err != nil {
				return err
			}
			fmt.Fprintf(&line, " %s", at.In(govsweep.Shanghai).Format("2006-01-02 15:04"))
		}
	}
	to := a.stderr
	if a.format() == "table" {
		to = a.stdout
	}
	_, err := fmt.Fprintln(to, line.String())
	return err
}

func because(note string) string {
	if note == "" {
		return ""
	}
	return "：" + note
}

// Help shows how it is used.
func (scheduleAddCmd) Help() string {
	return `示例：
  govsweep schedule add 每日可用性 --kind availability --when "每日 00:00" --control https://www.gov.cn
  govsweep schedule add 每夜栏目 --kind columns --when "每日 22:00" --window 22:00-06:00
  govsweep schedule add 每月全面 --kind full --when "每月1日 20:00" --blackout 10-01..10-07
  govsweep schedule add 季度抽查 --kind sample --sample 30% --when "每季度首月5日 20:00"
  govsweep schedule add 到期办理 --kind notices --when "工作日 09:00"`
}
