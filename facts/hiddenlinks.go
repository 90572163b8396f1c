package facts

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"golang.org/x/net/html/atom"
)

// hiddenLinks finds links to other hosts that a style hides: 暗链.
func (d *Document) hiddenLinks() []govsweep.LinkSpot {
	var out []govsweep.LinkSpot
	panels := map[*Node]bool{}
	panel := func(n *Node) bool {
		is, known := panels[n]
		if !known {
			is = d.isPanel(n)
			panels[n] = is
		}
		return is
	}
	for i := range d.Links {
		a := &d.Links[i]
		if len(a.Href) < 8 || a.Hiding&(ByTemplate|ByNoscript) != 0 || !strings.Contains(a.Href, "//") {
			continue
		}
		style, by := concealed(a.Node)
		if style == "" || hidesWordsOnly(style) && a.Node.First != nil && a.Node.First.Name == "img" {
			continue
		}
		u, ok := d.Resolve(a.Href)
		if !ok || d.harmless(u) || by != a.Node && isToggle(style) && panel(by) {
			continue
		}
		out = append(out, govsweep.LinkSpot{Href: a.Href, Text: d.linkText(a), Place: a.Node.Path(), Style: style})
		if len(out) >= maxLinkSpots {
			return out
		}
	}
	return append(out, d.writtenLinks()...)
}

// hidesWordsOnly says whether pictures stay seen under a style.
func hidesWordsOnly(style string) bool {
	return strings.HasPrefix(style, "font-size") || strings.HasPrefix(style, "text-indent")
}

// concealed gives the style that hides a node, its own or one around it, and
// the node that carries it.
func concealed(n *Node) (string, *Node) {
	for up := 0; n != nil && up < 60; n, up = n.Parent, up+1 {
		if n.Tag == atom.Body {
			return "", nil
		}
		if n.Tag == atom.Marquee && (tiny(n.Attr("width")) || tiny(n.Attr("height"))) {
			return "marquee " + n.Attr("width") + "×" + n.Attr("height"), n
		}
		for i := range n.Attrs {
			switch n.Attrs[i].Key {
			case "style":
				if s := concealing(n.Attrs[i].Value); s != "" {
					return s, n
				}
			case "hidden":
				if n.Attrs[i].Value != "until-found" {
					return "hidden", n
				}
			}
		}
	}
	return "", nil
}

