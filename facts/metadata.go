package facts

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
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

// spot is a label found in a text.
type spot struct {
	label
	printed     string
	from, value int // where the label and where the value begins
	colon       bool
}

// mayLabel is a quick look whether a text can hold a label: what stands before
// a colon or at the end must be the last character of one.
func mayLabel(text string, cut bool) bool {
	if len(text) <= 60 && (cut || endsLabel(text)) {
		return true
	}
	if strings.Contains(text, "】") || strings.Contains(text, "〗") || strings.Contains(text, "∶") {
		return true
	}
	for _, colon := range [...]string{"：", ":"} {
		for at := 0; ; {
			i := strings.Index(text[at:], colon)
			if i < 0 {
				break
			}
			if endsLabel(text[:at+i]) {
				return true
			}
			at += i + len(colon)
		}
	}
	return cut && len(text) < 600
}

func endsLabel(s string) bool {
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ']' || r == '】' || canEnd(plainRune(r))
}

// labelSpots finds labels in a text: before a colon, in 【】, or as all the
// text of one element.
func labelSpots(text string, cuts []uint32) []spot {
	t := spotter{text: text, cuts: cuts}
	for i := 0; i < len(text); {
		r, w := rune(text[i]), 1
		if r >= 0x80 {
			r, w = utf8.DecodeRuneInString(text[i:])
		}
		if t.next < len(cuts) && uint32(i) >= cuts[t.next] {
			t.element(i)
		}
		i += w
		if isColon(r) || r == '】' || r == '〗' {
			i = t.colon(i-w, i)
		}
	}
	t.element(len(text))
	if len(t.spots) == 0 && len(cuts) > 0 {
		if s, ok := wholeLabel(text, 0, len(text)); ok { // a label of several elements
			t.spots = append(t.spots, s)
		}
	}
	return t.spots
}

// spotter finds the labels of one text.
type spotter struct {
	text  string
	cuts  []uint32
	next  int // cuts before it were passed
	from  int // where the element at hand began
	floor int // nothing before it may belong to another label
	spots []spot
}

// element ends the text of an element at i.
func (t *spotter) element(i int) {
	if from := max(t.from, t.floor); from < i {
		if s, ok := wholeLabel(t.text, from, i); ok {
			t.spots = append(t.spots, s)
			t.floor = i
		}
	}
	for t.next < len(t.cuts) && uint32(i) >= t.cuts[t.next] {
		t.next++
	}
	t.from = i
}

// colon looks at the text before a colon; it gives where to go on.
func (t *spotter) colon(at, behind int) int {
	s, ok := t.labelBefore(at)
	if !ok {
		return behind
	}
	s.value, s.colon = behind, true
	rest := strings.TrimLeft(t.text[behind:], " ")
	if c, w := utf8.DecodeRuneInString(rest); isColon(c) { // 【索引号】：
		s.value = len(t.text) - len(rest) + w
	}
	t.spots = append(t.spots, s)
	t.floor = s.value
	return s.value
}

// wholeLabel says whether text[from:to] is a label and nothing else.
func wholeLabel(text string, from, to int) (spot, bool) {
	word := text[from:to]
	if len(word) > 60 || len(word) < 6 {
		return spot{}, false
	}
	trimmed := strings.Trim(word, " []［］【】〖〗|")
	if r, _ := utf8.DecodeLastRuneInString(trimmed); !canEnd(plainRune(r)) {
		return spot{}, false
	}
	word = Simplified(trimmed)
	l, ok := labelOf(word)
	return spot{label: l, printed: unspaced(trimmed), from: from, value: to}, ok
}

// labelBefore finds the longest label that ends at a colon. It must begin
// where something begins: the block, an element, behind a space or a bar.
// Behind another label of the block a strong one may also follow directly.
func (t *spotter) labelBefore(colon int) (spot, bool) {
	text, floor := t.text, t.floor
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[floor:colon], " "))
	if !canEnd(plainRune(last)) {
		return spot{}, false
	}
	var word [maxLabelRunes]rune
	n, best := maxLabelRunes, spot{from: -1}
	for i := colon; i > floor && n > 0; {
		r, w := utf8.DecodeLastRuneInString(text[floor:i])
		i -= w
		if r = plainRune(r); r == 0 {
			continue
		}
		if r == '【' || r == '〖' {
			break
		}
		n--
		word[n] = r
		l, ok := labelOf(string(word[n:]))
		if ok && (t.startsAt(i) || len(t.spots) > 0 && !l.weak && maxLabelRunes-n >= 3) {
			best = spot{label: l, from: i}
		}
	}
	if best.from < 0 {
		return spot{}, false
	}
	best.printed = unspaced(text[best.from:colon])
	return best, true
}

// startsAt says whether a label may begin at i.
func (t *spotter) startsAt(i int) bool {
	if i == t.floor || slices.Contains(t.cuts, uint32(i)) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(t.text[t.floor:i])
	switch r {
	case ' ', '|', '｜', '丨', '│', ';', '；', '·', '•', '■', '◆', '●', '【', '[', '*', '/':
		return true
	}
	return false
}

// unspaced gives a label as printed, without white space.
func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if plainRune(r) == 0 {
			return -1
		}
		return r
	}, s)
}

func trimValue(s string) string {
	s = strings.Trim(s, " |｜丨│;；·•")
	for strings.HasSuffix(s, "【") || strings.HasSuffix(s, "[") || strings.HasSuffix(s, "■") {
		_, w := utf8.DecodeLastRuneInString(s)
		s = strings.TrimRight(s[:len(s)-w], " ")
	}
	return strings.ToValidUTF8(s, "")
}

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

// isLabelLine says whether a line is a label or begins with one.
func isLabelLine(s string) bool {
	if len(s) > 600 {
		s = s[:600]
	}
	spots := labelSpots(s, nil)
	return len(spots) > 0 && spots[0].from == 0
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
