package workplan

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// row is a line of a page: glyphs of one height.
type row struct {
	y, left, right, size float64
	text                 string
}

// paper makes lines of the glyphs: by page from the top down, without what
// repeats at the edge of the pages and without page numbers.
func (t *pdfReader) paper() []line {
	pages := make([][]row, 0, len(t.pages))
	for i, from := range t.pages {
		to := len(t.glyphs)
		if i+1 < len(t.pages) {
			to = t.pages[i+1]
		}
		pages = append(pages, rowsOf(t.glyphs[from:to]))
	}
	edges := repeated(pages)
	var lines []line
	for _, rows := range pages {
		right := rightEdge(rows)
		for i, r := range rows {
			if (i == 0 || i == len(rows)-1) && edges[strings.TrimSpace(r.text)] || pageNumber(r.text) && (i == 0 || i == len(rows)-1) {
				continue
			}
			full := r.right >= right-2.6*r.size
			title := i+1 < len(rows) && r.size > 1.2*bodySize(rows) && math.Abs(rows[i+1].size-r.size) < 0.5 && r.y-rows[i+1].y < 2.2*r.size
			lines = append(lines, line{text: r.text, soft: full || title})
		}
	}
	return lines
}

func rowsOf(glyphs []glyph) []row {
	order := slices.Clone(glyphs)
	slices.SortStableFunc(order, func(a, b glyph) int { return cmpDown(a.y, b.y) })
	var rows []row
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && order[i].y-order[j].y < 0.45*math.Max(order[i].size, 1) {
			j++
		}
		if r := rowOf(order[i:j]); strings.TrimSpace(r.text) != "" {
			rows = append(rows, r)
		}
		i = j
	}
	return rows
}

func cmpDown(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// rowOf joins the glyphs of one height from left to right. Wide gaps become
// a tab: the cells of a table.
func rowOf(glyphs []glyph) row {
	glyphs = leftToRight(glyphs)
	r := row{y: glyphs[0].y, left: glyphs[0].x}
	var b strings.Builder
	for i, g := range glyphs {
		if i > 0 && g.x > r.right+3*g.size && strings.TrimSpace(b.String()) != "" {
			b.WriteByte('\t')
		}
		b.WriteString(g.s)
		r.size = math.Max(r.size, g.size)
		r.right = math.Max(r.right, g.x+widthOf(g.s)*g.size)
	}
	r.text = strings.Map(printable, b.String())
	return r
}

// leftToRight puts the glyphs of one height in order. Marks are often set a
// little to the left of their place: glyphs that overlap keep the order they
// were shown in, and only what goes back by a character begins a new stretch.
func leftToRight(glyphs []glyph) []glyph {
	slices.SortFunc(glyphs, func(a, b glyph) int { return a.seq - b.seq })
	var stretches [][]glyph
	for i, g := range glyphs {
		if i == 0 || g.from < glyphs[i-1].from-0.8*g.size {
			stretches = append(stretches, nil)
		}
		n := len(stretches) - 1
		stretches[n] = append(stretches[n], g)
	}
	slices.SortStableFunc(stretches, func(a, b []glyph) int { return -cmpDown(a[0].from, b[0].from) })
	return slices.Concat(stretches...)
}

// printable keeps what can be text.
func printable(r rune) rune {
	if r != '\t' && unicode.IsControl(r) {
		return -1
	}
	return r
}

func rightEdge(rows []row) float64 {
	edge := 0.0
	for _, r := range rows {
		edge = math.Max(edge, r.right)
	}
	return edge
}

// bodySize is the size most characters of a page are set in.
func bodySize(rows []row) float64 {
	count := map[float64]int{}
	best := 0.0
	for _, r := range rows {
		size := math.Round(r.size*2) / 2
		if count[size] += len(r.text); count[size] > count[best] {
			best = size
		}
	}
	return best
}

// repeated are the texts at the top or foot of most pages.
func repeated(pages [][]row) map[string]bool {
	count := map[string]int{}
	for _, rows := range pages {
		if len(rows) > 1 {
			count[strings.TrimSpace(rows[0].text)]++
			count[strings.TrimSpace(rows[len(rows)-1].text)]++
		}
	}
	out := map[string]bool{}
	for s, n := range count {
		if n > 2 && n*2 > len(pages) {
			out[s] = true
		}
	}
	return out
}

// pageNumber says that a line holds a page number alone: 3, — 3 —, 第3页 共9页.
func pageNumber(s string) bool {
	s = fold(s)
	digits := strings.IndexFunc(s, unicode.IsDigit) >= 0
	return digits && strings.Trim(s, "0123456789-—–_－·.第页共/") == ""
}
