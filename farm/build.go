package farm

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/govsweep/govsweep"
)

// A rhythm says how often a column is fed: the age of its newest item in
// days, the days between two items, and their number.
type rhythm struct{ newest, span, gap, count int }

var rhythms = map[govsweep.ColumnClass]rhythm{
	govsweep.NewsColumn:           {1, 8, 3, 9},
	govsweep.AnnouncementColumn:   {3, 60, 14, 8},
	govsweep.PolicyColumn:         {10, 80, 25, 11},
	govsweep.InterpretationColumn: {10, 80, 25, 6},
	govsweep.PersonnelColumn:      {20, 150, 60, 4},
	govsweep.PlanColumn:           {20, 200, 120, 4},
	govsweep.LettersColumn:        {3, 35, 6, 6},
	govsweep.SurveyColumn:         {4, 15, 38, 8},
	govsweep.InterviewColumn:      {5, 20, 40, 7},
	govsweep.GazetteColumn:        {8, 30, 30, 6},
	govsweep.TopicColumn:          {6, 100, 20, 5},
	govsweep.DisclosureSystem:     {200, 100, 1, 6},
	govsweep.ExpectedColumn:       {5, 120, 30, 5},
}

// A sketch is a column to be.
type sketch struct {
	name     string
	class    govsweep.ColumnClass
	typ      string
	slug     string
	mode     listMode
	children []sketch
}

func portalPlan(region string) []sketch {
	return []sketch{
		{"走进" + region, "", "概况信息", "zj", landing, []sketch{
			{region + "概况", govsweep.OverviewColumn, "概况信息", "gk", singleText, nil},
			{"历史文化", govsweep.StaticColumn, "概况信息", "lswh", singleText, nil},
		}},
		{"新闻中心", "", "工作动态", "xwzx", landing, []sketch{
			{"要闻动态", govsweep.NewsColumn, "工作动态", "ywdt", plainList, nil},
			{"部门动态", govsweep.NewsColumn, "工作动态", "bmdt", plainList, nil},
			{"镇街动态", govsweep.NewsColumn, "工作动态", "zjdt", plainList, nil},
			{"图片新闻", govsweep.NewsColumn, "工作动态", "tpxw", plainList, nil},
			{"工作动态", govsweep.NewsColumn, "工作动态", "gzdt", plainList, nil},
		}},
		{"通知公告", govsweep.AnnouncementColumn, "通知公告", "tzgg", plainList, nil},
		{"政策文件", govsweep.PolicyColumn, "政策文件", "zcwj", plainList, nil},
		{"政策解读", govsweep.InterpretationColumn, "政策解读", "zcjd", plainList, nil},
		{"政府信息公开", govsweep.DisclosureColumn, "信息公开目录", "zfxxgk", landing, []sketch{
			{"政府信息公开指南", govsweep.DisclosureGuide, "信息公开指南", "zfxxgkzn", singleText, nil},
			{"政府信息公开制度", govsweep.DisclosureSystem, "信息公开目录", "zfxxgkzd", plainList, nil},
			{"机构职能", govsweep.FunctionsColumn, "机构职能", "jgzn", singleText, nil},
			{"领导信息", govsweep.LeadersColumn, "负责人信息", "ldxx", singleText, nil},
			{"行政规范性文件", govsweep.PolicyColumn, "政策文件", "gfxwj", plainList, nil},
			{"规划计划", govsweep.PlanColumn, "信息公开目录", "ghjh", plainList, nil},
			{"人事信息", govsweep.PersonnelColumn, "信息公开目录", "rsxx", plainList, nil},
			{"财政收支", govsweep.FiscalColumn, "数据发布", "czsz", plainList, nil},
			{"政府信息公开年报", govsweep.AnnualReportColumn, "信息公开年报", "zfxxgknb", plainList, nil},
			{"政府公报", govsweep.GazetteColumn, "信息公开目录", "zfgb", plainList, nil},
			{"依申请公开", govsweep.StaticColumn, "依申请公开", "ysqgk", singleText, nil},
			{"行政处罚", govsweep.ExpectedColumn, "信息公开目录", "xzcf", plainList, nil},
			{"政府采购", govsweep.ExpectedColumn, "信息公开目录", "zfcg", plainList, nil},
			{"重大建设项目", govsweep.ExpectedColumn, "信息公开目录", "zdxm", plainList, nil},
			{"稳岗就业", govsweep.ExpectedColumn, "信息公开目录", "wgjy", plainList, nil},
			{"涉农补贴", govsweep.ExpectedColumn, "信息公开目录", "snbt", plainList, nil},
			{"建议提案", govsweep.ExpectedColumn, "信息公开目录", "jyta", plainList, nil},
			{"义务教育", govsweep.ExpectedColumn, "信息公开目录", "ywjy", plainList, nil},
			{"社会救助", govsweep.ExpectedColumn, "信息公开目录", "shjz", plainList, nil},
		}},
		{"办事服务", govsweep.ServiceColumn, "办事服务", "bsfw", landing, []sketch{
			{"办事统计数据", govsweep.StatisticsColumn, "数据发布", "bstj", plainList, nil},
		}},
		{"互动交流", "", "咨询投诉", "hdjl", landing, []sketch{
			{"留言选登", govsweep.LettersColumn, "咨询投诉", "lyxd", plainList, nil},
			{"征集调查", govsweep.SurveyColumn, "征集调查", "zjdc", plainList, nil},
			{"在线访谈", govsweep.InterviewColumn, "在线访谈", "zxft", plainList, nil},
		}},
		{"专题专栏", "", "专题专栏", "ztzl", landing, []sketch{
			{"优化营商环境专题", govsweep.TopicColumn, "专题专栏", "yshj", plainList, nil},
			{"森林防火专题", govsweep.TopicColumn, "专题专栏", "slfh", plainList, nil},
		}},
	}
}

