package paper

import "fmt"

// mm is a millimetre in twips.
const mm = 56.6929

// bars writes a bar chart: one row a bar, label, picture, value.
func (d *wml) bars(b Bars, width int) {
	if len(b.Bars) == 0 {
		return
	}
	d.caption(b.Caption)
	label, value := width*3/10, width/5
	room := float64(width-label-value)/mm - 2.5
	scale := b.scale()
	d.plainTable(label, width-label-value, value)
	for i, x := range b.Bars[:min(len(b.Bars), maxBars)] {
		d.plainRow(i+1 < len(b.Bars) && len(b.Bars) <= 15, // a short chart stays on one page
			plainCell{label, "right", x.Label, nil},
			plainCell{width - label - value, "left", clean(x.Label) + "：" + clean(x.Text), drawBar(x, scale, room)},
			plainCell{value, "left", x.Text, nil})
	}
	d.endTable()
	d.small(b.remark())
	d.leftOut(len(b.Bars)-maxBars, "项")
}

// strip writes a strip of periods with its first and last label and legend.
func (d *wml) strip(s Strip, width int) {
	if len(s.Cells) == 0 {
		return
	}
	d.caption(s.Caption)
	cells := s.Cells[:min(len(s.Cells), maxCells)]
	per, side := stripGrid(len(cells), float64(width)/mm-4)
	d.open("ChartLine", `<w:keepNext/>`)
	d.picture(drawCells(cells, per, side), s.alt())
	d.shut()
	keep := ""
	if len(s.Legend) > 0 {
		keep = `<w:keepNext/>`
	}
	d.open("Chart", keep+`<w:tabs><w:tab w:val="right" w:pos="`+itoa(width)+`"/></w:tabs>`)
	d.text("", s.From)
	d.raw(`<w:r><w:tab/></w:r>`)
	d.text("", s.To)
	d.shut()
	if len(s.Legend) > 0 {
		d.open("ChartLine", "")
		for i, k := range s.Legend {
			if i > 0 {
				d.text("", "　")
			}
			d.picture(drawCells([]Cell{k.Kind}, 1, 3), k.Text)
			d.text("", " "+clean(k.Text))
		}
		d.shut()
	}
	d.leftOut(len(s.Cells)-maxCells, "格")
}

// stripGrid chooses how many cells stand in a row and how wide one is.
func stripGrid(n int, room float64) (per int, side float64) {
	rows := max((n+61)/62, 1)
	per = max((n+rows-1)/rows, 1)
	return per, min(room/float64(per), 5)
}

func (s Strip) alt() string {
	return fmt.Sprintf("%s，%s至%s，共%d格", clean(s.Caption), clean(s.From), clean(s.To), len(s.Cells))
}

// trend writes a line over sweeps and, below it, its values as a table.
func (d *wml) trend(t Trend, width int) {
	if len(t.Points) == 0 {
		return
	}
	rest := len(t.Points) - maxPoints
	t.Points = t.Points[max(rest, 0):]
	d.caption(t.heading())
	d.open("ChartLine", `<w:keepNext/>`)
	d.picture(drawTrend(t, float64(width)/mm-4, 50), t.heading())
	d.shut()
	d.para("Small", `<w:keepNext/>`, t.remark())
	d.table(t.table(), width)
	d.leftOut(rest, "期")
}

func (t Trend) heading() string {
	s := clean(t.Caption)
	if t.Unit != "" {
		s += "（单位：" + clean(t.Unit) + "）"
	}
	return s
}

// table lists the points of a trend: what a reader cannot take from a line.
func (t Trend) table() Table {
	out := Table{Head: []string{"期次", "数值", "最低可能值", "最高可能值"}, Right: []bool{false, true, true, true}}
	for _, p := range t.Points {
		row := []string{p.Label, p.Text, "—", "—"}
		if p.Known {
			row[2], row[3] = figure(p.Low), figure(p.Top)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// figure prints a value with at most two decimals.
func figure(v float64) string { return trimZeros(fmt.Sprintf("%.2f", number(v))) }

func (d *wml) caption(s string) {
	if s != "" {
		d.para("Caption", "", s)
	}
}

func (d *wml) small(s string) {
	if s != "" {
		d.para("Small", "", s)
	}
}

func (d *wml) leftOut(n int, unit string) {
	if n > 0 {
		d.para("Small", "", leftOut(n, unit))
	}
}

func leftOut(n int, unit string) string { return fmt.Sprintf("图中另有%d%s未绘出。", n, unit) }
