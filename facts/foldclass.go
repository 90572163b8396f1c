package facts

import "github.com/govsweep/govsweep"

// classifyColumn sets the class of a column the machine may class.
func classifyColumn(col *govsweep.Column, typ string) {
	if typ != "" {
		col.ClassReason = "ColumnType标签：" + typ
	}
}

// documentBlock says that a page prints the metadata block of a document.
func documentBlock(f *govsweep.PageFacts) bool {
	strong := 0
	for _, key := range govsweep.MetaKeys {
		if _, ok := f.CoreMetadata[key]; ok && key != govsweep.MetaTitle && key != govsweep.MetaPubDate {
			strong++
		}
	}
	return strong >= 3 || strong == 2 && len(f.CoreMetadata) >= 4
}
