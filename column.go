package govsweep

import "time"

// ColumnClass is the class of a 栏目; it picks the update cycle
// (domain handbook, section 5).
type ColumnClass string

// The classes a column can have. Classes with a cycle in the rulebook may be
// found stale; StaticColumn never.
const (
	NewsColumn           ColumnClass = "news"           // 动态要闻
	AnnouncementColumn   ColumnClass = "announcement"   // 通知公告
	PolicyColumn         ColumnClass = "policy"         // 政策文件
	InterpretationColumn ColumnClass = "interpretation" // 政策解读
	PersonnelColumn      ColumnClass = "personnel"      // 人事
	PlanColumn           ColumnClass = "plan"           // 规划计划
	AnnualReportColumn   ColumnClass = "annual-report"  // 政府信息公开年报
	FiscalColumn         ColumnClass = "fiscal"         // 财政收支
	StatisticsColumn     ColumnClass = "statistics"     // 办事统计数据
	LettersColumn        ColumnClass = "letters"        // 留言公开
	SurveyColumn         ColumnClass = "survey"         // 征集调查
	InterviewColumn      ColumnClass = "interview"      // 在线访谈
	OverviewColumn       ColumnClass = "overview"       // 概况信息
	FunctionsColumn      ColumnClass = "functions"      // 机构职能
	LeadersColumn        ColumnClass = "leaders"        // 领导信息
	DisclosureColumn     ColumnClass = "disclosure"     // 政府信息公开
	DisclosureGuide      ColumnClass = "disclosure-guide"
	DisclosureSystem     ColumnClass = "disclosure-system" // 政府信息公开制度
	GazetteColumn        ColumnClass = "gazette"           // 政府公报
	TopicColumn          ColumnClass = "topic"             // 专题专栏
	ServiceColumn        ColumnClass = "service"           // 办事服务
	YearlyFormColumn     ColumnClass = "yearly-form"       // 政府网站工作年度报表
	ExpectedColumn       ColumnClass = "expected"          // 应更新, no cycle printed
	StaticColumn         ColumnClass = "static"            // 概况、指南一类, not expected to change
	UnknownColumn        ColumnClass = ""
)

// Column is one 栏目 of a site as it stands in the register. Class and
// exemption set by a person stay set: a crawl never overwrites them.
type Column struct {
	Site        TargetID    `json:"site"`
	URL         string      `json:"url"` // canonical, the key within the site
	Name        string      `json:"name"`
	Path        []string    `json:"path"`  // 栏目路径, from 首页 to the column
	Level       int         `json:"level"` // 1 = 一级栏目; 0 unknown
	Class       ColumnClass `json:"class"`
	ClassReason string      `json:"class_reason,omitempty"`
	Confidence  float64     `json:"confidence"`             // 0 to 1, of Class
	ClassBy     string      `json:"class_by,omitempty"`     // the person who set Class; "" when the machine did
	Source      string      `json:"source,omitempty"`       // register, navigation, breadcrumb, head-tags, pattern
	ExemptUntil string      `json:"exempt_until,omitempty"` // YYYY-MM-DD, last day of the exemption
	ExemptWhy   string      `json:"exempt_why,omitempty"`
	CycleDays   int         `json:"cycle_days,omitempty"` // a stricter local cycle; 0 = the rulebook's
	FirstSeen   time.Time   `json:"first_seen"`
	HadContent  bool        `json:"had_content"` // some inspection has seen an item in it
}
