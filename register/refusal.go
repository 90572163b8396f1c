package register

import (
	"fmt"

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
	Sheet  string
	Line   int
	Cell   string // C17
	Reason string // one Chinese sentence
}

// String gives the refusal as it is printed.
func (r Refusal) String() string {
	return fmt.Sprintf("工作表“%s”单元格%s：%s", r.Sheet, r.Cell, r.Reason)
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