func departmentPlan() []sketch {
	return []sketch{
		{"机构概况", govsweep.OverviewColumn, "概况信息", "jggk", singleText, nil},
		{"新闻中心", "", "工作动态", "xwzx", landing, []sketch{
			{"工作动态", govsweep.NewsColumn, "工作动态", "gzdt", plainList, nil},
			{"基层动态", govsweep.NewsColumn, "工作动态", "jcdt", plainList, nil},
			{"行业要闻", govsweep.NewsColumn, "工作动态", "hyyw", plainList, nil},
			{"图片新闻", govsweep.NewsColumn, "工作动态", "tpxw", plainList, nil},
		}},
		{"通知公告", govsweep.AnnouncementColumn, "通知公告", "tzgg", plainList, nil},
		{"政策文件", govsweep.PolicyColumn, "政策文件", "zcwj", plainList, nil},
		{"政策解读", govsweep.InterpretationColumn, "政策解读", "zcjd", plainList, nil},
		{"政府信息公开", govsweep.DisclosureColumn, "信息公开目录", "zfxxgk", landing, []sketch{
			{"政府信息公开指南", govsweep.DisclosureGuide, "信息公开指南", "zfxxgkzn", singleText, nil},
			{"政府信息公开制度", govsweep.DisclosureSystem, "信息公开目录", "zfxxgkzd", plainList, nil},
			{"机构职能", govsweep.FunctionsColumn, "机构职能", "jgzn", singleText, nil},
			{"领导信息", govsweep.LeadersColumn, "负责人信息", "ldxx", singleText, nil},
			{"行政规范性文件", govsweep.PolicyColumn, "政策文件", "gfxwj", plainList, nil},
			{"规划计划", govsweep.PlanColumn, "信息公开目录", "ghjh", plainList, nil},
			{"人事信息", govsweep.PersonnelColumn, "信息公开目录", "rsxx", plainList, nil},
			{"政府信息公开年报", govsweep.AnnualReportColumn, "信息公开年报", "zfxxgknb", plainList, nil},
			{"行政许可", govsweep.ExpectedColumn, "信息公开目录", "xzxk", plainList, nil},
			{"行政处罚", govsweep.ExpectedColumn, "信息公开目录", "xzcf", plainList, nil},
			{"政府采购", govsweep.ExpectedColumn, "信息公开目录", "zfcg", plainList, nil},
			{"建议提案", govsweep.ExpectedColumn, "信息公开目录", "jyta", plainList, nil},
			{"重点领域", govsweep.ExpectedColumn, "信息公开目录", "zdly", plainList, nil},
		}},
		{"专题专栏", "", "专题专栏", "ztzl", landing, []sketch{
			{"安全生产月专题", govsweep.TopicColumn, "专题专栏", "aqscy", plainList, nil},
		}},
	}
}

