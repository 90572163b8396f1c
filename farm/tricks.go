package farm

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/govsweep/govsweep"
)

// faultTricks are the faults an article can carry.
var faultTricks = []trick{
	dropTag("ArticleTitle", "tag-article-title"),
	dropTag("PubDate", "tag-pub-date"),
	dropTag("ContentSource", "tag-content-source"),
	setTag("PubDate", "tag-pub-date", func(s *site, it *item) string { return it.at.Format("2006/01/02") }, "PubDate格式不规范"),
	setTag("ArticleTitle", "tag-value-mismatch", func(s *site, it *item) string { return "网站改版测试稿件" }, "标题标签与页面不一致"),
	setTag("PubDate", "tag-value-mismatch", func(s *site, it *item) string { return stamp(it.at.AddDate(0, 0, -400)) }, "时间标签与页面不一致"),
	setTag("ContentSource", "tag-value-mismatch", func(s *site, it *item) string { return "其他单位供稿平台" }, "来源标签与页面不一致"),
	{do: func(s *site, r *rand.Rand, it *item) {
		it.drop["optional"] = true
		if !s.tags.noOpts {
			s.plant("tag-optional", it, "内容页没有可选标签")
		}
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		it.noTime = true
		s.plant("publish-time-missing", it, "内容页未标明发布时间")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		it.showAs = it.at.Format(pick(r, []string{"2006年1月2日", "2006/01/02", "2006.01.02"}))
		s.plant("publish-time-missing", it, "发布时间格式不规范")
	}},
	{do: func(s *site, r *rand.Rand, it *item) {
		it.noFrom, it.drop["ContentSource"] = true, true
		s.plant("source-missing", it, "内容页未标明来源")
		if !s.tags.drop["ContentSource"] {
			s.plant("tag-content-source", it, "内容页缺少ContentSource标签")
		}
	}},
	inBody("link-empty", "空链：#", `<p>相关阅读：<a href="#">查看全文</a></p>`),
	inBody("link-empty", "空链：地址为空", `<p>相关阅读：<a href="">点击查看详情</a></p>`),
	inBody("link-empty", "空链：javascript:void", `<p><a href="javascript:void(0)">下载申请表</a></p>`),
	hiddenTrick(`<div style="display:none"><a href="%s">在线娱乐</a></div>`),
	hiddenTrick(`<p style="font-size:0"><a href="%s">彩票开奖</a></p>`),
	hiddenTrick(`<div style="height:0;overflow:hidden"><a href="%s">棋牌下载</a></div>`),
	hiddenTrick(`<span style="text-indent:-9999px;display:block"><a href="%s">真人视讯</a></span>`),
	hiddenTrick(`<div style="visibility: hidden"><a href="%s">体育投注</a></div>`),
	gone(`<p>附件：<a href="%s">申报表.pdf</a></p>`, "/files/gone-#.pdf", "attachment-broken", "附件无法打开"),
	gone(`<p>附件：<a href="%s">名单.xls</a></p>`, "/files/lost-#.xls", "attachment-broken", "附件无法打开"),
	{do: wrongAttachment},
	gone(`<p><img src="%s" alt=""></p>`, "/pictures/gone-#.jpg", "image-broken", "图片无法显示"),
	gone(`<p><img src="%s" alt=""></p>`, "/pictures/lost-#.png", "image-broken", "图片无法显示"),
	gone(`<p>参见<a href="%s">办事指南</a></p>`, "/bszn/gone-#.html", innerLinkDead, "站内链接失效"),
	gone(`<p>参见<a href="%s">专题网站</a></p>`, abroad(goneHost, "/zt/#.html"), innerLinkDead, "站外链接失效"),
	gone(`<p>参见<a href="%s">合作网站</a></p>`, abroad(noSuchHost, "/#.html"), innerLinkDead, "站外域名不存在"),
	gone(`<p>参见<a href="%s">数据平台</a></p>`, "http://"+friend+":1/#.html", innerLinkDead, "站外服务器拒绝连接"),
	gone(`<p>参见<a href="%s">查询系统</a></p>`, "http://"+goneHost+":28999/#.html", innerLinkDead, "站外端口已关闭"),
	dropMeta(govsweep.MetaIndexNumber, "meta-index-number"),
	setMeta("meta-index-number", "索引号不规范", func(d *document, it *item) { d.index = fmt.Sprintf("内部编号%d", it.id) }),
	dropMeta(govsweep.MetaTopicCategory, "meta-topic-category"),
	{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.topic = "本地自拟门类"
		if strings.HasPrefix(metaLabels[govsweep.MetaTopicCategory][s.look.metaForm], "主题") {
			s.plant("meta-topic-category", it, "主题分类不在国务院22类之内")
			return
		}
		s.tolerate("meta-topic-category", it, "标签只写“分类”，不一定指主题分类")
	}},
	dropMeta(govsweep.MetaIssuingBody, "meta-issuing-body"),
	setMeta("meta-issuing-body", "发文机关为空", func(d *document, it *item) { d.blank[govsweep.MetaIssuingBody] = true }),
	dropMeta(govsweep.MetaWrittenDate, "meta-written-date"),
	setMeta("meta-written-date", "成文日期晚于发布日期", func(d *document, it *item) {
		d.written = it.at.AddDate(0, 0, 5)
		d.number = strings.Replace(d.number, fmt.Sprint(it.at.Year()), fmt.Sprint(d.written.Year()), 1)
	}),
	setMeta("meta-title", "标题为空", func(d *document, it *item) { d.blank[govsweep.MetaTitle] = true }),
	dropMeta(govsweep.MetaDocumentNumber, "meta-document-number"),
	{doc: true, do: dropPubDate},
	{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.pub = s.farm.opt.AsOf.AddDate(0, 0, 40).Format("2006-01-02")
		s.plant("meta-pub-date", it, "发布日期晚于监测时间点")
		s.tolerate("tag-value-mismatch", it, "发布日期与标签不同")
	}},
	dropMeta(govsweep.MetaSubjectTerms, "meta-subject-terms"),
	numberTrick("〔", "[", "〕", "]"), numberTrick("〔", "（", "〕", "）"), numberTrick("〕", "〕第"), numberTrick("〕", "〕0"),
	setMeta("meta-number-year", "发文字号年份与成文日期不一致", func(d *document, it *item) {
		d.number = strings.Replace(d.number, fmt.Sprint(d.written.Year()), fmt.Sprint(d.written.Year()-1), 1)
	}),
	setMeta("meta-disclosure-attribute", "未标注公开属性", func(d *document, it *item) { d.attribute = "" }),
	{doc: true, do: noValidity},
	{doc: true, do: sameIndex},
}

