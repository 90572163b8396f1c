package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Table prints g for a terminal of width columns. Chinese characters count as
// two. What a row is about (Col.Tell) is wrapped and never cut; columns that
// may be spared give way to it, which the last line says; others end in an
// ellipsis. A width of 0 or less is no terminal: every cell stands whole on the
// one line of its row.
func Table(w io.Writer, g Grid, width int) error {
	cols, rows := forTerminal(g)
	widths := natural(cols, rows)
	var gone []string
	if width > 0 {
		cols, rows, widths, gone = roomFor(cols, rows, widths, width)
	} else {
		for i := range widths {
			widths[i] = min(widths[i], mostPadding)
		}
	}
	out := bufio.NewWriter(w)
	head := make([]Cell, len(cols))
	for i, c := range cols {
		head[i] = Cell{Text: c.Title}
	}
	writeRow(out, wrapped(cols), head, widths, width > 0)
	writeRule(out, widths)
	for _, row := range rows {
		writeRow(out, cols, row, widths, width > 0)
	}
	if len(gone) > 0 {
		for _, line := range folded("终端较窄，未显示："+strings.Join(gone, "、")+"；用 --format csv 查看全部。", width) {
			out.WriteString(line + "\n")
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table %s: %w", g.Name, err)
	}
	return nil
}

// mostPadding is how wide a column is made for the sake of alignment where
// nothing is cut: one endless cell must not pad a thousand others.
const mostPadding = 80

// wrapped makes headings of columns: they are never cut.
func wrapped(cols []Col) []Col {
	out := slices.Clone(cols)
	for i := range out {
		out[i].Tell = true
	}
	return out
}

// forTerminal drops the columns that only files hold.
func forTerminal(g Grid) ([]Col, [][]Cell) {
	cols, rows := dropCols(g.Cols, g.Rows, func(i int) bool { return g.Cols[i].Wide })
	for _, row := range rows {
		for i := range row {
			row[i].Text = strings.ReplaceAll(row[i].Text, "\n", " ")
		}
	}
	return cols, rows
}

func dropCols(cols []Col, rows [][]Cell, drop func(int) bool) ([]Col, [][]Cell) {
	var outCols []Col
	out := make([][]Cell, len(rows))
	for i := range cols {
		if drop(i) {
			continue
		}
		outCols = append(outCols, cols[i])
		for r := range rows {
			out[r] = append(out[r], rows[r][i])
		}
	}
	return outCols, out
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

func writeRow(out *bufio.Writer, cols []Col, row []Cell, widths []int, cut bool) {
	cells := make([][]string, len(row))
	lines := 1
	for i, c := range row {
		switch {
		case !cut:
			cells[i] = []string{c.Text}
		case cols[i].Tell && uniseg.StringWidth(c.Text) > widths[i]:
			cells[i] = broken(c.Text, widths[i])
		case cols[i].Tail:
			cells[i] = []string{cutHead(c.Text, widths[i])}
		default:
			cells[i] = []string{cutWidth(c.Text, widths[i])}
		}
		lines = max(lines, len(cells[i]))
	}
	for n := range lines {
		writeLine(out, cols, cells, widths, n)
	}
}

// writeLine writes the n-th line of a row; nothing stands behind its last word.
func writeLine(out *bufio.Writer, cols []Col, cells [][]string, widths []int, n int) {
	gap := 0
	for i := range cells {
		s := ""
		if n < len(cells[i]) {
			s = cells[i][n]
		}
		pad := max(widths[i]-uniseg.StringWidth(s), 0)
		if cols[i].Right && s != "" {
			gap, pad = gap+pad, 0
		}
		if s != "" {
			out.WriteString(strings.Repeat(" ", gap) + s)
			gap = 0
		}
		gap += pad + 2
	}
	out.WriteByte('\n')
}

// mostLines is how many lines one cell may take.
const mostLines = 12

// broken wraps s into lines of n columns.
func broken(s string, n int) []string {
	lines := folded(s, n)
	if len(lines) > mostLines {
		lines = append(lines[:mostLines-1], cutWidth(lines[mostLines-1], n-1)+"…")
	}
	return lines
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