// concealing gives the part of a style that hides; "" when none does.
func concealing(style string) string {
	if len(style) < 6 {
		return ""
	}
	var s styleParts
	for _, decl := range strings.Split(lower(style), ";") {
		key, value, ok := strings.Cut(decl, ":")
		if ok {
			s.read(strings.TrimSpace(key), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important")))
		}
	}
	switch {
	case s.found != "":
		return s.found
	case s.placed && s.away != "":
		return "position:absolute;" + s.away
	case s.clipped && s.flat != "":
		return s.flat + ";overflow:hidden"
	case s.thinWide && s.thinHigh:
		return "width:1px;height:1px"
	}
	return ""
}

// styleParts are the declarations that hide together with another.
type styleParts struct {
	found              string
	away, flat         string
	placed, clipped    bool
	thinWide, thinHigh bool
}

func (s *styleParts) read(key, value string) {
	hide := false
	switch key {
	case "display":
		hide = strings.HasPrefix(value, "none")
	case "visibility":
		hide = strings.HasPrefix(value, "hidden") || strings.HasPrefix(value, "collapse")
	case "opacity":
		v, err := strconv.ParseFloat(value, 64)
		hide = err == nil && v < 0.05
	case "filter":
		hide = strings.HasPrefix(strings.ReplaceAll(value, " ", ""), "alpha(opacity=0)")
	case "font-size":
		n, ok := length(value)
		hide = ok && n >= 0 && n <= 1
	case "text-indent":
		n, ok := length(value)
		hide = ok && n <= -100
	case "position":
		s.placed = strings.HasPrefix(value, "absolute") || strings.HasPrefix(value, "fixed")
	case "left", "top", "right", "bottom", "margin-left", "margin-top":
		if n, ok := length(value); ok && n <= -100 {
			s.away = key + ":" + value
			hide = strings.HasPrefix(key, "margin") && n <= -500
		}
	case "overflow":
		s.clipped = strings.HasPrefix(value, "hidden")
	case "height", "width", "max-height", "max-width", "line-height":
		s.size(key, value)
	}
	if hide && s.found == "" {
		s.found = key + ":" + value
	}
}

func (s *styleParts) size(key, value string) {
	n, ok := length(value)
	if !ok || n < 0 || n > 1 || key == "line-height" && !strings.HasPrefix(value, "0") {
		return
	}
	if key != "line-height" {
		s.flat = key + ":" + value
	}
	s.thinWide = s.thinWide || key == "width"
	s.thinHigh = s.thinHigh || key == "height"
}

// length reads a CSS length in pixels; em and rem count 16, % one.
func length(value string) (float64, bool) {
	end := 0
	for end < len(value) && (value[end] == '-' || value[end] == '+' || value[end] == '.' || value[end] >= '0' && value[end] <= '9') {
		end++
	}
	n, err := strconv.ParseFloat(value[:end], 64)
	if err != nil {
		return 0, false
	}
	switch unit := strings.TrimSpace(value[end:]); {
	case strings.HasPrefix(unit, "em"), strings.HasPrefix(unit, "rem"):
		n *= 16
	case strings.HasPrefix(unit, "%"):
		if n < 0 {
			n *= 2
		}
	}
	return n, true
}

func tiny(value string) bool {
	n, ok := length(value)
	return ok && n <= 1
}

// harmlessHosts are hosts that stand hidden in pages for good reason: marks,
// share bars, counters. Government names are harmless whatever they are.
var harmlessHosts = [...]string{"conac.cn", "kaipuyun.cn", "share.baidu.com", "tongji.baidu.com", "hm.baidu.com", "service.weibo.com", "v.t.sina.com.cn",
	"sns.qzone.qq.com", "connect.qq.com", "share.v.t.qq.com", "v.t.qq.com", "widget.renren.com", "www.douban.com", "cnzz.com", "51.la", "51yes.com", "umeng.com",
	"www.jiathis.com", "bshare.cn", "mp.weixin.qq.com", "weibo.com", "w3.org",
	"hanweb.com", "trs.com.cn", "ucap.com.cn", "lonsun.cn", "chinawebber.com", "12377.cn"}

// harmless says whether a hidden link to u harms nobody: the own site, a
// government host, a mark or a counter.
func (d *Document) harmless(u string) bool {
	if d.sameSite(u) {
		return true
	}
	host := address.Hostname(u)
	if host == address.Hostname(d.URL) || strings.HasSuffix(host, ".gov.cn") || host == "gov.cn" || strings.HasSuffix(host, ".政务") || strings.HasSuffix(host, ".xn--zfr164b") ||
		host == "121.43.68.40" {
		return true
	}
	for _, h := range harmlessHosts {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

// isToggle says whether a style is one that tabs and menus switch.
func isToggle(style string) bool {
	return strings.HasPrefix(style, "display:") || strings.HasPrefix(style, "visibility:") || strings.HasPrefix(style, "opacity:") || style == "hidden"
}

// panelWords are parts of classes and ids of what opens on a click, and of
// lists of friendly links.
var panelWords = [...]string{"tab", "pane", "menu", "drop", "popup", "modal", "dialog", "link", "yqlj", "select", "option", "swiper", "slide", "share", "con"}

// isPanel says whether a hidden element is one people open: at least as many
// links inside lead to the own site or to government as elsewhere, or it is
// the drop-down of 友情链接.
func (d *Document) isPanel(n *Node) bool {
	links := d.LinksIn(n)
	links = links[:min(len(links), 300)]
	good, bad := 0, 0
	for i := range links {
		if u, ok := d.Resolve(links[i].Href); ok {
			if d.harmless(u) {
				good++
			} else {
				bad++
			}
		}
	}
	if good > 0 && good >= bad {
		return true
	}
	opener := n.Prev
	if opener == nil && n.Parent != nil {
		opener = n.Parent.Prev
	}
	if opener == nil {
		return false
	}
	words := d.Line(opener)
	if len(words) > 120 || !strings.Contains(words, "链接") && !strings.Contains(words, "网站") && !strings.Contains(words, "媒体") {
		return false
	}
	class := lower(n.Class() + " " + n.ID())
	for _, w := range panelWords {
		if strings.Contains(class, w) {
			return true
		}
	}
	return n.Tag == atom.Ul || n.Tag == atom.Dl
}

var (
	writtenLink  = regexp.MustCompile(`<a\b[^>]{0,300}?href\s*=\s*\\?['"]?(https?://[^\s'"\\>]{3,200})`)
	writtenStyle = regexp.MustCompile(`style\s*=\s*\\?['"]([^'"]{6,200})`)
)

// writtenLinks finds hidden links an inline script writes.
func (d *Document) writtenLinks() []govsweep.LinkSpot {
	var out []govsweep.LinkSpot
	for i := range d.Scripts {
		text := d.Scripts[i].Text
		if len(text) > 100_000 || !strings.Contains(text, "document.write") || !strings.Contains(text, "<a") || !strings.Contains(text, "style") {
			continue
		}
		style := ""
		for _, m := range writtenStyle.FindAllStringSubmatch(text, 20) {
			if style = concealing(m[1]); style != "" {
				break
			}
		}
		if style == "" {
			continue
		}
		for _, m := range writtenLink.FindAllStringSubmatch(text, 50) {
			if u, ok := d.Resolve(m[1]); ok && !d.harmless(u) {
				out = append(out, govsweep.LinkSpot{Href: m[1], Place: d.Scripts[i].Node.Path(), Style: style})
			}
		}
	}
	return out
}
