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
		{Title: "IPv4", Width: 10, Right: true}, {Title: "IPv6", Width: 10, Right: true}, {Title: "劣化比", Width: 9, Right: true}, {Title: "说明", Width: 60},
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
