package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Number is one figure of a circular with the rows it was counted from:
// anyone can count again.
type Number struct {
	Key     string  `json:"key"`  // sites.checked: the same in every circular
	Code    string  `json:"code"` // 表1-3, as the paper cites it
	Label   string  `json:"label"`
	Value   float64 `json:"-"`
	Unit    string  `json:"unit,omitempty"`
	Text    string  `json:"text"`              // as printed, — where it is not known
	Unknown string  `json:"unknown,omitempty"` // why it is not known; "" = it is
	List    string  `json:"list,omitempty"`    // title of the list it was counted from
	Rows    []int   `json:"rows,omitempty"`    // 序号 of the rows counted
	Sum     string  `json:"sum,omitempty"`     // the column that was added up; "" = rows were counted
	Of      []int   `json:"of,omitempty"`      // of a share: the rows of the whole
	OfSum   string  `json:"of_sum,omitempty"`  // of a share: the column of the whole
	Percent bool    `json:"percent,omitempty"`
	Method  string  `json:"method,omitempty"` // of an estimate: how it was computed
	Source  string  `json:"source,omitempty"` // who supplied the list; "" = counted by ourselves
}

// Known says whether there is a value.
func (n *Number) Known() bool { return n.Unknown == "" }

// How says in words how the number came about.
func (n *Number) How() string {
	switch {
	case !n.Known():
		return n.Unknown
	case n.Method != "":
		return n.Method
	case n.Percent && n.OfSum != "":
		return fmt.Sprintf("第%s行“%s”之和占第%s行“%s”之和的比例", rowRanges(n.Rows), n.Sum, rowRanges(n.Of), n.OfSum)
	case n.Percent:
		return fmt.Sprintf("%d行（第%s行）占%d行（第%s行）的比例", len(n.Rows), rowRanges(n.Rows), len(n.Of), rowRanges(n.Of))
	case n.Sum != "":
		return fmt.Sprintf("第%s行“%s”之和", rowRanges(n.Rows), n.Sum)
	case len(n.Rows) == 0:
		return "没有符合条件的行"
	}
	return fmt.Sprintf("第%s行，共%d行", rowRanges(n.Rows), len(n.Rows))
}

// A Tally holds numbers and the lists they were counted from.
type Tally struct {
	Numbers []*Number       // in the order they were counted
	Lists   []*CircularList // 表1, 表2, …

	byKey map[string]*Number
}

// CircularList is one list of a circular: an annex, and a sheet of the workbook.
type CircularList struct {
	Code    string // 表1
	Title   string
	Grid    Grid
	Source  string // who supplied it; "" = counted by ourselves
	numbers int
}

// Sheet is the name of its sheet.
func (l *CircularList) Sheet() string { return l.Code + " " + l.Title }

// add appends a row behind its running number and gives that number.
func (l *CircularList) add(cells ...Cell) int {
	n := len(l.Grid.Rows) + 1
	l.Grid.Rows = append(l.Grid.Rows, append([]Cell{count(n)}, cells...))
	return n
}

// all are the numbers of all rows.
func (l *CircularList) all() []int {
	rows := make([]int, len(l.Grid.Rows))
	for i := range rows {
		rows[i] = i + 1
	}
	return rows
}

// newList opens the next list; the first column is the running number.
func (c *Tally) newList(title string, cols ...Col) *CircularList {
	l := &CircularList{Code: fmt.Sprintf("表%d", len(c.Lists)+1), Title: title}
	l.Grid = Grid{Name: l.Sheet(), Cols: append([]Col{{Title: "序号", Width: 6, Right: true}}, cols...)}
	c.Lists = append(c.Lists, l)
	return l
}

