package facts

import (
	"sort"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"golang.org/x/net/html/atom"
)

// Document is one page, read once in one pass: a light tree of elements and
// beside it flat lists, in page order, of everything extractors look for.
// Extractors read the lists; none walks the whole tree again. All strings
// have entities resolved. A Document is never changed after Read.
type Document struct {
	Page *govsweep.Page // as fetched; may be nil in tests
	Site *Site          // never nil
	URL  string         // canonical address of the page, after redirects
	Base string         // what references resolve against: <base href> or URL

	Root     *Node
	TitleTag string   // text of the first <title>, white space collapsed
	Metas    []Meta   // <meta> with a name, property or http-equiv, wherever it stands
	Scripts  []Script // also those inside the body
	Links    []Anchor // <a> and <area>, also without href
	Blocks   []Block  // text between block boundaries (also <br>, cells), and every empty cell
	Frames   []*Node  // <iframe>, <frame>
	Images   []*Node  // <img>
	Headings []*Node  // <h1> to <h4>
	charset  string   // the page came in: its addresses are written in it
	Media    bool     // the main area shows a film, a sound or an embedded file
	Rows     []*Node  // <tr>
	Lists    []*Node  // <ul>, <ol>, <dl>, <table>, <tbody>
	Forms    []*Node  // <form>
	Inputs   []*Node  // <input>, <textarea>, <select>, <button>
	IDs      []*Node  // elements with an id
	Comments []string // HTML comments, whole, at most 2,000 bytes each
	Cut      bool     // the page has more nodes than are read
	Ended    bool     // the page closes its body: it came whole

	loads []govsweep.ResourceHost // hosts its elements load from

	text string  // all text; blocks are parted by \n
	sum  summary // of all that is shown, with the signs of all text
	base *address.Base
}

// Meta is one <meta>. Name is name, property or http-equiv as written, trimmed.
type Meta struct {
	Name    string
	Content string
	Equiv   bool // from http-equiv
	Node    *Node
}

// Script is one <script>. Text is raw, no entities resolved.
type Script struct {
	Src  string
	Type string
	Text string
	Node *Node
}

// Anchor is one <a> or <area>.
type Anchor struct {
	Node    *Node
	Href    string // as written, white space trimmed
	HasHref bool
	Text    string // visible words inside, one line
	Title   string // title attribute
	Region  Region // of Node
	Hiding  Hiding // of Node
}

// Block is the text between two block boundaries: a paragraph, a cell, a
// line before <br>. White space is collapsed, U+3000 and &nbsp; included.
type Block struct {
	Node   *Node // nearest element that is no inline element (p, td, li, div …)
	Text   string
	Region Region
	Hiding Hiding
	Cuts   []uint32 // offsets in Text where another element's text begins, e.g. behind <span>label</span>
	Pos    int32    // Pos of the last element opened before the text

	at    uint32 // offset of Text in Document.text
	signs signs
	runes int32 // characters that are no white space
	dated bool  // hits are known
	hits  []dateHit
}

// has says whether the block holds a character of each of the signs.
func (b *Block) has(s signs) bool { return b.signs&s == s }

// Text gives the words of n and everything in it (scripts and styles left
// out), blocks parted by a line feed. It costs nothing.
func (d *Document) Text(n *Node) string {
	return strings.Trim(d.text[n.t0:n.t1], " \n")
}

// Line gives Text on one line.
func (d *Document) Line(n *Node) string { return oneLine(d.Text(n)) }

// All gives the words of the whole page, blocks parted by a line feed.
func (d *Document) All() string { return d.text }

// BlocksIn gives the blocks inside n, in page order.
func (d *Document) BlocksIn(n *Node) []Block {
	i := sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Pos >= n.Pos })
	j := sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Pos > n.End })
	// Text behind n carries the Pos of n's last descendant too, but not its block.
	for j > i && !isInline(n.Tag) && !n.Contains(d.Blocks[j-1].Node) {
		j--
	}
	return d.Blocks[i:j]
}

// LinksIn gives the links inside n, in page order.
func (d *Document) LinksIn(n *Node) []Anchor {
	i := sort.Search(len(d.Links), func(i int) bool { return d.Links[i].Node.Pos >= n.Pos })
	j := sort.Search(len(d.Links), func(i int) bool { return d.Links[i].Node.Pos > n.End })
	return d.Links[i:j]
}

// ByID gives the first element with the id; nil when there is none.
func (d *Document) ByID(id string) *Node {
	for _, n := range d.IDs {
		if n.ID() == id {
			return n
		}
	}
	return nil
}

// MetaContent gives the content of the first <meta> with the name, compared
// without case; "" when there is none.
func (d *Document) MetaContent(name string) string {
	for i := range d.Metas {
		if strings.EqualFold(d.Metas[i].Name, name) {
			return d.Metas[i].Content
		}
	}
	return ""
}

func oneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func isInline(t atom.Atom) bool {
	switch t {
	case atom.A, atom.Span, atom.B, atom.Strong, atom.I, atom.Em, atom.Font, atom.U, atom.S, atom.Small, atom.Big,
		atom.Sub, atom.Sup, atom.Label, atom.Abbr, atom.Cite, atom.Code, atom.Q, atom.Tt, atom.Var, atom.Mark,
		atom.Time, atom.Ins, atom.Del, atom.Strike, atom.Bdo, atom.Img, atom.Input, atom.Acronym, atom.Samp, atom.Kbd,
		atom.Nobr, atom.Wbr, atom.Object, atom.Embed, atom.Map, atom.Area:
		return true
	}
	return false
}
