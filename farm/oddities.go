package farm

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// An oddity is a fault of a whole site. A site takes at most one of a group,
// and none of a group its part plays itself.
type oddity struct {
	group  string
	portal bool
	do     func(*site, *rand.Rand)
}

// kept lists the groups a part plays itself or must keep clean.
var kept = map[string]string{
	"foot-missing": "mark conac report", "foot-outdated": "mark conac report code", "foot-script": "mark conac report code", "columns-missing": "gone duty",
	"tags-template": "column-tag code", "blank-veto": "column", "news-stale-veto": "column", "column-edges": "column gone duty", "stale-veto": "column gone",
	"utf-16": "column", "part-challenged": "column gone duty home", "duties": "duty gone", "duty-edges": "duty column gone", "links": "home", "home-edges": "home column",
	"domain-structure": "column", "busy": "column", "home-404": "home", "traditional": "gone", "mixed": "column column-tag",
}

// oddities gives a faulty site a few faults of its own, each group in turn.
func (s *site) oddities(p part) {
	if p.plants == 0 {
		return
	}
	r := s.dice("oddities")
	taken := map[string]bool{}
	for _, g := range strings.Fields(kept[p.role]) {
		taken[g] = true
	}
	n := 6
	for k := range allOddities {
		o := allOddities[(k+s.no*5+int(s.farm.opt.Seed))%len(allOddities)]
		if n == 0 || taken[o.group] || o.portal && !s.portal() {
			continue
		}
		taken[o.group] = true
		o.do(s, r)
		n--
	}
}

var allOddities = []oddity{
	{"mark", false, lackMark("police-number", "无公安备案号", func(f *foot) { f.police = "" })},
	{"conac", false, lackMark("party-organ-mark", "无党政机关网站标识", func(f *foot) { f.conac = "none" })},
	{"report", true, func(s *site, r *rand.Rand) {
		s.foot.report = "none"
		s.plantWide("error-report-entry", "/", "首页没有找错入口")
	}},
	{"gone", true, lackColumn("zfgb", "gazette-missing", "政府公报")},
	{"duty", true, dutyLate},
	{"column", false, func(s *site, r *rand.Rand) { s.blank(r, 1) }},
	{"code", false, wrongCode(func(s *site) { s.tags.code = "9801990088" })},
	{"home", true, homeDead},
	{"column-tag", false, func(s *site, r *rand.Rand) { columnTagFaults(s, r, 4) }},
	{"mark", false, lackMark("icp-number", "无ICP备案号", func(f *foot) { f.icp = "" })},
	{"conac", false, func(s *site, r *rand.Rand) {
		s.foot.conac = "error"
		s.plantWide("party-organ-mark", "/", "党政机关标识为异常状态")
	}},
	{"report", false, outdatedReport},
	{"gone", true, lackColumn("ldxx", "leaders-column-missing", "领导信息")},
	{"duty", true, func(s *site, r *rand.Rand) { s.aged(s.column("bstj"), between(r, 120, 240)) }},
	{"column", false, func(s *site, r *rand.Rand) { s.aged(s.column("rsxx"), between(r, 390, 700)) }},
	{"code", false, wrongCode(func(s *site) { s.tags.code = "null" })},
	{"home", false, func(s *site, r *rand.Rand) {
		s.home.links = append(s.home.links, fmt.Sprintf(`<div style="height:0;overflow:hidden"><a href="%s">电子游艺</a></div>`, abroad(casinoHost, "/dy/")))
		s.plant("link-hidden", "/", "首页暗链", abroad(casinoHost, "/dy/"))
	}},
	{"mark", false, lackMark("owner-contact-sitemap", "无网站地图", func(f *foot) { f.sitemap = false })},
	{"gone", true, lackColumn("zj", "overview-column-missing", "概况信息")},
	{"duty", true, func(s *site, r *rand.Rand) { s.aged(s.column("lyxd"), between(r, 70, 160)) }},
	{"column", false, func(s *site, r *rand.Rand) { s.aged(s.column("gzdt"), between(r, 16, 45)) }},
	{"report", false, wrongCode(func(s *site) { s.foot.reportID = "9801990066" })},
	{"mark", false, func(s *site, r *rand.Rand) {
		s.foot.icpLink = "http://www.miitbeian.gov.cn/"
		s.plantWide("icp-number", "/", "ICP备案号链接到旧地址")
	}},
	{"gone", true, lackColumn("jgzn", "functions-column-missing", "机构职能")},
	{"duty", true, fewSurveys},
	{"column", false, func(s *site, r *rand.Rand) { s.aged(s.column("ghjh"), between(r, 390, 700)) }},
	{"mark", false, lackMark("owner-contact-sitemap", "无联系方式", func(f *foot) { f.contact = "" })},
	{"gone", true, lackColumn("zfxxgknb", "annual-report-column-missing", "政府信息公开年报")},
	{"duty", true, lackMonth},
	{"column", false, func(s *site, r *rand.Rand) { s.blank(r, 2) }},
	{"mark", false, lackMark("owner-contact-sitemap", "无主办单位", func(f *foot) { f.owner = false })},
	{"gone", true, lackColumn("zfxxgkzd", "disclosure-system-missing", "政府信息公开制度")},
	{"duty", true, noPhone},
	{"column", false, func(s *site, r *rand.Rand) { s.aged(s.column("zfxxgknb"), between(r, 400, 700)) }},
	{"duty", false, noForm},
}

