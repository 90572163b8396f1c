package farm

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"
)

// style is how the templates of one site are cut: every site throws its own.
type style struct {
	list, date, art, metaForm, home, nav, foot, crumb, title, links, pin, layout int
	cls                                                                          map[string]string
}

var classWords = map[string][]string{
	"wrap":  {"wrap", "container", "w1200", "main-box", "center_box", "bt-wrapper", "page"},
	"list":  {"list", "newslist", "gl-list", "xxgk_list", "infolist", "list_ul", "news-items", "u-list", "rightList"},
	"date":  {"date", "time", "rq", "fr", "pubtime", "list-date", "sj"},
	"title": {"title", "tit", "article-title", "bt", "arc_tit", "xl-title", "con-h"},
	"info":  {"info", "source", "pages-date", "article-info", "arc_info", "xl-xqy", "msg-bar"},
	"body":  {"content", "article-con", "arc_cont", "TxtBox", "news_cont", "xl-body", "detail"},
	"crumb": {"position", "crumb", "bread", "dqwz", "location", "weizhi", "path-nav"},
	"nav":   {"nav", "menu", "navbar", "dh", "top-nav", "header-nav"},
	"foot":  {"footer", "foot", "bottom", "copyright", "page-foot", "dibu"},
	"side":  {"left-menu", "sidebar", "subnav", "zlm", "leftnav", "tree"},
	"page":  {"pager", "page", "pagination", "fanye", "pagebar"},
	"meta":  {"xxgk-head", "headInfo", "zc-table", "wj-info", "m-property", "syh"},
}

func throwStyle(r *rand.Rand) style {
	st := style{
		list: r.IntN(10), date: r.IntN(7), art: r.IntN(10), metaForm: r.IntN(6), home: r.IntN(10), nav: r.IntN(4), foot: r.IntN(4),
		crumb: r.IntN(5), title: r.IntN(4), links: r.IntN(3), pin: r.IntN(3), layout: r.IntN(3), cls: map[string]string{},
	}
	for _, k := range []string{"wrap", "list", "date", "title", "info", "body", "crumb", "nav", "foot", "side", "page", "meta"} {
		st.cls[k] = pick(r, classWords[k])
	}
	return st
}

var dateForms = []string{"2006-01-02", "[2006-01-02]", "2006/01/02", "2006.01.02", "2006年01月02日", "(2006-1-2)", "2006-01-02 15:04"}

func esc(s string) string { return html.EscapeString(s) }

// row writes one row of a list.
func (c *column) row(b *strings.Builder, from string, n int, it *item) {
	st := c.site.look
	href, title := c.site.href(from, it.path()), esc(it.title)
	if it.pinned {
		title = []string{`<font color="red">[置顶]</font>`, `<i class="top">置顶</i>`, `<img src="/images/top.png" alt="置顶">`}[st.pin] + title
	}
	date := it.at.Format(dateForms[st.date])
	if c.yearless {
		date = it.at.Format("01-02")
	}
	if c.undated {
		date = ""
	}
	a := fmt.Sprintf(`<a href="%s" target="_blank" title="%s">%s</a>`, href, esc(it.title), title)
	span := ""
	if date != "" {
		span = fmt.Sprintf(`<span class="%s">%s</span>`, st.cls["date"], date)
	}
	switch st.list {
	case 0:
		fmt.Fprintf(b, "<li>%s%s</li>\n", a, span)
	case 1:
		fmt.Fprintf(b, "<li>%s%s</li>\n", span, a)
	case 2:
		fmt.Fprintf(b, "<tr><td height=\"30\">·%s</td><td width=\"120\">%s</td></tr>\n", a, date)
	case 3:
		fmt.Fprintf(b, "<dt>%s</dt><dd>%s</dd>\n", a, date)
	case 4:
		fmt.Fprintf(b, "<div class=\"item\"><h4>%s</h4><p class=\"summary\">%s</p><div class=\"%s\">%s</div></div>\n", a, esc(it.summary()), st.cls["date"], date)
	case 5:
		fmt.Fprintf(b, "<li><a href=\"%s\" target=\"_blank\"><em>%s</em><p>%s</p></a></li>\n", href, date, title)
	case 6:
		c.bigDate(b, it, a)
	case 7:
		fmt.Fprintf(b, "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td></tr>\n", n+1, a, esc(it.source), date)
	case 8:
		fmt.Fprintf(b, "<p>·%s&nbsp;&nbsp;%s</p>\n", a, date)
	case 9:
		if date != "" {
			date = "发布时间：" + date
		}
		fmt.Fprintf(b, "<li class=\"clearfix\"><h3>%s</h3><div class=\"b\"><span>%s</span></div></li>\n", a, date)
	}
}

// bigDate is the row with the day large and the month small.
func (c *column) bigDate(b *strings.Builder, it *item, a string) {
	day := fmt.Sprintf(`<div class="d"><b>%s</b><i>%s</i></div>`, it.at.Format("02"), it.at.Format("2006-01"))
	if c.yearless {
		day = fmt.Sprintf(`<div class="d"><b>%s</b></div>`, it.at.Format("01-02"))
	}
	if c.undated {
		day = ""
	}
	fmt.Fprintf(b, "<li>%s<div class=\"t\">%s</div></li>\n", day, a)
}

// listTags are the tags around the rows.
func (st style) listTags() (open, shut string) {
	switch st.list {
	case 2:
		return `<table width="100%" class="` + st.cls["list"] + `">`, "</table>"
	case 7:
		return `<table class="` + st.cls["list"] + `"><tr><th>序号</th><th>标题</th><th>来源</th><th>日期</th></tr>`, "</table>"
	case 3:
		return `<dl class="` + st.cls["list"] + `">`, "</dl>"
	case 4, 8:
		return `<div class="` + st.cls["list"] + `">`, "</div>"
	}
	return `<ul class="` + st.cls["list"] + `">`, "</ul>"
}

func (it *item) summary() string { return paragraph(it.col.site.dice(fmt.Sprintf("sum%d", it.id)), 2) }

// stamp writes a time the way the paper asks for it.
func stamp(t time.Time) string { return t.Format("2006-01-02 15:04") }
