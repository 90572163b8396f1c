package paper

import "strings"

// annexList writes 附件说明 one line below the body: "附件：1. …", the further
// ones below the first, long names hanging under their own beginning (7.3.4).
// hold keeps the last of them with the signature.
func (d *wml) annexList(names []string, hold bool) {
	if len(names) == 0 {
		return
	}
	d.blank(1)
	const label = 5 * char
	keep := func(last bool) string {
		if last && !hold {
			return ""
		}
		return `<w:keepNext/>`
	}
	if len(names) == 1 {
		d.para("AnnexList", keep(true)+indents(label, 0, -3*char), "附件："+names[0])
		return
	}
	name := label + char*3/2
	tabs := `<w:tabs><w:tab w:val="left" w:pos="` + itoa(label) + `"/><w:tab w:val="left" w:pos="` + itoa(name) + `"/></w:tabs>`
	for i, s := range names {
		d.open("AnnexList", keep(i+1 == len(names))+tabs+indents(name, 0, 2*char-name))
		if i == 0 {
			d.text("", "附件：")
		}
		d.raw(`<w:r><w:tab/></w:r>`)
		d.text("", itoa(i+1)+".")
		d.raw(`<w:r><w:tab/></w:r>`)
		d.text("", s)
		d.shut()
	}
}

// signature writes 发文机关署名 centred over 成文日期, which stands four
// characters from the right, where the seal goes (7.3.5.1), then 附注.
func (d *wml) signature(p *Paper) {
	date := ""
	if !p.Date.IsZero() {
		date = day(p.Date)
	}
	if p.Author != "" || date != "" {
		d.blank(2)
	}
	name := breakEvenly(p.Author, signRoom)
	author, under := signIndents(name, date)
	if name != "" {
		props := ""
		if date != "" {
			props = `<w:keepNext/>`
		}
		if strings.Contains(name, "\n") { // the lines centred upon each other
			props += indents(max(textWide-author-widest(name)*char/2-char, 0), max(author-char, 0), 0) + `<w:jc w:val="center"/>`
		} else {
			props += indents(0, author, 0)
		}
		d.para("Sign", props, name)
	}
	if date != "" {
		keep := ""
		if p.Note != "" {
			keep = `<w:keepNext/>`
		}
		d.para("Sign", keep+indents(0, under, 0), date)
	}
	if p.Note != "" {
		d.para("Body", "", "（"+unbracket(p.Note)+"）")
	}
}

// signIndents gives the right indents, in twips, that set the middle of the
// author above the middle of the date; a long author pushes the date inward.
func signIndents(author, date string) (int, int) {
	wide, under := widest(author)*char/2, halves(date)*char/2
	at := 4*char + (under-wide)/2
	if at >= 0 || date == "" {
		return max(at, 0), 4 * char
	}
	return 0, min(4*char-at, textWide/2)
}

// unbracket takes the brackets off a note that already has them.
func unbracket(s string) string {
	s = strings.TrimSpace(s)
	if in, ok := strings.CutPrefix(s, "（"); ok {
		if in, ok = strings.CutSuffix(in, "）"); ok && !strings.ContainsAny(in, "（）") {
			return in
		}
	}
	return s
}
