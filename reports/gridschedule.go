package reports

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// ScheduleLine is a schedule with when it runs next and how it ran last.
type ScheduleLine struct {
	govsweep.Schedule
	Next    time.Time             `json:"next,omitzero"`
	LastRun *govsweep.ScheduleRun `json:"last_run,omitempty"`
	Fault   string                `json:"fault,omitempty"` // why it cannot run: what is kept cannot be read by this version
}

// ScheduleGrid lists schedules.
func ScheduleGrid(list []ScheduleLine) Grid {
	g := Grid{Name: "计划", Cols: []Col{
		{Title: "名称", Width: 20}, {Title: "事项", Width: 14}, {Title: "时间", Width: 22, Tell: true}, {Title: "范围", Width: 24}, {Title: "时段", Width: 14},
		{Title: "优先级", Width: 6}, {Title: "状态", Width: 14}, {Title: "下次", Width: 18, Keep: true}, {Title: "最近一次", Width: 28, Tell: true},
	}}
	for i := range list {
		l := &list[i]
		state := "执行"
		if l.Paused {
			state = "暂停"
			if l.Note != "" {
				state += "：" + l.Note
			}
		}
		if l.Fault != "" {
			state = "无法执行：" + l.Fault
		}
		last := ""
		if l.LastRun != nil {
			last = minute(l.LastRun.Due) + " " + l.LastRun.State.Word()
		}
		scope := strings.Join(l.Scope, " ")
		if l.Sample != "" {
			scope = strings.TrimSpace(scope + " 抽取" + l.Sample)
		}
		g.Rows = append(g.Rows, []Cell{text(l.Name), text(l.Kind.Word()), text(l.When), text(orText(scope, "全部")),
			text(orText(strings.TrimPrefix(strings.TrimSpace(l.Window+offText(l.Blackout)), "，"), "全天")), count(l.Priority), text(state), text(minute(l.Next)), text(last)})
	}
	return g
}

func offText(off []string) string {
	if len(off) == 0 {
		return ""
	}
	return "，停用日" + strings.Join(off, "、")
}

func orText(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(govsweep.Shanghai).Format("2006-01-02 15:04")
}

// ScheduleRunGrid lists runs.
func ScheduleRunGrid(list []govsweep.ScheduleRun) Grid {
	g := Grid{Name: "执行记录", Cols: []Col{
		{Title: "计划", Width: 20}, {Title: "到期时间", Width: 18}, {Title: "状态", Width: 8}, {Title: "检查编号", Width: 8}, {Title: "开始", Width: 18},
		{Title: "结束", Width: 18}, {Title: "说明", Width: 40},
	}}
	for i := range list {
		r := &list[i]
		sweep := text("")
		if r.Sweep != 0 {
			sweep = count(int(r.Sweep))
		}
		g.Rows = append(g.Rows, []Cell{text(r.Schedule), text(minute(r.Due)), text(r.State.Word()), sweep, text(minute(r.Started)), text(minute(r.Ended)), text(r.Note)})
	}
	return g
}

// HoursGrid lists the hours of sites.
func HoursGrid(list []govsweep.SiteHours) Grid {
	g := Grid{Name: "采集时段", Cols: []Col{{Title: "范围", Width: 24}, {Title: "时段", Width: 14}, {Title: "停用日", Width: 30}, {Title: "原因", Width: 30}}}
	for _, h := range list {
		g.Rows = append(g.Rows, []Cell{text(orText(h.Scope, "全部")), text(orText(h.Window, "全天")), text(strings.Join(h.Blackout, "、")), text(h.Why)})
	}
	return g
}

// LookGrid lists when the columns of a site are to be looked at, and why.
func LookGrid(list []govsweep.ColumnLook) Grid {
	g := Grid{Name: "查看计划", Cols: []Col{
		{Title: "栏目", Width: 20}, {Title: "类别", Width: 12}, {Title: "更新周期", Width: 8}, {Title: "上次查看", Width: 12}, {Title: "最新信息", Width: 12},
		{Title: "每周更新", Width: 8}, {Title: "下次查看", Width: 12}, {Title: "原因", Width: 50}, {Title: "网址", Width: 40},
	}}
	for i := range list {
		l := &list[i]
		g.Rows = append(g.Rows, []Cell{text(l.Column), text(columnClassWord(l.Class)), text(orText(l.Limit, "未规定")), text(govsweep.DateOf(l.Last)), text(orText(l.Newest, "未知")),
			text(fmt.Sprintf("%.1f", l.PerWeek)), text(govsweep.DateOf(l.Next)), text(l.Why), text(l.URL)})
	}
	return g
}
