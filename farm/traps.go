package farm

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// trapLinks are the doors of the traps, on the home page of a trapped site.
func (s *site) trapLinks() string {
	if !s.traps {
		return ""
	}
	return `<div class="tool"><a href="/rili/index.html?y=2026&amp;m=1">政务日历</a> <a href="/ss/list.html?zt=1">信息检索</a> <a href="/lj/a/index.html">站点导览</a></div>`
}

// trap answers an address of a trap; false when path is none.
func (p *reply) trap() bool {
	if !p.traps {
		return false
	}
	q := p.req.URL.Query()
	switch {
	case p.path == "/rili/index.html":
		p.calendar(q.Get("y"), q.Get("m"))
	case p.path == "/ss/list.html":
		p.facets(q.Encode())
	case strings.HasPrefix(p.path, "/lj/") && strings.HasSuffix(p.path, "/index.html"):
		p.loop()
	default:
		return false
	}
	return true
}

// calendar leads from month to month without end.
func (p *reply) calendar(year, month string) {
	y, _ := strconv.Atoi(year) // anything else is year 0
	m, _ := strconv.Atoi(month)
	t := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, govsweep.Shanghai)
	p.open("政务日历", p.standIn("政务日历"), nil)
	p.f("<h2>%d年%d月</h2><table><tr>\n", t.Year(), int(t.Month()))
	for d := range 28 {
		p.f("<td><a href=\"/rili/index.html?y=%d&amp;m=%d&amp;d=%d\">%d</a></td>", t.Year(), int(t.Month()), d+1, d+1)
	}
	for _, to := range []time.Time{t.AddDate(0, -1, 0), t.AddDate(0, 1, 0), t.AddDate(1, 0, 0)} {
		p.f("<td><a href=\"/rili/index.html?y=%d&amp;m=%d\">%d月</a></td>", to.Year(), int(to.Month()), int(to.Month()))
	}
	p.f("</tr></table>\n")
	p.shut()
}

// facets adds one more filter with every click.
func (p *reply) facets(query string) {
	p.open("信息检索", p.standIn("信息检索"), nil)
	for _, k := range []string{"zt", "bm", "nd", "tc", "px", "lx"} {
		for v := range 4 {
			p.f("<a href=\"/ss/list.html?%s&amp;%s=%d\">筛选%s%d</a> ", esc(query), k, v, k, v)
		}
	}
	p.shut()
}

// loop is a folder that holds itself.
func (p *reply) loop() {
	dir := strings.TrimSuffix(p.path, "index.html")
	p.open("站点导览", p.standIn("站点导览"), nil)
	p.f("<p>%s</p>\n", paragraph(p.dice("loop"), 8))
	for _, k := range []string{"a", "b", "c"} {
		p.f("<a href=\"%s%s/index.html\">下级%s</a> ", dir, k, k)
	}
	if dir != "/lj/a/" {
		p.f("<a href=\"%s\">上级</a>\n", fmt.Sprintf("%s../index.html?sid=%s", dir, hexes(p.dice(p.path), 8)))
	}
	p.shut()
}

// standIn gives a page that is no column of the site its column tags.
func (s *site) standIn(name string) *column { return &column{site: s, name: name, typ: "其他"} }