// lackMark takes a mark off the foot.
func lackMark(code govsweep.IndicatorCode, text string, change func(*foot)) func(*site, *rand.Rand) {
	return func(s *site, r *rand.Rand) {
		change(&s.foot)
		s.plantWide(code, "/", text)
		s.missingMarks(text)
	}
}

func lackColumn(slug string, code govsweep.IndicatorCode, name string) func(*site, *rand.Rand) {
	return func(s *site, r *rand.Rand) {
		s.remove(slug)
		s.plantWide(code, "/", "未开设"+name+"栏目")
	}
}

func wrongCode(change func(*site)) func(*site, *rand.Rand) {
	return func(s *site, r *rand.Rand) {
		change(s)
		s.plantWide("site-id-mismatch", "/", "标识码不一致")
	}
}

func outdatedReport(s *site, r *rand.Rand) {
	s.foot.report = "outdated"
	s.plantWide("error-report-old-address", "/", "找错入口为旧地址")
	if s.portal() {
		s.plantWide("error-report-entry", "/", "找错入口未使用现行地址")
	}
}

func homeDead(s *site, r *rand.Rand) {
	to := abroad(goneHost, fmt.Sprintf("/yq/%d.html", s.no))
	s.home.links = append(s.home.links, fmt.Sprintf(`<div class="lk"><a href="%s">区域合作网</a></div>`, to))
	s.plant("home-link-broken", to, "首页失效链接", "/")
	s.tolerate(innerLinkDead, to, "首页链接是否另计其他页面，文件未明确")
	s.tolerate(innerLinkDead, "/", "首页链接是否另计其他页面，文件未明确")
	s.home.links = append(s.home.links, `<div class="lk"><a href="#">便民热线</a></div>`)
	s.plant("link-empty", "/", "首页空链")
}

func dutyLate(s *site, r *rand.Rand) {
	late := s.home.form.item.at
	s.setForm(time.Date(late.Year(), 2, between(r, 10, 27), 10, 0, 0, 0, govsweep.Shanghai))
	s.plant("yearly-form-late", s.home.form.item, "年度报表晚于1月31日发布", "/")
}

func noForm(s *site, r *rand.Rand) {
	s.home.form.item = nil
	s.plantWide("yearly-form-late", "/", "首页没有年度报表")
}

func fewSurveys(s *site, r *rand.Rand) {
	c := s.column("zjdc")
	c.items = c.items[:between(r, 1, 4)]
}

func lackMonth(s *site, r *rand.Rand) {
	c := s.column("czsz")
	k := between(r, 2, 8)
	c.items = append(c.items[:k:k], c.items[k+1:]...)
	s.plant("fiscal-monthly", c, "财政收支缺少一个月")
}

func noPhone(s *site, r *rand.Rand) {
	c := s.column("slfh")
	c.phone = ""
	s.plant("topic-phone", c, "专题未公布咨询、监督电话")
}
