package paper

import "slices"

// cellPad is the room left and right of the text in a cell, in twips.
const cellPad = 85

// maxColumns bounds a table; what stands beyond is not printed.
const maxColumns = 30

// look is how a table is set: its letters, widths and sides.
type look struct {
	style  string
	em     int // one character in twips
	widths []int
	align  []string // left, center, right
}

func columns(t Table) int {
	n := len(t.Head)
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	return min(n, maxColumns)
}

// lookOf chooses 小4号 for tables of few columns, 5号 and 小5号 for more, and
// gives each column its width.
func lookOf(t Table, cols, width int) look {
	l := look{style: "Cell", em: 240}
	switch per := width / cols; {
	case per < 1100:
		l.style, l.em = "CellTiny", 180
	case per < 1700:
		l.style, l.em = "CellSmall", 210
	}
	need := natural(t, cols)
	l.align = make([]string, cols)
	for i := range l.align {
		switch {
		case i < len(t.Right) && t.Right[i]:
			l.align[i] = "right"
		case need[i] <= 8:
			l.align[i] = "center"
		default:
			l.align[i] = "left"
		}
	}
	if len(t.Widths) == cols && sum(t.Widths) > 0 && slices.Min(t.Widths) >= 0 {
		l.widths = share(t.Widths, width, 2*cellPad+l.em)
	} else {
		l.widths = spread(need, width, l.em)
	}
	return l
}

// natural is the longest line of each column in halves, at most 240.
func natural(t Table, cols int) []int {
	out := make([]int, cols)
	for i := range out {
		if i < len(t.Head) {
			out[i] = min(widest(t.Head[i]), 12) // a head may break
		}
		for _, r := range t.Rows {
			if i < len(r) && out[i] < 240 {
				out[i] = min(max(out[i], widest(r[i])), 240)
			}
		}
		out[i] = max(out[i], 2)
	}
	return out
}

// spread shares the width so that the fullest cells of all columns take
// about equally many lines: the width of a column is its longest text over
// the number of lines, but six characters where the text has as many, or
// four, or two, when the table has too many columns for that.
func spread(need []int, width, em int) []int {
	least := 6
	at := func(lines float64) []int {
		out := make([]int, len(need))
		for i, n := range need {
			most := n*em/2 + em/4
			out[i] = max(int(float64(most)/lines), min(most, least*em+em/4)) + 2*cellPad
		}
		return out
	}
	for least > 2 && sum(at(1<<16)) > width*9/10 {
		least -= 2
	}
	low, high := 1.0, float64(1<<10)
	for range 40 {
		if mid := (low + high) / 2; sum(at(mid)) > width {
			low = mid
		} else {
			high = mid
		}
	}
	return share(at(high), width, 0)
}

// share divides width by the parts, none below least, nothing left over.
func share(parts []int, width, least int) []int {
	out := make([]int, len(parts))
	total := max(sum(parts), 1)
	least = min(least, width/len(parts))
	room := width - least*len(parts)
	for i, p := range parts {
		out[i] = least + int(int64(room)*int64(p)/int64(total))
	}
	out[len(out)-1] += width - sum(out)
	return out
}

func sum(n []int) int {
	s := 0
	for _, x := range n {
		s += x
	}
	return s
}

// fits says that a row surely takes less than half a page.
func (l look) fits(cells []string) bool {
	for i, w := range l.widths {
		if i < len(cells) && !l.short(cells[i], w) {
			return false
		}
	}
	return true
}

func (l look) short(s string, w int) bool {
	per := max((w-2*cellPad)*2/l.em, 1)
	n := 0
	for _, line := range lines(s[:min(len(s), 8000)]) {
		n += 1 + halves(line)/per
	}
	return n <= 14 && len(s) <= 8000
}
