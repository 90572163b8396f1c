package paper

// picture places a drawing in the line of text. alt is what is read aloud.
// Equal drawings share one part of the package.
func (d *wml) picture(dr *drawing, alt string) {
	data := dr.png()
	n, ok := d.pics[string(data)]
	if !ok {
		d.media = append(d.media, data)
		n = len(d.media)
		d.pics[string(data)] = n
	}
	d.drawn++
	id := itoa(d.drawn)
	cx, cy := itoa(int(dr.W*36000)), itoa(int(dr.H*36000))
	d.raw(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="`, cx, `" cy="`, cy, `"/><wp:docPr id="`, id, `" name="图`, id, `" descr="`)
	d.escape(clean(short(alt)))
	d.raw(`"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="`, id, `" name="图`, id, `"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rPic`, itoa(n), `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`, cx, `" cy="`, cy, `"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
}

// plainTable begins a table without lines, for charts and their words.
func (d *wml) plainTable(widths ...int) {
	d.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, itoa(sum(widths)), `" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		d.raw(`<w:gridCol w:w="`, itoa(w), `"/>`)
	}
	d.raw("</w:tblGrid>\n")
}

// plainRow writes a row of such a table; keep holds it to the next.
func (d *wml) plainRow(keep bool, cells ...plainCell) {
	d.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	next := ""
	if keep {
		next = `<w:keepNext/>`
	}
	for _, c := range cells {
		d.raw(`<w:tc><w:tcPr><w:tcW w:w="`, itoa(c.width), `" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`)
		d.open("Chart", next+`<w:jc w:val="`+c.align+`"/>`)
		if c.draw != nil {
			d.picture(c.draw, c.text)
		} else {
			d.text("", c.text)
		}
		d.raw(`</w:p></w:tc>`)
	}
	d.raw("</w:tr>\n")
}

type plainCell struct {
	width int
	align string
	text  string
	draw  *drawing
}

func (d *wml) endTable() {
	d.raw("</w:tbl>\n", `<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>`, "\n")
}
