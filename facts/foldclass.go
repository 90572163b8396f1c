package facts

import "github.com/govsweep/govsweep"

// classifyColumn sets the class of a column the machine may class.
func classifyColumn(col *govsweep.Column, typ string) {
	class, reason, confidence := ClassOf(col.Name, col.Path, typ, col.URL)
	if class == govsweep.UnknownColumn {
		return
	}
	col.Class, col.ClassReason, col.Confidence = class, reason, confidence
}
