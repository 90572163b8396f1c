package register

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// registered is who set what a register gives without a name.
const registered = "登记"

// ReadColumns reads a register of columns 栏目登记表. A class or an exemption
// given there counts as set by a person.
func ReadColumns(r io.Reader, name string) ([]Row[govsweep.Column], []Refusal, error) {
	return columnLayout.read(r, name)
}

var classWords = []choice[govsweep.ColumnClass]{
	{[]string{"动态要闻", "动态", "要闻", "新闻", "新闻动态", "工作动态", "动态类", "news"}, govsweep.NewsColumn},
	{[]string{"通知公告", "通知", "公告", "公示公告", "公告公示", "announcement"}, govsweep.AnnouncementColumn},
	{[]string{"政策文件", "政策", "文件", "规范性文件", "policy"}, govsweep.PolicyColumn},
	{[]string{"政策解读", "解读", "interpretation"}, govsweep.InterpretationColumn},
	{[]string{"人事信息", "人事", "人事任免", "personnel"}, govsweep.PersonnelColumn},
	{[]string{"规划计划", "规划", "计划", "plan"}, govsweep.PlanColumn},
	{[]string{"信息公开年报", "政府信息公开年报", "年报", "政府信息公开工作年度报告", "annual-report"}, govsweep.AnnualReportColumn},
	{[]string{"财政收支", "财政", "财政信息", "财政预决算", "预算决算", "财政资金", "fiscal"}, govsweep.FiscalColumn},
	{[]string{"办事统计数据", "办事统计", "办件统计", "统计数据", "statistics"}, govsweep.StatisticsColumn},
	{[]string{"留言公开", "留言", "信件公开", "来信公开", "letters"}, govsweep.LettersColumn},
	{[]string{"征集调查", "调查征集", "意见征集", "网上调查", "民意征集", "survey"}, govsweep.SurveyColumn},
	{[]string{"在线访谈", "访谈", "互动访谈", "interview"}, govsweep.InterviewColumn},
	{[]string{"概况信息", "概况", "overview"}, govsweep.OverviewColumn},
	{[]string{"机构职能", "机构", "机构设置", "functions"}, govsweep.FunctionsColumn},
	{[]string{"领导信息", "领导", "领导之窗", "负责人信息", "leaders"}, govsweep.LeadersColumn},
	{[]string{"政府信息公开", "信息公开", "政务公开", "disclosure"}, govsweep.DisclosureColumn},
	{[]string{"信息公开指南", "政府信息公开指南", "公开指南", "disclosure-guide"}, govsweep.DisclosureGuide},
	{[]string{"信息公开制度", "政府信息公开制度", "公开制度", "disclosure-system"}, govsweep.DisclosureSystem},
	{[]string{"政府公报", "公报", "gazette"}, govsweep.GazetteColumn},
	{[]string{"专题专栏", "专题", "专栏", "topic"}, govsweep.TopicColumn},
	{[]string{"办事服务", "办事", "服务", "service"}, govsweep.ServiceColumn},
	{[]string{"网站工作年度报表", "政府网站工作年度报表", "年度报表", "yearly-form"}, govsweep.YearlyFormColumn},
	{[]string{"应更新", "应更新栏目", "expected"}, govsweep.ExpectedColumn},
	{[]string{"相对固定", "固定", "静态", "不更新", "概况指南", "static"}, govsweep.StaticColumn},
}

