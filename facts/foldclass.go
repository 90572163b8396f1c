package facts

import "github.com/govsweep/govsweep"

// classifyColumn sets the class of a column the machine may class.
func classifyColumn(col *govsweep.Column, typ string) {
	if typ != "" {
		col.ClassReason = "ColumnType标签：" + typ
	}
}