func hiddenTrick(html string) trick {
	return trick{do: func(s *site, r *rand.Rand, it *item) {
		to := abroad(casinoHost, fmt.Sprintf("/%d/", it.id))
		it.body = append(it.body, fmt.Sprintf(html, to))
		s.plant("link-hidden", it, "暗链", to)
	}}
}

// wrongAttachment serves a page where the name promises a file.
func wrongAttachment(s *site, r *rand.Rand, it *item) {
	to := fmt.Sprintf("/files/page-%d.doc", it.id)
	s.paper(to, func(p *reply) {
		p.open("提示信息", nil, nil)
		p.f("<p>文件不存在，请联系管理员。</p>\n")
		p.shut()
	})
	it.body = append(it.body, fmt.Sprintf(`<p>附件：<a href="%s">登记表.doc</a></p>`, to))
	s.plantLink("attachment-broken", to, it, "附件类型不符")
	for _, code := range []govsweep.IndicatorCode{"tag-article-title", "tag-pub-date", "tag-content-source", "tag-optional", "publish-time-missing", "source-missing"} {
		s.tolerate(code, to, "附件地址返回的提示页是否按内容页检查，文件未明确")
	}
}

// dropPubDate leaves 发布日期 out of the block. Where the line below the
// headline prints it under the same words, it is not missing.
func dropPubDate(s *site, r *rand.Rand, it *item) {
	it.doc.drop[govsweep.MetaPubDate] = true
	if strings.Contains(infoForms[s.look.art], "发布") {
		s.alike("meta-pub-date", it, "发布日期印在标题下方，不在表内")
		return
	}
	s.plant("meta-pub-date", it, "公文页缺少发布日期")
}

// numberTrick breaks the form of the document number.
func numberTrick(change ...string) trick {
	return trick{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.number = strings.NewReplacer(change...).Replace(it.doc.number)
		s.plant("meta-number-form", it, "发文字号形式不规范")
		s.tolerate("meta-document-number", it, "发文字号形式不规范是否另计取值，文件未明确")
	}}
}

// noValidity takes the 有效性 of a normative document away.
func noValidity(s *site, r *rand.Rand, it *item) {
	c := s.column("gfxwj")
	if c == nil {
		return
	}
	for _, other := range c.items {
		if !s.used[other] || other == it {
			s.used[other] = true
			other.doc.valid = ""
			s.plant("meta-validity", other, "规范性文件未标注有效性")
			return
		}
	}
}

// sameIndex gives two documents one 索引号.
func sameIndex(s *site, r *rand.Rand, it *item) {
	other := s.victim(r, true)
	if other == nil {
		return
	}
	s.used[other] = true
	other.doc.index = it.doc.index
	s.plant("meta-index-duplicate", it, "索引号重复", other)
}
