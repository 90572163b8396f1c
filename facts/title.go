package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
)

// headline is the title of an article as its body prints it.
type headline struct {
	text  string
	block int // index of its last block, -1 when there is none
	sure  bool
}

// findHeadline looks for the words of ArticleTitle or <title> in the body,
// then for a heading.
func (d *Document) findHeadline() headline {
	tag := squeeze(d.MetaContent("ArticleTitle"))
	if h, ok := d.headlineLike(tag, true); ok {
		return h
	}
	if h, ok := d.headlineLike(d.TitleTag, false); ok {
		return h
	}
	if t := d.cutSiteName(d.TitleTag); t != d.TitleTag && isHeadline(t, d) {
		if h, ok := d.headlineLike(t, true); ok {
			return h
		}
	}
	if h, ok := d.aboveDate(); ok {
		return h
	}
	for _, want := range [...]atom.Atom{atom.H1, atom.H2, atom.H3} {
		for _, n := range d.Headings {
			if n.Tag != want || n.Region != BodyRegion && n.Region != CrumbRegion || n.Hidden() {
				continue
			}
			if t := d.Line(n); isHeadline(t, d) && len(d.LinksIn(n)) == 0 {
				return headline{t, d.lastBlock(n), false}
			}
		}
	}
	return d.classHeadline()
}

// aboveDate takes the block just above a labelled publish date.
func (d *Document) aboveDate() (headline, bool) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if i == 0 || b.Hiding != 0 || b.Region != BodyRegion || len(b.Text) > 600 || !b.has(timeSign) || !has(b.Text, "发布") && !has(b.Text, "时间") && !has(b.Text, "日期") {
			continue
		}
		if _, rank := d.labelIn(i); rank < 2 {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-4; j-- {
			t := &d.Blocks[j]
			if t.Text == "" || t.Hiding != 0 {
				continue
			}
			if n := utf8.RuneCountInString(t.Text); n < 6 || n > 120 || t.Region == CrumbRegion || t.Region == NavRegion || !isHeadline(t.Text, d) || strings.ContainsAny(t.Text, ":：") && n < 12 {
				break
			}
			return headline{t.Text, j, false}, true
		}
	}
	return headline{}, false
}

// headlineLike finds the block whose words begin want (whole: are want),
// white space left aside. A heading or a title class wins.
func (d *Document) headlineLike(want string, whole bool) (headline, bool) {
	want = nowhite(want)
	if utf8.RuneCountInString(want) < 4 {
		return headline{}, false
	}
	best, points := -1, 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if len(b.Text) < 9 || len(b.Text) > 600 || b.Region == FootRegion || b.Hiding != 0 || b.Region == NavRegion && b.Node.Up(atom.A, atom.Li) != nil {
			continue
		}
		if r := b.Text[0]; r != want[0] && r != '\n' {
			continue
		}
		t := nowhite(b.Text)
		if !strings.HasPrefix(want, t) || whole && t != want || len(t)*5 < len(want) {
			continue
		}
		if b.Region == NavRegion && (!whole && isSiteName(b.Text) || t == nowhite(d.MetaContent("SiteName"))) {
			continue
		}
		p := headlinePoints(b, t == want)
		if p > points {
			best, points = i, p
		}
	}
	if best < 0 {
		return headline{}, false
	}
	text, last := d.Blocks[best].Text, best
	for j := best + 1; j < len(d.Blocks) && j < best+4; j++ { // a headline over several lines
		next := nowhite(text) + nowhite(d.Blocks[j].Text)
		if len(d.Blocks[j].Text) == 0 || !strings.HasPrefix(want, next) {
			break
		}
		text, last = text+d.Blocks[j].Text, j
	}
	if !whole && !atTitleCut(want, nowhite(text)) {
		return headline{}, false
	}
	return headline{text, last, true}, true
}

// atTitleCut says whether a <title> that goes on behind head goes on with a separator.
func atTitleCut(title, head string) bool {
	if utf8.RuneCountInString(head) < 5 {
		return false
	}
	rest := title[len(head):]
	if rest == "" || len(head) >= 30 && len(rest)*2 < len(head) {
		return true
	}
	for _, s := range titleCuts {
		if hasPrefix(rest, strings.TrimSpace(s)) {
			return true
		}
	}
	return false
}

func headlinePoints(b *Block, whole bool) int {
	p := 1
	if whole {
		p += 4
	}
	switch n := b.Node.Up(atom.H1, atom.H2, atom.H3, atom.H4); {
	case n != nil && n.Tag == atom.H1:
		p += 4
	case n != nil:
		p += 3
	}
	for n, k := b.Node, 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if c := lower(n.Class()) + lower(n.ID()); has(c, "title") || has(c, "biaoti") || has(c, "bt") || has(c, "headline") {
			p += 2
			break
		}
	}
	if b.Region == CrumbRegion || b.Node.Up(atom.A) != nil || b.Node.Tag == atom.Li {
		p -= 3
	}
	return p
}

// lastBlock gives the index of the last block inside n, -1 when there is none.
func (d *Document) lastBlock(n *Node) int {
	last := -1
	for i := range d.Blocks {
		if d.Blocks[i].at >= n.t1 && d.Blocks[i].Pos > n.End {
			break
		}
		if n.Contains(d.Blocks[i].Node) {
			last = i
		}
	}
	return last
}

// isHeadline leaves out site names, menus and labels.
func isHeadline(t string, d *Document) bool {
	n := utf8.RuneCountInString(t)
	if n < 4 || n > 150 || isMoreWord(t) || hasPrefix(t, "首页") || crumbLabel(t) != "" {
		return false
	}
	return nowhite(t) != nowhite(d.MetaContent("SiteName"))
}

