package paper

import "strings"

// head writes what stands above the body: 发文机关标志 with its top 35 mm below
// the edge of the type area, 发文字号 two lines below it, the red rule 4 mm
// below that, the title after two lines and 主送机关 after one (7.2, 7.3).
func (d *wml) head(p *Paper) {
	before := 1984 // 35 mm
	if p.Draft {
		d.para("Draft", "", "草　稿")
		before -= 900
	}
	if p.Head != "" {
		d.mark(p.Head, before)
		d.blank(2)
		d.number(p)
		d.blank(2)
	}
	if p.Title != "" {
		d.para("Title", "", balanced(p.Title))
		d.blank(1)
	}
	if p.To != "" {
		d.para("To", "", colon(p.To))
	}
}

// mark writes 发文机关标志, as large as one line of the type area allows.
func (d *wml) mark(head string, before int) {
	size, scale := fit(head)
	line := size * 12 // 1.2 of the size, in twips
	lead := line / 10 // the part of the line above the characters
	d.open("Head", `<w:spacing w:before="`+itoa(max(before-lead, 0))+`" w:line="`+itoa(line)+`" w:lineRule="exact"/>`)
	d.text(`<w:w w:val="`+itoa(scale)+`"/><w:sz w:val="`+itoa(size)+`"/><w:szCs w:val="`+itoa(size)+`"/>`, head)
	d.shut()
}

// number writes 发文字号 over the red rule: centred, or at the left with
// 签发人 at the right in a paper upwards.
func (d *wml) number(p *Paper) {
	if p.Signer == "" {
		d.para("Number", "", p.Number)
		return
	}
	d.open("Number", `<w:tabs><w:tab w:val="left" w:pos="`+itoa(char)+`"/><w:tab w:val="right" w:pos="`+itoa(textWide-char)+`"/></w:tabs><w:jc w:val="left"/>`)
	d.raw(`<w:r><w:tab/></w:r>`)
	d.text("", p.Number)
	d.raw(`<w:r><w:tab/></w:r>`)
	d.text("", "签发人：")
	d.styled("Signer", "", p.Signer)
	d.shut()
}

// colon ends 主送机关 with a full-width colon, once.
func colon(s string) string {
	return strings.TrimRight(s, ":： ") + "："
}
