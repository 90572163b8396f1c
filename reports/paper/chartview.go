package paper

import "html/template"

type barsView struct {
	Caption, Remark, Rest string
	Rows                  []drawnText
}

// drawnText is a drawing with the words beside it.
type drawnText struct {
	Label, Text string
	Drawing     template.HTML
}

type stripView struct {
	Caption, From, To, Rest string
	Drawing                 template.HTML
	Legend                  []drawnText
}

type trendView struct {
	Caption, Remark, Rest string
	Drawing               template.HTML
	Table                 *tableView
}

func newBarsView(b Bars, width int) *barsView {
	v := &barsView{Caption: b.Caption, Remark: b.remark(), Rest: restOf(len(b.Bars)-maxBars, "项")}
	scale := b.scale()
	for _, x := range b.Bars[:min(len(b.Bars), maxBars)] {
		dr := drawBar(x, scale, float64(width)/2/mm)
		v.Rows = append(v.Rows, drawnText{x.Label, x.Text, dr.svg(clean(x.Label) + "：" + clean(x.Text))})
	}
	return v
}

func newStripView(s Strip, width int) *stripView {
	cells := s.Cells[:min(len(s.Cells), maxCells)]
	per, side := stripGrid(len(cells), float64(width)/mm-4)
	v := &stripView{Caption: s.Caption, From: s.From, To: s.To, Rest: restOf(len(s.Cells)-maxCells, "格")}
	v.Drawing = drawCells(cells, per, side).svg(s.alt())
	for _, k := range s.Legend {
		v.Legend = append(v.Legend, drawnText{"", k.Text, drawCells([]Cell{k.Kind}, 1, 3).svg(k.Text)})
	}
	return v
}

func newTrendView(t Trend, width int) *trendView {
	rest := len(t.Points) - maxPoints
	t.Points = t.Points[max(rest, 0):]
	return &trendView{
		Caption: t.heading(), Remark: t.remark(), Rest: restOf(rest, "期"),
		Drawing: drawTrend(t, float64(width)/mm-4, 50).svg(t.heading()), Table: newTableView(t.table(), width),
	}
}

func restOf(n int, unit string) string {
	if n <= 0 {
		return ""
	}
	return leftOut(n, unit)
}
