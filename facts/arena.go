package facts

import "sync"

// arena is the memory a page is read into. What Extract reads is given back
// and serves the next page; the strings of a page are never part of it.
type arena struct {
	slabs   [][]Node
	slab    int // slabs before it are full
	nodes   int // nodes taken from it
	stack   []*Node
	attrs   []Attr
	links   []Anchor
	list    []Block
	text    []byte // text of the page so far
	cuts    []uint32
	blocks  []span
	cutEnds []int
	regions *memo[Region]
	hides   *memo[bool]
}

const (
	slabNodes   = 256
	maxIdleSlab = 64      // a page of more elements gives its memory to the collector
	maxIdleText = 1 << 20 // as does one of more text
	maxIdleAttr = 1 << 15 // or attributes
)

var builders = sync.Pool{New: func() any { return new(builder) }}

// lay makes room for a page of size bytes.
func (b *builder) lay(size int) {
	if b.regions == nil {
		b.regions, b.hides = newMemo[Region](), newMemo[bool]()
	}
	b.z.attrs = atLeast(b.attrs, min(size/32+16, 1<<16))
	b.d.Links = atLeast(b.links, min(size/200+8, 1<<12))
	b.d.Blocks = atLeast(b.list, min(size/160+16, 1<<12))
	b.blocks = atLeast(b.blocks, cap(b.d.Blocks))
	b.cutEnds = atLeast(b.cutEnds, cap(b.d.Blocks))
	b.text = atLeast(b.text, size/3+64)
	b.stack = atLeast(b.stack, 64)
}

// atLeast empties a slice, and makes one of n places when it has too few.
func atLeast[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, 0, n)
	}
	return s[:0]
}

func (b *builder) newNode() *Node {
	if b.slab == len(b.slabs) {
		b.slabs = append(b.slabs, make([]Node, min(slabNodes, max(32, len(b.z.s)/64))))
	}
	slab := b.slabs[b.slab]
	n := &slab[b.nodes]
	if b.nodes++; b.nodes == len(slab) {
		b.slab, b.nodes = b.slab+1, 0
	}
	return n
}

// release gives the memory of a page back. Its document must not be used
// any more. Everything that points into the page is cleared, so that the
// pool keeps no page alive.
func (b *builder) release() {
	if len(b.slabs) > maxIdleSlab || cap(b.text) > maxIdleText || cap(b.z.attrs) > maxIdleAttr {
		return
	}
	for i := range min(b.slab+1, len(b.slabs)) {
		clear(b.slabs[i])
	}
	a := arena{slabs: b.slabs, text: b.text[:0], cuts: b.cuts[:0], blocks: b.blocks[:0], cutEnds: b.cutEnds[:0], regions: b.regions, hides: b.hides}
	a.attrs, a.links, a.list, a.stack = emptied(b.z.attrs), emptied(b.d.Links), emptied(b.d.Blocks), emptied(b.stack[:cap(b.stack)])
	*b = builder{arena: a}
	builders.Put(b)
}

func emptied[T any](s []T) []T {
	clear(s)
	return s[:0]
}
