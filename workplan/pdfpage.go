package workplan

import (
	"io"
	"math"
	"sync/atomic"

	"github.com/ledongthuc/pdf"
)

// pdfReader gathers the glyphs of a PDF file, page by page.
type pdfReader struct {
	dry    *atomic.Bool
	glyphs []glyph
	pages  []int // where each page begins in glyphs
	unread int   // bytes shown that stand for no known character
	forms  int
	nodes  int // of the tree of pages
}

// glyph is a run of text at its place: x and y of its start, in points, y
// upwards; size of the type. from is the x where its run was set: places
// within a run are estimates, its order is sure.
type glyph struct {
	x, y, size float64
	from       float64
	seq        int // its number on the page
	s          string
}

// tree reads the pages below a node, in order. Nodes may point at each other
// in circles: depth and number are bounded.
func (t *pdfReader) tree(node, resources pdf.Value, depth int) {
	if t.nodes++; depth > 24 || t.nodes > 4000 || len(t.pages) > pdfPages || t.dry.Load() {
		return
	}
	if own := node.Key("Resources"); !own.IsNull() {
		resources = own
	}
	if kids := node.Key("Kids"); kids.Kind() == pdf.Array {
		for i := 0; i < kids.Len(); i++ {
			t.tree(kids.Index(i), resources, depth+1)
		}
		return
	}
	if node.Kind() == pdf.Dict {
		t.pages = append(t.pages, len(t.glyphs))
		t.content(node.Key("Contents"), resources, identity, 0)
	}
}

// content reads a stream, or streams one after the other, of drawing operators.
func (t *pdfReader) content(v pdf.Value, resources pdf.Value, at matrix, depth int) {
	var r io.Reader
	switch v.Kind() {
	case pdf.Stream:
		r = v.Reader()
	case pdf.Array:
		var parts []io.Reader
		for i := 0; i < min(v.Len(), 2000); i++ {
			if s := v.Index(i); s.Kind() == pdf.Stream {
				parts = append(parts, s.Reader(), newline{})
			}
		}
		r = io.MultiReader(parts...)
	default:
		return
	}
	raw, _ := io.ReadAll(io.LimitReader(r, pdfContent)) // a torn stream shows what it has
	s := &show{t: t, resources: resources, depth: depth, fonts: map[string]*font{}, state: state{ctm: at, scale: 1}}
	s.run(raw)
}

// newline parts two streams.
type newline struct{}

// Read gives one line end and the end, at once.
func (newline) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	p[0] = '\n'
	return 1, io.EOF
}

// matrix is a transformation [a b c d e f] as PDF writes it.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times gives m followed by n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) finite() bool {
	for _, v := range m {
		if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e7 {
			return false
		}
	}
	return true
}
