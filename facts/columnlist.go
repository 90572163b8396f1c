package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// listGroup is a group read: its items, and what was judged of its place.
type listGroup struct {
	group
	items   []listRow
	heading string
	side    bool // a sidebar, recommendations, friend links
	more    bool // its heading has a 更多 link: a section of an entrance page
	average int
}

// findLists reads every list of the page's main area.
// A column may bear a name that is a side list's elsewhere: own is that name.
func (d *Document) findLists(spots []dateSpot, own string) []listGroup {
	var out []listGroup
	for _, g := range findRows(d, spots) {
		l := listGroup{group: g}
		l.n = 0
		for _, r := range g.rows {
			if it, ok := d.readRow(r); ok {
				l.items = append(l.items, it)
			}
		}
		settleYears(l.items)
		for i := range l.items {
			if l.items[i].Date != "" {
				l.n++
			}
		}
		if len(l.items) == 0 {
			continue
		}
		l.average = l.averageTitle(l.items)
		l.heading, l.more = d.headingOf(&g)
		l.side = g.node.Region == SideRegion || g.rows[0].nodes[0].Region == SideRegion || isSideHeading(l.heading, own)
		out = append(out, l)
	}
	return out
}

// headingOf gives the short words that stand just before a list.
func (d *Document) headingOf(g *group) (heading string, more bool) {
	return d.headingBefore(d.firstBlock(g.rows[0].nodes[0].t0))
}

// headingBefore reads the heading above the block with index first.
func (d *Document) headingBefore(first int) (heading string, more bool) {
	for i, k := first-1, 0; i >= 0 && k < 3; i, k = i-1, k+1 {
		t := strings.TrimSpace(d.Blocks[i].Text)
		for _, w := range [...]string{"更多", "more", "MORE", "More"} {
			if j := strings.Index(t, w); j >= 0 && j <= 150 {
				more = true
				t = strings.Trim(t[:j], " >》»+[|")
			}
		}
		t = strings.Trim(t, " >》»+[]|")
		if t == "" {
			continue
		}
		if utf8.RuneCountInString(t) > 30 || strings.HasSuffix(t, "。") || d.Blocks[i].Region == CrumbRegion {
			return "", more
		}
		return t, more
	}
	return "", more
}

