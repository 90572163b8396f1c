package reports

// A Grid is a table before it is printed: Table, CSV and XLSX write the same
// one, so that no format says more or less than another.
type Grid struct {
	Name string // of the sheet, and the heading in a terminal
	Cols []Col
	Rows [][]Cell
}

// Col is one column of a Grid.
type Col struct {
	Title string
	Width int  // of the sheet's column, in characters
	Wide  bool // too long for a terminal: only in files
	Right bool // numbers stand to the right
	Tail  bool // in a terminal the end is kept, not the beginning
	Keep  bool // in a terminal it is never shortened: a number people copy
	Tell  bool // in a terminal it is wrapped, never cut: what the row is about
	Spare bool // in a narrow terminal it gives way to what the row is about
}

// Cell is one value: a text, or a number that stays a number in a workbook.
type Cell struct {
	Text   string
	Number float64
	IsNum  bool
}

// text is a cell of cleaned words; several parts stand on lines of their own.
func text(parts ...string) Cell {
	out := ""
	for i, p := range parts {
		if i > 0 {
			out += "\n"
		}
		out += clean(p)
	}
	return Cell{Text: out}
}

func count(n int) Cell { return Cell{Text: number(n), Number: float64(n), IsNum: true} }
