package farm

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// datastore writes the list of a jcms page: records in CDATA that a script
// lays out, further ones behind nextgroup.
func (p *reply) datastore(c *column) {
	inline := min(3*c.perPage, len(c.items))
	p.f("<div id=\"%d\" class=\"default_pgContainer\"></div>\n<script type=\"text/xml\">%s</script>\n", c.no, c.records(p.path, 0, inline))
	p.f("<div class=\"%s\">共%d条</div>\n", p.look.cls["page"], len(c.items))
}

func (c *column) records(from string, lo, hi int) string {
	var b strings.Builder
	b.WriteString("<datastore>\n")
	if hi < len(c.items) {
		fmt.Fprintf(&b, "<nextgroup><![CDATA[<a href=\"%s\"></a>]]></nextgroup>\n", c.proxyPath())
	}
	b.WriteString("<recordset>\n")
	for _, row := range c.rows(from, lo, hi) {
		fmt.Fprintf(&b, "<record><![CDATA[%s]]></record>\n", row)
	}
	b.WriteString("</recordset>\n</datastore>")
	return b.String()
}

func (c *column) proxyPath() string {
	return fmt.Sprintf("/module/web/jpage/dataproxy.jsp?page=1&webid=%d&path=/&columnid=%d&unitid=%d&webname=%s&permissiontype=0", c.site.no+1, c.no, c.no, c.site.host)
}

// callShell writes the shell of a list that comes from the family's list call.
func (p *reply) callShell(c *column) {
	switch p.family {
	case govsweep.JCMS:
		p.f("<div id=\"%d\" class=\"default_pgContainer\"></div>\n<script type=\"text/javascript\">\n$(function(){\n$('#%d').jpage({dataBefore:'<ul>',dataAfter:'</ul>',perPage:%d,totalRecord:%d,"+
			"proxyUrl:'/module/web/jpage/dataproxy.jsp',openCookies:false});\n});\nvar paras={col:'1',appid:'1',webid:'%d',path:'/',columnid:'%d',sourceContentType:'1',unitid:'%d',webname:'%s',permissiontype:'0'};\n"+
			"$.ajax({type:'post',url:'/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=%d&perpage=%d',data:'col=1&appid=1&webid=%d&path=/&columnid=%d&sourceContentType=1&unitid=%d&webname=%s&permissiontype=0'});\n</script>\n",
			c.no, c.no, c.perPage, len(c.items), p.no+1, c.no, c.no, p.host, 3*c.perPage, c.perPage, p.no+1, c.no, c.no, p.host)
	case govsweep.JPaaS:
		q := fmt.Sprintf(`{'webId':'%d','pageId':'%d','parseType':'bulidstatic','pageType':'column','tagId':'列表','tplSetId':'t%d'}`, p.no+1, c.no, p.no)
		p.f("<div id=\"page_%d\"><script parseType=\"bulidstatic\" url=\"/api-gateway/jpaas-publish-server/front/page/build/unit\" queryData=\"%s\"></script></div>\n", c.no, q)
	case govsweep.GKMLPT:
		tree, _ := json.Marshal([]map[string]any{{"id": c.no, "name": c.name, "type": 0, "children": []any{}}}) // plain values always marshal
		p.f("<div id=\"app\"></div>\n<script>window._CONFIG = {\"SID\":\"%d\",\"CATE\":\"%d\",\"TREE\":%s,\"DETAIL\":{}};</script>\n<script src=\"/gkmlpt/app.js\"></script>\n", 758000+p.no, c.no, tree)
	}
}

// canCall says whether the family has a list call the product must know.
func canCall(f govsweep.Platform) bool {
	return f == govsweep.JCMS || f == govsweep.JPaaS || f == govsweep.GKMLPT
}

func (s *site) columnByNo(no int) *column {
	for _, c := range s.columns {
		if c.no == no {
			return c
		}
	}
	return nil
}

// dataproxy answers /module/web/jpage/dataproxy.jsp.
func (p *reply) dataproxy() {
	if err := p.req.ParseForm(); err != nil {
		p.status = 400
		return
	}
	no, _ := strconv.Atoi(p.req.Form.Get("columnid")) // a wrong number finds no column
	c := p.columnByNo(no)
	if c == nil {
		p.status = 404
		return
	}
	lo, hi := 0, len(c.items)
	if start, err := strconv.Atoi(p.req.Form.Get("startrecord")); err == nil {
		lo = start - 1
		if end, err := strconv.Atoi(p.req.Form.Get("endrecord")); err == nil {
			hi = end
		}
	}
	p.ctype = "text/xml"
	p.f("<?xml version=\"1.0\" encoding=\"%s\"?>\n%s", p.charset, c.records("", lo, min(hi, len(c.items))))
}

// unit answers the build call of jpaas, whatever way its parameters are sent.
func (p *reply) unit() {
	if err := p.req.ParseForm(); err != nil {
		p.status = 400
		return
	}
	all := fmt.Sprint(p.req.Form)
	for _, c := range p.columns {
		if !strings.Contains(all, strconv.Itoa(c.no)) {
			continue
		}
		page := 1
		var para struct {
			PageNo   any `json:"pageNo"`
			PageSize any `json:"pageSize"`
		}
		if json.Unmarshal([]byte(p.req.Form.Get("paramJson")), &para) == nil {
			if n, err := strconv.Atoi(fmt.Sprint(para.PageNo)); err == nil && n > 0 {
				page = n
			}
		}
		lo := (page - 1) * c.perPage
		html := fmt.Sprintf("<ul>%s</ul><div class=\"pagination\" rows=\"%d\" count=\"%d\"></div>", strings.Join(c.liRows(lo, lo+c.perPage), ""), c.perPage, len(c.items))
		p.json(map[string]any{"success": true, "code": "200", "data": map[string]any{"html": html}})
		return
	}
	p.json(map[string]any{"success": false, "data": map[string]any{"html": ""}})
}

func (c *column) liRows(lo, hi int) []string {
	var out []string
	for i := max(0, lo); i < min(hi, len(c.items)); i++ {
		it := c.items[i]
		out = append(out, fmt.Sprintf("<li class=\"clearfix\"><a href=\"%s\" title=\"%s\">%s</a><span>%s</span></li>", it.path(), esc(it.title), esc(it.title), it.at.Format("2006-01-02")))
	}
	return out
}

// catalogue answers /…/gkmlpt/api/all/{cat}.
func (p *reply) catalogue(c *column) {
	page, _ := strconv.Atoi(p.req.URL.Query().Get("page")) // no number is the first page
	lo := max(0, page-1) * 100
	articles := []map[string]any{}
	for i := lo; i < min(lo+100, len(c.items)); i++ {
		it := c.items[i]
		articles = append(articles, map[string]any{
			"id": it.id, "title": it.title, "url": p.at(it.path()), "post_url": p.at(it.path()),
			"created_at": it.at.Format("2006-01-02 15:04:05"), "date": it.at.Unix(), "display_publish_time": it.at.Unix(),
		})
	}
	p.json(map[string]any{"classify": map[string]any{"id": c.no, "name": c.name, "post_count": len(c.items)}, "articles": articles})
}

func (p *reply) json(v any) {
	p.ctype = "application/json"
	body, err := json.Marshal(v)
	if err != nil {
		p.status = 500
		return
	}
	p.raw = body
}
