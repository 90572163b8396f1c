package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep/reports/paper"
)

// annexes prints the lists, each from a page of its own, in the order an
// official expects; what has no rows is not printed.
func (c *Circular) annexes() []paper.Appendix {
	var out []paper.Appendix
	t := &c.tables
	for _, l := range []*CircularList{t.bad, t.accountFaults, t.open, t.problems, t.points, t.ranking, t.strata, t.drawn, t.groups, t.targets, t.frame, t.recheck, t.notices, t.accounts, t.ipv6, t.readings, t.messages, t.history} {
		if l == nil || len(l.Grid.Rows) == 0 {
			continue
		}
		a := paper.Appendix{Title: l.Title, Wide: len(printedCols(l)) > 6, Body: c.annex(l)}
		if l == t.strata {
			for i, words := range c.sampleMethod() {
				a.Body = append(a.Body[:i:i], append([]paper.Block{paper.Para{Text: words}}, a.Body[i:]...)...)
			}
		}
		if l == t.history {
			a.Body = append(append(a.Body, c.Trends()...), c.SiteStrips(stripsOnPaper)...)
		}
		out = append(out, a)
	}
	return append(out, c.sources())
}

// stripsOnPaper is how many sites an annex draws period by period.
const stripsOnPaper = 40

// printedCols are the columns that stand on paper; the workbook has all.
func printedCols(l *CircularList) []int {
	var cols []int
	for i, col := range l.Grid.Cols {
		if !col.Wide {
			cols = append(cols, i)
		}
	}
	return cols
}

func (c *Circular) annex(l *CircularList) []paper.Block {
	cols := printedCols(l)
	t := paper.Table{Caption: l.Sheet()}
	for _, i := range cols {
		t.Head = append(t.Head, l.Grid.Cols[i].Title)
		t.Widths = append(t.Widths, l.Grid.Cols[i].Width)
		t.Right = append(t.Right, l.Grid.Cols[i].Right)
	}
	for r, row := range l.Grid.Rows {
		if r == c.form.Rows {
			break
		}
		cells := make([]string, len(cols))
		for k, i := range cols {
			cells[k] = row[i].Text
		}
		t.Rows = append(t.Rows, cells)
	}
	out := []paper.Block{t}
	if n := len(l.Grid.Rows); n > c.form.Rows {
		out = append(out, paper.Para{Flush: true, Small: true, Text: fmt.Sprintf("本表共%d行，纸面印出前%d行，其余见随附电子表格“%s”工作表。", n, c.form.Rows, l.Sheet())})
	}
	if l.Source != "" {
		out = append(out, paper.Para{Flush: true, Small: true, Text: "数据来源：" + l.Source + "。"})
	}
	if strings.Contains(tableText(t.Rows), unknown) {
		out = append(out, paper.Para{Flush: true, Small: true, Text: "“—”表示未提供、未测得或不适用，不等于零。"})
	}
	return out
}

func tableText(rows [][]string) string {
	for _, row := range rows {
		for _, cell := range row {
			if cell == unknown {
				return unknown
			}
		}
	}
	return ""
}

// sources is the annex that says of every number where it was counted.
func (c *Circular) sources() paper.Appendix {
	t := paper.Table{Caption: "通报数据出处", Head: []string{"编码", "数据", "数值", "出自", "计算方法"}, Widths: []int{9, 26, 11, 20, 40}, Right: []bool{false, false, true, false, false}}
	for _, n := range c.Numbers {
		t.Rows = append(t.Rows, []string{n.Code, n.Label, n.Text + n.printedUnit(), orUnknown(n.List), cut(n.How(), 200)})
	}
	return paper.Appendix{Title: "通报数据出处", Wide: true, Body: []paper.Block{t, paper.Para{Flush: true, Small: true, Text: "各表全部行列见随附电子表格，行号为各表“序号”。"}}}
}

func (n *Number) printedUnit() string {
	if n.Known() && n.Unit != "%" {
		return n.Unit
	}
	return ""
}
