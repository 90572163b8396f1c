package facts

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// listLine is one line of a list: the elements it stands in and its date spots.
type listLine struct {
	nodes []*Node // one, or two for dt and dd
	spots []dateSpot
}

// group is a set of rows of one container.
type group struct {
	node *Node // container
	rows []listLine
	n    int // rows with a date
}

// rowFinder looks for lists from the top down: the highest element whose
// children repeat, each with one title link and at most one date.
type rowFinder struct {
	d      *Document
	spots  []dateSpot
	good   []int32 // Pos of the links that may be titles
	groups []group
	taken  []bool // by Pos: elements that are rows
	budget int
}

func findRows(d *Document, spots []dateSpot) []group {
	f := rowFinder{d: d, spots: spots, budget: maxNodes}
	for i := range d.Links {
		if mayBeTitle(&d.Links[i]) {
			f.good = append(f.good, d.Links[i].Node.Pos)
		}
	}
	if len(f.good) > 0 {
		f.taken = make([]bool, d.Root.End+1)
		f.visit(d.Root, 0)
	}
	return f.groups
}

// mayBeTitle leaves out links of menus, foot and templates, and those that lead nowhere.
func mayBeTitle(a *Anchor) bool {
	if a.Region == NavRegion || a.Region == FootRegion || a.Region == CrumbRegion || a.Hiding&^ByStyle != 0 {
		return false
	}
	if len(a.Text) < 4 && len(a.Title) < 4 {
		return false
	}
	if isScriptRef(a.Href) {
		return a.Node.HasAttr("onclick") || opensItem(a)
	}
	return a.HasHref && len(a.Href) > 1 && a.Href[0] != '#' || a.Node.HasAttr("onclick")
}

// opensItem says whether a script behind a link opens one item:
// javascript:view('345') with the words of a title.
func opensItem(a *Anchor) bool {
	i := strings.IndexByte(a.Href, '(')
	return i > 0 && strings.ContainsAny(a.Href[i:], "123456789") && len(a.Text) >= 18 && !has(a.Href, "__doPostBack")
}

func (f *rowFinder) links(n *Node) int {
	i := sort.Search(len(f.good), func(i int) bool { return f.good[i] >= n.Pos })
	j := i + sort.Search(len(f.good)-i, func(k int) bool { return f.good[i+k] > n.End })
	return j - i
}

func (f *rowFinder) visit(n *Node, depth int) {
	f.budget--
	if f.budget < 0 || depth > 200 || n.Region == NavRegion || n.Region == FootRegion || n.Region == CrumbRegion || n.Hiding&^ByStyle != 0 {
		return
	}
	links := f.links(n)
	if links == 0 {
		return
	}
	spots := spotsIn(f.spots, n)
	if f.pairs(n, spots) {
		return
	}
	if !f.repeated(n) && f.single(n, links, spots) {
		return
	}
	for c := n.First; c != nil; c = c.Next {
		if !f.taken[c.Pos] {
			f.visit(c, depth+1)
		}
	}
}

// repeated takes the children of n that are rows of one list.
func (f *rowFinder) repeated(n *Node) bool {
	if n.First == n.Last {
		return false
	}
	kin := map[string]*kinship{}
	var order []*kinship
	for c := n.First; c != nil; c = c.Next {
		if c.Region == NavRegion || c.Region == FootRegion || f.links(c) == 0 {
			continue
		}
		k := kin[kinOf(c)]
		if k == nil {
			k = &kinship{group: group{node: n}}
			kin[kinOf(c)] = k
			order = append(order, k)
		}
		k.count++
		if f.isRow(c) {
			k.add(listLine{nodes: []*Node{c}, spots: spotsIn(f.spots, c)})
		}
	}
	found := false
	for _, k := range order {
		if k.n == 0 && len(k.rows) > 1 && k.rows[0].nodes[0].Tag == atom.A {
			k.dateBeside(f.spots, n)
		}
		if len(k.rows) < 2 || len(k.rows)*10 < k.count*7 {
			continue
		}
		found = true
		f.groups = append(f.groups, k.group)
		for i := range k.rows {
			f.taken[k.rows[i].nodes[0].Pos] = true
		}
	}
	return found
}

// kinship is the children of one element that look alike.
type kinship struct {
	group
	count int // of them with links
}

// kinOf gives what two siblings share when they may be rows of one list.
func kinOf(n *Node) string {
	switch n.Tag {
	case atom.Li, atom.Tr, atom.Dd, atom.Dl, atom.Ul, atom.Table, atom.Tbody, atom.P:
		return n.Name
	}
	return n.Name + " " + firstWord(n.Class())
}

