package workplan

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// show runs the operators of one content stream that place text.
type show struct {
	t         *pdfReader
	resources pdf.Value
	depth     int
	fonts     map[string]*font
	state
	stack []state
}

type state struct {
	ctm, tm, line  matrix
	placed         bool    // a glyph was shown since the place was set
	from           float64 // x of the first of them
	font           *font
	size, lead     float64
	scale, rise    float64
	spacing, words float64
}

func (s *show) run(raw []byte) {
	lex := &lexer{b: raw}
	var args []operand
	for {
		o, ok := lex.next(0)
		if !ok || s.t.dry.Load() || len(s.t.glyphs) > pdfGlyphs {
			return
		}
		if o.kind != isOperator {
			if len(args) < 64 {
				args = append(args, o)
			}
			continue
		}
		if o.s == "BI" {
			lex.skipImage()
		} else {
			s.operator(o.s, args)
		}
		args = args[:0]
	}
}

func (s *show) operator(op string, a []operand) {
	num := func(i int) float64 {
		if i < len(a) {
			return a[i].n
		}
		return 0
	}
	switch op {
	case "q":
		if len(s.stack) < 256 {
			s.stack = append(s.stack, s.state)
		}
	case "Q":
		if n := len(s.stack); n > 0 {
			s.state, s.stack = s.stack[n-1], s.stack[:n-1]
		}
	case "cm":
		s.ctm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}.times(s.ctm)
	case "BT":
		s.tm, s.line, s.placed = identity, identity, false
	case "Tf":
		if len(a) > 0 {
			s.font = s.fontOf(a[0].s)
		}
		s.size = num(1)
	case "Tz":
		s.scale = num(0) / 100
	case "TL":
		s.lead = num(0)
	case "Ts":
		s.rise = num(0)
	case "Tc":
		s.spacing = num(0)
	case "Tw":
		s.words = num(0)
	case "Tm":
		s.tm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}
		s.line, s.placed = s.tm, false
	case "Td":
		s.move(num(0), num(1))
	case "TD":
		s.lead = -num(1)
		s.move(num(0), num(1))
	case "T*":
		s.move(0, -s.lead)
	case "'", `"`:
		s.move(0, -s.lead)
		fallthrough
	case "Tj":
		if len(a) > 0 {
			s.text(a[len(a)-1].s)
		}
	case "TJ":
		if len(a) > 0 {
			s.array(a[0].list)
		}
	case "Do":
		if len(a) > 0 {
			s.form(a[0].s)
		}
	}
}

func (s *show) move(x, y float64) {
	s.line = matrix{1, 0, 0, 1, x, y}.times(s.line)
	s.tm, s.placed = s.line, false
}

func (s *show) array(list []operand) {
	for _, o := range list {
		if o.kind == isString {
			s.text(o.s)
		} else {
			s.forward(-o.n / 1000 * s.size * s.scale)
		}
	}
}

func (s *show) forward(x float64) { s.tm = matrix{1, 0, 0, 1, x, 0}.times(s.tm) }

// text places one string. Widths are those of the characters, full or half:
// good enough to tell lines and gaps.
func (s *show) text(raw string) {
	if s.font == nil || raw == "" {
		return
	}
	at := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.times(s.tm).times(s.ctm)
	out, unread, codes := s.font.decode(raw)
	s.t.unread += unread
	size := math.Hypot(at[2], at[3])
	if out != "" && at.finite() && size > 0 {
		if !s.placed {
			s.placed, s.from = true, at[4]
		}
		s.t.glyphs = append(s.t.glyphs, glyph{x: at[4], y: at[5], size: size, from: s.from, seq: len(s.t.glyphs), s: out})
	}
	s.forward((widthOf(out)*s.size + float64(codes)*s.spacing) * s.scale)
}

// form runs a form object where it is drawn.
func (s *show) form(name string) {
	x := s.resources.Key("XObject").Key(name)
	if x.Key("Subtype").Name() != "Form" || s.depth > 8 || s.t.forms > 2000 {
		return
	}
	s.t.forms++
	at := s.ctm
	if m := x.Key("Matrix"); m.Len() == 6 {
		at = matrix{m.Index(0).Float64(), m.Index(1).Float64(), m.Index(2).Float64(),
			m.Index(3).Float64(), m.Index(4).Float64(), m.Index(5).Float64()}.times(at)
	}
	res := x.Key("Resources")
	if res.IsNull() {
		res = s.resources
	}
	s.t.content(x, res, at, s.depth+1)
}

func (s *show) fontOf(name string) *font {
	if f, ok := s.fonts[name]; ok {
		return f
	}
	f := newFont(s.resources.Key("Font").Key(name))
	s.fonts[name] = f
	return f
}
