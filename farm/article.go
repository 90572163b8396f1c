package farm

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

var bodyID = map[govsweep.Platform]string{
	govsweep.JCMS: `id="zoom"`, govsweep.TRS: `class="TRS_Editor"`, govsweep.UCAP: `id="UCAP-CONTENT"`,
	govsweep.VSB: `id="vsb_content" class="v_news_content"`, govsweep.GKMLPT: `class="article-content"`, govsweep.JPaaS: `class="detail-content"`,
	govsweep.LongXun: `class="wzzw-article"`,
}

// articlePage writes one article; asColumn is its column where the column
// has no list but this text.
func (p *reply) articlePage(it *item, asColumn *column) {
	p.modified = it.at
	c := it.col
	p.open(it.title, asColumn, it)
	tail := "正文"
	if asColumn != nil {
		tail = ""
		p.crumb(c, tail)
		p.side(c)
	} else {
		p.crumb(c, tail)
	}
	if it.doc != nil {
		p.metadata(it)
	}
	p.headline(it)
	id := bodyID[p.family]
	if id == "" {
		id = `class="` + p.look.cls["body"] + `"`
	}
	p.f("<div %s>\n", id)
	p.text(it)
	p.f("</div>\n")
	if it.related != nil {
		word := map[bool]string{true: "相关解读", false: "相关文件"}[it.doc != nil]
		p.f("<div class=\"xgyd\">%s：%s</div>\n", word, p.link(it.related.path(), it.related.title))
	}
	p.f("<div class=\"tools\"><a href=\"javascript:window.print()\">打印</a> <a href=\"javascript:window.close()\">关闭</a> <a href=\"#top\">返回顶部</a></div>\n")
	p.shut()
}

var infoForms = []string{
	"发布时间：%s　来源：%s　浏览次数：<span id=\"hits\"></span>", "时间：%s&nbsp;&nbsp;&nbsp;来源：%s", "来源：%[2]s　　发布日期：%[1]s", "日期：%s | 信息来源：%s | 字体：大 中 小",
	"发布时间:%s  信息来源:%s", "%s　来源：%s", "信息来源：%[2]s 发布时间：%[1]s 编辑：网站编辑部", "[ 发布时间：%s ] [ 来源：%s ]", "发表时间：%s 文章来源：%s", "更新时间：%s　稿件来源：%s",
}

// headline writes title, publish time and source.
func (p *reply) headline(it *item) {
	cls, title := p.look.cls["title"], esc(it.title)
	switch p.look.art % 5 {
	case 0:
		p.f("<h1 class=\"%s\">%s</h1>\n", cls, title)
	case 1:
		p.f("<div class=\"%s\">%s</div>\n", cls, title)
	case 2:
		p.f("<h2>%s</h2>\n", title)
	case 3:
		p.f("<table width=\"100%%\"><tr><td class=\"%s\" align=\"center\">%s</td></tr></table>\n", cls, title)
	default:
		p.f("<p class=\"%s\"><strong>%s</strong></p>\n", cls, title)
	}
	p.f("<div class=\"%s\">%s</div>\n", p.look.cls["info"], p.infoLine(it))
}

func (p *reply) infoLine(it *item) string {
	date := stamp(it.at)
	if p.dateOnly {
		date = it.at.Format("2006-01-02")
	}
	if it.showAs != "" {
		date = it.showAs
	}
	switch {
	case it.noTime && it.noFrom:
		return "字体：大 中 小"
	case it.noTime:
		return "来源：" + esc(it.source)
	case it.noFrom:
		return "发布时间：" + date
	}
	return fmt.Sprintf(infoForms[p.look.art], date, esc(it.source))
}

// text writes the body.
func (p *reply) text(it *item) {
	r := p.dice(fmt.Sprintf("text%d", it.id))
	switch {
	case p.mongol:
		for range 4 {
			p.f("<p>%s</p>\n", mongolWords(r, 40))
		}
	case it.text != "":
		p.f("%s\n", it.text)
	default:
		for range between(r, 3, 6) {
			p.f("<p style=\"text-indent:2em\">%s</p>\n", paragraph(r, between(r, 5, 9)))
		}
	}
	if it.image != "" {
		p.f("<p align=\"center\"><img src=\"%s\" alt=\"\"></p>\n", p.href(p.path, it.image))
	}
	for _, html := range it.body {
		p.f("%s\n", html)
	}
	if it.file != "" {
		p.f("<p>附件：%s</p>\n", p.link(it.file, "附件"+it.file[strings.LastIndexByte(it.file, '.'):]))
	}
	if it.doc != nil && it.doc.attribute != "" {
		p.f("<p>（%s）</p>\n", it.doc.attribute)
	}
}