var columnLayout = layout[govsweep.Column]{
	kind:     "栏目登记表",
	required: []string{"网站标识码|网站首页网址", "栏目名称|栏目路径", "栏目网址"},
	key:      func(c *govsweep.Column) string { return string(c.Site) + "\x00" + c.URL },
	label:    func(c *govsweep.Column) string { return "栏目网址" + c.URL },
	finish:   finishColumn,
	fields: []field[govsweep.Column]{
		{name: "网站标识码", synonyms: []string{"网站标识码", "政府网站标识码", "标识码", "所属网站标识码"},
			set: func(c *govsweep.Column, v string) error {
				code, err := codeOf(v)
				c.Site = govsweep.TargetID(code)
				return err
			},
			get:  func(c *govsweep.Column) string { return string(c.Site) },
			copy: func(d, s *govsweep.Column) { d.Site = s.Site }},
		{name: "网站首页网址", synonyms: []string{"网站首页网址", "首页网址", "网站网址", "网站域名", "所属网站"},
			set: func(c *govsweep.Column, v string) error {
				u, err := webAddress(v)
				if err == nil && c.Site == "" {
					c.Site = govsweep.SiteKey("", address.Host(u))
				}
				return err
			},
			get: func(*govsweep.Column) string { return "" }, copy: func(_, _ *govsweep.Column) {}},
		words("栏目名称", []string{"栏目名称", "栏目名", "栏目", "名称"}, func(c *govsweep.Column) *string { return &c.Name }),
		{name: "栏目路径", synonyms: []string{"栏目路径", "路径", "栏目位置", "所在位置"},
			set:  func(c *govsweep.Column, v string) error { c.Path = pathOf(v); return nil },
			get:  func(c *govsweep.Column) string { return strings.Join(c.Path, " > ") },
			copy: func(d, s *govsweep.Column) { d.Path, d.Level = s.Path, s.Level }},
		{name: "栏目网址", synonyms: []string{"栏目网址", "栏目地址", "栏目链接", "网址", "链接", "url"},
			set:  func(c *govsweep.Column, v string) (err error) { c.URL, err = webAddress(v); return err },
			get:  func(c *govsweep.Column) string { return c.URL },
			copy: func(d, s *govsweep.Column) { d.URL = s.URL }},
		{name: "栏目类别", synonyms: []string{"栏目类别", "栏目类型", "类别", "栏目分类", "分类"},
			set: func(c *govsweep.Column, v string) (err error) {
				c.Class, err = pick(classWords, v, "栏目类别")
				return err
			},
			get: func(c *govsweep.Column) string { return wordOf(classWords, c.Class) },
			copy: func(d, s *govsweep.Column) {
				d.Class, d.Confidence, d.ClassReason = s.Class, s.Confidence, s.ClassReason
			}},
		{name: "更新周期", synonyms: []string{"更新周期", "更新周期天", "周期", "更新期限", "更新频率"},
			set:  func(c *govsweep.Column, v string) (err error) { c.CycleDays, err = daysOf(v); return err },
			get:  cycleWord,
			copy: func(d, s *govsweep.Column) { d.CycleDays = s.CycleDays }},
		{name: "豁免至", synonyms: []string{"豁免至", "豁免期限", "豁免截止", "豁免截止日期"},
			set:  func(c *govsweep.Column, v string) (err error) { c.ExemptUntil, err = dateOf(v); return err },
			get:  func(c *govsweep.Column) string { return c.ExemptUntil },
			copy: func(d, s *govsweep.Column) { d.ExemptUntil = s.ExemptUntil }},
		words("豁免原因", []string{"豁免原因", "豁免理由", "豁免事由"}, func(c *govsweep.Column) *string { return &c.ExemptWhy }),
		{name: "设定人", synonyms: []string{"设定人", "登记人", "填报人", "责任人"},
			set:  func(c *govsweep.Column, v string) error { c.ClassBy = plainWord(v); return nil },
			get:  func(c *govsweep.Column) string { return c.ClassBy },
			copy: func(_, _ *govsweep.Column) {}}, // goes with the class, see overColumn
	},
}

func cycleWord(c *govsweep.Column) string {
	if c.CycleDays == 0 {
		return ""
	}
	return strconv.Itoa(c.CycleDays) + "天"
}

var steps = regexp.MustCompile(`\s*(?:>|＞|»|›|→|/|／|\\|——>|->|—>)+\s*`)

// pathOf takes a column path apart and begins it at 首页.
func pathOf(s string) []string {
	out := []string{"首页"}
	for _, p := range steps.Split(strings.TrimSpace(s), -1) {
		if p = plainWord(strings.TrimSpace(p)); p != "" && p != "首页" && p != "网站首页" {
			out = append(out, p)
		}
	}
	return out
}

func finishColumn(c *govsweep.Column) (bad, string) {
	switch {
	case c.Site == "":
		return "网站标识码", "网站标识码不能为空"
	case c.URL == "":
		return "栏目网址", "栏目网址不能为空"
	case c.Name == "" && len(c.Path) < 2:
		return "栏目名称", "栏目名称不能为空"
	case c.ExemptUntil != "" && c.ExemptWhy == "":
		return "豁免原因", "填写了豁免期限的，必须填写豁免原因"
	case c.ExemptUntil == "" && c.ExemptWhy != "":
		return "豁免至", "填写了豁免原因的，必须填写豁免至哪一天"
	}
	completeColumn(c)
	return "", ""
}

func completeColumn(c *govsweep.Column) {
	if c.Name == "" {
		c.Name = c.Path[len(c.Path)-1]
	}
	if len(c.Path) > 0 {
		if c.Path[len(c.Path)-1] != c.Name {
			c.Path = append(c.Path, c.Name)
		}
		c.Level = len(c.Path) - 1
	}
	c.Source = "register"
	if c.Class == govsweep.UnknownColumn { // nobody set a class: the machine may
		c.ClassBy = ""
		return
	}
	if c.ClassBy == "" {
		c.ClassBy = registered
	}
	c.Confidence, c.ClassReason = 1, "登记表中填写的类别"
}
