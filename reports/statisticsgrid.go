package reports

import "io"

// StatisticsGrid lays the statistics of a unit out, one number a row: what
// the unit copies into its progress report.
func StatisticsGrid(u *UnitStatistics) Grid {
	g := Grid{Name: "政务公开统计", Cols: []Col{
		{Title: "类别", Width: 16}, {Title: "项目", Width: 18}, {Title: "平台或网站", Width: 22}, {Title: "月份", Width: 12, Keep: true},
		{Title: "数量", Width: 10, Right: true, Keep: true}, {Title: "单位", Width: 6}, {Title: "来源", Width: 10}, {Title: "说明", Width: 60, Tell: true},
	}}
	for i := range u.Lines {
		l := &u.Lines[i]
		note := l.Note
		if l.Seen > 0 && l.State == StatisticsUnknown {
			note += "检查已见" + number(l.Seen) + "条。"
		}
		g.Rows = append(g.Rows, []Cell{text(l.Group), text(l.Item), text(l.Of), text(monthWord(l.Month) + u.running(l.Month)), l.cell(), text(l.Unit), text(orUnknown(l.Source)), text(note)})
	}
	return g
}

// cell is the number as it is printed: 12, 至少12 or —.
func (l *StatisticsLine) cell() Cell {
	switch {
	case l.Value == nil:
		return text(unknown)
	case l.State == StatisticsAtLeast:
		return text("至少" + number(*l.Value))
	}
	return count(*l.Value)
}

// monthWord is 2026年3月 of 2026-03; the whole period is 统计期合计.
func monthWord(month string) string {
	if len(month) != len("2006-01") {
		return "统计期"
	}
	m := month[5:]
	if m[0] == '0' {
		m = m[1:]
	}
	return month[:4] + "年" + m + "月"
}

// StatisticsWorkbook writes the statistics of a unit as XLSX.
func StatisticsWorkbook(w io.Writer, u *UnitStatistics) error { return XLSX(w, StatisticsGrid(u)) }
