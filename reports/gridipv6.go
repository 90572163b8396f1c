package reports

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// An IPv6Line is one measurement of one site as a list prints it.
type IPv6Line struct {
	Target govsweep.Target
	govsweep.IPv6Measure
}

// IPv6Grid lists measurements, v4 beside v6.
func IPv6Grid(list []IPv6Line) Grid {
	g := Grid{Name: "IPv6支持情况", Cols: []Col{
		{Title: "网站名称", Width: 20}, {Title: "首页网址", Width: 30, Wide: true}, {Title: "测量项", Width: 14}, {Title: "结果", Width: 8},
		{Title: "IPv4", Width: 10, Right: true}, {Title: "IPv6", Width: 10, Right: true}, {Title: "劣化比", Width: 9, Right: true}, {Title: "说明", Width: 60, Tell: true},
	}}
	for i := range list {
		l := &list[i]
		ratio := ""
		if l.Ratio != nil {
			ratio = fmt.Sprintf("%+.0f%%", *l.Ratio*100)
		}
		g.Rows = append(g.Rows, []Cell{text(l.Target.Name), text(l.Target.URL), text(string(l.Name)), text(measureWords[l.State]),
			figure(l.Name, l.V4), figure(l.Name, l.V6), text(ratio), text(l.Why)})
	}
	return g
}

func figure(name govsweep.IPv6MeasureName, v float64) Cell {
	switch {
	case v == 0:
		return Cell{}
	case name == govsweep.MeasureSpeed:
		return text(fmt.Sprintf("%.0fKB/s", v/1024))
	}
	return text(fmt.Sprintf("%.1fms", v*1000))
}

var measureWords = map[govsweep.MeasureState]string{
	govsweep.MeasurePassed: "符合", govsweep.MeasureFailed: "不符合", govsweep.MeasureShown: "已测", govsweep.MeasureUnknown: "未测",
}

// IPv6SiteLine is one site over IPv6 as a list prints it.
type IPv6SiteLine struct {
	Target govsweep.Target      `json:"target"`
	Report *govsweep.IPv6Report `json:"report"` // the newest
	Visits int                  `json:"visits"` // of the home page over IPv6 in the time shown, opened or failed
	Opened int                  `json:"opened"`
}

// IPv6SiteGrid lists sites, the newest report of each in a row.
func IPv6SiteGrid(list []IPv6SiteLine) Grid {
	g := Grid{Name: "IPv6支持情况", Cols: []Col{
		{Title: "网站标识码", Width: 13, Keep: true}, {Title: "网站名称", Width: 24}, {Title: "测量时间", Width: 20, Spare: true}, {Title: "AAAA", Width: 7}, {Title: "首页", Width: 7},
		{Title: "授权体系", Width: 8}, {Title: "IPv6访问", Width: 8, Right: true}, {Title: "打开", Width: 6, Right: true}, {Title: "成功率", Width: 8, Right: true},
		{Title: "首页响应劣化比", Width: 10, Right: true}, {Title: "说明", Width: 50, Tell: true},
	}}
	for i := range list {
		l, r := &list[i], list[i].Report
		why, ratio := r.Own.Why, ""
		for _, m := range r.Told() {
			if why == "" && m.State == govsweep.MeasureFailed {
				why = m.Why
			}
		}
		if m := r.Measure(govsweep.MeasurePage); m.Ratio != nil {
			ratio = fmt.Sprintf("%+.0f%%", *m.Ratio*100)
		}
		word := func(n govsweep.IPv6MeasureName) Cell { return text(measureWords[r.Measure(n).State]) }
		g.Rows = append(g.Rows, []Cell{text(orUnknown(l.Target.Code)), text(l.Target.Name), text(stamp(r.At)), word(govsweep.MeasureAAAA), word(govsweep.MeasureHome),
			word(govsweep.MeasureAuthority), count(l.Visits), count(l.Opened), text(share(l.Opened, l.Visits)), text(ratio), text(why)})
	}
	return g
}
