package facts

import (
	"golang.org/x/net/html/atom"
)

// hasInput says whether a small element holds a field to fill in: a search
// form prints labels too.
func (d *Document) hasInput(n *Node) bool {
	if n.End-n.Pos > 60 {
		return false
	}
	for _, in := range d.Inputs {
		if in.Pos > n.End {
			break
		}
		if in.Pos >= n.Pos && in.Attr("type") != "hidden" {
			return true
		}
	}
	return false
}

// beside finds the value of a label whose block says no more than the label.
// It is false when the label is none there.
func (d *Document) beside(h *labelHit, hits []labelHit) bool {
	cell := d.fill(h.node, atom.Td, atom.Th)
	if cell != nil {
		return d.besideCell(h, cell)
	}
	if dt := d.fill(h.node, atom.Dt); dt != nil {
		if dd := dt.Next; dd != nil && dd.Tag == atom.Dd && !d.hasInput(dd) {
			h.value = d.valueOf(dd)
		}
		return true
	}
	if i := h.block + 1; i < len(d.Blocks) && h.node.End-h.node.Pos < 40 && h.node.Contains(d.Blocks[i].Node) && h.node != d.Blocks[i].Node {
		h.value = d.valueOf(d.Blocks[i].Node)
		return true
	}
	n := d.fill(h.node)
	next := n.Next
	if next == nil || !sameLook(n, next) && next.Tag != n.Tag && !isBox(next.Tag) {
		return true
	}
	if d.hasInput(next) {
		return false
	}
	if !mixed(n.Parent, hits, h) {
		h.value = d.valueOf(next)
	}
	return true
}

// besideCell takes the next cell, or in a table of a head row and one row of
// values the cell below.
func (d *Document) besideCell(h *labelHit, cell *Node) bool {
	next := cell.Next
	if next != nil && (next.Tag == atom.Td || next.Tag == atom.Th) {
		if d.hasInput(next) {
			return false
		}
		if v := d.Line(next); !isLabelLine(v) {
			h.value = cleanValue(v)
			return true
		}
	}
	if below, one := d.below(cell); below != nil {
		if !one {
			return false // the head of a list
		}
		h.value = d.valueOf(below)
		return true
	}
	return true
}

// below gives the cell under a cell of a head row, and whether that is the
// only row of values.
func (d *Document) below(cell *Node) (*Node, bool) {
	row := cell.Parent
	if row == nil || row.Tag != atom.Tr {
		return nil, false
	}
	at, cells, heads := 0, 0, 0
	for c := row.First; c != nil; c = c.Next {
		if c == cell {
			at = cells
		}
		cells++
		if isLabelLine(d.Line(c)) {
			heads++
		}
	}
	if cells < 3 || heads < cells {
		return nil, false
	}
	next := row.Next
	if next == nil && row.Parent != nil && row.Parent.Tag == atom.Thead && row.Parent.Next != nil {
		next = row.Parent.Next.First
	}
	if next == nil || next.Tag != atom.Tr {
		return nil, false
	}
	c := next.First
	for ; c != nil && at > 0; at-- {
		c = c.Next
	}
	if c == nil || isLabelLine(d.Line(c)) {
		return nil, false
	}
	return c, next.Next == nil || d.isLabelRow(next.Next)
}

// isLabelRow says whether every cell of a row is a label.
func (d *Document) isLabelRow(row *Node) bool {
	for c := row.First; c != nil; c = c.Next {
		if !isLabelLine(d.Line(c)) {
			return false
		}
	}
	return row.First != nil
}

// fill climbs from n while the element around holds no other words, and
// gives the first with one of the tags; without tags the highest.
func (d *Document) fill(n *Node, tags ...atom.Atom) *Node {
	words := d.Text(n)
	for {
		for _, t := range tags {
			if n.Tag == t {
				return n
			}
		}
		p := n.Parent
		if p == nil || p.Parent == nil || p.Tag == atom.Body || p.t1-p.t0 > n.t1-n.t0+8 || d.Text(p) != words {
			break
		}
		if len(tags) == 0 && n.Next != nil && !isScriptish(n.Next.Tag) {
			break
		}
		n = p
	}
	if len(tags) > 0 {
		return nil
	}
	return n
}

func isScriptish(t atom.Atom) bool { return t == atom.Script || t == atom.Style || t == atom.Br }

func isBox(t atom.Atom) bool {
	switch t {
	case atom.Div, atom.P, atom.Span, atom.Li, atom.Dd, atom.Section:
		return true
	}
	return false
}

func sameLook(a, b *Node) bool { return a.Tag == b.Tag && a.Class() == b.Class() }

// mixed says whether labels with their value in the same block stand among
// the children of n: then a label alone has no value.
func mixed(n *Node, hits []labelHit, h *labelHit) bool {
	for i := range hits {
		o := &hits[i]
		if o.filled && o.value != "" && o != h && o.node != h.node && (o.node.Parent == n || o.node == n) {
			return true
		}
	}
	return false
}

func (d *Document) valueOf(n *Node) string {
	v := d.Line(n)
	if isLabelLine(v) {
		return ""
	}
	return cleanValue(v)
}

func cleanValue(v string) string {
	if len(v) > 1000 {
		return ""
	}
	return trimValue(v)
}

// homeOf gives the table or list a label stands in, else the element around
// its line.
func homeOf(n *Node) *Node {
	p := n
	for i := 0; p != nil && i < 7; i++ {
		switch p.Tag {
		case atom.Table, atom.Ul, atom.Ol, atom.Dl:
			return p
		}
		p = p.Parent
	}
	if n.Parent != nil {
		return n.Parent
	}
	return n
}
