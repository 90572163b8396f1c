package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// metadata is what a page prints of the eight 核心元数据 and beside them.
type metadata struct {
	core       map[string]govsweep.MetaValue
	validity   *govsweep.MetaValue
	disclosure string
}

// labelHit is one printed label.
type labelHit struct {
	label
	printed string
	value   string
	block   int // place in Document.Blocks
	node    *Node
	home    *Node // table, list or element the label stands in
	colon   bool
	hidden  bool
	filled  bool // the value stands in the same block
}

// metadata reads labels and values wherever a page prints them: cells,
// terms, list rows, spans, lines of text.
func (d *Document) metadata() metadata {
	hits := d.labelHits()
	if len(hits) == 0 {
		return metadata{disclosure: d.disclosureNote()}
	}
	m := gather(hits)
	if m.disclosure == "" {
		m.disclosure = d.disclosureNote()
	}
	return m
}

// labelHits finds all labels of the page with their values, in page order.
func (d *Document) labelHits() []labelHit {
	var hits []labelHit
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Region == FootRegion || b.Region == SideRegion || b.Hiding&(ByTemplate|ByNoscript) != 0 || b.Text == "" {
			continue
		}
		hits = append(hits, d.blockHits(i)...)
		if len(hits) > 400 {
			break
		}
	}
	kept := hits[:0]
	for i := range hits {
		h := &hits[i]
		if !h.filled && !d.beside(h, hits) {
			continue
		}
		if p := h.node.Parent; h.value == "" && p != nil && d.hasInput(p) {
			continue // a field of a search form
		}
		h.home = homeOf(h.node)
		if h.believable() {
			kept = append(kept, *h)
		}
	}
	return kept
}

// blockHits finds the labels of one block; the value of each ends where the
// next label begins.
func (d *Document) blockHits(i int) []labelHit {
	b := &d.Blocks[i]
	if !b.has(colonSign) && len(b.Text) > 60 && (len(b.Cuts) == 0 || len(b.Text) >= 600) || !mayLabel(b.Text, len(b.Cuts) > 0) {
		return nil
	}
	spots := labelSpots(b.Text, b.Cuts)
	if len(spots) == 0 {
		return nil
	}
	if d.hasInput(b.Node) {
		return nil
	}
	hits := make([]labelHit, 0, len(spots))
	for k, s := range spots {
		end := len(b.Text)
		if k+1 < len(spots) {
			end = spots[k+1].from
		}
		value := trimValue(b.Text[s.value:end])
		hits = append(hits, labelHit{label: s.label, printed: s.printed, value: value, block: i, node: b.Node, colon: s.colon,
			hidden: b.Hiding != 0, filled: value != "" || len(spots) > 1 || s.from > 0})
	}
	return hits
}

// believable drops sentences that only begin like a label, and templates
// nobody filled in.
func (h *labelHit) believable() bool {
	v := h.value
	if strings.Contains(v, "{{") || strings.Contains(v, "${") || strings.Contains(v, "<%") || strings.Contains(v, "}}") {
		return false
	}
	switch h.key {
	case govsweep.MetaTitle, govsweep.MetaSubjectTerms, otherLabel:
		return len(v) <= 1000
	}
	return len(v) <= 240 && !strings.Contains(v, "。") && !(len(v) > 90 && strings.Contains(v, "，"))
}
