// Package paper writes official papers 公文 in the layout of GB/T 9704-2012:
// one description of a paper, rendered as DOCX, HTML and PDF. The same paper
// gives the same bytes. Texts are printed letter for letter; nothing in them
// is ever read as markup, field, formula or template.
package paper

import "time"

// A Paper is one official paper, without its form of output.
type Paper struct {
	Title    string // 标题; may hold line breaks where the line is to end
	Head     string // 发文机关标志, red; "" = a sheet without head, as annexes and reply slips are
	Number   string // 发文字号 with 六角括号
	Signer   string // 签发人, of papers upwards; usually ""
	To       string // 主送机关, printed with a colon
	Body     []Block
	Annexes  []string  // 附件说明, numbered when there are several
	Author   string    // 发文机关署名
	Date     time.Time // 成文日期; zero = none
	Note     string    // 附注, printed in round brackets
	CopyTo   string    // 抄送
	Printer  string    // 印发机关
	Printed  time.Time // 印发日期; zero = no 版记
	Appended []Appendix
	Draft    bool // prints 草稿 across the head: nothing was issued yet
}

// An Appendix is one annex, printed from a page of its own.
type Appendix struct {
	Title string
	Body  []Block
	Wide  bool // landscape, for tables of many columns
}

// A Block is one piece of a body: Para, Table, Bars, Strip, Trend.
type Block interface{ block() }

// Level is the level of a heading.
type Level int

// The levels of GB/T 9704-2012 7.3.3; numbers are part of the text.
const (
	Text   Level = iota // body, 3号仿宋, indent 2
	First               // 一、 黑体
	Second              // （一） 楷体
	Third               // 1. 仿宋
	Fourth              // （1） 仿宋
)

// Para is one paragraph.
type Para struct {
	Level Level
	Text  string
	Flush bool // no indent: the 主送 of a reply slip, a note under a table
	Small bool // 小4号, for notes under tables
}

// Table is a bordered table whose head row repeats on every page.
type Table struct {
	Caption string
	Head    []string
	Widths  []int // parts of the width; empty = by length of the text
	Right   []bool
	Rows    [][]string // a cell may hold line breaks
}

// Bar is one line of Bars.
type Bar struct {
	Label string
	Value float64
	Text  string // the value as printed; "—" where it is not known
	Known bool
}

// Bars is a bar chart; the scale begins at 0.
type Bars struct {
	Caption string
	Max     float64 // 0 = the largest value
	Bars    []Bar
}

// Strip is a strip of days or periods, one cell each, in order.
type Strip struct {
	Caption string
	From    string // label of the first cell
	To      string // label of the last cell
	Cells   []Cell
	Legend  []Key
}

// Cell is the Kind of one cell of a Strip.
type Cell int

// Key explains a kind of cell.
type Key struct {
	Kind Cell
	Text string
}

// The kinds of cell, told apart by shape as well as by shade.
const (
	Blank Cell = iota // nothing known
	Good
	Bad
	Warn
	Excused
)

// Point is one sweep on a Trend.
type Point struct {
	Label    string // 2021年第二季度
	Value    float64
	Known    bool
	Low, Top float64 // the coverage band: what the value would be if everything not read were bad, or good
	Text     string
}

// Trend is a line over sweeps with a band for what was not read.
type Trend struct {
	Caption string
	Unit    string
	Max     float64 // 0 = the largest value
	Points  []Point
}

func (Para) block()  {}
func (Table) block() {}
func (Bars) block()  {}
func (Strip) block() {}
func (Trend) block() {}