// grow turns sketches into columns with their items.
func (s *site) grow(plan []sketch, parent *column) {
	for _, k := range plan {
		c := &column{
			site: s, name: k.name, class: k.class, typ: k.typ, slug: k.slug, mode: k.mode,
			parent: parent, level: 1, no: 10000 + s.no*100 + len(s.columns), perPage: 15, drop: map[string]bool{},
		}
		if parent != nil {
			c.level = parent.level + 1
			parent.children = append(parent.children, c)
		}
		if c.class == govsweep.TopicColumn || c.slug == "ztzl" {
			c.phone = "0" + digits(s.dice("phone"+c.slug), 3) + "-8" + digits(s.dice("line"+c.slug), 6)
		}
		c.statistics = c.class == govsweep.LettersColumn
		s.columns = append(s.columns, c)
		s.fill(c)
		s.grow(k.children, c)
	}
}

func (s *site) fill(c *column) {
	r := s.dice("items " + c.slug)
	switch {
	case c.mode == singleText:
		s.add(c, c.name, s.ago(r, between(r, 30, 200)))
	case c.mode != plainList:
	case c.class == govsweep.FiscalColumn || c.class == govsweep.StatisticsColumn:
		s.fillMonthly(r, c)
	case c.class == govsweep.AnnualReportColumn:
		s.fillYearly(r, c)
	default:
		s.fillRhythm(r, c)
	}
}

func (s *site) fillRhythm(r *rand.Rand, c *column) {
	m := rhythms[c.class]
	age := m.newest + r.IntN(m.span)
	if c.class == govsweep.NewsColumn && c.slug == "ywdt" {
		m.count = 36
	}
	for i := range m.count {
		it := s.add(c, s.titleFor(r, c, i), s.ago(r, age))
		if c.class == govsweep.PolicyColumn {
			s.makeDocument(r, it)
		}
		age += max(1, m.gap-r.IntN(max(1, m.gap/2)))
	}
}

func (s *site) fillMonthly(r *rand.Rand, c *column) {
	day := s.farm.opt.AsOf.In(govsweep.Shanghai)
	month := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, govsweep.Shanghai)
	if day.Day() <= 10 {
		month = month.AddDate(0, -1, 0)
	}
	what := map[govsweep.ColumnClass]string{govsweep.FiscalColumn: "一般公共预算收支情况", govsweep.StatisticsColumn: "政务服务事项办件统计"}[c.class]
	for range 15 {
		at := month.AddDate(0, 0, 8).Add(time.Duration(9*60+r.IntN(400)) * time.Minute)
		of := month.AddDate(0, -1, 0)
		s.add(c, fmt.Sprintf("%s%d年%d月%s", s.region, of.Year(), int(of.Month()), what), at)
		month = of
	}
}

func (s *site) fillYearly(r *rand.Rand, c *column) {
	year := s.farm.opt.AsOf.In(govsweep.Shanghai).Year()
	first := time.Date(year, 1, 18, 9, 30, 0, 0, govsweep.Shanghai)
	if first.After(s.farm.opt.AsOf) {
		year--
	}
	for i := range 3 {
		at := time.Date(year-i, 1, 12+r.IntN(6), 9, r.IntN(60), 0, 0, govsweep.Shanghai)
		s.add(c, fmt.Sprintf("%s%d年政府信息公开工作年度报告", s.owner, year-i-1), at)
	}
}

// ago gives a working hour of the day that lies age days before the check point.
func (s *site) ago(r *rand.Rand, age int) time.Time {
	d := s.farm.opt.AsOf.In(govsweep.Shanghai).AddDate(0, 0, -age)
	return time.Date(d.Year(), d.Month(), d.Day(), 8+r.IntN(10), r.IntN(60), 0, 0, govsweep.Shanghai)
}

func (s *site) add(c *column, title string, at time.Time) *item {
	s.nextID++
	r := s.dice("item" + c.slug + title)
	it := &item{
		col: c, id: 1200000 + s.no*10000 + s.nextID, title: title, at: at,
		source: pick(r, []string{s.owner, s.owner + "办公室", s.region + "融媒体中心"}),
		drop:   map[string]bool{}, tag: map[string]string{},
	}
	if c.mode == plainList && r.IntN(5) == 0 {
		it.image = fmt.Sprintf("/images/%d.png", it.id)
	}
	if c.mode == plainList && r.IntN(6) == 0 {
		it.file = fmt.Sprintf("/files/%d.%s", it.id, pick(r, []string{"pdf", "doc", "xls"}))
	}
	c.items = append(c.items, it)
	return it
}

