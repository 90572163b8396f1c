package farm

import (
	"math/rand/v2"

	"github.com/govsweep/govsweep"
)

// missingMarks plants on a portal that its foot lacks marks.
func (s *site) missingMarks(text string) {
	if s.portal() {
		s.plantWide(marksMissing, "/", text)
	}
}

func footMissing(s *site, r *rand.Rand) {
	s.foot.conac, s.foot.icp, s.foot.police, s.foot.sitemap = "none", "", "", false
	s.plantWide("party-organ-mark", "/", "无党政机关网站标识")
	s.plantWide("icp-number", "/", "无ICP备案号")
	s.plantWide("police-number", "/", "无公安备案号")
	s.plantWide("owner-contact-sitemap", "/", "无网站地图")
	s.missingMarks("底部缺少标识")
}

func footOutdated(s *site, r *rand.Rand) {
	s.foot.conac, s.foot.report, s.foot.icpLink = "error", "outdated", "http://www.miitbeian.gov.cn/"
	s.foot.contact, s.foot.police = "", ""
	s.plantWide("party-organ-mark", "/", "党政机关标识为异常状态")
	s.plantWide("error-report-old-address", "/", "找错入口为旧地址")
	s.plantWide("error-report-entry", "/", "找错入口未使用现行地址")
	s.plantWide("icp-number", "/", "ICP备案号链接到旧地址")
	s.plantWide("police-number", "/", "无公安备案号")
	s.plantWide("owner-contact-sitemap", "/", "无联系方式")
	s.missingMarks("底部缺少公安备案号、联系方式")
	s.tags.code = "9801990077"
	s.plantWide("site-id-mismatch", "/", "SiteIDCode与底部标识码不一致")
}

func footScript(s *site, r *rand.Rand) {
	s.foot.byScript = true
	for _, code := range []govsweep.IndicatorCode{"party-organ-mark", "icp-number", "police-number", "owner-contact-sitemap", marksMissing, "error-report-entry", "error-report-old-address"} {
		s.alike(code, "/", "底部由脚本输出，未执行脚本时不得认定缺失")
	}
}

func tagsTemplate(s *site, r *rand.Rand) {
	all := []struct {
		tag  string
		code govsweep.IndicatorCode
	}{
		{"SiteName", "tag-site-name"}, {"SiteDomain", "tag-site-domain"}, {"SiteIDCode", "tag-site-id"}, {"ColumnDescription", "tag-column-description"},
		{"ColumnKeywords", "tag-column-keywords"}, {"ContentSource", "tag-content-source"},
	}
	for _, i := range r.Perm(len(all))[:4] {
		s.tags.drop[all[i].tag] = true
		s.plantWide(all[i].code, "/", "全站模板缺少"+all[i].tag+"标签")
	}
	s.tags.noOpts = true
	s.plantWide("tag-optional", "/", "内容页没有任何可选标签")
	s.plantWide(tagsImproper, "/", "页面标签缺失")
}

func domainSuffix(s *site, r *rand.Rand) {
	s.rename("www." + s.label() + "-farm.cn")
	s.plantWide("domain-suffix", "/", "域名后缀不是.gov.cn")
	s.plantWide("domain-name-improper", "/", "门户域名不规范")
	s.tolerateWide("domain-structure", "后缀不合规时结构是否另计，文件未明确")
	s.column("zfxxgk").name = "信息公示栏"
	s.plantWide("disclosure-column-missing", "/", "公开栏目未以“政府信息公开”命名")
}

// home404 also has no policy column.
func home404(s *site, r *rand.Rand) {
	s.soften("home")
	s.remove("zcwj")
	s.remove("gfxwj")
	for _, it := range s.column("zcjd").items {
		it.related = nil
	}
	s.plantWide("policy-column-missing", "/", "未开设政策文件栏目")
}

func domainStructure(s *site, r *rand.Rand) {
	s.rename("zhengwu." + s.label() + ".gov.cn")
	s.plantWide("domain-structure", "/", "门户域名不是www.XXX.gov.cn")
	s.plantWide("domain-name-improper", "/", "门户域名不规范")
	s.remove("xwzx")
	s.aged(s.column("tzgg"), 3)
	s.plantWide("news-column-missing", "/", "未开设动态要闻栏目")
}

func (s *site) label() string {
	host := s.host[len("www."):]
	return host[:len(host)-len(".gov.cn")]
}

// rename gives the site another host.
func (s *site) rename(host string) {
	delete(s.farm.byHost, s.host)
	s.host = host
	s.farm.byHost[host] = s
}

func (s *site) soften(how string) {
	s.soft404 = how
	s.plantWide("soft-404", "/", map[string]string{"page": "不存在的地址返回正常状态", "home": "不存在的地址转到首页"}[how])
}

func mongolian(s *site, r *rand.Rand) {
	s.mongol, s.charset, s.header, s.meta = true, "utf-8", "", "utf-8"
	for _, c := range s.columns {
		c.name = mongolWords(r, 2)
		for _, it := range c.items {
			it.title = mongolWords(r, 6)
		}
		s.alike(columnBlank, c, "蒙古文栏目有内容")
	}
	for _, code := range []govsweep.IndicatorCode{"overview-column-missing", "functions-column-missing", "leaders-column-missing", "news-column-missing", "policy-column-missing",
		"interpretation-column-missing", "disclosure-column-missing", "disclosure-system-missing", "annual-report-column-missing", "gazette-missing", columnStale,
		"fiscal-monthly", "survey-too-few", "letters-statistics-missing", "survey-channel-missing", "topic-phone"} {
		s.tolerateWide(code, "蒙古文栏目名称不能按中文判断")
	}
}

func traditionalSite(s *site, r *rand.Rand) {
	s.traditon, s.charset, s.meta, s.header = true, "big5", []string{"big5", ""}[r.IntN(2)], ""
}

func trapped(s *site, r *rand.Rand) {
	s.traps = true
	s.home.links = append(s.home.links, s.trapLinks())
	s.alike(columnBlank, "/rili/index.html?y=2026&m=1", "日历页不是栏目")
	s.alike(columnBlank, "/ss/list.html?zt=1", "检索页不是栏目")
	s.alike(columnStale, "/lj/a/index.html", "导览页不是栏目")
}

func datesOnly(s *site, r *rand.Rand) {
	s.dateOnly = true
	s.plantWide("publish-time-missing", "/", "内容页发布时间未精确到分")
}
