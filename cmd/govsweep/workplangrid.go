package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/workplan"
)

func jsonLines[T any](w io.Writer, rows []T) error {
	return reports.JSONLines(w, rows)
}

func shownText(s string) reports.Cell { return reports.Cell{Text: reports.Clean(s)} }

func counted(n int) reports.Cell {
	return reports.Cell{Text: fmt.Sprint(n), Number: float64(n), IsNum: true}
}

// planTasks prints the tasks of a plan as they were read.
func (a *app) planTasks(p *govsweep.Plan) error {
	g := reports.Grid{Name: p.Title, Cols: []reports.Col{{Title: "编号", Width: 9, Keep: true}, {Title: "条目", Width: 26, Spare: true}, {Title: "任务", Width: 40, Tell: true},
		{Title: "责任单位", Width: 24}, {Title: "时限", Width: 18}, {Title: "指标", Width: 8, Right: true}, {Title: "核查", Width: 8, Right: true}, {Title: "原件残缺", Width: 30, Wide: true}}}
	for _, t := range p.Tasks {
		ids, lists := 0, 0
		for _, d := range t.Demands {
			ids += len(d.Indicators)
			if d.Checklist != "" {
				lists++
			}
		}
		g.Rows = append(g.Rows, []reports.Cell{shownText(t.ID), shownText(t.Item), shownText(t.Text), shownText(strings.Join(t.Bodies, "、")),
			shownText(dueText(t.Due)), counted(ids), counted(lists), shownText(t.Damaged)})
	}
	return a.grid(g, func(w io.Writer) error { return jsonLines(w, p.Tasks) })
}

func (a *app) planNotes(p *govsweep.Plan) {
	for _, n := range p.Notes {
		fmt.Fprintln(a.stderr, "提示："+reports.Clean(n))
	}
}

func dueText(d govsweep.Due) string {
	switch d.Kind {
	case govsweep.DueDate:
		return d.Date
	case govsweep.DueOpen:
		return "长期（" + d.Text + "）"
	case govsweep.DuePeriodic:
		return "定期（" + d.Text + "）"
	case govsweep.DueDamaged:
		return "原件残缺"
	}
	if d.Text != "" {
		return "待填写（" + d.Text + "）"
	}
	return "未写明"
}

func planGrid(plans []govsweep.Plan) reports.Grid {
	g := reports.Grid{Name: "工作要点", Cols: []reports.Col{{Title: "编号", Width: 6, Keep: true}, {Title: "年度", Width: 6}, {Title: "标题", Width: 44, Tell: true},
		{Title: "文号", Width: 22}, {Title: "版本", Width: 6, Right: true}, {Title: "任务", Width: 6, Right: true}, {Title: "来源文件", Width: 30, Spare: true}}}
	for _, p := range plans {
		year := ""
		if p.Year != 0 {
			year = fmt.Sprint(p.Year)
		}
		g.Rows = append(g.Rows, []reports.Cell{shownText(p.ID), shownText(year), shownText(p.Title), shownText(p.Number), counted(p.Version), counted(len(p.Tasks)), shownText(p.Source)})
	}
	return g
}

var proofWords = map[workplan.Proof]string{
	workplan.Proven: "检查通过", workplan.Faulty: "发现问题", workplan.Unproven: "未测全", workplan.ByHand: "人工核查",
}

func statusGrid(p *govsweep.Plan, rows []workplan.TaskStatus) reports.Grid {
	g := reports.Grid{Name: "要点落实情况", Cols: []reports.Col{{Title: "编号", Width: 9}, {Title: "任务", Width: 36, Tell: true}, {Title: "责任单位", Width: 20, Spare: true},
		{Title: "时限", Width: 16}, {Title: "进展", Width: 16}, {Title: "机器核查", Width: 10}, {Title: "指标结果", Width: 44, Tell: true},
		{Title: "核查范围", Width: 34, Wide: true}, {Title: "问题编号", Width: 30, Wide: true}, {Title: "人工核查", Width: 40, Wide: true}, {Title: "佐证", Width: 30, Wide: true}}}
	for _, r := range rows {
		id := r.Task.ID
		if r.LookBack {
			id = "回头看 " + r.Plan + " " + id
		}
		g.Rows = append(g.Rows, []reports.Cell{shownText(id), shownText(r.Task.Text), shownText(strings.Join(r.Task.Bodies, "、")), shownText(dueText(r.Task.Due)),
			shownText(progress(r)), shownText(proofWords[r.Proof]), shownText(resultWords(r)), shownText(r.Scope), shownText(findingIDs(r)), shownText(checklist(&r.Task)), shownText(r.Task.Proof)})
	}
	return g
}

func progress(r workplan.TaskStatus) string {
	switch {
	case r.Task.State == govsweep.TaskDone:
		return "已完成"
	case r.Task.State == govsweep.TaskDropped:
		return "已取消"
	case r.Overdue > 0:
		return overdueWords(r.Overdue)
	case r.Next != "":
		return "下次 " + r.Next
	}
	return "未完成"
}

// overdueWords says for how long a task is overdue: to the day while that
// tells something.
func overdueWords(days int) string {
	if years := days / 366; years > 0 {
		return fmt.Sprintf("超期%d年以上", years)
	}
	return fmt.Sprintf("超期%d天", days)
}

// resultWords sums up the tied indicators, faults first.
func resultWords(r workplan.TaskStatus) string {
	var faults, gaps, passed, unchecked []string
	for _, p := range r.Results {
		switch {
		case p.Unchecked:
			unchecked = append(unchecked, p.Indicator)
		case p.Found > 0:
			faults = append(faults, fmt.Sprintf("%s %d个网站有问题", p.Indicator, p.Found))
		case p.NotMeasured > 0:
			gaps = append(gaps, fmt.Sprintf("%s %d个网站未测", p.Indicator, p.NotMeasured))
		case p.Passed+p.Settled == 0 && r.Sites > 0:
			gaps = append(gaps, p.Indicator+" 不适用")
		case p.Passed+p.Settled == 0:
			gaps = append(gaps, p.Indicator+" 没有可核对的网站")
		default:
			passed = append(passed, p.Indicator)
		}
	}
	var out []string
	for _, part := range []struct {
		name string
		list []string
	}{{"", faults}, {"", gaps}, {"通过：", passed}, {"产品暂未检查：", unchecked}} {
		if len(part.list) > 0 {
			out = append(out, part.name+strings.Join(part.list, "、"))
		}
	}
	return strings.Join(out, "；")
}

func findingIDs(r workplan.TaskStatus) string {
	var out []string
	for _, p := range r.Results {
		out = append(out, p.Findings...)
	}
	if len(out) > 40 {
		return strings.Join(out[:40], "、") + fmt.Sprintf("等%d个", len(out))
	}
	return strings.Join(out, "、")
}

func checklist(t *govsweep.Task) string {
	var out []string
	for _, d := range t.Demands {
		if d.Checklist != "" {
			out = append(out, d.Checklist)
		}
	}
	return strings.Join(out, "；")
}
