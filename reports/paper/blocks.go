package paper

// blocks writes a body. hold keeps its last paragraph with what follows, so
// that a signature never stands on a page without text.
func (d *wml) blocks(body []Block, width int, hold bool) {
	for i, b := range body {
		switch b := b.(type) {
		case Para:
			d.paragraph(b, hold && i == len(body)-1)
		case Table:
			d.table(b, width)
		case Bars:
			d.bars(b, width)
		case Strip:
			d.strip(b, width)
		case Trend:
			d.trend(b, width)
		}
	}
}

// styleOf names the style of each level.
var styleOf = [...]string{Text: "Body", First: "Heading1", Second: "Heading2", Third: "Heading3", Fourth: "Heading4"}

func (d *wml) paragraph(p Para, hold bool) {
	style := "Body"
	if p.Level > Text && int(p.Level) < len(styleOf) {
		style = styleOf[p.Level]
	}
	switch {
	case p.Small:
		style = "Small"
	case p.Flush && style == "Body":
		style = "Flush"
	}
	props := ""
	if hold {
		props = `<w:keepNext/>`
	}
	if p.Flush && style != "Flush" {
		props += indents(0, 0, 0)
	}
	if longWord(p.Text) { // a justified line before an address would be torn apart
		props += `<w:jc w:val="left"/>`
	}
	d.para(style, props, p.Text)
}
