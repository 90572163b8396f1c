package paper

import "fmt"

type tableView struct {
	Caption, Size string
	Cols          []string // percent of the width
	Head          []string
	Rows          []rowView
}

// rowView is one row; one that is not kept whole may be torn, or it would
// leave the page before it empty.
type rowView struct {
	Whole bool
	Cells []cellView
}

type cellView struct{ Text, Align string }

func newTableView(t Table, width int) *tableView {
	cols := columns(t)
	l := lookOf(t, cols, width)
	v := &tableView{Caption: t.Caption, Size: map[string]string{"Cell": "four", "CellSmall": "five", "CellTiny": "tiny"}[l.style]}
	for _, w := range l.widths {
		v.Cols = append(v.Cols, fmt.Sprintf("%.2f", float64(w)*100/float64(width)))
	}
	if len(t.Head) > 0 {
		v.Head = make([]string, cols)
		copy(v.Head, t.Head)
	}
	for _, r := range t.Rows {
		row := make([]cellView, cols)
		for i := range row {
			if i < len(r) {
				row[i].Text = r[i]
			}
			if l.align[i] != "left" {
				row[i].Align = l.align[i]
			}
		}
		v.Rows = append(v.Rows, rowView{l.fits(r), row})
	}
	return v
}
