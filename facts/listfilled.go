package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
)

// scriptFills says whether an empty box of the main area waits for a script
// of which no more is known: one that names the box, or stands alone in it.
func (d *Document) scriptFills() bool {
	for _, n := range d.IDs {
		if id := n.ID(); d.isEmptyBox(n) && len(id) > 1 && !isGadget(id) && d.scriptNames(id) {
			return true
		}
	}
	for i := range d.Scripts {
		s := &d.Scripts[i]
		n := s.Node.Parent
		if n == nil || !d.isEmptyBox(n) || n.First != n.Last || isGadget(n.Class()+n.ID()+s.Src) {
			continue
		}
		if s.Src != "" || has(s.Text, "document.write") || len(s.Text) > 0 && has(s.Text, "(") && holdsRows(n) {
			return true
		}
	}
	return false
}

// isEmptyBox says whether n is a box of the main area that shows nothing.
func (d *Document) isEmptyBox(n *Node) bool {
	if n.Region != BodyRegion || n.Hiding != 0 || n.t0 != n.t1 || n.End-n.Pos > 3 {
		return false
	}
	for c := n.First; c != nil; c = c.Next {
		if c.Tag == atom.Img || c.Tag == atom.Iframe || c.Tag == atom.Input {
			return false
		}
	}
	return isBox(n.Tag) || holdsRows(n)
}

func holdsRows(n *Node) bool {
	switch n.Tag {
	case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody:
		return true
	}
	return false
}

// scriptNames says whether a script in the page names an id in quotes.
func (d *Document) scriptNames(id string) bool {
	for i := range d.Scripts {
		t := d.Scripts[i].Text
		for _, quoted := range [...]string{"'" + id + "'", `"` + id + `"`, "'#" + id + "'", `"#` + id + `"`} {
			if has(t, quoted) {
				return true
			}
		}
	}
	return false
}

// isGadget says whether a name is that of a thing every page has: pagers,
// counters, share buttons, codes to scan.
func isGadget(name string) bool {
	name = lower(name)
	for _, w := range [...]string{"page", "hit", "count", "click", "share", "qr", "ewm", "code", "weixin", "wechat", "weibo", "search", "login", "date", "time", "weather", "foot", "jiucuo", "conac", "stat", "tongji", "analy", "hm.", "nav", "menu", "swf", "banner", "float", "voice", "wza"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// outsideLinks are the links of a main area that offers nothing but doors to
// other sites. A list without rows beside them is the column's own, and empty.
func (d *Document) outsideLinks(f *govsweep.PageFacts) []listRow {
	if d.emptyContainer() {
		return nil
	}
	own := d.ownName(f)
	var rows []listRow
	for i := d.behindCrumb(f.Breadcrumb); i < len(d.Links); i++ {
		a := &d.Links[i]
		if a.Region != BodyRegion || a.Hiding != 0 || isGadget(a.Node.Class()) {
			continue
		}
		u, ok := d.Resolve(a.Href)
		text := firstOf(squeeze(a.Text), squeeze(a.Title))
		if !ok || !d.isForeign(u) || utf8.RuneCountInString(text) < 2 {
			continue
		}
		if t, _ := d.headingBefore(d.firstBlock(a.Node.t0)); isSideHeading(t, own) || has(t, "链接") {
			continue
		}
		rows = append(rows, listRow{ListItem: govsweep.ListItem{Title: text, URL: u}})
	}
	return rows
}

// behindCrumb gives the index of the first link behind the breadcrumb; that
// of none when the page prints no breadcrumb.
func (d *Document) behindCrumb(path []string) int {
	behind := len(d.Links)
	for i := range d.Links {
		a := &d.Links[i]
		if a.Region == CrumbRegion || a.Region != FootRegion && hasString(path, squeeze(a.Text)) && a.Text != "" {
			behind = i + 1
		}
	}
	return behind
}

// isEntrance says whether the main area leads on to the columns below: names
// of columns with 更多 beside each.
func (d *Document) isEntrance(f *govsweep.PageFacts) bool {
	own := d.ownName(f)
	for i := range d.Links {
		a := &d.Links[i]
		if a.Region != BodyRegion || a.Hiding != 0 || !a.HasHref || !isMoreWord(a.Text) || a.Text == "" {
			continue
		}
		u, ok := d.Resolve(a.Href)
		if !ok || d.isForeign(u) || samePage(u, d.URL) {
			continue
		}
		t, more := d.headingBefore(min(d.firstBlock(a.Node.t0)+1, len(d.Blocks)))
		if more && t != "" && nowhite(t) != own && !isSideHeading(t, own) {
			return true
		}
	}
	return false
}
