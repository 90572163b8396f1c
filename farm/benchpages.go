package farm

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

const benchCode = "9899000001"

// block writes running text of about size bytes.
func block(r *rand.Rand, size int) string {
	var b strings.Builder
	b.WriteString("<div class=\"TRS_Editor\">\n")
	for b.Len() < size {
		fmt.Fprintf(&b, "<p style=\"text-indent:2em;line-height:1.8\"><span style=\"font-size:16px\">%s</span></p>\n", paragraph(r, 7))
	}
	b.WriteString("</div>\n")
	return b.String()
}

func benchColumnName(col int) string {
	return fmt.Sprintf("%s第%d栏", []string{"工作动态", "通知公告", "政策文件", "规划计划", "人事信息", "重点领域"}[col%6], col/6+1)
}

func (b *BenchSite) navHTML() string {
	var w strings.Builder
	w.WriteString("<link rel=\"stylesheet\" href=\"/css/style.css\"></head>\n<body>\n<div class=\"header\"><div class=\"nav\"><ul>\n<li><a href=\"/\">首页</a></li>\n")
	for col := range benchColumns {
		fmt.Fprintf(&w, "<li class=\"nav-item nav-%d\"><a href=\"/c%d/\" target=\"_blank\" title=\"%s\">%s</a></li>\n", col, col, benchColumnName(col), benchColumnName(col))
	}
	w.WriteString("</ul></div></div>\n<div class=\"wrap\">\n")
	return w.String()
}

func (b *BenchSite) footHTML() string {
	return `</div><div class="footer"><p>主办单位：霁溪洲市人民政府</p><p>联系电话：0999-6000000</p><p>网站标识码：` + benchCode + `</p><p>岚ICP备99000001号</p><p>岚公网安备 98990000000001号</p></div>
<script id="_jiucuo_" sitecode="` + benchCode + `" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script></body></html>`
}

func (b *BenchSite) head(title, tags string) segment {
	return loose(fmt.Sprintf("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%s_霁溪洲市人民政府</title>\n<meta name=\"SiteName\" content=\"霁溪洲市人民政府\">\n<meta name=\"SiteDomain\" content=\"www.jixizhou.gov.cn\">\n<meta name=\"SiteIDCode\" content=\"%s\">\n%s",
		title, benchCode, tags))
}

func columnTagsOf(name string) string {
	return fmt.Sprintf("<meta name=\"ColumnName\" content=\"%s\">\n<meta name=\"ColumnDescription\" content=\"%s栏目\">\n<meta name=\"ColumnKeywords\" content=\"%s\">\n<meta name=\"ColumnType\" content=\"工作动态\">\n", name, name, name)
}

func (b *BenchSite) row(w *strings.Builder, col, id int) {
	fmt.Fprintf(w, "<li><a href=\"%s\" target=\"_blank\" title=\"%s\">%s</a><span class=\"date\">%s</span></li>\n", b.articlePath(col, id), benchTitle(col, id), benchTitle(col, id), b.day(id).Format("2006-01-02"))
}

func benchTitle(col, id int) string {
	return fmt.Sprintf("霁溪洲市%s%s（第%d号）", deeds[(col+id)%len(deeds)], subjects[(col*7+id)%len(subjects)], id+1)
}

// home is the home page: the newest rows of every column.
func (b *BenchSite) home() []segment {
	var w strings.Builder
	for col := range benchColumns {
		fmt.Fprintf(&w, "<div class=\"block\"><h3><a href=\"/c%d/\">%s</a></h3><ul>\n", col, benchColumnName(col))
		for id := range min(3, b.perColumn()) {
			b.row(&w, col, id)
		}
		w.WriteString("</ul></div>\n")
	}
	return []segment{b.head("首页", columnTagsOf("首页")), b.nav, loose(w.String()), b.foot}
}

// list is list page n of a column.
func (b *BenchSite) list(col, n int) []segment {
	var w strings.Builder
	fmt.Fprintf(&w, "<div class=\"crumb\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/c%d/\">%s</a></div><ul class=\"list\">\n", col, benchColumnName(col))
	for id := n * benchRows; id < min((n+1)*benchRows, b.perColumn()); id++ {
		b.row(&w, col, id)
	}
	w.WriteString("</ul>\n<div class=\"page\">")
	if n > 0 {
		fmt.Fprintf(&w, "<a href=\"/c%d/%s\">上一页</a> ", col, listName(n-1))
	}
	if n+1 < b.listPages() {
		fmt.Fprintf(&w, "<a href=\"/c%d/%s\">下一页</a>", col, listName(n+1))
	}
	w.WriteString("</div>\n")
	return []segment{b.head(benchColumnName(col), columnTagsOf(benchColumnName(col))), b.nav, loose(w.String()), b.filler, b.foot}
}

func listName(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("index_%d.html", n)
}

// article is one article with its head tags and metadata table.
func (b *BenchSite) article(col, id int) []segment {
	title, at := benchTitle(col, id), b.day(id)
	tags := fmt.Sprintf("<meta name=\"ArticleTitle\" content=\"%s\">\n<meta name=\"PubDate\" content=\"%s 09:30\">\n<meta name=\"ContentSource\" content=\"霁溪洲市人民政府\">\n", title, at.Format("2006-01-02"))
	var w strings.Builder
	fmt.Fprintf(&w, "<div class=\"crumb\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/c%d/\">%s</a> &gt; 正文</div>\n<table class=\"xxgk\">\n", col, benchColumnName(col))
	rows := [][2]string{
		{"索引号", fmt.Sprintf("989900001/%d-%05d", at.Year(), (col*b.perColumn()+id)%100000)}, {"主题分类", "综合政务\\政务公开"}, {"发文机关", "霁溪洲市人民政府"}, {"成文日期", at.Format("2006-01-02")},
		{"标题", title}, {"发文字号", fmt.Sprintf("霁溪洲政发〔%d〕%d号", at.Year(), id%300+1)}, {"发布日期", at.Format("2006-01-02")}, {"主题词", "通知"},
	}
	for _, r := range rows {
		fmt.Fprintf(&w, "<tr><td class=\"l\">%s：</td><td class=\"r\">%s</td></tr>\n", r[0], r[1])
	}
	fmt.Fprintf(&w, "</table>\n<h1>%s</h1>\n<div class=\"info\">发布时间：%s 09:30　来源：霁溪洲市人民政府</div>\n", title, at.Format("2006-01-02"))
	return []segment{b.head(title, tags), b.nav, loose(w.String()), b.bodies[(col*31+id)%benchBodies], b.foot}
}
