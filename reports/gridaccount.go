package reports

import (
	"time"

	"github.com/govsweep/govsweep"
)

// dayOr prints a day; a line where there is none.
func dayOr(t time.Time) string {
	if t.IsZero() {
		return unknown
	}
	return govsweep.DateOf(t)
}

// accountGrids are the sheets of an account beside its findings.
func accountGrids(in *govsweep.Inspection) []Grid {
	if in.Account == nil {
		return nil
	}
	return []Grid{identityGrid(in), sourcesGrid(in.Account.Readings), daysGrid(in), monthsGrid(in), postsGrid(in.Account.Posts)}
}

func identityGrid(in *govsweep.Inspection) Grid {
	g := Grid{Name: "账号", Cols: []Col{{Title: "项目", Width: 16}, {Title: "内容", Width: 60}}}
	for _, f := range append(accountFacts(in, in.Account), accountFigures(in, in.Account)...) {
		g.Rows = append(g.Rows, []Cell{text(f.Label), text(f.Value)})
	}
	return g
}

func sourcesGrid(readings []govsweep.Reading) Grid {
	g := Grid{Name: "信息来源", Cols: []Col{{Title: "来源", Width: 50}, {Title: "状态", Width: 10}, {Title: "信息条数", Width: 9, Right: true}, {Title: "最新信息", Width: 12},
		{Title: "反映到", Width: 12}, {Title: "上次正常", Width: 12}, {Title: "说明", Width: 50}, {Title: "证据", Width: 74}}}
	for i := range readings {
		r := &readings[i]
		v := sourceRow(r)
		g.Rows = append(g.Rows, []Cell{text(v.Source), text(v.State), count(r.Items), text(v.Newest), text(v.Through), text(v.Alive), text(v.Why), text(r.Digest)})
	}
	return g
}

// daysGrid lays the strip out, a day a row: a number where something was
// published, 0 where that nothing was is proven, — where nobody knows.
func daysGrid(in *govsweep.Inspection) Grid {
	g := Grid{Name: "每日发布", Cols: []Col{{Title: "日期", Width: 12}, {Title: "发布条数", Width: 9, Right: true}, {Title: "说明", Width: 30}}}
	a := in.Account.Activity
	if a == nil {
		return g
	}
	silent := provenSilence(in, a)
	late := lateDays(a, silent)
	for i, n := range a.Posts {
		day, cell, why := a.Day(i), count(n), ""
		if late[i] {
			why = "超过14天未发布的间隔"
		}
		if n == 0 && !a.IsKnown(day) && (silent == "" || day <= silent) {
			cell, why = text(unknown), "没有来源覆盖"
		}
		g.Rows = append(g.Rows, []Cell{text(day), cell, text(why)})
	}
	return g
}

func monthsGrid(in *govsweep.Inspection) Grid {
	g := Grid{Name: "每月发布", Cols: []Col{{Title: "月份", Width: 12}, {Title: "发布条数", Width: 9, Right: true}, {Title: "原创", Width: 8, Right: true}, {Title: "转载", Width: 8, Right: true},
		{Title: "未注明", Width: 8, Right: true}, {Title: "说明", Width: 34}}}
	a := in.Account.Activity
	if a == nil {
		return g
	}
	views := accountMonths(in, a)
	for i, m := range a.Months {
		cells := []Cell{count(m.Posts), count(m.Originals), count(m.Reprints), count(m.Unsaid)}
		if views[i].Posts == unknown {
			cells = []Cell{text(unknown), text(unknown), text(unknown), text(unknown)}
		}
		g.Rows = append(g.Rows, append(append([]Cell{text(m.Month)}, cells...), text(views[i].Note)))
	}
	return g
}

func postsGrid(posts []govsweep.Post) Grid {
	g := Grid{Name: "发布信息", Cols: []Col{{Title: "发布时间", Width: 20}, {Title: "标题", Width: 60}, {Title: "原创或转载", Width: 20}, {Title: "网址", Width: 50}, {Title: "来源", Width: 40}}}
	for i := range posts {
		v := postOf(&posts[i])
		g.Rows = append(g.Rows, []Cell{text(v.At), text(v.Title), text(v.Origin), text(v.URL), text(v.Source)})
	}
	return g
}
