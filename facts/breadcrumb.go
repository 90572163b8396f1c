package facts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// crumbLabels stand before a breadcrumb.
var crumbLabels = [...]string{"您当前的位置", "你当前的位置", "您现在的位置", "您所在的位置", "你所在的位置", "您的当前位置", "您所在位置", "您现在所在的位置", "现在的位置",
	"当前所在位置", "所在位置", "當前位置", "目前位置", "当前位置", "您的位置", "你的位置", "当前栏目", "网站位置", "位置"}

// breadcrumb reads 当前位置: the first one that is shown.
func (d *Document) breadcrumb() []string {
	for _, want := range [...]bool{false, true} { // shown ones first, then hidden ones
		for i := range d.Blocks {
			b := &d.Blocks[i]
			if (b.Hiding != 0) != want || b.Hiding&ByTemplate != 0 || b.Region == FootRegion {
				continue
			}
			if path := d.crumbAt(b); len(path) > 1 || len(path) == 1 && b.Region == CrumbRegion {
				return path
			}
		}
	}
	return nil
}

// crumbAt reads the breadcrumb that begins with block b; nil when none does.
func (d *Document) crumbAt(b *Block) []string {
	label := ""
	if b.has(crumbSign) {
		label = crumbLabel(b.Text)
	}
	switch {
	case label != "":
	case b.Region == CrumbRegion && (b.Node.Parent == nil || b.Text != ""):
	case hasPrefix(b.Text, "首页") || hasPrefix(b.Text, "网站首页"):
		if !strings.ContainsAny(b.Text, ">＞»›") {
			return nil
		}
	default:
		return nil
	}
	n := b.Node
	if path := d.crumbIn(n, b); len(path) > 1 {
		return path
	}
	for up := 0; up < 4 && n.Parent != nil && n.Parent.Tag != atom.Body; up++ { // items in cells or list items of their own
		n = n.Parent
		if n.t1-n.t0 > 500 {
			break
		}
		if path := d.crumbIn(n, b); len(path) > 1 {
			return path
		}
	}
	return d.crumbIn(b.Node, b)
}

func crumbLabel(s string) string {
	if !has(s, "置") && !has(s, "当前栏目") {
		return ""
	}
	s = plain(s)
	for _, w := range crumbLabels {
		if i := strings.Index(s, w); i >= 0 && i < 24 && (w != "位置" || i == 0) {
			rest := strings.TrimLeft(s[i+len(w):], " ")
			if rest == "" || hasPrefix(rest, "：") || hasPrefix(rest, ":") || hasPrefix(rest, "】") || hasPrefix(rest, ">") || hasPrefix(rest, "首页") || hasPrefix(rest, "是") {
				return w
			}
		}
	}
	return ""
}

// crumbIn reads the items of n: each link is one, text between them is parted
// at the usual signs.
func (d *Document) crumbIn(n *Node, first *Block) []string {
	if n.t1-n.t0 > 800 {
		return nil
	}
	var path []string
	at := max(n.t0, min(first.at, n.t1))
	add := func(s string) {
		if s = crumbItem(s); s != "" && (len(path) == 0 || path[len(path)-1] != s) {
			path = append(path, s)
		}
	}
	links := d.LinksIn(n)
	for i := range links {
		a := links[i].Node
		if a.t0 < at || a.t0 >= a.t1 {
			continue
		}
		partCrumb(d.text[at:a.t0], len(links) > 1, add)
		add(strings.Trim(d.text[a.t0:a.t1], ">＞»› \n"))
		at = a.t1
	}
	if at < n.t1 {
		partCrumb(d.text[at:n.t1], len(links) > 1, add)
	}
	if len(path) > 12 {
		return nil
	}
	return path
}

// partCrumb parts text at > and its like; at - and / only where no sign tells more.
func partCrumb(s string, linked bool, add func(string)) {
	if w := crumbLabel(s); w != "" {
		s = strings.TrimLeft(s[strings.Index(plain(s), w)+len(w):], " :：】是")
	}
	signs := ">＞»›→》\n"
	if linked {
		s = strings.Trim(s, "-/|·\\— ")
	} else if !strings.ContainsAny(s, signs) {
		signs = "/\\|→"
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		add(part)
	}
}

func crumbItem(s string) string {
	s = strings.Trim(oneLine(s), " -/|·\\—:：>＞»›【】[]")
	switch s {
	case "正文", "详细内容", "内容", "文章内容", "信息详情", "详情", "详细", "浏览文章", "文章正文", "列表", "查看", "信息内容", "浏览", "文章", "内容详情", "文章详情":
		return ""
	}
	if h, ok := findDate(s, 0); ok && h.clock != "" {
		return "" // a publish line
	}
	if crumbLabel(s) != "" || utf8.RuneCountInString(s) > 60 || strings.Trim(s, "0123456789 ") == "" {
		return ""
	}
	return s
}
