package paper

import "strings"

// imprint writes 版记 at the foot of the last page: rules of 0.35 mm above
// and below and of 0.25 mm between, 抄送 and 印发机关 in 4号仿宋 with one
// character free on both sides (7.4). It is a table set free from the text
// and held at the lower edge of the type area.
func (d *wml) imprint(p *Paper) {
	d.raw(`<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="120" w:bottomFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="`, itoa(left), `" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="`, itoa(textWide), `" w:type="dxa"/><w:tblBorders>`,
		line("top", 8), line("bottom", 8), line("insideH", 6),
		`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="`, itoa(textWide), `"/></w:tblGrid>`, "\n")
	const one = 280 // a character 4号
	if p.CopyTo != "" {
		d.imprintRow(indents(4*one, one, -3*one), func() { d.text("", "抄送："+stop(p.CopyTo)) })
	}
	tab := `<w:tabs><w:tab w:val="right" w:pos="` + itoa(textWide-one) + `"/></w:tabs>`
	d.imprintRow(tab+indents(one, one, 0), func() {
		d.text("", p.Printer)
		d.raw(`<w:r><w:tab/></w:r>`)
		d.text("", day(p.Printed)+"印发")
	})
	d.raw("</w:tbl>\n")
}

func (d *wml) imprintRow(props string, text func()) {
	d.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="`, itoa(textWide), `" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`)
	d.open("Imprint", props)
	text()
	d.raw("</w:p></w:tc></w:tr>\n")
}

// line is a border of a table, its width in eighths of a point.
func line(side string, eighths int) string {
	return `<w:` + side + ` w:val="single" w:sz="` + itoa(eighths) + `" w:space="0" w:color="000000"/>`
}

// stop ends 抄送 with a full stop, as 7.4.2 asks.
func stop(s string) string { return strings.TrimRight(s, "。，、；, ") + "。" }
