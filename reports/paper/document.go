package paper

// document writes word/document.xml: the paper, then each annex in a section
// of its own, then the section that carries 版记.
func (d *wml) document(p *Paper) {
	d.raw(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>
`)
	d.head(p)
	signed := p.Author != "" || !p.Date.IsZero()
	d.blocks(p.Body, textWide, signed || len(p.Annexes) > 0)
	d.annexList(p.Annexes, signed)
	d.signature(p)
	wide := false
	for i, a := range p.Appended {
		d.section(wide, p.Draft, true)
		wide = a.Wide
		d.annex(a, annexLabel(i, len(p.Appended)))
	}
	if !p.Printed.IsZero() {
		if wide { // 版记 stands upright, on a page of its own
			d.section(true, p.Draft, true)
			d.tail() // a page that begins with a table set free takes the wrong side in LibreOffice
			wide = false
		}
		d.imprint(p)
	}
	d.tail()
	d.section(wide, p.Draft, false)
	d.raw(`</w:body></w:document>`)
}

// tail is a paragraph without height: a section needs one after a table.
func (d *wml) tail() { d.raw(`<w:p><w:pPr><w:pStyle w:val="Tail"/></w:pPr></w:p>`, "\n") }

func annexLabel(i, n int) string {
	if n == 1 {
		return "附件"
	}
	return "附件" + itoa(i+1)
}

// section ends a section: within the text in a paragraph of its own.
func (d *wml) section(wide, draft, within bool) {
	if within {
		d.raw(`<w:p><w:pPr><w:pStyle w:val="Tail"/>`)
	}
	d.raw(`<w:sectPr>`)
	if draft {
		d.raw(`<w:headerReference w:type="default" r:id="rDraft"/><w:headerReference w:type="even" r:id="rDraft"/>`)
	}
	d.raw(`<w:footerReference w:type="default" r:id="rOdd"/><w:footerReference w:type="even" r:id="rEven"/><w:type w:val="nextPage"/>`)
	if wide { // the page turned right: its head lies at the binding
		d.raw(`<w:pgSz w:w="`, itoa(pageLong), `" w:h="`, itoa(pageShort), `" w:orient="landscape"/>`, margins(left, top, right, bottom))
	} else {
		d.raw(`<w:pgSz w:w="`, itoa(pageShort), `" w:h="`, itoa(pageLong), `"/>`, margins(top, right, bottom, left))
	}
	// The grid has lines alone: 28 characters come from the letters' own
	// spacing, because programs disagree about what a grid of characters is.
	d.raw(`<w:docGrid w:type="lines" w:linePitch="580"/></w:sectPr>`)
	if within {
		d.raw("</w:pPr></w:p>\n")
	}
}

// margins places header and footer: the page number's dashes stand 7 mm
// below the type area.
func margins(t, r, b, l int) string {
	return `<w:pgMar w:top="` + itoa(t) + `" w:right="` + itoa(r) + `" w:bottom="` + itoa(b) + `" w:left="` + itoa(l) +
		`" w:header="850" w:footer="` + itoa(b-557) + `" w:gutter="0"/>`
}

// annex writes one annex: the label in its corner, the title centred, the body.
func (d *wml) annex(a Appendix, label string) {
	d.para("AnnexLabel", "", label)
	d.blank(1)
	d.para("AnnexTitle", "", balanced(a.Title))
	d.blank(1)
	width := textWide
	if a.Wide {
		width = textTall
	}
	d.blocks(a.Body, width, false)
}
