package farm

import (
	"github.com/govsweep/govsweep"
)

// homePage writes the 首页.
func (p *reply) homePage() {
	p.modified = p.farm.opt.AsOf
	p.open("", &column{site: p.site, name: "首页", typ: "首页"}, nil)
	if p.home.navOnly {
		p.entrance()
	} else {
		p.homeBlocks()
	}
	p.f("<div class=\"links\">%s %s</div>\n", p.link(p.farm.address(servicePortal, "/"), "政务服务网"), p.link(p.farm.address(friend, "/"), "友情链接"))
	if f := p.home.form.item; f != nil {
		p.f("<div class=\"wznb\">网站年报：%s <span>%s</span></div>\n", p.link(f.path(), f.title), f.at.Format("2006-01-02"))
	}
	for _, html := range p.home.links {
		p.f("%s\n", html)
	}
	p.shut()
}

// entrance is a home page that only leads on.
func (p *reply) entrance() {
	p.f("<div class=\"entry\">\n")
	for _, c := range p.columns {
		if c.level == 1 {
			p.f("<a class=\"big\" href=\"%s\"><img src=\"/images/logo.png\" alt=\"\"><b>%s</b></a>\n", p.href(p.path, c.path()), c.name)
		}
	}
	p.f("</div>\n")
}

// homeShown are the columns the home page carries; the second one stands in
// a tab that is hidden at first.
func (s *site) homeShown() []*column {
	var shown []*column
	for _, slug := range []string{"ywdt", "gzdt", "bmdt", "tzgg", "zcwj", "zcjd"} {
		if c := s.column(slug); c != nil && c.mode == plainList {
			shown = append(shown, c)
		}
	}
	if len(shown) > 2 && s.look.home%2 == 1 {
		shown[1], shown[2] = shown[2], shown[1]
	}
	return shown
}

func (p *reply) homeBlocks() {
	shown := p.homeShown()
	p.f("<div class=\"focus\"><img src=\"/images/banner.png\" alt=\"\"></div>\n")
	for i, c := range shown {
		hidden := i == 1
		if i == 0 && len(shown) > 1 {
			p.f("<div class=\"tabs\"><ul class=\"tab-t\"><li class=\"cur\">%s</li><li>%s</li></ul>\n", p.link(c.path(), c.name), p.link(shown[1].path(), shown[1].name))
		}
		p.homeBlock(c, hidden)
		if i == 1 {
			p.f("</div>\n")
		}
	}
	for _, c := range p.columns {
		if c.class == govsweep.TopicColumn {
			p.f("<div class=\"zt\">%s</div>\n", p.link(c.path(), c.name))
		}
	}
}

// homeBlock shows the newest rows of a column the home page carries.
func (p *reply) homeBlock(c *column, hidden bool) {
	attr := []string{`class="tab-c"`, `class="block"`, `class="box fl"`}[p.look.layout]
	if hidden {
		attr += ` style="display:none"`
	}
	p.f("<div %s><div class=\"hd\"><h3>%s</h3>%s</div>\n", attr, p.link(c.path(), c.name), p.link(c.path(), "更多>>"))
	show := *c
	show.undated = p.home.undated || c.undated
	open, shut := p.look.listTags()
	p.f("%s\n", open)
	for i, it := range p.homeItems(c, hidden) {
		show.row(&p.b, p.path, i, it)
	}
	p.f("%s</div>\n", shut)
}

// homeItems are the rows of one block, under what is special about the home page.
func (s *site) homeItems(c *column, second bool) []*item {
	var out []*item
	for _, it := range c.items {
		age := govsweep.DaysBetween(it.at, s.farm.opt.AsOf)
		switch {
		case s.home.frozen && age <= 16:
		case s.home.futureOnly && age >= 0 && age <= 16:
		case s.home.secondTab && !second && age <= 16:
		case s.home.exactly14 && age < 14:
		default:
			out = append(out, it)
		}
	}
	return out[:min(7, len(out))]
}

// sitemapPage is the 网站地图.
func (p *reply) sitemapPage() {
	p.modified = p.farm.opt.AsOf
	p.open("网站地图", nil, nil)
	p.f("<div class=\"map\"><h2>网站地图</h2>\n")
	for _, c := range p.columns {
		if c.level == 1 {
			p.f("<dl><dt>%s</dt>", p.link(c.path(), c.name))
			for _, k := range c.children {
				p.f("<dd>%s</dd>", p.link(k.path(), k.name))
			}
			p.f("</dl>\n")
		}
	}
	p.f("</div>\n")
	p.shut()
}

// nowhere answers an address the site does not have.
func (p *reply) nowhere() {
	switch p.soft404 {
	case "page":
		p.open("提示信息", nil, nil)
		p.f("<div class=\"err\"><p>抱歉，您访问的页面不存在或已被删除。</p></div>\n")
		p.shut()
	case "home":
		p.status = 302
		p.headerLocation("/")
	default:
		p.status = 404
		p.open("页面不存在", nil, nil)
		p.f("<div class=\"err\"><h2>404</h2><p>您访问的页面不存在，请返回%s，或查看%s。</p></div>\n", p.link("/", "首页"), p.link("/wzdt.html", "网站地图"))
		p.shut()
	}
}
