package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// bom tells spreadsheet programs that a CSV file is UTF-8.
const bom = "\ufeff"

// CSV writes g as UTF-8 with a byte order mark. No cell can start a formula.
func CSV(w io.Writer, g Grid) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("write csv %s: %w", g.Name, err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(g.Cols))
	for i, c := range g.Cols {
		line[i] = c.Title
	}
	err := out.Write(line)
	for r := 0; r < len(g.Rows) && err == nil; r++ {
		for i, c := range g.Rows[r] {
			line[i] = csvText(c)
		}
		err = out.Write(line)
	}
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("write csv %s: %w", g.Name, err)
	}
	return nil
}

func csvText(c Cell) string {
	if c.IsNum {
		return c.Text
	}
	return guardSplits(guard(c.Text))
}

// guard puts an apostrophe before text that a spreadsheet would take for a
// formula. Nothing is dropped: the text stays as it was behind it.
func guard(s string) string { return govsweep.GuardCell(s) }

// guardSplits does the same behind a semicolon, where programs set to another
// list separator begin a new cell.
func guardSplits(s string) string {
	parts := strings.Split(s, ";")
	for i := 1; i < len(parts); i++ {
		parts[i] = guard(parts[i])
	}
	return strings.Join(parts, ";")
}
