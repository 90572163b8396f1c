package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep/reports/paper"
)

// annexes prints the lists in the order an official expects, those that
// belong together under one title; what has no rows is not printed.
func (c *Circular) annexes() []paper.Appendix {
	var out []paper.Appendix
	t := &c.tables
	for _, a := range []struct {
		title string
		lists []*CircularList
	}{
		{"不合格网站名单", []*CircularList{t.bad}}, {"不合格政务新媒体名单", []*CircularList{t.accountFaults}}, {"待核网站名单", []*CircularList{t.open}},
		{"问题清单", []*CircularList{t.problems}}, {"扣分表", []*CircularList{t.points}}, {"得分排名", []*CircularList{t.ranking}},
		{"抽样方法和名单", []*CircularList{t.strata, t.drawn}}, {"检查对象及结论", []*CircularList{t.groups, t.targets}},
		{"未列入本期检查的在册网站", []*CircularList{t.frame}}, {"上期问题复查情况", []*CircularList{t.recheck}}, {"整改通知办理情况", []*CircularList{t.notices}},
		{"政务新媒体、IPv6、政策解读和网民留言情况", []*CircularList{t.accounts, t.ipv6, t.readings, t.messages}}, {"历期检查情况", []*CircularList{t.history}},
	} {
		annex := paper.Appendix{Title: a.title}
		for _, l := range a.lists {
			if l == nil || c.printedRows(l) == 0 {
				continue
			}
			if l == t.strata {
				for _, words := range c.sampleMethod() {
					annex.Body = append(annex.Body, paper.Para{Text: words})
				}
			}
			annex.Wide = annex.Wide || len(printedCols(l)) > 6 && l != t.history
			annex.Body = append(annex.Body, c.annex(l)...)
			if l == t.history {
				annex.Body = append(append(annex.Body, c.Trends()...), c.SiteStrips(stripsOnPaper)...)
			}
		}
		if len(annex.Body) > 0 {
			out = append(out, annex)
		}
	}
	return append(out, c.sources())
}

// stripsOnPaper is how many sites an annex draws period by period.
const stripsOnPaper = 12

// onPaper says whether a row of l is printed: of the register only what was
// not inspected, the others stand among the targets.
func (c *Circular) onPaper(l *CircularList, row []Cell) bool {
	return l != c.tables.frame || row[len(row)-1].Text == "未列入"
}

func (c *Circular) printedRows(l *CircularList) int {
	n := 0
	for _, row := range l.Grid.Rows {
		if c.onPaper(l, row) {
			n++
		}
	}
	return n
}

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
	return listBlocks(l, c.form.Rows, func(row []Cell) bool { return c.onPaper(l, row) })
}

// listBlocks prints the first rows of a list that are kept, and says what is
// left to the workbook.
func listBlocks(l *CircularList, most int, keep func([]Cell) bool) []paper.Block {
	cols := printedCols(l)
	t := paper.Table{Caption: l.Sheet()}
	for _, i := range cols {
		t.Head = append(t.Head, l.Grid.Cols[i].Title)
		t.Widths = append(t.Widths, l.Grid.Cols[i].Width)
		t.Right = append(t.Right, l.Grid.Cols[i].Right)
	}
	kept := 0
	for _, row := range l.Grid.Rows {
		if !keep(row) {
			continue
		}
		if kept++; kept > most {
			continue
		}
		cells := make([]string, len(cols))
		for k, i := range cols {
			cells[k] = row[i].Text
		}
		t.Rows = append(t.Rows, cells)
	}
	out := []paper.Block{t}
	if kept > most {
		out = append(out, paper.Para{Flush: true, Small: true, Text: fmt.Sprintf("本表共%d行，纸面印出前%d行，其余见随附电子表格“%s”工作表。", kept, most, l.Sheet())})
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
func (c *Tally) sources() paper.Appendix {
	t := paper.Table{Caption: "数据出处", Head: []string{"编码", "数据", "数值", "出自", "计算方法"}, Widths: []int{9, 26, 11, 20, 40}, Right: []bool{false, false, true, false, false}}
	for _, n := range c.Numbers {
		t.Rows = append(t.Rows, []string{n.Code, n.Label, n.Text + n.printedUnit(), orUnknown(n.List), cut(n.How(), 200)})
	}
	return paper.Appendix{Title: "数据出处", Wide: true, Body: []paper.Block{t, paper.Para{Flush: true, Small: true, Text: "各表全部行列见随附电子表格，行号为各表“序号”。"}}}
}

func (n *Number) printedUnit() string {
	if n.Known() && n.Unit != "%" {
		return n.Unit
	}
	return ""
}