var systemTitles = []string{"政务信息管理制度", "政策解读工作制度", "回应关切工作制度", "依申请公开工作制度", "重大行政决策公众参与制度", "政务公开考核评议制度"}

func (s *site) titleFor(r *rand.Rand, c *column, i int) string {
	of := s.farm.opt.AsOf.In(govsweep.Shanghai)
	switch c.class {
	case govsweep.AnnouncementColumn:
		return fmt.Sprintf(pick(r, notices), pick(r, subjects))
	case govsweep.PolicyColumn:
		return s.owner + fmt.Sprintf(pick(r, papers), pick(r, subjects))
	case govsweep.InterpretationColumn:
		return "《" + fmt.Sprintf(pick(r, papers), pick(r, subjects)) + "》政策解读"
	case govsweep.DisclosureSystem:
		return s.owner + systemTitles[i%len(systemTitles)]
	case govsweep.GazetteColumn:
		return fmt.Sprintf("%s政府公报%d年第%d期", s.region, of.AddDate(0, -i, 0).Year(), int(of.AddDate(0, -i, 0).Month()))
	case govsweep.PersonnelColumn:
		return fmt.Sprintf("%s关于%s等同志职务任免的通知", s.owner, personName(r))
	case govsweep.PlanColumn:
		return fmt.Sprintf("%s%d年%s工作计划", s.region, of.Year(), pick(r, subjects))
	case govsweep.LettersColumn:
		return "关于" + pick(r, subjects) + "的咨询"
	case govsweep.SurveyColumn:
		return "关于《" + pick(r, subjects) + "办法（征求意见稿）》公开征求意见"
	case govsweep.InterviewColumn:
		return personName(r) + "谈" + pick(r, subjects)
	case govsweep.ExpectedColumn:
		return s.region + pick(r, subjects) + c.name + "情况公示"
	}
	return newsTitle(r, s.region)
}

func (s *site) makeDocument(r *rand.Rand, it *item) {
	written := it.at.AddDate(0, 0, -between(r, 1, 8))
	if written.Year() != it.at.Year() {
		written = it.at
	}
	it.doc = &document{
		index: fmt.Sprintf("%s/%d-%05d", s.organCode(), it.at.Year(), it.id%100000), topic: pick(r, topics), issuer: s.owner,
		number: fmt.Sprintf("%s发〔%d〕%d号", s.short(), written.Year(), it.id%200+1), subject: pick(r, []string{"通知", "意见", "方案"}),
		written: written, valid: "有效", attribute: "此件公开发布", drop: map[string]bool{}, blank: map[string]bool{},
		normative: it.col.slug == "gfxwj",
	}
}

func (s *site) organCode() string { return "98" + fmt.Sprintf("%07d", 1400000+s.no*137) }

// short is the site's unit as its document numbers write it: 霁岚湾政.
func (s *site) short() string {
	if s.portal() {
		return string([]rune(s.region)[:3]) + "政"
	}
	return string([]rune(s.region)[:3]) + string([]rune(s.owner)[len([]rune(s.region)):][:1])
}

// relate ties documents and interpretations together, both ways.
func (s *site) relate() {
	docs, reads := s.column("zcwj"), s.column("zcjd")
	if docs == nil || reads == nil {
		return
	}
	for i := range min(len(docs.items), len(reads.items)) {
		d, n := docs.items[i], reads.items[i]
		n.title = "《" + d.title + "》政策解读"
		n.at = d.at.Add(3 * time.Hour)
		d.related, n.related = n, d
	}
}

// column finds a column by its slug; nil when the site has none.
func (s *site) column(slug string) *column {
	for _, c := range s.columns {
		if c.slug == slug {
			return c
		}
	}
	return nil
}

// remove takes a column and its sub-columns off the site.
func (s *site) remove(slug string) {
	gone := s.column(slug)
	if gone == nil {
		return
	}
	keep := func(list []*column) []*column {
		var out []*column
		for _, c := range list {
			if c != gone && c.parent != gone {
				out = append(out, c)
			}
		}
		return out
	}
	s.columns = keep(s.columns)
	if gone.parent != nil {
		gone.parent.children = keep(gone.parent.children)
	}
}
