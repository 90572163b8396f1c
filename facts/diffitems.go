package facts

import (
	"hash/fnv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// What of one home page is compared at most, and how much of an item is shown.
const (
	maxDiffed     = 20_000
	diffTextRunes = 120
	diffURLBytes  = 500
)

// diffItem is one item of a home page. Equal items have equal keys.
type diffItem struct {
	kind   string
	region string
	text   string // as shown
	url    string
	key    uint64 // what it is
	mask   uint64 // the same without numbers
	byURL  uint64 // its kind, place and address alone; 0 without one
	byText uint64
	group  uint64 // the kind of container it stands in
}

// itemReader lists the items of one document in page order.
type itemReader struct {
	d      *Document
	host   string
	groups map[*Node]uint64
	items  []diffItem
	cut    bool
}

var regionNames = map[Region]string{BodyRegion: "body", NavRegion: "nav", CrumbRegion: "crumb", SideRegion: "side", FootRegion: "foot"}

// itemsOf lists the items of a page; cut says that it has more.
func itemsOf(d *Document) (items []diffItem, cut bool) {
	r := &itemReader{d: d, host: address.Host(d.URL), groups: map[*Node]uint64{}}
	if d.TitleTag != "" {
		r.add("title", "head", d.TitleTag, "", d.Root)
	}
	r.words()
	for _, img := range d.Images {
		if img.Hiding&(ByTemplate|ByNoscript) == 0 {
			r.file("image", img, squeeze(img.Attr("alt")))
		}
	}
	for _, f := range d.Frames {
		if f.Hiding&(ByTemplate|ByNoscript) == 0 {
			r.file("frame", f, "")
		}
	}
	return r.items, r.cut
}

// words takes links and blocks side by side. A block whose words are all of
// links is those links; one link with more words around it, its date mostly,
// is one row.
func (r *itemReader) words() {
	next := 0 // the first link not taken yet
	for i := range r.d.Blocks {
		b := &r.d.Blocks[i]
		end := b.at + uint32(len(b.Text))
		for ; next < len(r.d.Links) && r.d.Links[next].Node.t1 <= b.at; next++ {
			r.link(&r.d.Links[next])
		}
		first, linked := next, 0
		for ; next < len(r.d.Links) && r.d.Links[next].Node.t0 < end; next++ {
			a := r.d.Links[next].Node
			linked += int(min(a.t1, end) - max(a.t0, b.at))
			if a.t1 > end {
				break // goes on in the next block
			}
		}
		r.block(b, r.d.Links[first:next], linked)
	}
	for ; next < len(r.d.Links); next++ {
		r.link(&r.d.Links[next])
	}
}

func (r *itemReader) block(b *Block, links []Anchor, linked int) {
	own := len(b.Text) - linked - len(links) // words beside the links
	shown := b.Hiding == 0 && b.Text != ""
	if len(links) == 1 && shown && own > 1 && links[0].HasHref && !isScriptRef(links[0].Href) {
		if u, ok := r.d.Resolve(links[0].Href); ok && links[0].Hiding == 0 {
			r.add("row", regionNames[b.Region], b.Text, u, b.Node)
			return
		}
	}
	for i := range links {
		r.link(&links[i])
	}
	if shown && own > 1 {
		kind := "text"
		if b.Node.Up(atom.Li, atom.Tr, atom.Dd) != nil {
			kind = "row"
		}
		r.add(kind, regionNames[b.Region], b.Text, "", b.Node)
	}
}

func (r *itemReader) link(a *Anchor) {
	if !a.HasHref || a.Hiding&(ByTemplate|ByNoscript) != 0 || a.Href == "" || a.Href[0] == '#' {
		return
	}
	text, u := r.d.linkText(a), ""
	if !isScriptRef(a.Href) {
		var ok bool
		if u, ok = r.d.Resolve(a.Href); !ok {
			u = a.Href
		}
	}
	if text != "" || u != "" {
		r.add("link", regionNames[a.Region], text, u, a.Node)
	}
}

func (r *itemReader) file(kind string, n *Node, text string) {
	src := ""
	for _, key := range [...]string{"src", "data-src", "data-original", "lazy-src"} {
		if src = strings.TrimSpace(n.Attr(key)); src != "" {
			break
		}
	}
	switch u, ok := r.d.Resolve(src); {
	case src == "", has(src, "{{"), hasPrefix(lower(src[:min(len(src), 12)]), "about:"), isScriptRef(src):
	case hasPrefix(src, "data:"):
		r.add(kind, regionNames[n.Region], firstOf(text, "内嵌图片"), "data:"+hexOf(hashOf(src)), n)
	case ok:
		r.add(kind, regionNames[n.Region], text, u, n)
	}
}

func (r *itemReader) add(kind, region, text, u string, at *Node) {
	if len(r.items) == maxDiffed {
		r.cut = true
		return
	}
	words := steadyText(text)
	if saysOwnLine(words) && kind != "link" {
		return
	}
	where := u
	if !hasPrefix(u, "data:") {
		where = steadyURL(u, r.host)
	}
	it := diffItem{kind: kind, region: region, text: text, url: u, group: r.group(at)}
	it.key = hashOf(kind, region, words, where)
	it.mask = hashOf(kind, region, maskDigits(words), maskDigits(where))
	if u != "" {
		it.byURL = hashOf(kind, region, "\x01", where)
	}
	if text != "" {
		it.byText = hashOf(kind, region, "\x02", words)
	}
	r.items = append(r.items, it)
}

// group names the kind of container an element stands in: names, ids and
// classes on the way down, without the place among brothers.
func (r *itemReader) group(n *Node) uint64 {
	var way []*Node
	for n = n.Parent; n != nil; n = n.Parent {
		if _, known := r.groups[n]; known {
			break
		}
		way = append(way, n)
	}
	sum := uint64(0)
	if n != nil {
		sum = r.groups[n]
	}
	for i := len(way) - 1; i >= 0; i-- {
		n := way[i]
		switch n.Tag {
		case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Div, atom.Section, atom.Nav, atom.Footer, atom.Header, atom.Form, atom.Aside, atom.Article:
			sum = hashOf(hexOf(sum), n.Name, n.ID(), n.Class())
		}
		r.groups[n] = sum
	}
	return sum
}

func hashOf(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

func hexOf(n uint64) string {
	const digits = "0123456789abcdef"
	var b [16]byte
	for i := range b {
		b[i] = digits[n>>(60-4*i)&15]
	}
	return string(b[:])
}

// shown gives the item as it is kept.
func (it *diffItem) shown() govsweep.DiffItem {
	u := it.url
	if len(u) > diffURLBytes {
		u = strings.ToValidUTF8(u[:diffURLBytes], "")
	}
	return govsweep.DiffItem{Kind: it.kind, Region: it.region, Text: clip(oneLine(it.text), diffTextRunes), URL: strings.Clone(u)}
}
