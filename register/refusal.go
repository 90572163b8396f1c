package register

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Row is one row of a register that could be read.
type Row[T any] struct {
	Sheet string
	Line  int // number of the row in the sheet
	Value T
	given []bool // by field of the layout: the cell said something
	cols  []int  // by field of the layout: its column, -1 for none
}

// Refusal is one cell, or one row, that cannot be taken.
type Refusal struct {
	Sheet  string // of a workbook; else the name of the file
	Line   int
	Cell   string // C17
	Reason string // one Chinese sentence
}

// String gives the refusal as it is printed.
func (r Refusal) String() string {
	what := "工作表"
	if ext := strings.ToLower(path.Ext(r.Sheet)); ext == ".csv" || ext == ".txt" || ext == ".tsv" {
		what = "文件" // a table of one sheet has no other name
	}
	return fmt.Sprintf("%s“%s”单元格%s：%s", what, r.Sheet, r.Cell, r.Reason)
}

// SortRefusals puts refusals in the order of the table: by row, then by column.
func SortRefusals(all []Refusal) {
	slices.SortStableFunc(all, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(len(a.Cell), len(b.Cell)), cmp.Compare(a.Cell, b.Cell))
	})
}

func wrong(cause error, format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...), Err: cause}
}

// cellName gives A1, C17, AA3 for a column counted from 0.
func cellName(col, line int) string {
	name := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return fmt.Sprintf("%s%d", name, line)
}
