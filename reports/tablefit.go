package reports

import "github.com/rivo/uniseg"

// leastWord and leastTell are the widths below which a column that is cut, or
// wrapped, says nothing any more.
const (
	leastWord = 8
	leastTell = 20
)

// roomFor fits a table into a terminal: empty columns and those that may be
// spared go while what the rows are about has less than half of the width.
// gone are the titles of those that went and had something to say, in order.
func roomFor(cols []Col, rows [][]Cell, want []int, width int) (_ []Col, _ [][]Cell, widths []int, gone []string) {
	for total(want) > width && tellRoom(cols, rows, want, width) < min(tellWant(cols, want), width/2) {
		i := spared(cols, rows)
		if i < 0 {
			break
		}
		if !empty(rows, i) && len(rows) > 0 {
			gone = append([]string{cols[i].Title}, gone...) // the last one goes first
		}
		cols, rows = dropCols(cols, rows, func(j int) bool { return i == j })
		want = natural(cols, rows)
	}
	if total(want) <= width {
		return cols, rows, want, gone
	}
	out := fit(cols, rows, want, width, leastWord, leastTell)
	if total(out) > width { // very narrow
		out = fit(cols, rows, want, width, leastWord/2, leastWord)
	}
	return cols, rows, out, gone
}

func total(widths []int) int {
	sum := 2 * max(len(widths)-1, 0)
	for _, w := range widths {
		sum += w
	}
	return sum
}

// spared gives the next column to leave out: an empty one first, then the last
// that may be spared; -1 for none.
func spared(cols []Col, rows [][]Cell) int {
	last := -1
	for i, c := range cols {
		if !c.Keep && !c.Right && empty(rows, i) {
			return i
		}
		if c.Spare {
			last = i
		}
	}
	return last
}

func empty(rows [][]Cell, col int) bool {
	for _, row := range rows {
		if row[col].Text != "" {
			return false
		}
	}
	return len(rows) > 0
}

func tellWant(cols []Col, want []int) int {
	sum := 0
	for i, c := range cols {
		if c.Tell {
			sum += want[i]
		}
	}
	return sum
}

// tellRoom is what would be left for the telling columns if every other one
// had what it wants.
func tellRoom(cols []Col, rows [][]Cell, want []int, width int) int {
	room := width - 2*max(len(cols)-1, 0)
	for i, c := range cols {
		switch {
		case c.Tell:
		case c.Right:
			room -= numbers(cols, rows, i)
		default:
			room -= want[i]
		}
	}
	return room
}

// numbers is the width of a column of numbers whose heading of four and more
// characters stands in two lines: a number is never cut.
func numbers(cols []Col, rows [][]Cell, i int) int {
	w := uniseg.StringWidth(cols[i].Title)
	if w >= 8 {
		w = (w/2 + 1) / 2 * 2
	}
	for _, row := range rows {
		w = max(w, uniseg.StringWidth(row[i].Text))
	}
	return w
}

// fit gives numbers and kept columns what they need, the others what is left:
// words at least word, the rest, at least told, to what the rows are about.
func fit(cols []Col, rows [][]Cell, want []int, width, word, told int) []int {
	out := make([]int, len(cols))
	room := width - 2*max(len(cols)-1, 0)
	var tell, loose []int
	for i, c := range cols {
		switch {
		case c.Right:
			out[i] = numbers(cols, rows, i)
			room -= out[i]
		case c.Keep: // a number of no number's length is a page's doing
			out[i] = min(want[i], max(2*c.Width, uniseg.StringWidth(c.Title)))
			room -= out[i]
		case c.Tell:
			tell = append(tell, i)
		default:
			loose = append(loose, i)
		}
	}
	forTell := 0
	if len(tell) > 0 {
		forTell = min(tellWant(cols, want), max(room/2, told*len(tell)))
	}
	left := room - level(out, want, loose, room-forTell, word)
	level(out, want, tell, left, told)
	return out
}

func pick(widths, at []int) []int {
	out := make([]int, len(at))
	for i, j := range at {
		out[i] = widths[j]
	}
	return out
}

// level shares room among columns so that the widest are cut first; none goes
// below least, or what it wants. It gives what was used.
func level(out, want, at []int, room, least int) int {
	limit := least
	for next := limit + 1; sumUnder(pick(want, at), next) <= room && next <= room; next++ {
		limit = next
	}
	used := 0
	for _, i := range at {
		out[i] = min(want[i], limit)
		used += out[i]
	}
	for _, i := range at { // what is left over, from the left
		more := max(min(want[i]-out[i], room-used), 0)
		out[i] += more
		used += more
	}
	return used
}

func sumUnder(widths []int, limit int) int {
	sum := 0
	for _, w := range widths {
		sum += min(w, limit)
	}
	return sum
}
