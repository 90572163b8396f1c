package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// response judges what really came back, whatever the status said.
func (d *Document) response(f *govsweep.PageFacts) (govsweep.Response, string) {
	p := d.Page
	status := 200
	if p != nil && p.Status != 0 {
		status = p.Status
	}
	if why := d.challenge(f, status); why != "" {
		return govsweep.Challenge, why
	}
	if status >= 400 {
		return govsweep.ErrorPage, "服务器返回状态码" + itoa(status)
	}
	if d.isSoft404Signature(f) {
		return govsweep.Soft404, "与本站对不存在地址的回应相同"
	}
	if why := d.toHome(f); why != "" {
		return govsweep.HomeRedirect, why
	}
	if d.saysNotFound(f) {
		return govsweep.Soft404, "状态码正常，但页面内容提示所访问的页面不存在"
	}
	if p != nil && p.Truncated {
		return govsweep.Truncated, "页面超过大小上限，只读取了一部分"
	}
	if d.Cut {
		return govsweep.Truncated, "页面元素过多，只读取了一部分"
	}
	if why := d.shell(f); why != "" {
		return govsweep.Shell, why
	}
	return govsweep.Content, ""
}

func itoa(n int) string {
	var b [20]byte
	i := len(b)
	for ; n > 0; n /= 10 {
		i--
		b[i] = byte('0' + n%10)
	}
	return string(b[i:])
}

// isSoft404Signature compares with the site's answer for an address that cannot exist.
func (d *Document) isSoft404Signature(f *govsweep.PageFacts) bool {
	s := d.Site.Soft404
	if s == nil || d.Page != nil && d.Page.Visit.Role == govsweep.SoftProbeRole {
		return false
	}
	if h := d.Site.HomeSig; h != nil && h.TextHash == s.TextHash {
		return false // the site sends its home page: that is a redirect to home
	}
	return s.TextHash == f.TextHash && s.Structure == f.Structure
}

// toHome says why the page is only a way back to the home page.
func (d *Document) toHome(f *govsweep.PageFacts) string {
	if d.Page == nil || d.Site.Home == "" || d.Page.Visit.Role == govsweep.HomeRole {
		return ""
	}
	asked := d.Page.Visit.URL
	if samePage(asked, d.Site.Home) {
		return ""
	}
	if samePage(d.URL, d.Site.Home) {
		return "访问该地址被转向网站首页"
	}
	if f.MetaRefresh != "" && samePage(f.MetaRefresh, d.Site.Home) {
		return "页面自动转向网站首页"
	}
	if h := d.Site.HomeSig; h != nil && h.TextRunes > 50 && h.TextHash == f.TextHash && h.Structure == f.Structure {
		return "页面内容与网站首页相同"
	}
	return ""
}

// notFoundWords tell a visitor that an address leads nowhere.
var notFoundWords = [...]string{"页面不存在", "页面未找到", "页面没有找到", "找不到页面", "找不到该页", "找不到您", "找不到你", "无法找到该页", "无法找到网页", "访问的页面不存在", "访问的页面已", "请求的页面不存在",
	"页面已删除", "页面已被删除", "页面已经删除", "您访问的页面", "你访问的页面", "您要查看的页面", "您查找的页面", "页面走丢", "页面丢失", "文章不存在", "信息不存在", "内容不存在", "信息已删除", "稿件不存在", "文件不存在", "找不到网页",
	"该页无法显示", "链接已失效", "not found", "page does not exist", "页面飞走", "頁面不存在", "找不到頁面", "出错了"}

// saysNotFound says whether a short page, or its title, says that there is no such page.
func (d *Document) saysNotFound(f *govsweep.PageFacts) bool {
	if tagText(d.MetaContent("ArticleTitle")) != "" || f.Kind == govsweep.HomePage {
		return false
	}
	title := lower(d.TitleTag)
	if utf8.RuneCountInString(title) <= 30 && (isNotFoundTitle(title) || hasNotFound(title)) {
		return f.TextRunes < 1200
	}
	if f.TextRunes > 300 || f.TextRunes == 0 {
		return false
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Hiding != 0 || len(b.Text) > 240 || b.Region == FootRegion || b.Region == NavRegion {
			continue
		}
		t := lower(b.Text)
		if hasNotFound(t) || t == "404" || hasPrefix(t, "404 ") || hasPrefix(t, "http 404") || has(t, "404错误") || has(t, "404 error") {
			return true
		}
	}
	return false
}

func isNotFoundTitle(t string) bool {
	return t == "404" || hasPrefix(t, "404 ") || hasPrefix(t, "404-") || hasPrefix(t, "404_") || hasPrefix(t, "404错") || hasPrefix(t, "404页") || has(t, "error 404") ||
		hasPrefix(t, "错误") || strings.HasSuffix(t, "-404") || strings.HasSuffix(t, " 404")
}

