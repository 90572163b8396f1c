package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
)

// emptyLinks finds links that lead nowhere: href "", # or javascript:void,
// where neither a script nor a menu gives them a use.
func (d *Document) emptyLinks() []govsweep.LinkSpot {
	var out []govsweep.LinkSpot
	for i := range d.Links {
		a := &d.Links[i]
		if !a.HasHref || !isEmptyRef(a.Href) || a.Hiding != 0 || len(out) >= maxLinkSpots {
			continue
		}
		text := d.linkText(a)
		if text == "" || strings.Contains(text, "{{") || !isMore(text) && (isControlText(text) || d.isControl(a.Node)) || d.isDriven(a.Node) {
			continue
		}
		out = append(out, govsweep.LinkSpot{Href: a.Href, Text: text, Place: a.Node.Path()})
	}
	return out
}

// isEmptyRef says whether a reference leads nowhere.
func isEmptyRef(href string) bool {
	switch href {
	case "", "#", "##", "###", "#none", "#!", "#this":
		return true
	}
	if !isScriptRef(href) {
		return false
	}
	code := lower(strings.Trim(scriptTrim.Replace(href[len("javascript:"):]), " ;"))
	switch code {
	case "", "void(0)", "void0", "void", "void()", "void(null)", "returnfalse", "undefined", "#", "//", "''", "voidnull", "void('0')":
		return true
	}
	return false
}

var scriptTrim = strings.NewReplacer(" ", "", ";", "")

// controls are words of buttons: they do something on the page itself.
const controls = " 返回顶部 回到顶部 回顶部 顶部 置顶 top 返回 打印 打印本页 打印此页 关闭 关闭窗口 关闭本页 字体 大 中 小 默认 特大 a+ a- a 放大 缩小 " +
	"分享 分享到 微信 微博 新浪微博 腾讯微博 qq空间 qq好友 qq 人人网 豆瓣 朋友圈 微信好友 二维码 收藏 加入收藏 收藏本站 设为首页 " +
	"登录 注册 登陆 登录/注册 用户登录 个人登录 法人登录 退出 退出登录 注销 个人中心 用户中心 我的 " +
	"无障碍 无障碍浏览 无障碍阅读 无障碍版 进入无障碍 开启无障碍 适老化 适老版 长者模式 长者版 长者专区 长者助手 老年模式 老年版 关怀版 关怀模式 大字版 辅助工具 网站支持ipv6 支持ipv6 本网站支持ipv6 " +
	"简体 繁体 繁體 简 繁 简体版 繁体版 繁體版 简体中文 繁体中文 繁體中文 简/繁 english en 语言 " +
	"上一张 下一张 上一个 下一个 上一页 下一页 上页 下页 前一页 后一页 首页 尾页 末页 prev next previous 上一篇 下一篇 上一条 下一条 没有了 无 " +
	"搜索 查询 检索 高级搜索 提交 重置 清空 确定 取消 展开 收起 展开更多 收起更多 展开全部 全部 播放 暂停 停止 换一换 换一批 刷新 切换 按时间 按相关度 语音播报 朗读 听新闻 导航 菜单 网站导航 " +
	"电脑版 手机版 手机端 移动版 移动端 wap版 pc版 正常 普通 标准 复制 复制链接 点赞 评论 举报 + - × x > < >> << « » ‹ › "

// isControlText says whether the words of a link are those of a button.
func isControlText(text string) bool {
	text = lower(strings.Trim(text, " 【】[]（）()|:：·"))
	if strings.Contains(controls, " "+text+" ") {
		return true
	}
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			break
		}
		if i == len(text)-1 && i < 3 {
			return true // a bullet of a carousel, a number of a pager
		}
	}
	for _, word := range [...]string{"上一篇", "下一篇", "上一条", "下一条", "无障碍", "分享到", "返回顶部"} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// isMore says whether a link promises the rest of a list: without a target
// that is a fault wherever it stands.
func isMore(text string) bool {
	text = lower(strings.Trim(text, " +>»[]【】.…"))
	return text == "更多" || text == "more" || text == "查看更多" || text == "查看详情"
}