// firstBlock gives the index of the first block at or behind offset at.
func (d *Document) firstBlock(at uint32) int {
	lo, hi := 0, len(d.Blocks)
	for lo < hi {
		if mid := (lo + hi) / 2; d.Blocks[mid].at < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// sideHeadings name lists that are no column's own.
var sideHeadings = [...]string{"热点", "热门", "点击排行", "阅读排行", "排行", "推荐", "相关", "友情链接", "猜你", "大家都在", "最新文章", "最新信息", "最新发布", "最新公开", "最近更新", "常用", "快速导航",
	"网站导航", "下载排行", "延伸阅读", "上一篇", "下一篇", "图片新闻", "图说", "专题专栏", "最新资讯", "最新新闻", "热搜", "热词"}

// isSideHeading says whether a heading names a side list. A word that stands
// in the name of the column itself says nothing.
func isSideHeading(s, own string) bool {
	for _, w := range sideHeadings {
		if strings.Contains(s, w) && !strings.Contains(own, w) {
			return true
		}
	}
	return false
}

// columnList gives the list of a column page or the dated items of a home
// page; nil when the page shows none.
func (d *Document) columnList(f *govsweep.PageFacts, spots []dateSpot) *govsweep.List {
	lists := d.findLists(spots, d.ownName(f))
	rows := d.chooseLists(f, lists)
	if len(rows) == 0 {
		rows = d.scriptRows()
	}
	if len(rows) == 0 {
		return nil
	}
	return listOf(rows)
}

// ownName gives the name of a column page; "" for a home page, where every
// list bears another one.
func (d *Document) ownName(f *govsweep.PageFacts) string {
	if f.Kind == govsweep.HomePage {
		return ""
	}
	return nowhite(f.Title)
}

// listOf makes a list of rows; the same title and address counts once.
func listOf(rows []listRow) *govsweep.List {
	l := &govsweep.List{State: govsweep.Listed, Items: make([]govsweep.ListItem, 0, len(rows))}
	seen := make(map[string]int, len(rows))
	for i := range rows {
		it := rows[i].ListItem
		key := it.URL + "\x00" + it.Date
		if it.URL == "" {
			key = it.Title + key
		}
		if _, dup := seen[key]; dup {
			continue
		}
		seen[key] = i
		l.Items = append(l.Items, it)
		if it.Date == "" {
			l.Undated++
		} else if it.Date > l.Newest {
			l.Newest = it.Date
		}
	}
	attachments := 0
	for i := range l.Items {
		if isAttachment(l.Items[i].URL) {
			attachments++
		}
	}
	if attachments == len(l.Items) {
		l.State = govsweep.AttachmentsOnly
	}
	return l
}

// chooseLists picks the lists that are the page's own.
func (d *Document) chooseLists(f *govsweep.PageFacts, lists []listGroup) []listRow {
	home := f.Kind == govsweep.HomePage
	if !home && d.ownEmpty(f, lists) {
		return nil
	}
	main := bestList(lists, home)
	if main < 0 {
		return d.undatedRows(lists, f)
	}
	m := &lists[main]
	alone := !home && !m.more && (m.heading != "" && nowhite(m.heading) == nowhite(f.Title) || len(m.items) >= 12 || d.hasPager())
	var rows []listRow
	for i := range lists {
		l := &lists[i]
		switch {
		case i == main:
		case home && (l.n > 0 || d.mayBeItems(l)): // whatever the home page shows is its update
		case home, l.n == 0, l.side && !m.side:
			continue
		case alone && !d.sameList(m, l):
			continue
		}
		rows = append(rows, l.items...)
	}
	return rows
}

// ownEmpty says whether the page shows its own list as empty, so that what
// lists there are belong to other columns: they have headings with 更多.
func (d *Document) ownEmpty(f *govsweep.PageFacts, lists []listGroup) bool {
	for i := range lists {
		if l := &lists[i]; l.n > 0 && !l.side && (!l.more || nowhite(l.heading) == nowhite(f.Title)) {
			return false
		}
	}
	if i := d.emptyMark(); i >= 0 {
		_, more := d.headingBefore(i)
		return !more
	}
	for _, n := range d.Lists {
		if n.Region == BodyRegion && n.Hiding == 0 && n.t0 == n.t1 {
			if t, more := d.headingBefore(d.firstBlock(n.t0)); !more && nowhite(t) == nowhite(f.Title) {
				return true
			}
		}
	}
	return false
}

// bestList gives the index of the list with the most to say; -1 without a dated one.
func bestList(lists []listGroup, home bool) int {
	best, most := -1, 0
	for i := range lists {
		l := &lists[i]
		if l.n == 0 {
			continue
		}
		score := l.n*100 + min(l.average, 30)
		if l.side {
			score /= 20
		}
		if l.more && !home {
			score /= 2
		}
		if score > most {
			best, most = i, score
		}
	}
	if best >= 0 && !home && lists[best].side {
		return -1 // nothing but sidebars
	}
	return best
}

// sameList says whether l is another part of the list m: rows of the same
// container or of a neighbouring tab.
func (d *Document) sameList(m, l *listGroup) bool {
	if m.node == l.node {
		return true
	}
	a, b := m.node, l.node
	for k := 0; k < 4 && a != nil && b != nil; k++ {
		if a.Parent == b.Parent && a.Tag == b.Tag && firstWord(a.Class()) == firstWord(b.Class()) {
			return l.heading == "" || l.heading == m.heading || l.node.Hidden() != m.node.Hidden() || !l.more
		}
		a, b = a.Parent, b.Parent
	}
	return false
}

// undatedRows takes the list of a page whose rows print no date; of the home
// page every such list.
func (d *Document) undatedRows(lists []listGroup, f *govsweep.PageFacts) []listRow {
	best, most := -1, 0
	var all []listRow
	for i := range lists {
		l := &lists[i]
		if !d.mayBeItems(l) {
			continue
		}
		all = append(all, l.items...)
		if score := len(l.items) * l.average; score > most {
			best, most = i, score
		}
	}
	switch {
	case best < 0 && f.Kind == govsweep.ColumnPage && d.onlyMenus(lists):
		return d.loneRows(d.ownName(f))
	case best < 0 || f.Kind == govsweep.HomePage && most < 40:
		return nil
	case f.Kind == govsweep.HomePage:
		return all
	}
	return lists[best].items
}

// mayBeItems says whether the rows of a list without dates may be articles.
func (d *Document) mayBeItems(l *listGroup) bool {
	return !l.side && l.n == 0 && l.average >= 6 && !d.mostlyColumns(l)
}

// onlyMenus says whether every list leads to columns.
func (d *Document) onlyMenus(lists []listGroup) bool {
	for i := range lists {
		if l := &lists[i]; l.n > 0 || !d.mostlyColumns(l) {
			return false
		}
	}
	return true
}

// loneRows takes the links of the main area that lead to articles, where
// none stands beside another of its kind: a list of one row without a date.
func (d *Document) loneRows(own string) []listRow {
	var rows []listRow
	for i := range d.Links {
		a := &d.Links[i]
		if a.Region != BodyRegion || !mayBeTitle(a) || isMoreWord(a.Text) {
			continue
		}
		u := d.linkTarget(a)
		if !isArticleURL(u) || d.isForeign(u) || samePage(u, d.URL) || utf8.RuneCountInString(firstOf(a.Text, a.Title)) < 6 {
			continue
		}
		if t, _ := d.headingBefore(d.firstBlock(a.Node.t0)); isSideHeading(t, own) {
			continue
		}
		rows = append(rows, listRow{ListItem: govsweep.ListItem{Title: d.titleOf(a, nil), URL: u}})
	}
	return rows
}

// mostlyColumns says whether the links of a list lead to columns, not to articles.
func (d *Document) mostlyColumns(l *listGroup) bool {
	k := 0
	for i := range l.items {
		if u := l.items[i].URL; u == "" || isColumnURL(u) || d.isForeign(u) {
			k++
		}
	}
	return k*10 >= len(l.items)*6
}

// isForeign says whether an address lies on a host the site does not own.
func (d *Document) isForeign(u string) bool {
	own := hostOf(d.URL)
	if own == "" {
		own = hostOf(d.Site.Home)
	}
	return own != "" && hostOf(u) != own
}

// hasPager says whether the page shows a pager.
func (d *Document) hasPager() bool {
	return has(d.text, "下一页") || has(d.text, "尾页") || has(d.text, "末页") || d.scriptHas("createPageHTML") || d.scriptHas("countPage")
}

func (d *Document) scriptHas(word string) bool {
	for i := range d.Scripts {
		if strings.Contains(d.Scripts[i].Text, word) {
			return true
		}
	}
	return false
}
