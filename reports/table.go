package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// Table prints g for a terminal of width columns; 0 or less does not cut.
// Chinese characters count as two. What does not fit ends in an ellipsis.
func Table(w io.Writer, g Grid, width int) error {
	cols, rows := forTerminal(g)
	widths := fit(natural(cols, rows), kept(cols), width-2*max(len(cols)-1, 0), width <= 0)
	out := bufio.NewWriter(w)
	head := make([]Cell, len(cols))
	for i, c := range cols {
		head[i] = Cell{Text: c.Title}
	}
	writeLine(out, cols, head, widths)
	writeRule(out, widths)
	for _, row := range rows {
		writeLine(out, cols, row, widths)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table %s: %w", g.Name, err)
	}
	return nil
}

// forTerminal drops the columns that only files hold.
func forTerminal(g Grid) ([]Col, [][]Cell) {
	var keep []int
	var cols []Col
	for i, c := range g.Cols {
		if !c.Wide {
			keep, cols = append(keep, i), append(cols, c)
		}
	}
	rows := make([][]Cell, len(g.Rows))
	for r, row := range g.Rows {
		for _, i := range keep {
			c := row[i]
			c.Text = strings.ReplaceAll(c.Text, "\n", " ")
			rows[r] = append(rows[r], c)
		}
	}
	return cols, rows
}

func natural(cols []Col, rows [][]Cell) []int {
	widths := make([]int, len(cols))
	for i, c := range cols {
		widths[i] = uniseg.StringWidth(c.Title)
	}
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], uniseg.StringWidth(c.Text))
		}
	}
	return widths
}

// kept says which columns are never shortened.
func kept(cols []Col) []bool {
	keep := make([]bool, len(cols))
	for i := range cols {
		keep[i] = cols[i].Keep
	}
	return keep
}

// fit lowers the widest columns until all fit into room; those kept stay as
// they are, and where they alone are too much the table is wider than room.
func fit(widths []int, keep []bool, room int, any bool) []int {
	if any {
		return widths
	}
	var loose []int
	for i, w := range widths {
		if keep[i] {
			room -= w
		} else {
			loose = append(loose, w)
		}
	}
	limit := 4
	for next := limit + 1; sumUnder(loose, next) <= room && next < 1000; next++ {
		limit = next
	}
	out := make([]int, len(widths))
	for i, w := range widths {
		if out[i] = min(w, limit); keep[i] {
			out[i] = w
			room += w
		}
	}
	spare(widths, out, room)
	return out
}

// spare gives what is left over to the columns that were cut, from the left.
func spare(want, have []int, room int) {
	left := room - sumUnder(have, 1<<30)
	for i := range have {
		if more := min(want[i]-have[i], left); more > 0 {
			have[i] += more
			left -= more
		}
	}
}

func sumUnder(widths []int, limit int) int {
	sum := 0
	for _, w := range widths {
		sum += min(w, limit)
	}
	return sum
}

func writeLine(out *bufio.Writer, cols []Col, row []Cell, widths []int) {
	for i, c := range row {
		s := cutWidth(c.Text, widths[i])
		if cols[i].Tail {
			s = cutHead(c.Text, widths[i])
		}
		pad := strings.Repeat(" ", max(widths[i]-uniseg.StringWidth(s), 0))
		if cols[i].Right {
			s = pad + s
		} else if i < len(row)-1 {
			s += pad
		}
		out.WriteString(s)
		if i < len(row)-1 {
			out.WriteString("  ")
		}
	}
	out.WriteByte('\n')
}

func writeRule(out *bufio.Writer, widths []int) {
	for i, w := range widths {
		if i > 0 {
			out.WriteString("  ")
		}
		out.WriteString(strings.Repeat("-", w))
	}
	out.WriteByte('\n')
}

// cutWidth shortens s to n columns of a terminal without splitting a character.
func cutWidth(s string, n int) string {
	if uniseg.StringWidth(s) <= n {
		return s
	}
	var b strings.Builder
	used, state, rest := 0, -1, s
	for rest != "" {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+w > n-1 {
			break
		}
		b.WriteString(cluster)
		used += w
	}
	return b.String() + "…"
}

// cutHead keeps the end of s: of a path the last step says most.
func cutHead(s string, n int) string {
	if uniseg.StringWidth(s) <= n {
		return s
	}
	state := -1
	for s != "" && uniseg.StringWidth(s) > n-1 {
		_, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
	}
	return "…" + s
}
