package farm

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// reply is one answer in the making.
type reply struct {
	*site
	req      *http.Request
	path     string // as asked, without query
	b        strings.Builder
	status   int
	ctype    string
	raw      []byte // when the answer is no page
	modified time.Time
}

func (p *reply) f(format string, args ...any) { fmt.Fprintf(&p.b, format, args...) }

func (p *reply) link(to, text string) string {
	return fmt.Sprintf(`<a href="%s">%s</a>`, p.href(p.path, to), esc(text))
}

// open writes a page down to its breadcrumb; c and it are nil where the page is neither.
func (p *reply) open(title string, c *column, it *item) {
	if p.family != govsweep.Platform("") || p.no%2 == 0 {
		p.f("<!DOCTYPE html>\n")
	}
	p.f("<html>\n<head>\n")
	if p.meta != "" {
		p.f("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">\n", p.meta)
	}
	p.f("<title>%s</title>\n", esc(p.titleTag(title)))
	p.siteTags()
	if c != nil {
		p.columnTags(c)
	}
	if it != nil {
		p.articleTags(it)
	}
	p.f("<link rel=\"stylesheet\" href=\"/css/style.css\">\n<script src=\"/js/common.js\"></script>\n%s</head>\n<body>\n<a name=\"top\" id=\"top\"></a>\n", familyHead[p.family])
	p.masthead()
	p.menu()
	p.f("<div class=\"%s\">\n", p.look.cls["wrap"])
}

var familyHead = map[govsweep.Platform]string{
	govsweep.JCMS:    "<meta name=\"template\" content=\"jcms-v5\">\n<script src=\"/script/jquery-jpage.js\"></script>\n",
	govsweep.TRS:     "<script>var trsSite='home';</script>\n",
	govsweep.JPaaS:   "<script src=\"/jpaas-web/js/jpaas.js\"></script>\n",
	govsweep.VSB:     "<!--Announced by Visual SiteBuilder 9-->\n<script src=\"/system/resource/js/counter.js\"></script>\n",
	govsweep.GKMLPT:  "<script src=\"/gkmlpt/common.js\"></script>\n",
	govsweep.UCAP:    "<meta name=\"others\" content=\"页面生成时间 2026-01-01 00:00:00\">\n",
	govsweep.LongXun: "<script src=\"/assets/site/label.js\"></script>\n",
}

func (p *reply) titleTag(title string) string {
	switch {
	case title == "":
		return p.name
	case p.look.title == 0:
		return title
	case p.look.title == 1:
		return title + "_" + p.name
	case p.look.title == 2:
		return title + " - " + p.name
	}
	return p.name + "-" + title
}

func (p *reply) tag(name, value string) {
	if p.tags.lower {
		name = strings.ToLower(name)
	}
	p.f("<meta name=\"%s\" content=\"%s\">\n", name, esc(value))
}

func (p *reply) siteTags() {
	values := [][2]string{{"SiteName", p.name}, {"SiteDomain", p.host}, {"SiteIDCode", p.code}}
	if p.tags.code != "" {
		values[2][1] = p.tags.code
	}
	for _, v := range values {
		if !p.tags.drop[v[0]] {
			p.tag(v[0], v[1])
		}
	}
}

func (p *reply) columnTags(c *column) {
	values := [][2]string{
		{"ColumnName", c.name}, {"ColumnDescription", c.name + "栏目发布" + p.owner + c.name + "方面的信息"},
		{"ColumnKeywords", c.name + "," + p.region}, {"ColumnType", c.typ},
	}
	for _, v := range values {
		if !p.tags.drop[v[0]] && !c.drop[v[0]] {
			p.tag(v[0], v[1])
		}
	}
}

func (p *reply) articleTags(it *item) {
	date := stamp(it.at)
	if p.tags.dashes {
		date = it.at.Format("2006—01—02 15:04")
	}
	title := it.title
	if p.tags.suffix {
		title += "_" + p.name
	}
	values := [][2]string{{"ArticleTitle", title}, {"PubDate", date}, {"ContentSource", it.source}}
	if !p.tags.noOpts && !it.drop["optional"] {
		image := it.image
		if image == "" {
			image = "/images/logo.png"
		}
		values = append(values, [][2]string{{"Keywords", it.col.name}, {"Author", p.owner}, {"Description", it.title}, {"Image", p.at(image)}, {"Url", p.at(it.path())}}...)
	}
	for _, v := range values {
		if p.tags.drop[v[0]] || it.drop[v[0]] {
			continue
		}
		if other, ok := it.tag[v[0]]; ok {
			v[1] = other
		}
		p.tag(v[0], v[1])
	}
}

func (p *reply) masthead() {
	p.f("<div class=\"header\"><img src=\"/images/logo.png\" alt=\"%s\">", esc(p.name))
	if p.banner {
		p.f("<span id=\"today\">今天是%s</span>", p.farm.opt.AsOf.In(govsweep.Shanghai).Format("2006年1月2日"))
	}
	p.f("</div>\n")
}

// menu writes the navigation. Hidden sub-menus hold links of the site itself.
func (p *reply) menu() {
	cls := p.look.cls["nav"]
	switch p.look.nav {
	case 0, 1:
		p.f("<div class=\"%s\"><ul>\n<li>%s</li>\n", cls, p.link("/", "首页"))
		for _, c := range p.columns {
			if c.level == 1 {
				p.f("<li>%s", p.link(c.path(), c.name))
				p.submenu(c, p.look.nav == 0)
				p.f("</li>\n")
			}
		}
		p.f("</ul></div>\n")
	case 2:
		p.f("<table class=\"%s\" width=\"1000\"><tr><td>%s</td>\n", cls, p.link("/", "首页"))
		for _, c := range p.columns {
			if c.level == 1 {
				p.f("<td>%s</td>\n", p.link(c.path(), c.name))
			}
		}
		p.f("</tr></table>\n")
	default:
		p.f("<nav class=\"%s\">%s\n", cls, p.link("/", "首页"))
		for _, c := range p.columns {
			if c.level == 1 {
				p.f(" | %s", p.link(c.path(), c.name))
			}
		}
		p.f("</nav>\n")
	}
}

func (p *reply) submenu(c *column, hidden bool) {
	if len(c.children) == 0 {
		return
	}
	if hidden {
		p.f("<ul class=\"sub\" style=\"display:none\">")
	} else {
		p.f("<ul class=\"sub\">")
	}
	for _, k := range c.children {
		p.f("<li>%s</li>", p.link(k.path(), k.name))
	}
	p.f("</ul>")
}

// crumb writes the breadcrumb down to c.
func (p *reply) crumb(c *column, tail string) {
	var chain []*column
	for k := c; k != nil; k = k.parent {
		chain = append([]*column{k}, chain...)
	}
	sep := []string{" &gt; ", " &gt;&gt; ", " / ", " » ", "&nbsp;&gt;&nbsp;"}[p.look.crumb]
	lead := []string{"当前位置：", "您现在的位置：", "所在位置：", "", "您的位置: "}[p.look.crumb]
	p.f("<div class=\"%s\">%s%s", p.look.cls["crumb"], lead, p.link("/", "首页"))
	for _, k := range chain {
		p.f("%s%s", sep, p.link(k.path(), k.name))
	}
	if tail != "" {
		p.f("%s<span>%s</span>", sep, tail)
	}
	p.f("</div>\n")
}

// shut writes the foot and ends the page.
func (p *reply) shut() {
	p.f("</div>\n")
	if p.foot.byScript {
		p.f("<div id=\"footer\"></div>\n<script src=\"/js/foot.js\"></script>\n</body>\n</html>\n")
		return
	}
	p.f("%s</body>\n</html>\n", p.footHTML())
}
