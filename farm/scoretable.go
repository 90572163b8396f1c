package farm

import (
	"fmt"
	"io"
)

// Print writes the score as a table that fits a terminal.
func (r Report) Print(w io.Writer) error {
	const line = "%-32s %7s %6s %6s %6s %7s %7s\n"
	if _, err := fmt.Fprintf(w, line, "indicator", "planted", "found", "false", "alike", "recall", "prec."); err != nil {
		return err
	}
	for _, t := range append(r.Indicators, r.Total) {
		row := fmt.Sprintf(line, t.Indicator, num(t.Planted), num(t.Found), num(t.False), num(t.Sly), ratio(t.Recall(), t.Planted), ratio(t.Precision(), t.Found+t.False))
		if _, err := io.WriteString(w, row); err != nil {
			return err
		}
	}
	return nil
}

func num(n int) string { return fmt.Sprint(n) }

func ratio(v float64, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", v)
}