// controlWords begin words of classes and ids of tabs, sliders, pagers,
// share bars and menus.
var controlWords = [...]string{"tab", "swiper", "slide", "slick", "carousel", "lunbo", "focus", "pagination", "pager", "fenye", "paging", "share", "bdshare", "toolbar",
	"wza", "elder", "lang", "search", "login", "gotop", "backtop", "totop", "dropdown", "flex", "num", "arrow", "prev", "next", "superslide",
	"close", "fontsize", "accordion", "collapse", "switch", "toggle", "popup", "modal", "layui"}

// isControlWord says whether a word of a class or id names a control.
func isControlWord(word string) bool {
	if strings.HasPrefix(word, "table") {
		return false
	}
	for _, w := range controlWords {
		if len(w) <= 4 && (word == w || word == w+"s" || strings.HasPrefix(word, w) && isNum(word[len(w)])) || len(w) > 4 && strings.HasPrefix(word, w) {
			return true
		}
	}
	return strings.HasPrefix(word, "tabcon") || strings.HasPrefix(word, "tabtit") || strings.HasPrefix(word, "tabhd") || strings.HasPrefix(word, "tabbox") || strings.HasPrefix(word, "tabmenu") || strings.HasPrefix(word, "tabnav")
}

// isControl says whether a link is a tab, opens a menu or belongs to a widget.
func (d *Document) isControl(n *Node) bool {
	switch n.Attr("role") {
	case "tab", "button", "menuitem", "switch":
		return true
	}
	if n.Next != nil && (n.Next.Tag == atom.Ul || n.Next.Tag == atom.Dl || n.Next.Tag == atom.Ol || isMenuBox(d, n.Next)) {
		return true
	}
	for p, up := n, 0; p != nil && up < 4; p, up = p.Parent, up+1 {
		for _, word := range strings.FieldsFunc(lower(p.Class()+" "+p.ID()), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
			if isControlWord(word) {
				return true
			}
		}
		if p.Tag == atom.Li && p != n && hasSubmenu(p) {
			return true
		}
		if p.Tag == atom.Body || p.Tag == atom.Table {
			break
		}
	}
	return false
}

func isMenuBox(d *Document, n *Node) bool {
	return n.Tag == atom.Div && len(d.LinksIn(n)) >= 2
}

// hasSubmenu says whether a row of a menu carries a list of its own.
func hasSubmenu(li *Node) bool {
	for c := li.First; c != nil; c = c.Next {
		if c.Tag == atom.Ul || c.Tag == atom.Dl || c.Tag == atom.Ol {
			return true
		}
	}
	return false
}

// isDriven says whether a script gives the link a use: a handler or a
// data attribute on it, or its id or class in an inline script.
func (d *Document) isDriven(n *Node) bool {
	for i := range n.Attrs {
		k := n.Attrs[i].Key
		switch {
		case strings.HasPrefix(k, "on") && len(k) > 4, strings.HasPrefix(k, "data-") && !strings.HasPrefix(k, "data-v-"), k[0] == '@', k[0] == ':',
			strings.HasPrefix(k, "v-"), strings.HasPrefix(k, "ng-"), strings.HasPrefix(k, "ms-"), strings.HasPrefix(k, "aria-controls"), strings.HasPrefix(k, "aria-expanded"),
			strings.HasPrefix(k, "aria-haspopup"), strings.HasPrefix(k, "lay-"), strings.HasPrefix(k, "bind"):
			return true
		}
	}
	for p, up := n, 0; p != nil && up < 2; p, up = p.Parent, up+1 {
		if p.HasAttr("onclick") && p.Tag != atom.Body {
			return true
		}
	}
	id, class := n.ID(), strings.Fields(n.Class())
	if id == "" && len(class) == 0 {
		return false
	}
	for i := range d.Scripts {
		text := d.Scripts[i].Text
		if text == "" && id != "" {
			return true // a script file may listen to it
		}
		if len(text) > 100_000 {
			continue
		}
		if id != "" && (strings.Contains(text, "#"+id) || strings.Contains(text, `"`+id+`"`) || strings.Contains(text, "'"+id+"'")) {
			return true
		}
		for _, c := range class {
			if len(c) > 2 && strings.Contains(text, "."+c) {
				return true
			}
		}
	}
	return false
}
