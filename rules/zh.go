package rules

import "github.com/govsweep/govsweep"

// ClassName gives a column class in Chinese.
func ClassName(c govsweep.ColumnClass) string {
	if name, ok := classNames[c]; ok {
		return name
	}
	return "未分类"
}

var classNames = map[govsweep.ColumnClass]string{
	govsweep.NewsColumn:           "动态要闻",
	govsweep.AnnouncementColumn:   "通知公告",
	govsweep.PolicyColumn:         "政策文件",
	govsweep.InterpretationColumn: "政策解读",
	govsweep.PersonnelColumn:      "人事信息",
	govsweep.PlanColumn:           "规划计划",
	govsweep.AnnualReportColumn:   "政府信息公开年报",
	govsweep.FiscalColumn:         "财政收支",
	govsweep.StatisticsColumn:     "办事统计数据",
	govsweep.LettersColumn:        "留言公开",
	govsweep.SurveyColumn:         "征集调查",
	govsweep.InterviewColumn:      "在线访谈",
	govsweep.OverviewColumn:       "概况信息",
	govsweep.FunctionsColumn:      "机构职能",
	govsweep.LeadersColumn:        "领导信息",
	govsweep.DisclosureColumn:     "政府信息公开",
	govsweep.DisclosureGuide:      "政府信息公开指南",
	govsweep.DisclosureSystem:     "政府信息公开制度",
	govsweep.GazetteColumn:        "政府公报",
	govsweep.TopicColumn:          "专题专栏",
	govsweep.ServiceColumn:        "办事服务",
	govsweep.YearlyFormColumn:     "政府网站工作年度报表",
	govsweep.ExpectedColumn:       "应更新",
	govsweep.StaticColumn:         "静态内容",
}