func hasNotFound(t string) bool {
	for _, w := range notFoundWords {
		if has(t, w) {
			return true
		}
	}
	return false
}

// shell says why a page has no content of its own without a browser.
func (d *Document) shell(f *govsweep.PageFacts) string {
	own := 0
	for i := range d.Links {
		if a := &d.Links[i]; mayBeTitle(a) {
			own++
		}
	}
	all := d.shownBytes() / 3
	switch {
	case all > 60:
		return "" // head and foot of the site are there
	case len(d.Frames) > 0 && f.TextRunes < 30 && own == 0:
		return "页面只有内嵌框架，内容在框架之内"
	case f.MetaRefresh != "" && f.TextRunes < 60:
		return "页面只是一个自动跳转页"
	case f.TextRunes > 120 || own > 3 || len(d.Scripts) == 0:
		return ""
	case f.TextRunes < 30:
		return "页面内容由脚本生成，未运行脚本，没有可读内容"
	case d.scriptBuilt() != "" && f.List == nil:
		return "页面内容由脚本生成，未运行脚本，没有可读内容"
	}
	return ""
}

// shownBytes counts the bytes of all text that is shown.
func (d *Document) shownBytes() int {
	sum := 0
	for i := range d.Blocks {
		if d.Blocks[i].Hiding == 0 {
			sum += len(d.Blocks[i].Text)
		}
	}
	return sum
}

// redirectTarget gives where a meta refresh or a bare location script leads.
func (d *Document) redirectTarget(runes int) string {
	for i := range d.Metas {
		if m := &d.Metas[i]; m.Equiv && strings.EqualFold(m.Name, "refresh") && m.Node.Hiding&ByNoscript == 0 {
			low := lower(m.Content)
			if j := strings.Index(low, "url"); j >= 0 {
				ref := strings.TrimLeft(m.Content[j+3:], " =")
				if u, ok := d.Resolve(strings.Trim(ref, " '\"")); ok {
					return u
				}
			}
		}
	}
	if runes > 60 || len(d.Links) > 8 {
		return ""
	}
	if d.Page != nil && d.Page.Visit.Role == govsweep.HomeRole {
		if u := d.mainFrame(); u != "" {
			return u
		}
	}
	for i := range d.Scripts {
		if u := d.locationIn(d.Scripts[i].Text); u != "" {
			return u
		}
	}
	return ""
}

// locationIn reads location.href = "…" and the like outside functions.
func (d *Document) locationIn(s string) string {
	for _, w := range [...]string{"location.href", "location.replace", "location.assign", "window.location", "document.location", "self.location", "top.location", "location"} {
		i := strings.Index(s, w)
		if i < 0 || strings.Contains(s[:i], "function") {
			continue
		}
		rest := strings.TrimLeft(s[i+len(w):], " =(")
		if len(rest) > 1 && len(rest) < len(s[i+len(w):]) && (rest[0] == '"' || rest[0] == '\'') {
			if ref, _, ok := strings.Cut(rest[1:], rest[:1]); ok {
				if u, ok := d.Resolve(ref); ok {
					return u
				}
			}
		}
	}
	return ""
}

// frameAddresses gives the addresses of iframes that may hold content.
func (d *Document) frameAddresses() []string {
	var out []string
	for _, n := range d.Frames {
		if n.Hidden() || n.Attr("width") == "0" || n.Attr("height") == "0" || n.Region == FootRegion || n.Region == NavRegion {
			continue
		}
		src := lower(n.Attr("src"))
		if src == "" || hasPrefix(src, "about:") || hasPrefix(src, "javascript:") || has(src, "weather") || has(src, "tianqi") || has(src, "player") || has(src, "video") {
			continue
		}
		if u, ok := d.Resolve(n.Attr("src")); ok {
			out = append(out, u)
		}
	}
	return out
}

// mainFrame gives the frame of a frameset that holds the page proper: the one
// named for it, else the first that is not named for an edge.
func (d *Document) mainFrame() string {
	first := ""
	for _, n := range d.Frames {
		if n.Name != "frame" {
			continue
		}
		u, ok := d.Resolve(n.Attr("src"))
		if !ok {
			continue
		}
		switch name := lower(n.Attr("name")); {
		case has(name, "main"), has(name, "content"), has(name, "body"), has(name, "center"):
			return u
		case has(name, "top"), has(name, "left"), has(name, "menu"), has(name, "foot"), has(name, "bottom"), has(name, "head"):
		case first == "":
			first = u
		}
	}
	return first
}
