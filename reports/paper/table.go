package paper

// table writes a bordered table as wide as the type area. Its head row
// repeats on every page; a row is not torn, unless it alone would fill half
// a page.
func (d *wml) table(t Table, width int) {
	cols := columns(t)
	if cols == 0 {
		return
	}
	if t.Caption != "" {
		d.para("Caption", "", t.Caption)
	}
	look := lookOf(t, cols, width)
	d.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, itoa(width), `" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`,
		line("top", 6), line("left", 6), line("bottom", 6), line("right", 6), line("insideH", 4), line("insideV", 4),
		`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="`, itoa(cellPad), `" w:type="dxa"/><w:right w:w="`, itoa(cellPad), `" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range look.widths {
		d.raw(`<w:gridCol w:w="`, itoa(w), `"/>`)
	}
	d.raw("</w:tblGrid>\n")
	if len(t.Head) > 0 {
		d.row(t.Head, look, true)
	}
	for _, r := range t.Rows {
		d.row(r, look, false)
	}
	d.raw("</w:tbl>\n")
	d.raw(`<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>`, "\n")
}

func (d *wml) row(cells []string, look look, head bool) {
	d.raw(`<w:tr><w:trPr>`)
	if look.fits(cells) {
		d.raw(`<w:cantSplit/>`)
	}
	if head {
		d.raw(`<w:tblHeader/>`)
	}
	d.raw(`</w:trPr>`)
	for i, w := range look.widths {
		s := ""
		if i < len(cells) {
			s = cells[i]
		}
		d.raw(`<w:tc><w:tcPr><w:tcW w:w="`, itoa(w), `" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`)
		d.cell(s, look, look.align[i], head)
		d.raw(`</w:tc>`)
	}
	d.raw("</w:tr>\n")
}

func (d *wml) cell(s string, look look, align string, head bool) {
	style, props := look.style, ""
	if head {
		style, align = look.style+"Head", "center"
	}
	if align != "left" {
		props += `<w:jc w:val="` + align + `"/>`
	}
	d.para(style, props, s)
}