// dateBeside gives links that stand in one line each, with nothing around
// them, the dates between them: as many as links, all before or all behind.
func (g *group) dateBeside(spots []dateSpot, n *Node) {
	spots = spotsIn(spots, n)
	if len(spots) != len(g.rows) {
		return
	}
	before := spots[0].from < int(g.rows[0].nodes[0].t0)
	for i := range g.rows {
		from, to := int(n.t0), int(n.t1)
		a := g.rows[i].nodes[0]
		if before {
			if to = int(a.t0); i > 0 {
				from = int(g.rows[i-1].nodes[0].t1)
			}
		} else if from = int(a.t1); i+1 < len(g.rows) {
			to = int(g.rows[i+1].nodes[0].t0)
		}
		if spots[i].from < from || spots[i].to > to {
			return
		}
	}
	for i := range g.rows {
		g.rows[i].spots = spots[i : i+1]
	}
	g.n = len(g.rows)
}

func (g *group) add(r listLine) {
	if len(r.spots) > 0 {
		g.n++
	}
	g.rows = append(g.rows, r)
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, " ")
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

// isRow says whether n may be one row: a title link, at most one day.
func (f *rowFinder) isRow(n *Node) bool {
	links := f.links(n)
	if links == 0 || n.t1-n.t0 > 4000 {
		return false
	}
	spots := spotsIn(f.spots, n)
	switch days := daysOf(spots); {
	case days == 0:
		return links <= 2 && n.t1-n.t0 < 1500
	case days == 1:
		return links <= 8 && len(spots) <= 3
	default: // e.g. the days of writing and of publishing
		return days <= 3 && links <= 2 && (n.Tag == atom.Li || n.Tag == atom.Tr || links == 1 && !isInline(n.Tag))
	}
}

// daysOf counts the different days among spots, up to four.
func daysOf(spots []dateSpot) int {
	var seen [4]dateHit
	days := 0
next:
	for i := range spots {
		for j := range days {
			if sameHitDay(spots[i].dateHit, seen[j]) {
				continue next
			}
		}
		seen[days] = spots[i].dateHit
		if days++; days == len(seen) {
			break
		}
	}
	return days
}

func sameHitDay(a, b dateHit) bool {
	return a.month == b.month && (a.day == b.day || a.form == yearMonth || b.form == yearMonth) &&
		(a.year == b.year || a.form == monthDay || b.form == monthDay)
}

// single takes n itself as the only row of a list.
func (f *rowFinder) single(n *Node, links int, spots []dateSpot) bool {
	if len(spots) == 0 || daysOf(spots) > 1 || links > 4 || n.t1-n.t0 > 1200 || n.Parent == nil || n.Tag == atom.Body || n.Tag == atom.Html {
		return false
	}
	for c := n.First; c != nil; c = c.Next {
		if len(spotsIn(f.spots, c)) == len(spots) && !isInline(c.Tag) && f.holdsTitle(c, links) {
			return false // it stands deeper
		}
	}
	f.groups = append(f.groups, group{node: n.Parent, rows: []listLine{{nodes: []*Node{n}, spots: spots}}, n: 1})
	return true
}

// holdsTitle says whether n holds all links of the element around it, or one
// that may be a title: then those beside it are a menu's.
func (f *rowFinder) holdsTitle(n *Node, around int) bool {
	if k := f.links(n); k == 0 || k == around {
		return k > 0
	}
	for _, a := range f.d.LinksIn(n) {
		if mayBeTitle(&a) && utf8.RuneCountInString(a.Text) >= 8 && !isMoreWord(a.Text) {
			return true
		}
	}
	return false
}

// pairs takes flat lists, where a date stands beside its link and not around
// or inside one: dt and dd, cells of a row with two titles.
func (f *rowFinder) pairs(n *Node, spots []dateSpot) bool {
	if daysOf(spots) < 1 || n.First == nil || n.First == n.Last {
		return false
	}
	var titles, dates []*Node
	dateFirst := false
	for c := n.First; c != nil; c = c.Next {
		links, own := f.links(c), spotsIn(f.spots, c)
		switch {
		case links > 0 && len(own) > 0:
			return false
		case links > 3 || len(own) > 1:
			return false
		case links > 0:
			titles = append(titles, c)
		case len(own) == 1:
			dateFirst = dateFirst || len(titles) == 0
			dates = append(dates, c)
		}
	}
	if len(titles) < 2 || len(titles) != len(dates) || len(spots) != len(dates) {
		return false
	}
	g := group{node: n}
	for i, t := range titles {
		if dateFirst && dates[i].Pos > t.Pos || !dateFirst && dates[i].Pos < t.Pos {
			return false
		}
		g.add(listLine{nodes: []*Node{t, dates[i]}, spots: spotsIn(f.spots, dates[i])})
	}
	f.groups = append(f.groups, g)
	return true
}

// averageTitle gives the mean length of the rows' title words in runes.
func (g *group) averageTitle(items []listRow) int {
	sum := 0
	for i := range items {
		sum += utf8.RuneCountInString(items[i].Title)
	}
	if len(items) == 0 {
		return 0
	}
	return sum / len(items)
}
