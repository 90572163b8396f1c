package paper

import (
	"bytes"
	"encoding/xml"
	"time"
)

// coreProps are the properties of the file: title, author and the date the
// paper bears. No clock is read.
func coreProps(p *Paper) []byte {
	when := p.Date
	if when.IsZero() {
		when = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	at := when.UTC().Format(time.RFC3339)
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	xml.EscapeText(&b, []byte(short(p.Title)))
	b.WriteString(`</dc:title><dc:creator>`)
	xml.EscapeText(&b, []byte(short(p.Author)))
	b.WriteString(`</dc:creator><dc:language>zh-CN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">` + at +
		`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified></cp:coreProperties>`)
	return b.Bytes()
}

// short is a text as a property: one line of at most 200 characters.
func short(s string) string {
	r := []rune(clean(s[:min(len(s), 2000)]))
	return string(r[:min(len(r), 200)])
}

// rels ties the document to its parts; all of them lie in the package.
func (d *wml) rels() []byte {
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range [][3]string{
		{"rStyles", "styles", "styles.xml"}, {"rFonts", "fontTable", "fontTable.xml"}, {"rSettings", "settings", "settings.xml"},
		{"rOdd", "footer", "footer1.xml"}, {"rEven", "footer", "footer2.xml"}, {"rDraft", "header", "header1.xml"},
	} {
		b.WriteString(`<Relationship Id="` + r[0] + `" Type="` + kind + r[1] + `" Target="` + r[2] + `"/>`)
	}
	for i := range d.media {
		b.WriteString(`<Relationship Id="rPic` + itoa(i+1) + `" Type="` + kind + `image" Target="` + mediaName(i)[len("word/"):] + `"/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.Bytes()
}
