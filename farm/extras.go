package farm

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
)

// Hosts beside the sites: where external links lead.
const (
	servicePortal = "zwfw.yunlanfuwu.org.cn"
	friend        = "www.lanzhouyuan-friend.org.cn"
	slowHost      = "slow.yunlanfuwu.org.cn"
	casinoHost    = "www.bet-yunlan.example.com.cn"
	goneHost      = "www.gone-yunlan.org.cn" // answers 404 to everything
	noSuchHost    = "www.nosuch-yunlan.org.cn"
)

// picture is a small PNG of its own colour.
func picture(n int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 24, 16))
	for y := range 16 {
		for x := range 24 {
			m.Set(x, y, color.RGBA{uint8(n * 37), uint8(n * 91), uint8(x * 10), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil
	}
	return b.Bytes()
}

// attachment gives bytes of the kind its name promises.
func attachment(name string) (body []byte, mediaType string) {
	switch name[strings.LastIndexByte(name, '.')+1:] {
	case "pdf":
		return pdfBytes(name), "application/pdf"
	case "xls":
		return officeBytes(name), "application/vnd.ms-excel"
	}
	return officeBytes(name), "application/msword"
}

// pdfBytes is a one-page PDF.
func pdfBytes(name string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(text string) { at = append(at, b.Len()); fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text) }
	b.WriteString("%PDF-1.4\n")
	stream := fmt.Sprintf("BT /F1 12 Tf 72 720 Td (%s) Tj ET", name)
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, off := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// officeBytes begins as an old Office file does: the signature of a compound
// document and its header, then filler.
func officeBytes(name string) []byte {
	b := make([]byte, 4096)
	copy(b, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1})
	copy(b[24:], []byte{0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0})
	copy(b[1024:], name)
	return b
}

// sitemapXML lists columns and articles.
func (p *reply) sitemapXML(packed bool) {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, c := range p.columns {
		fmt.Fprintf(&b, "<url><loc>%s</loc></url>\n", p.at(c.path()))
		for _, it := range c.items {
			fmt.Fprintf(&b, "<url><loc>%s</loc><lastmod>%s</lastmod></url>\n", p.at(it.path()), it.at.Format("2006-01-02"))
		}
	}
	b.WriteString("</urlset>\n")
	p.ctype, p.raw = "application/xml", b.Bytes()
	if packed {
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		w.Write(b.Bytes()) // into memory: cannot fail
		w.Close()
		p.ctype, p.raw = "application/gzip", z.Bytes()
	}
}

func (p *reply) robots() {
	p.ctype = "text/plain"
	p.f("User-agent: *\nDisallow: /login.do\n")
	for _, c := range p.columns {
		if c.trouble == forbidden {
			p.f("Disallow: %s\n", c.path())
		}
	}
	if p.no%2 == 0 {
		p.f("Sitemap: %s\n", p.at("/sitemap.xml"))
	} else {
		p.f("Sitemap: %s\n", p.at("/sitemap.xml.gz"))
	}
}
