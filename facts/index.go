package facts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// index enters an element into the lists of its document.
func (b *builder) index(n *Node) {
	d := b.d
	switch n.Tag {
	case atom.A, atom.Area:
		d.Links = append(d.Links, Anchor{Node: n, Href: strings.TrimSpace(n.Attr("href")), HasHref: n.HasAttr("href"), Title: strings.TrimSpace(n.Attr("title"))})
	case atom.Meta:
		b.meta(n)
	case atom.Base:
		if b.base == "" {
			b.base = strings.TrimSpace(n.Attr("href"))
		}
	case atom.Iframe, atom.Frame:
		d.Frames = append(d.Frames, n)
		b.loads(n)
	case atom.Script, atom.Link, atom.Source:
		b.loads(n)
	case atom.Video, atom.Audio, atom.Object, atom.Embed:
		b.loads(n)
		file := lower(n.Attr("src") + n.Attr("data"))
		flash := n.Tag == atom.Embed && has(file, ".swf") || n.Tag == atom.Object && (file == "" || has(file, ".swf"))
		d.Media = d.Media || n.Region == BodyRegion && !n.Hidden() && !flash
	case atom.Img:
		d.Images = append(d.Images, n)
		b.loads(n)
	case atom.H1, atom.H2, atom.H3, atom.H4:
		d.Headings = append(d.Headings, n)
	case atom.Tr:
		d.Rows = append(d.Rows, n)
	case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody:
		d.Lists = append(d.Lists, n)
	case atom.Form:
		d.Forms = append(d.Forms, n)
	case atom.Input, atom.Textarea, atom.Select, atom.Button:
		d.Inputs = append(d.Inputs, n)
	}
	if n.ID() != "" {
		d.IDs = append(d.IDs, n)
	}
}

func (b *builder) meta(n *Node) {
	m := Meta{Name: strings.TrimSpace(n.Attr("name")), Content: n.Attr("content"), Node: n}
	if m.Name == "" {
		m.Name = strings.TrimSpace(n.Attr("property"))
	}
	if m.Name == "" {
		m.Name, m.Equiv = strings.TrimSpace(n.Attr("http-equiv")), true
	}
	if m.Name != "" {
		b.d.Metas = append(b.d.Metas, m)
	}
}

// addText adds text to the open block, white space collapsed.
func (b *builder) addText(s string) {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c <= ' ' {
			b.gap = true
			i++
			continue
		}
		if w := spaceRune(s[i:]); w > 0 {
			b.gap = b.gap || s[i] != 0xEF && s[i+1] != 0x80 || s[i] == 0xE3 || s[i] == 0xC2
			i += w
			continue
		}
		n := wordLen(s[i:])
		b.write(s[i : i+n])
		i += n
	}
}

// wordLen gives the length of s up to its first white space. Han characters,
// most of any page, are passed whole.
func wordLen(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		if c > 0xE2 && c < 0xF0 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			if c == 0xE3 && s[i+1] == 0x80 && s[i+2] == 0x80 || c == 0xEF && s[i+1] == 0xBB && s[i+2] == 0xBF {
				break
			}
			i += 3
			continue
		}
		if maySpace[c] && (c <= ' ' || spaceRune(s[i:]) > 0) {
			break
		}
		i++
	}
	return i
}

// maySpace marks the bytes white space may begin with.
var maySpace = func() (t [256]bool) {
	for c := range ' ' + 1 {
		t[c] = true
	}
	t[0xC2], t[0xE2], t[0xE3], t[0xEF] = true, true, true, true
	return t
}()

// spaceRune gives the length of a no-break, ideographic or zero-width space
// at the start of s, 0 when there is none. Joiners of Mongolian are no spaces.
func spaceRune(s string) int {
	switch s[0] {
	case 0xC2:
		if len(s) > 1 && (s[1] == 0xA0 || s[1] == 0x85) {
			return 2
		}
	case 0xE3:
		if len(s) > 2 && s[1] == 0x80 && s[2] == 0x80 {
			return 3
		}
	case 0xE2:
		if len(s) > 2 && s[1] == 0x80 && (s[2] >= 0x80 && s[2] <= 0x8B || s[2] == 0xA8 || s[2] == 0xA9) {
			return 3
		}
	case 0xEF:
		if len(s) > 2 && s[1] == 0xBB && s[2] == 0xBF {
			return 3
		}
	}
	return 0
}

func (b *builder) write(s string) {
	top := b.top()
	if b.open && top.Hiding != b.hiding {
		b.flush()
	}
	if !b.open {
		b.openBlock(top)
	} else {
		if b.gap {
			b.text = append(b.text, ' ')
		}
		if top != b.lastEl {
			b.cuts = append(b.cuts, uint32(len(b.text))-b.blockAt)
		}
	}
	b.gap, b.lastEl = false, top
	b.text = append(b.text, s...)
}

func (b *builder) openBlock(n *Node) {
	b.open, b.blockAt, b.blockI, b.hiding = true, uint32(len(b.text)), b.count-1, n.Hiding
	for n.Parent != nil && isInline(n.Tag) {
		n = n.Parent
	}
	b.block = n
}

// flush ends the open block.
func (b *builder) flush() {
	b.gap = false
	if !b.open {
		return
	}
	b.add(b.block, b.blockI, b.hiding)
	b.open = false
	b.text = append(b.text, '\n')
}

func (b *builder) add(n *Node, pos int32, h Hiding) {
	sum := &b.d.sum
	if h != 0 {
		sum = &summary{}
	}
	sum.add(b.text[b.blockAt:])
	b.signs |= sum.signs
	b.d.Blocks = append(b.d.Blocks, Block{Node: n, Hiding: h, Pos: pos, signs: sum.signs, runes: int32(sum.runes)})
	b.blocks = append(b.blocks, span{b.blockAt, uint32(len(b.text))})
	b.cutEnds = append(b.cutEnds, len(b.cuts))
}

func (b *builder) emptyBlock(n *Node) {
	b.blockAt = uint32(len(b.text))
	b.add(n, b.count-1, n.Hiding)
}

// seal gives blocks and links their words, now that all text is known.
func (b *builder) seal() {
	d := b.d
	d.text = string(b.text)
	d.sum.signs = b.signs
	from := 0
	for i := range d.Blocks {
		d.Blocks[i].Text = d.text[b.blocks[i].from:b.blocks[i].to]
		d.Blocks[i].at = b.blocks[i].from
		d.Blocks[i].Cuts = b.cuts[from:b.cutEnds[i]:b.cutEnds[i]]
		from = b.cutEnds[i]
	}
	markFoot(d)
	for i := range d.Links {
		a := &d.Links[i]
		a.Text, a.Region, a.Hiding = d.Line(a.Node), a.Node.Region, a.Node.Hiding
	}
	for i := range d.Blocks {
		d.Blocks[i].Region = d.Blocks[i].Node.Region
	}
}

// squeeze collapses white space of any kind and trims.
func squeeze(s string) string {
	var b builder
	b.d = &Document{}
	root := Node{}
	b.stack = append(b.stack, &root)
	b.addText(s)
	if !utf8.Valid(b.text) {
		return strings.ToValidUTF8(string(b.text), "")
	}
	return string(b.text)
}
