package reports

import (
	"strconv"
	"time"

	"github.com/govsweep/govsweep"
)

// unknown is printed for what was not measured: never read as clean.
const unknown = "—"

func gradeWord(g govsweep.Grade) string {
	switch g {
	case govsweep.Qualified:
		return "合格"
	case govsweep.Unqualified:
		return "不合格"
	case govsweep.Undecided:
		return "待核"
	}
	return unknown
}

func classWord(c govsweep.Class) string {
	switch c {
	case govsweep.Veto:
		return "单项否决"
	case govsweep.Deduction:
		return "扣分"
	case govsweep.Bonus:
		return "加分"
	case govsweep.Norm:
		return "规范要求"
	}
	return clean(string(c))
}

func severityWord(s govsweep.Severity) string {
	switch s {
	case govsweep.Must:
		return "必须整改"
	case govsweep.Should:
		return "应当改进"
	case govsweep.Warn:
		return "提醒"
	case govsweep.Info:
		return "提示"
	}
	return ""
}

// StatusName is the Chinese word of a finding's status.
func StatusName(s govsweep.FindingStatus) string { return findingStatusWord(s) }

func findingStatusWord(s govsweep.FindingStatus) string { return clean(s.Word()) }

func outcomeWord(s govsweep.OutcomeStatus) string {
	switch s {
	case govsweep.Passed:
		return "未发现问题"
	case govsweep.Found:
		return "发现问题"
	case govsweep.NotApplicable:
		return "不适用"
	case govsweep.NotInForce:
		return "未施行"
	case govsweep.NotMeasured:
		return "未能检查"
	case govsweep.Broken:
		return "检查出错"
	}
	return clean(string(s))
}

func columnStateWord(s govsweep.ColumnState) string {
	switch s {
	case govsweep.ColumnFresh:
		return "正常"
	case govsweep.ColumnStale:
		return "超期"
	case govsweep.ColumnBlank:
		return "空白"
	case govsweep.ColumnNoRule:
		return "无周期要求"
	case govsweep.ColumnExempt:
		return "已豁免"
	}
	return unknown
}

func sweepStateWord(s govsweep.SweepState) string {
	switch s {
	case govsweep.SweepRunning:
		return "进行中"
	case govsweep.SweepDone:
		return "已完成"
	case govsweep.SweepCancelled:
		return "已取消"
	case govsweep.SweepFailed:
		return "未能检查"
	case govsweep.SweepWaiting:
		return "等待中"
	}
	return clean(string(s))
}

func siteKindWord(k govsweep.SiteKind) string {
	switch k {
	case govsweep.Portal:
		return "政府门户网站"
	case govsweep.DepartmentSite:
		return "部门网站"
	}
	return "登记信息未注明"
}

var columnClassWords = map[govsweep.ColumnClass]string{
	govsweep.NewsColumn: "动态要闻", govsweep.AnnouncementColumn: "通知公告", govsweep.PolicyColumn: "政策文件",
	govsweep.InterpretationColumn: "政策解读", govsweep.PersonnelColumn: "人事信息", govsweep.PlanColumn: "规划计划",
	govsweep.AnnualReportColumn: "信息公开年报", govsweep.FiscalColumn: "财政收支", govsweep.StatisticsColumn: "办事统计数据",
	govsweep.LettersColumn: "留言公开", govsweep.SurveyColumn: "征集调查", govsweep.InterviewColumn: "在线访谈",
	govsweep.OverviewColumn: "概况信息", govsweep.FunctionsColumn: "机构职能", govsweep.LeadersColumn: "领导信息",
	govsweep.DisclosureColumn: "政府信息公开", govsweep.DisclosureGuide: "信息公开指南", govsweep.DisclosureSystem: "信息公开制度",
	govsweep.GazetteColumn: "政府公报", govsweep.TopicColumn: "专题专栏", govsweep.ServiceColumn: "办事服务",
	govsweep.YearlyFormColumn: "网站工作年度报表", govsweep.ExpectedColumn: "应更新栏目", govsweep.StaticColumn: "相对固定",
}

func columnClassWord(c govsweep.ColumnClass) string {
	if w, ok := columnClassWords[c]; ok {
		return w
	}
	if c == govsweep.UnknownColumn {
		return "未分类"
	}
	return clean(string(c))
}

// moment prints a time of day in Shanghai; "" for the zero time.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return govsweep.ChineseDate(t) + t.In(govsweep.Shanghai).Format("15:04")
}

// stamp prints a time for tables and sheets.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(govsweep.Shanghai).Format("2006-01-02 15:04:05")
}

// points prints a score or a deduction; 待录入 where the bureau has not entered it.
func points(p *govsweep.Points) string {
	if p == nil {
		return "待录入"
	}
	return p.String()
}

// yesNo prints a mark only where it says something.
func yesNo(v bool) string {
	if v {
		return "是"
	}
	return "否"
}

func number(n int) string { return strconv.Itoa(n) }
