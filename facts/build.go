package facts

import (
	"strings"
	"unsafe"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What one page may cost at most.
const (
	maxNodes   = 250_000
	maxDepth   = 1_000
	maxComment = 2_000
)

// Read reads a page. Any bytes are a page: nothing is refused, and no more
// than 250,000 elements are read (Cut tells). The words of the document lie in
// body: it must not change any more.
func Read(p *govsweep.Page, body []byte, site *Site) *Document {
	return new(builder).read(p, body, site)
}

func (b *builder) read(p *govsweep.Page, body []byte, site *Site) *Document {
	if site == nil {
		site = &Site{}
	}
	b.d = &Document{Page: p, Site: site, sum: summary{hash: hashSeed, plain: hashSeed}}
	if p != nil {
		b.d.URL = p.FinalURL
		if b.d.URL == "" {
			b.d.URL = p.Visit.URL
		}
	}
	b.z.s = unsafe.String(unsafe.SliceData(body), len(body)) // a copy of every page would be half of what Extract allocates
	b.run()
	b.d.setBase(b.base)
	return b.d
}

type builder struct {
	arena
	d     *Document
	z     scanner
	count int32
	base  string
	signs signs // of all text so far

	open    bool // a block has text
	gap     bool // white space is due before the next text
	block   *Node
	blockAt uint32
	blockI  int32
	hiding  Hiding
	lastEl  *Node // element the last text of the block stood in
	inHead  bool
}

type span struct{ from, to uint32 }

func (b *builder) run() {
	b.lay(len(b.z.s))
	root := b.newNode()
	root.Name, root.Pos = "#page", -1
	b.count = 0
	b.d.Root = root
	b.stack = append(b.stack, root)
	for {
		t := b.z.next()
		switch t.kind {
		case endOfPage:
			b.finish()
			return
		case textToken:
			b.addText(t.text)
		case startToken:
			if b.count >= maxNodes {
				b.d.Cut = true
				b.finish()
				return
			}
			b.start(t)
		case endToken:
			b.end(t.tag, t.name)
		case commentToken:
			if len(t.text) > 0 && len(t.text) <= maxComment {
				b.d.Comments = append(b.d.Comments, t.text)
			}
		}
	}
}

func (b *builder) top() *Node { return b.stack[len(b.stack)-1] }

func (b *builder) start(t *token) {
	switch t.tag {
	case atom.Html, atom.Body:
		if b.has(t.tag) {
			return // a page inside the page
		}
		b.closeHead()
	case atom.Head:
		if b.inHead || b.has(atom.Body) {
			return
		}
	case atom.Title, atom.Meta, atom.Link, atom.Script, atom.Style, atom.Base, atom.Noscript, atom.Template:
	default:
		b.closeHead()
	}
	b.implyEnds(t.tag)
	n := b.newNode()
	parent := b.top()
	*n = Node{Tag: t.tag, Name: t.name, Attrs: t.attrs, Parent: parent, Prev: parent.Last, Pos: b.count, End: b.count,
		Region: b.regionOf(parent.Region, t.tag, t.attrs), Hiding: parent.Hiding | b.hidingOf(t.tag, t.attrs)}
	b.count++
	if parent.Last != nil {
		parent.Last.Next = n
	} else {
		parent.First = n
	}
	parent.Last = n
	if !isInline(t.tag) {
		b.flush()
	}
	n.t0 = uint32(len(b.text))
	n.t1 = n.t0
	b.index(n)
	if isVoid(t.tag) || b.readRaw(n) {
		return
	}
	if len(b.stack) < maxDepth {
		b.stack = append(b.stack, n)
		b.inHead = b.inHead || t.tag == atom.Head
	}
}

func (b *builder) has(tag atom.Atom) bool {
	for i := 1; i < len(b.stack) && i < 4; i++ {
		if b.stack[i].Tag == tag {
			return true
		}
	}
	return false
}

func (b *builder) closeHead() {
	if b.inHead {
		b.end(atom.Head, "head")
	}
}

// readRaw reads elements whose content is no markup.
func (b *builder) readRaw(n *Node) bool {
	switch n.Tag {
	case atom.Script:
		b.d.Scripts = append(b.d.Scripts, Script{Src: strings.TrimSpace(n.Attr("src")), Type: lower(n.Attr("type")), Text: b.z.raw(n.Name), Node: n})
	case atom.Title:
		if t := squeeze(html.UnescapeString(b.z.raw(n.Name))); b.d.TitleTag == "" {
			b.d.TitleTag = t
		}
	case atom.Style:
		b.styleLoads(b.z.raw(n.Name))
	case atom.Textarea, atom.Xmp, atom.Iframe, atom.Noembed, atom.Noframes:
		b.z.raw(n.Name)
	default:
		return false
	}
	return true
}

func isVoid(t atom.Atom) bool {
	switch t {
	case atom.Meta, atom.Link, atom.Img, atom.Br, atom.Hr, atom.Input, atom.Base, atom.Area, atom.Col, atom.Embed,
		atom.Param, atom.Source, atom.Track, atom.Wbr, atom.Frame, atom.Bgsound:
		return true
	}
	return false
}

// implyEnds closes what the start tag closes by itself.
func (b *builder) implyEnds(t atom.Atom) {
	switch t {
	case atom.Li:
		b.closeWithin(atom.Li, atom.Ul, atom.Ol, atom.Menu, atom.Td, atom.Th)
	case atom.Dt, atom.Dd:
		b.closeWithin(atom.Dt, atom.Dl)
		b.closeWithin(atom.Dd, atom.Dl)
	case atom.Td, atom.Th:
		b.closeWithin(atom.Td, atom.Tr, atom.Table)
		b.closeWithin(atom.Th, atom.Tr, atom.Table)
	case atom.Tr:
		b.closeWithin(atom.Tr, atom.Table)
	case atom.Tbody, atom.Thead, atom.Tfoot:
		b.closeWithin(atom.Tbody, atom.Table)
		b.closeWithin(atom.Thead, atom.Table)
		b.closeWithin(atom.Tfoot, atom.Table)
	case atom.Option:
		b.closeWithin(atom.Option, atom.Select)
	case atom.A:
		b.closeWithin(atom.A, atom.Td, atom.Table, atom.Object)
	}
	if !isInline(t) && t != atom.Script && t != atom.Style && t != atom.Br {
		b.closeWithin(atom.P, atom.Td, atom.Th, atom.Table, atom.Object, atom.Button, atom.Li, atom.Div)
	}
}

// closeWithin closes the nearest open tag unless one of stops is nearer.
func (b *builder) closeWithin(tag atom.Atom, stops ...atom.Atom) {
	for i := len(b.stack) - 1; i > 0; i-- {
		t := b.stack[i].Tag
		if t == tag {
			b.popTo(i)
			return
		}
		for _, s := range stops {
			if t == s {
				return
			}
		}
	}
}

// end closes an element. An end tag that fits nothing near is ignored.
func (b *builder) end(tag atom.Atom, name string) {
	switch tag {
	case atom.Br:
		b.flush()
		return
	case atom.Html, atom.Body:
		b.d.Ended = true
		return // whatever follows still belongs to the page
	}
	inline := isInline(tag)
	for i := len(b.stack) - 1; i > 0; i-- {
		n := b.stack[i]
		if n.Tag == tag && n.Name == name {
			if inline && i < len(b.stack)-1 && !b.onlyInline(i+1) {
				b.cutOut(i)
				return
			}
			b.popTo(i)
			return
		}
		switch n.Tag {
		case atom.Td, atom.Th, atom.Table:
			if tag != atom.Table && tag != atom.Tr && tag != atom.Td && tag != atom.Th && tag != atom.Tbody && tag != atom.Thead && tag != atom.Tfoot || n.Tag == atom.Table {
				return
			}
		case atom.Ul, atom.Ol, atom.Dl:
			if tag == atom.Li || tag == atom.Dt || tag == atom.Dd || tag == atom.P {
				return
			}
		}
	}
}

func (b *builder) onlyInline(from int) bool {
	for _, n := range b.stack[from:] {
		if !isInline(n.Tag) {
			return false
		}
	}
	return true
}

// cutOut ends an inline element while blocks inside it stay open.
func (b *builder) cutOut(i int) {
	b.close(b.stack[i])
	b.stack = append(b.stack[:i], b.stack[i+1:]...)
}

func (b *builder) popTo(i int) {
	for len(b.stack) > i {
		b.close(b.top())
		b.stack = b.stack[:len(b.stack)-1]
	}
}

func (b *builder) close(n *Node) {
	if !isInline(n.Tag) {
		if (n.Tag == atom.Td || n.Tag == atom.Th || n.Tag == atom.Dd) && !b.open && uint32(len(b.text)) == n.t0 {
			b.emptyBlock(n)
		}
		b.flush()
	}
	n.t1 = uint32(len(b.text))
	n.End = b.count - 1
	if n.Tag == atom.Head {
		b.inHead = false
	}
}

func (b *builder) finish() {
	b.popTo(1)
	b.flush()
	root := b.d.Root
	root.t1, root.End = uint32(len(b.text)), b.count
	b.seal()
}