// classHeadline takes the first block of a title class.
func (d *Document) classHeadline() headline {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Region != BodyRegion || b.Hiding != 0 {
			continue
		}
		class, id := b.Node.Class(), b.Node.ID()
		if class == "" && id == "" {
			continue
		}
		c := lower(class) + " " + lower(id)
		if has(c, "title") && !has(c, "sub") && !has(c, "sx-") || has(c, "biaoti") || has(c, "headline") {
			if isHeadline(b.Text, d) && b.Node.Up(atom.A, atom.Ul) == nil && len(d.LinksIn(b.Node)) == 0 {
				return headline{b.Text, i, false}
			}
		}
	}
	return headline{block: -1}
}

// titleCuts part a page's own name from that of its column and site in <title>.
var titleCuts = [...]string{"_", " - ", "-", "|", "｜", "——", "—", "–", " – ", "»", ">", "丨", "::", "－"}

// titleParts cuts <title> at its separators.
func titleParts(t string) []string {
	return strings.FieldsFunc(t, func(r rune) bool {
		switch r {
		case '_', '-', '|', '｜', '—', '–', '»', '>', '丨', '－':
			return true
		}
		return false
	})
}

// articleTitle decides between tag, headline and <title>.
func (d *Document) articleTitle(h headline) string {
	tag := squeeze(d.MetaContent("ArticleTitle"))
	if strings.EqualFold(tag, "null") {
		tag = ""
	}
	switch {
	case tag != "" && (h.text == "" || !h.sure && !sameFirst(h.text, d.TitleTag) || alikeText(tag, h.text)):
		return tag
	case h.text != "":
		return h.text
	}
	return d.cutSiteName(d.TitleTag)
}

func sameFirst(a, b string) bool { return a != "" && hasPrefix(nowhite(b), nowhite(a)) }

// alikeText says whether two titles share most of their character pairs.
func alikeText(a, b string) bool {
	a, b = nowhite(a), nowhite(b)
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	ra, rb := []rune(a), []rune(b)
	if len(ra) > 200 || len(rb) > 200 || len(ra) < 2 || len(rb) < 2 {
		return false
	}
	pairs := map[[2]rune]bool{}
	for i := 1; i < len(ra); i++ {
		pairs[[2]rune{ra[i-1], ra[i]}] = true
	}
	k := 0
	for i := 1; i < len(rb); i++ {
		if pairs[[2]rune{rb[i-1], rb[i]}] {
			k++
		}
	}
	return k*10 >= 6*(min(len(ra), len(rb))-1)
}

// cutSiteName takes the names of site and column off the end of a <title>.
func (d *Document) cutSiteName(t string) string {
	site := nowhite(d.MetaContent("SiteName"))
	parts := titleParts(t)
	if len(parts) < 2 {
		return t
	}
	first := strings.TrimSpace(parts[0])
	if nowhite(first) == site {
		return strings.Trim(t[strings.Index(t, parts[0])+len(parts[0]):], " _-|｜—–»>丨－")
	}
	if isSiteName(first) && !isSiteName(strings.TrimSpace(parts[len(parts)-1])) {
		return strings.TrimSpace(parts[len(parts)-1])
	}
	if i := strings.IndexAny(t, "_|｜丨"); i > 0 { // an underscore is a surer cut than a hyphen
		return strings.TrimSpace(t[:i])
	}
	for k := len(parts) - 1; k > 0; k-- {
		last := strings.TrimSpace(parts[k])
		if nowhite(last) != site && !isSiteName(last) || utf8.RuneCountInString(last) > 20 {
			break
		}
		t = strings.Trim(strings.TrimSuffix(strings.TrimRight(t, " "), last), " -—–－>»")
	}
	return t
}

func isSiteName(s string) bool {
	return hasSuffixAny(s, "人民政府", "政府网站", "政府网", "门户网站", "官网", "网站", "委员会", "管委会", "自然资源厅", "局", "厅", "办公室", "信息网", "网", "频道", "新闻中心", "新聞中心", "新闻", "新聞", "动态", "公告", "专栏", "平台", "中心")
}

// columnTitle gives the name of a column: what most of breadcrumb, tag and <title> agree on.
func (d *Document) columnTitle(crumb []string) string {
	var votes []string
	if len(crumb) > 0 && crumb[len(crumb)-1] != "首页" {
		votes = append(votes, crumb[len(crumb)-1])
	}
	for _, v := range [...]string{tagText(d.MetaContent("ColumnName")), d.cutSiteName(d.TitleTag)} {
		if v != "" && nowhite(v) != nowhite(d.MetaContent("SiteName")) {
			votes = append(votes, v)
		}
	}
	best, most := "", 0
	for _, v := range votes {
		k := 0
		for _, w := range votes {
			if nowhite(v) == nowhite(w) {
				k++
			}
		}
		if k > most {
			best, most = v, k
		}
	}
	if best == "" {
		return d.cutSiteName(d.TitleTag)
	}
	return best
}

// tagText gives the words of a tag value; "" for null and placeholders.
func tagText(s string) string {
	s = squeeze(s)
	switch lower(s) {
	case "null", "undefined", "无", "none", "-":
		return ""
	}
	return s
}

// pageTitle gives the title of a page of a kind.
func (d *Document) pageTitle(kind govsweep.PageKind, h headline, crumb []string) string {
	switch kind {
	case govsweep.ArticlePage:
		return d.articleTitle(h)
	case govsweep.ColumnPage:
		return d.columnTitle(crumb)
	}
	return d.TitleTag
}
