package facts

import (
	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
)

// SignatureOf gives what makes a page comparable with another: its template
// and its words.
func SignatureOf(f *govsweep.PageFacts) Signature {
	return Signature{Structure: f.Structure, TextHash: f.TextHash, TextRunes: f.TextRunes, Title: f.Title}
}

const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

func hashString(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}

// structure digests the template of a page: the set of its named boxes,
// whatever their number, so that a longer list or text is no other template.
func (d *Document) structure() uint64 {
	seen := make(map[uint64]struct{}, 64)
	var sum uint64
	var visit func(n *Node, depth int)
	visit = func(n *Node, depth int) {
		for c := n.First; c != nil && depth < 9; c = c.Next {
			if !isTemplateBox(c.Tag) {
				continue
			}
			if h := boxHash(c, depth); h != 0 {
				if _, old := seen[h]; !old {
					seen[h] = struct{}{}
					sum += h * (h | 1)
				}
			}
			visit(c, depth+1)
		}
	}
	visit(d.Root, 0)
	if len(seen) == 0 {
		return 0
	}
	return sum | 1
}

func isTemplateBox(t atom.Atom) bool {
	switch t {
	case atom.Html, atom.Body, atom.Div, atom.Ul, atom.Table, atom.Tbody, atom.Tr, atom.Td, atom.Header, atom.Footer, atom.Section, atom.Nav,
		atom.Main, atom.Article, atom.Form, atom.Center, atom.Dl:
		return true
	}
	return false
}

func boxHash(n *Node, depth int) uint64 {
	class, id := n.Class(), n.ID()
	if class == "" && id == "" {
		return 0
	}
	h := hashString(hashSeed^uint64(depth), n.Name)
	for i := 0; i < len(class); i++ { // numbers in names belong to the page, not the template
		if !isNum(class[i]) {
			h = (h ^ uint64(class[i])) * hashPrime
		}
	}
	h *= 31
	for i := 0; i < len(id); i++ {
		if !isNum(id[i]) {
			h = (h ^ uint64(id[i])) * hashPrime
		}
	}
	return h
}

// textSums counts the words of the page that are shown outside menus and
// foot, and digests all that is shown; Latin letters and digits are left out
// where there is Han text, because addresses and times change from answer to answer.
func (d *Document) textSums() (runes int, hash uint64) {
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Hiding == 0 && b.Region != NavRegion && b.Region != FootRegion {
			runes += int(b.runes)
		}
	}
	hash = d.sum.hash
	if d.sum.wide < 20 {
		hash ^= d.sum.plain
	}
	return runes, hash
}

// mongolian says whether the page is written in a vertical script: Mongolian
// letters, or the private code points older Mongolian fonts use.
func (d *Document) mongolian() bool {
	if d.sum.signs&verticalSign == 0 {
		return false
	}
	letters, private := 0, 0
	for i := 0; i+2 < len(d.text); i++ {
		switch c := d.text[i]; {
		case c == 0xE1 && d.text[i+1] >= 0xA0 && d.text[i+1] <= 0xA2:
			letters++
		case c == 0xEE && d.text[i+1] >= 0x88 && d.text[i+1] <= 0x8F:
			private++
		}
	}
	return letters >= 10 || private >= 60
}
