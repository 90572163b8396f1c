package paper

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

// fills are the greys of the inks on a page.
var fills = [...]string{paperWhite: "#fff", pale: "#e1e1e1", grey: "#969696", dark: "#464646", black: "#000"}

// svg draws it for a page. title is what is read aloud; all else is numbers.
func (d *drawing) svg(title string) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg role="img" viewBox="0 0 %s %s" width="%smm" height="%smm"><title>%s</title>`, tenth(d.W), tenth(d.H), tenth(d.W), tenth(d.H), template.HTMLEscapeString(short(title)))
	for i, s := range d.Shapes {
		if i == 0 || d.Shapes[i-1].Ink != s.Ink {
			if i > 0 {
				b.WriteString(`"/>`)
			}
			b.WriteString(`<path fill="` + fills[s.Ink] + `" d="`)
		}
		for j, p := range s.Spot {
			b.WriteByte("ML"[min(j, 1)])
			b.WriteString(tenth(p.X) + " " + tenth(p.Y))
		}
		b.WriteByte('z')
	}
	if len(d.Shapes) > 0 {
		b.WriteString(`"/>`)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// tenth prints a length with at most two decimals.
func tenth(v float64) string { return trimZeros(strconv.FormatFloat(v, 'f', 2, 64)) }
