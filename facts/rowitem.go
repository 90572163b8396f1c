package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
)

// listRow is an item on its way: a date may still lack its year.
type listRow struct {
	govsweep.ListItem
	open dateHit // monthDay, when the year is still to be found
}

// readRow makes an item of a row; ok is false when it has no title.
func (d *Document) readRow(r listLine) (listRow, bool) {
	var it listRow
	a := d.titleLink(r)
	if a == nil {
		return it, false
	}
	it.Title = d.titleOf(a, r.spots)
	it.URL = d.linkTarget(a)
	it.Pinned = d.pinned(r, a)
	if it.Pinned {
		it.Title = unpin(it.Title)
	}
	if it.Title == "" || isMoreWord(it.Title) {
		return it, false
	}
	h := d.rowDate(r)
	if h.form != fullDate || h.month == 0 {
		h = timeElement(r, h)
	}
	if it.Date = h.Day(); it.Date == "" && h.form == monthDay && h.month > 0 {
		if it.open = h; it.URL != "" {
			if u, ok := urlDate(it.URL); ok && u.month == h.month && u.day == h.day {
				it.Date = u.Day()
			}
		}
	}
	return it, true
}

// timeElement completes a date by the machine-readable one of the row's time
// element: <time datetime="2026-11-12">11-12</time>.
func timeElement(r listLine, h dateHit) dateHit {
	for _, n := range r.nodes {
		t := n.find(atom.Time, 0)
		if t == nil {
			continue
		}
		if full, ok := parseDate(t.Attr("datetime")); ok && (h.month == 0 || h.month == full.month && (h.day == 0 || h.day == full.day)) {
			return full
		}
	}
	return h
}

// find gives the first element below n with a tag; nil for none.
func (n *Node) find(tag atom.Atom, depth int) *Node {
	if depth > 8 {
		return nil
	}
	for c := n.First; c != nil; c = c.Next {
		if c.Tag == tag {
			return c
		}
		if t := c.find(tag, depth+1); t != nil {
			return t
		}
	}
	return nil
}

// titleLink gives the link of a row with the most to say.
func (d *Document) titleLink(r listLine) *Anchor {
	var best *Anchor
	most := 0
	for _, n := range r.nodes {
		links := d.LinksIn(n)
		for i := range links {
			a := &links[i]
			if !mayBeTitle(a) {
				continue
			}
			k := utf8.RuneCountInString(a.Text)
			if k < 2 {
				k = utf8.RuneCountInString(a.Title)
			}
			if isMoreWord(a.Text) {
				k = 1
			}
			if head := a.Node.Up(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5); head != nil && n.Contains(head) && head.Pos < a.Node.Pos {
				k += 30
			}
			if best != nil && k > most && best.Region == a.Region && utf8.RuneCountInString(best.Text) >= 6 && !hasPrefix(best.Text, "[") && !hasPrefix(best.Text, "【") && a.Href != best.Href {
				continue // the first real title leads; what follows belongs to it
			}
			if k > most {
				best, most = a, k
			}
		}
	}
	return best
}

// titleOf gives the words of a title link without its date and decoration.
func (d *Document) titleOf(a *Anchor, spots []dateSpot) string {
	text := ""
	if h := firstHeading(a.Node); h != nil {
		text = d.cutSpots(h, spots)
	} else {
		text = firstLine(d.cutSpots(a.Node, spots))
	}
	text = strings.TrimSpace(strings.TrimLeft(text, "·•●■◆※►▪▶★☆-—>》|. "))
	if t := squeeze(a.Title); t != "" && (text == "" || isCutShort(text, t)) {
		text = t
	}
	return text
}

// isCutShort says whether text is the begin of the whole title.
func isCutShort(text, whole string) bool {
	head := strings.TrimRight(text, ".…·")
	return len(whole) > len(head) && (strings.HasPrefix(whole, head) || strings.HasPrefix(nowhite(whole), nowhite(head)))
}

func nowhite(s string) string { return strings.Join(strings.Fields(s), "") }

func firstHeading(n *Node) *Node {
	for c := n.First; c != nil; c = c.Next {
		switch c.Tag {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return c
		}
		if strings.Contains(lower(c.Class()), "title") && !isInline(c.Tag) {
			return c
		}
		if h := firstHeading(c); h != nil {
			return h
		}
	}
	return nil
}

