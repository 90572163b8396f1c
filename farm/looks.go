package farm

import (
	"fmt"
	"math/rand/v2"
	"net/http"
)

// lookTricks look like faults and are none.
var lookTricks = []trick{
	alikeBody("link-empty", "#链接绑定了点击事件", `<p><a href="#" onclick="share();return false">分享</a></p>`),
	alikeBody("link-empty", "脚本链接有实际动作", `<p><a href="javascript:doZoom(16)">放大字体</a></p>`),
	alikeBody("link-empty", "页内锚点", `<p><a href="#zs">注释</a></p><p id="zs">注：数据截至上月底。</p>`),
	alikeBody("link-hidden", "隐藏层内是站内链接", `<div style="display:none"><a href="/wzdt.html">更多栏目</a></div>`),
	alikeBody("meta-index-number", "隐藏模板中的标签", `<div style="display:none" id="tpl"><table><tr><td>索引号：</td><td></td><td>主题分类：</td><td></td></tr></table></div>`),
	alikeBody("meta-document-number", "新闻页打印空的文件编号", `<p class="bh">文件编号：</p>`),
	alikeBody("image-broken", "图片延迟加载", `<p><img src="/images/blank.png" data-src="/images/lazy.png" alt=""></p>`),
	alikeBody(columnBlank, "正文谈到暂无", `<p>目前全市暂无相关情况，栏目建设中的问题已得到解决。</p>`),
	{do: func(s *site, r *rand.Rand, it *item) {
		to := fmt.Sprintf("/files/%d-bin.doc", it.id)
		body, _ := attachment(to)
		s.file(to, "application/octet-stream", body)
		it.body = append(it.body, fmt.Sprintf(`<p>附件：<a href="%s">申请书.doc</a></p>`, to))
		s.alike("attachment-broken", it, "附件以octet-stream发出")
		s.alike("attachment-broken", to, "附件以octet-stream发出")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		to := fmt.Sprintf("/module/download/down.jsp?i_ID=%d", it.id)
		s.paths["/module/download/down.jsp"] = func(p *reply) { p.raw, p.ctype = attachment("down.pdf") }
		it.body = append(it.body, fmt.Sprintf(`<p>附件：<a href="%s">汇总表.pdf</a></p>`, to))
		s.alike("attachment-broken", it, "附件由下载程序送出")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		to := abroad(slowHost, fmt.Sprintf("/%d.html", it.id))
		it.body = append(it.body, fmt.Sprintf(`<p>参见<a href="%s">公共服务平台</a></p>`, to))
		s.alike(innerLinkDead, to, "链接较慢但可以打开")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		to := fmt.Sprintf("/bszn/busy-%d.html", it.id)
		guide := &item{col: it.col, id: it.id + 500000, title: "办理指引", at: it.at, source: it.source, drop: map[string]bool{}, tag: map[string]string{}}
		s.paper(to, func(p *reply) { p.heal(guide) })
		it.body = append(it.body, fmt.Sprintf(`<p>参见<a href="%s">办理指引</a></p>`, to))
		s.alike(innerLinkDead, to, "首次返回503，随后恢复")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		it.tag["PubDate"] = it.at.Format(pick(r, []string{"2006—01—02 15:04", "2006——01——02 15:04", "2006–01–02 15:04"}))
		s.alike("tag-pub-date", it, "PubDate使用长横线")
		s.alike("tag-value-mismatch", it, "PubDate使用长横线")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		it.tag["ArticleTitle"] = it.title + pick(r, []string{"_", "-", " - "}) + s.name
		s.alike("tag-value-mismatch", it, "标题标签带网站名称后缀")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		if s.dateOnly {
			return
		}
		it.showAs = it.at.Format("2006—01—02 15:04")
		s.alike("publish-time-missing", it, "发布时间使用长横线")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		if s.tags.drop["ContentSource"] {
			return
		}
		it.noFrom = true
		s.alike("source-missing", it, "来源只在标签中标明")
	}},
	{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.blank["subject_terms"] = true
		s.tolerate("meta-subject-terms", it, "主题词为空只作提示")
		s.alike("meta-title", it, "主题词为空不是必备项缺失")
		s.alike("meta-issuing-body", it, "主题词为空不是必备项缺失")
	}},
	{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.written = it.at.AddDate(-20, 0, 0)
		it.doc.number = fmt.Sprintf("%s发〔%d〕%d号", s.short(), it.doc.written.Year(), it.id%90+1)
		s.alike("meta-written-date", it, "成文日期早于发布日期二十年")
		s.alike("meta-number-year", it, "成文日期早于发布日期二十年")
	}},
	{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.index = fmt.Sprintf("98%07d-%d/%d-%06d", s.no, s.no%10, it.at.Year(), it.id%1000000)
		s.alike("meta-index-number", it, "索引号为另一种通行形式")
	}},
}

// heal refuses the first time and answers from then on.
func (p *reply) heal(guide *item) {
	if p.farm.first(p.host + p.path) {
		p.status = http.StatusServiceUnavailable
		p.ctype, p.raw = "text/html", []byte("<html><body>503 Service Unavailable</body></html>")
		return
	}
	p.articlePage(guide, nil)
}