func (c *Tally) number(key, label, unit string, l *CircularList) *Number {
	if c.byKey == nil {
		c.byKey = map[string]*Number{}
	}
	n := &Number{Key: key, Label: label, Unit: unit, Code: fmt.Sprintf("未检-%d", len(c.Numbers)+1)}
	if l != nil {
		l.numbers++
		n.Code, n.List, n.Source = fmt.Sprintf("%s-%d", l.Code, l.numbers), l.Sheet(), l.Source
	}
	c.Numbers = append(c.Numbers, n)
	c.byKey[key] = n
	return n
}

// rows counts rows of a list.
func (c *Tally) rows(key, label, unit string, l *CircularList, rows []int) *Number {
	n := c.number(key, label, unit, l)
	n.Rows, n.Value, n.Text = rows, float64(len(rows)), number(len(rows))
	return n
}

// missing is a number nobody could count.
func (c *Tally) missing(key, label, unit, why string, l *CircularList) *Number {
	n := c.number(key, label, unit, l)
	n.Text, n.Unknown = unknown, why
	return n
}

// sum adds up one column; a row without a number makes it unknown.
func (c *Tally) sum(key, label, unit string, l *CircularList, col string, rows []int) *Number {
	v, ok := l.total(col, rows)
	if !ok {
		n := c.missing(key, label, unit, fmt.Sprintf("“%s”一栏有未提供或未测得的数据", col), l)
		n.Rows, n.Sum = rows, col
		return n
	}
	n := c.number(key, label, unit, l)
	n.Rows, n.Sum, n.Value, n.Text = rows, col, v, decimalText(v)
	return n
}

// share is the part of some rows in others, in per cent.
func (c *Tally) share(key, label string, l *CircularList, rows, of []int) *Number {
	if len(of) == 0 {
		return c.missing(key, label, "%", "没有可作分母的对象", l)
	}
	n := c.number(key, label, "%", l)
	n.Rows, n.Of, n.Percent = rows, of, true
	n.set(float64(len(rows)), float64(len(of)))
	return n
}

// shareOf is the part of one column's sum in another's.
func (c *Tally) shareOf(key, label string, l *CircularList, part, whole string, rows []int) *Number {
	a, okA := l.total(part, rows)
	b, okB := l.total(whole, rows)
	if !okA || !okB || b == 0 {
		return c.missing(key, label, "%", fmt.Sprintf("“%s”或“%s”未提供、未测得或为零", part, whole), l)
	}
	n := c.number(key, label, "%", l)
	n.Rows, n.Of, n.Sum, n.OfSum, n.Percent = rows, rows, part, whole, true
	n.set(a, b)
	return n
}

func (n *Number) set(part, whole float64) {
	n.Value, n.Text = 100*part/whole, percentText(part, whole)
}

// percentText never rounds up to all nor down to none.
func percentText(part, whole float64) string {
	s := strconv.FormatFloat(100*part/whole, 'f', 2, 64)
	switch {
	case part == whole:
		return "100%"
	case part == 0:
		return "0%"
	case s == "100.00":
		return "99.99%"
	case s == "0.00":
		return "0.01%"
	}
	return s + "%"
}

func decimalText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// at is the place of a column.
func (l *CircularList) at(title string) int {
	return slices.IndexFunc(l.Grid.Cols, func(c Col) bool { return c.Title == title })
}

// total adds up a column over rows.
func (l *CircularList) total(col string, rows []int) (float64, bool) {
	at, sum := l.at(col), 0.0
	for _, r := range rows {
		cell := l.Grid.Rows[r-1][at]
		if !cell.IsNum {
			return 0, false
		}
		sum += cell.Number
	}
	return roundSum(sum), true
}

// roundSum takes off what binary fractions of tenths add up to.
func roundSum(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 4, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// rowRanges writes row numbers short: 1-3、7.
func rowRanges(rows []int) string {
	if len(rows) == 0 {
		return unknown
	}
	var parts []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, number(rows[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", rows[i], rows[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, "、")
}

// Find gives a number by its key; nil when it was not counted.
func (c *Tally) Find(key string) *Number { return c.byKey[key] }

// String is the number as the text prints it.
func (n *Number) String() string { return n.Text }