// A metaRow is a label of the metadata block and its value.
type metaRow struct{ key, label, value string }

var metaLabels = map[string][6]string{
	govsweep.MetaIndexNumber:    {"索引号", "索 引 号", "信息索引号", "索　引　号", "索引号", "索 引 号"},
	govsweep.MetaTopicCategory:  {"主题分类", "主题分类", "分　　类", "主题分类", "分类", "主题分类"},
	govsweep.MetaIssuingBody:    {"发文机关", "发文机关", "发布机构", "发文机构", "发布机构", "制发机关"},
	govsweep.MetaWrittenDate:    {"成文日期", "成文日期", "生成日期", "成文时间", "成文日期", "成文日期"},
	govsweep.MetaTitle:          {"标题", "标　　题", "名　　称", "名 称", "名称", "信息名称"},
	govsweep.MetaDocumentNumber: {"发文字号", "发文字号", "文　　号", "文 号", "文号", "发文字号"},
	govsweep.MetaPubDate:        {"发布日期", "发布日期", "发布时间", "公开日期", "发布日期", "发布日期"},
	govsweep.MetaSubjectTerms:   {"主题词", "主 题 词", "关 键 词", "主　题　词", "主题词", "主题词"},
}

func (p *reply) metaRows(it *item) []metaRow {
	d := it.doc
	pub := d.pub
	if pub == "" {
		pub = it.at.Format([]string{"2006-01-02", "2006年01月02日", "2006-01-02", "2006-1-2", "2006-01-02", "2006年1月2日"}[p.look.metaForm])
	}
	written := d.written.Format([]string{"2006-01-02", "2006年01月02日", "2006-01-02", "2006-1-2", "2006-01-02", "2006年1月2日"}[p.look.metaForm])
	values := map[string]string{
		govsweep.MetaIndexNumber: d.index, govsweep.MetaTopicCategory: d.topic, govsweep.MetaIssuingBody: d.issuer, govsweep.MetaWrittenDate: written,
		govsweep.MetaTitle: it.title, govsweep.MetaDocumentNumber: d.number, govsweep.MetaPubDate: pub, govsweep.MetaSubjectTerms: d.subject,
	}
	var rows []metaRow
	for _, k := range govsweep.MetaKeys {
		if d.drop[k] {
			continue
		}
		v := values[k]
		if d.blank[k] {
			v = ""
		}
		rows = append(rows, metaRow{k, metaLabels[k][p.look.metaForm], v})
	}
	if d.valid != "" {
		rows = append(rows, metaRow{"validity", "有效性", d.valid})
	}
	return rows
}

// metadata writes the block of 核心元数据 in the site's layout.
func (p *reply) metadata(it *item) {
	rows, cls := p.metaRows(it), p.look.cls["meta"]
	switch p.look.metaForm {
	case 0, 3:
		p.f("<table class=\"%s\" width=\"100%%\">\n", cls)
		for i := 0; i < len(rows); i += 2 {
			p.f("<tr><td><b>%s：</b></td><td>%s</td>", esc(rows[i].label), esc(rows[i].value))
			if i+1 < len(rows) {
				p.f("<td><b>%s：</b></td><td>%s</td>", esc(rows[i+1].label), esc(rows[i+1].value))
			}
			p.f("</tr>\n")
		}
		p.f("</table>\n")
	case 1, 4:
		p.f("<ul class=\"%s\">\n", cls)
		for _, m := range rows {
			p.f("<li><span>%s：</span>%s</li>\n", esc(m.label), esc(m.value))
		}
		p.f("</ul>\n")
	case 2:
		p.f("<div class=\"%s\"><dl>\n", cls)
		for _, m := range rows {
			p.f("<dt>%s:</dt><dd>%s</dd>\n", esc(m.label), esc(m.value))
		}
		p.f("</dl></div>\n")
	default:
		p.f("<div class=\"%s\">\n", cls)
		for _, m := range rows {
			p.f("<p>%s：%s</p>\n", esc(m.label), esc(m.value))
		}
		p.f("</div>\n")
	}
}