// cutSpots gives the text of n without the dates that stand in it.
func (d *Document) cutSpots(n *Node, spots []dateSpot) string {
	at := int(n.t0)
	var b strings.Builder
	for i := range spots {
		s := &spots[i]
		if s.from < at || s.to > int(n.t1) {
			continue
		}
		b.WriteString(strings.TrimRight(d.text[at:s.from], "[(（【［ "))
		b.WriteByte('\n')
		at = s.to
		for at < int(n.t1) {
			w := bracketLen(d.text[at:n.t1])
			if w == 0 {
				break
			}
			at += w
		}
	}
	if b.Len() == 0 && at == int(n.t0) {
		return d.Text(n)
	}
	b.WriteString(d.text[at:n.t1])
	return strings.Trim(b.String(), " \n")
}

func bracketLen(s string) int {
	switch {
	case s[0] == ']' || s[0] == ')' || s[0] == ' ':
		return 1
	case hasPrefix(s, "】") || hasPrefix(s, "）") || hasPrefix(s, "］"):
		return 3
	}
	return 0
}

// firstLine gives the first line that is no number, label or bullet.
func firstLine(s string) string {
	first := ""
	for s != "" {
		line, rest, _ := strings.Cut(s, "\n")
		line = strings.TrimSpace(line)
		if first == "" {
			first = line
		}
		if utf8.RuneCountInString(line) >= 5 && strings.Trim(line, "0123456789-/.年月日[]() ") != "" {
			return line
		}
		s = rest
	}
	return first
}

// notTitles are links of a row that are no title.
var notTitles = [...]string{"更多", "more", "MORE", "More", "查看", "查看详情", "详情", "详细", "阅读全文", "阅读更多", "[详细]", "[详情]", "下载", "点击下载",
	"查看全文", "全文", "了解更多", "查看更多", "进入", "预览", "办理", "上一页", "下一页", "首页", "尾页", "末页", "返回", "打印", "关闭", "分享"}

func isMoreWord(s string) bool {
	s = strings.Trim(s, " >》»+[]【】.…·〉›→")
	for _, w := range notTitles {
		if s == w {
			return true
		}
	}
	return s == ""
}

// linkTarget gives the absolute address of a link, also of one that a simple
// onclick opens; "" when there is none.
func (d *Document) linkTarget(a *Anchor) string {
	if u, ok := d.Resolve(a.Href); ok {
		return u
	}
	click := a.Node.Attr("onclick")
	for _, q := range []string{"'", "\""} {
		if parts := strings.SplitN(click, q, 3); len(parts) == 3 && strings.ContainsAny(parts[1], "/.") {
			if u, ok := d.Resolve(parts[1]); ok {
				return u
			}
		}
	}
	return ""
}

// pinned says whether a row is marked as 置顶.
func (d *Document) pinned(r listLine, a *Anchor) bool {
	for _, n := range r.nodes {
		for _, line := range strings.Split(d.Text(n), "\n") {
			if isPinWord(line) {
				return true
			}
		}
		if pinMark(n, 0) {
			return true
		}
	}
	t := d.Text(a.Node)
	return hasPrefix(t, "[置顶]") || hasPrefix(t, "【置顶】") || hasPrefix(t, "置顶") || hasPrefix(t, "[顶]") || hasPrefix(t, "【顶】")
}

func isPinWord(s string) bool {
	switch strings.Trim(s, " []【】()（）·") {
	case "置顶", "顶", "置頂", "TOP", "top":
		return true
	}
	return false
}

// pinMark looks for classes, pictures and short words that mean 置顶.
func pinMark(n *Node, depth int) bool {
	for w := range strings.FieldsSeq(lower(n.Class())) {
		switch w {
		case "top", "zd", "zhiding", "istop", "is-top", "is_top", "stick", "sticky", "pinned", "totop", "icon-top", "top-icon", "settop", "zhid", "ding", "icon-zd", "icon_top", "toptag":
			return true
		}
	}
	if n.Tag == atom.Img {
		src := lower(n.Attr("src"))
		if i := strings.LastIndexByte(src, '/'); i >= 0 {
			src = src[i+1:]
		}
		return n.Attr("alt") == "置顶" || n.Attr("title") == "置顶" || hasPrefix(src, "zhiding") || hasPrefix(src, "zd.") || hasPrefix(src, "top.") || hasPrefix(src, "ding.") || hasPrefix(src, "icon_top") || hasPrefix(src, "top_")
	}
	if depth > 5 {
		return false
	}
	for c := n.First; c != nil; c = c.Next {
		if pinMark(c, depth+1) {
			return true
		}
	}
	return false
}

func unpin(s string) string {
	for _, w := range [...]string{"[置顶]", "【置顶】", "（置顶）", "(置顶)", "[顶]", "【顶】", "置顶"} {
		if hasPrefix(s, w) {
			return strings.TrimLeft(s[len(w):], " :：·")
		}
		if strings.HasSuffix(s, w) {
			return strings.TrimRight(s[:len(s)-len(w)], " ")
		}
	}
	return s
}
