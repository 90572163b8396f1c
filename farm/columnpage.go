package farm

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

// columnPage writes list page n of a column, counted from 0.
func (p *reply) columnPage(c *column, n int) {
	if c.mode == singleText {
		p.articlePage(c.items[0], c)
		return
	}
	p.modified = p.farm.opt.AsOf
	p.open(c.name, c, nil)
	p.crumb(c, "")
	p.side(c)
	p.f("<div class=\"right\"><h2>%s</h2>\n", c.name)
	if c.phone != "" {
		p.f("<p class=\"zx\">咨询电话：%s</p>\n", c.phone)
	}
	if c.prose != "" {
		p.f("<div class=\"intro\"><p>%s</p></div>\n", c.prose)
	}
	if c.statistics {
		p.f("<div class=\"tj\">留言受理反馈情况统计：本月共收到留言%d件，受理%d件，已办结反馈%d件。</div>\n", 20+c.no%30, 20+c.no%30, 18+c.no%30)
	}
	p.listing(c, n)
	p.f("</div>\n")
	p.shut()
}

// side writes the menu beside a list.
func (p *reply) side(c *column) {
	top := c
	for top.parent != nil {
		top = top.parent
	}
	if len(top.children) == 0 || p.look.layout == 2 {
		return
	}
	p.f("<div class=\"%s\"><ul>\n", p.look.cls["side"])
	for _, k := range top.children {
		p.f("<li>%s</li>\n", p.link(k.path(), k.name))
	}
	p.f("</ul></div>\n")
}

func (p *reply) listing(c *column, n int) {
	switch c.mode {
	case landing:
		p.blocks(c)
	case emptyParent:
		open, shut := p.look.listTags()
		p.f("%s%s\n", open, shut)
	case tabList:
		p.tabs(c)
	case frameList:
		p.f("<iframe src=\"%s\" width=\"100%%\" height=\"600\" frameborder=\"0\"></iframe>\n", p.href(p.path, c.framePath()))
	case scriptList:
		p.f("<div id=\"listbox%d\"></div>\n<script src=\"/js/render.js\"></script>\n<script>drawColumn('listbox%d',window.__k(%d));</script>\n", c.no, c.no, c.no)
	case outsideList:
		p.f("<div class=\"entry\"><a href=\"%s\" target=\"_blank\">进入政务服务网办理</a></div>\n", p.farm.address(servicePortal, "/"))
	case loginForm:
		p.f("<form action=\"/login.do\" method=\"post\"><p>请先登录后查看</p>用户名<input name=\"user\"> 密码<input type=\"password\" name=\"pwd\"><button>登录</button></form>\n")
	case closedNote:
		p.f("<div class=\"notice\"><p>因工作调整，本栏目自%s起停止更新，相关内容请到“通知公告”栏目查看。</p></div>\n", p.ago(p.dice("closed"), 200).Format("2006年1月2日"))
	case callList:
		p.callShell(c)
	default:
		p.plain(c, n)
	}
}

// plain writes the rows of page n and the pager.
func (p *reply) plain(c *column, n int) {
	if p.family == govsweep.JCMS && len(c.items) > 0 && c.no%3 == 0 {
		p.datastore(c)
		return
	}
	open, shut := p.look.listTags()
	p.f("%s\n", open)
	lo := min(n*c.perPage, len(c.items))
	for i, it := range c.items[lo:min(lo+c.perPage, len(c.items))] {
		c.row(&p.b, p.path, lo+i, it)
	}
	if len(c.items) == 0 && c.blankWord != "" {
		p.f("%s", c.blankRow())
	}
	p.f("%s\n", shut)
	p.pager(c, n)
}

func (c *column) blankRow() string {
	switch c.site.look.list {
	case 2, 7:
		return "<tr><td colspan=\"4\">" + c.blankWord + "</td></tr>\n"
	case 0, 1, 5, 6, 9:
		return "<li>" + c.blankWord + "</li>\n"
	}
	return "<p>" + c.blankWord + "</p>\n"
}

func (p *reply) pager(c *column, n int) {
	all := c.pageCount()
	if all == 1 {
		return
	}
	p.f("<div class=\"%s\">\n", p.look.cls["page"])
	if p.family == govsweep.TRS {
		p.f("<script>createPageHTML(%d,%d,\"index\",\"html\");</script>\n</div>\n", all, n)
		return
	}
	p.f("<span>共%d页</span>\n", all)
	if n > 0 {
		p.f("%s\n", p.link(c.pagePath(n-1), "上一页"))
	}
	if n < all-1 {
		p.f("%s\n%s\n", p.link(c.pagePath(n+1), "下一页"), p.link(c.pagePath(all-1), "尾页"))
	}
	p.f("</div>\n")
}

// blocks shows the newest items of every sub-column.
func (p *reply) blocks(c *column) {
	for _, k := range c.children {
		p.f("<div class=\"block\"><div class=\"hd\">%s%s</div>\n", p.link(k.path(), k.name), p.link(k.path(), "更多"))
		if k.mode == plainList && k.trouble == noTrouble && len(k.items) > 0 {
			open, shut := p.look.listTags()
			p.f("%s\n", open)
			for i, it := range k.items[:min(4, len(k.items))] {
				k.row(&p.b, p.path, i, it)
			}
			p.f("%s\n", shut)
		}
		p.f("</div>\n")
	}
}

// tabs puts the rows into the second tab; the first shows an introduction.
func (p *reply) tabs(c *column) {
	open, shut := p.look.listTags()
	p.f("<div class=\"tab-hd\"><span class=\"on\" onclick=\"tab(0)\">栏目说明</span><span onclick=\"tab(1)\">信息列表</span></div>\n")
	p.f("<div class=\"tab-bd\"><p>本栏目集中发布%s方面的信息。</p></div>\n<div class=\"tab-bd\" style=\"display: none;\">%s\n", c.name, open)
	for i, it := range c.items {
		c.row(&p.b, p.path, i, it)
	}
	p.f("%s</div>\n", shut)
}

func (c *column) framePath() string { return fmt.Sprintf("/frame/list_%d.html", c.no) }

// framePage is the list an iframe shows.
func (p *reply) framePage(c *column) {
	p.f("<!DOCTYPE html>\n<html>\n<head>\n")
	if p.meta != "" {
		p.f("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">\n", p.meta)
	}
	p.f("<title>%s</title>\n", esc(p.titleTag(c.name)))
	p.siteTags()
	p.columnTags(c)
	p.f("</head>\n<body>\n")
	open, shut := p.look.listTags()
	p.f("%s\n", open)
	for i, it := range c.items {
		c.row(&p.b, p.path, i, it)
	}
	p.f("%s\n</body>\n</html>\n", shut)
}

// rows gives the rows from lo to hi as HTML.
func (c *column) rows(from string, lo, hi int) []string {
	var out []string
	for i := max(0, lo); i < min(hi, len(c.items)); i++ {
		var b strings.Builder
		c.row(&b, from, i, c.items[i])
		out = append(out, strings.TrimSpace(b.String()))
	}
	return out
}
