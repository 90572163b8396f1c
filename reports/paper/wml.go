package paper

import (
	"bufio"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// A wml writes WordprocessingML. Markup comes from this package alone; every
// text of a paper goes through text, which escapes it.
type wml struct {
	w     *bufio.Writer
	media [][]byte // pictures, named by their place in the list
	pics  map[string]int
	drawn int
}

func newWML(w io.Writer) *wml {
	return &wml{w: bufio.NewWriterSize(w, 1<<16), pics: map[string]int{}}
}

// raw writes markup.
func (d *wml) raw(parts ...string) {
	for _, s := range parts {
		d.w.WriteString(s) // a bufio.Writer keeps its error for Flush
	}
}

// text writes the run of a text; its lines are parted by breaks.
func (d *wml) text(props, s string) { d.styled("", props, s) }

// styled writes a run in a character style of its own.
func (d *wml) styled(style, props, s string) {
	d.raw(`<w:r><w:rPr>`)
	if style != "" {
		d.raw(`<w:rStyle w:val="`, style, `"/>`)
	}
	d.raw(`<w:rFonts w:hint="eastAsia"/>`, props, `</w:rPr>`)
	for i, line := range lines(s) {
		if i > 0 {
			d.raw(`<w:br/>`)
		}
		d.raw(`<w:t xml:space="preserve">`)
		d.escape(line)
		d.raw(`</w:t>`)
	}
	d.raw(`</w:r>`)
}

// escape writes clean text as XML character data.
func (d *wml) escape(s string) {
	if strings.ContainsAny(s, `<>&"'`) {
		xml.EscapeText(d.w, []byte(s)) // as raw
		return
	}
	d.w.WriteString(s)
}

// open begins a paragraph of a style; props are further properties in the
// order of the schema.
func (d *wml) open(style, props string) {
	d.raw(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`, props, `</w:pPr>`)
}

func (d *wml) shut() { d.raw("</w:p>\n") }

// para writes a whole paragraph.
func (d *wml) para(style, props, s string) {
	d.open(style, props)
	d.text("", s)
	d.shut()
}

// blank leaves n lines of the grid empty and on the page of what follows.
func (d *wml) blank(n int) {
	for range n {
		d.raw(`<w:p><w:pPr><w:pStyle w:val="Blank"/></w:pPr></w:p>`, "\n")
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// indents gives w:ind in twips.
func indents(left, right, first int) string {
	s := `<w:ind w:left="` + itoa(left) + `" w:right="` + itoa(right) + `" `
	if first < 0 {
		return s + `w:hanging="` + itoa(-first) + `"/>`
	}
	return s + `w:firstLine="` + itoa(first) + `"/>`
}
