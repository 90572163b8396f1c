package facts

import "github.com/govsweep/govsweep"

// classifyColumn sets the class of a column the machine may class; typ is
// its ColumnType tag. Where the column could not be read this time, a class
// found before stays: less is known now than then.
func classifyColumn(col *govsweep.Column, typ string, read bool) {
	if personClassed(col) || !read && col.Class != govsweep.UnknownColumn {
		return
	}
	class, reason, confidence := ClassOf(col.Name, col.Path, typ, col.URL)
	if class == govsweep.UnknownColumn {
		return
	}
	col.Class, col.ClassReason, col.Confidence = class, reason, confidence
}

// personClassed says that a person set the class, also by importing a register.
func personClassed(col *govsweep.Column) bool {
	return col.ClassBy != "" || col.Source == sourceRegister && col.Class != govsweep.UnknownColumn && col.ClassReason == ""
}
