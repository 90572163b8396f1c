package facts

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestClassOf(t *testing.T) {
	cases := []struct {
		name, path, typ, url string
		want                 govsweep.ColumnClass
	}{
		{"通知公告", "", "", "", govsweep.AnnouncementColumn},
		{"通 知 公 告 (12)", "", "", "", govsweep.AnnouncementColumn},
		{"通知公告", "首页 政务公开", "工作动态", "", govsweep.AnnouncementColumn},
		{"公告栏目", "", "", "", govsweep.AnnouncementColumn},
		{"征地公告", "", "", "", govsweep.AnnouncementColumn},
		{"政務要聞", "", "", "", govsweep.NewsColumn},
		{"历史专题：机构改革", "", "工作动态", "", govsweep.TopicColumn},
		{"领导活动", "", "", "", govsweep.NewsColumn},
		{"领导之窗", "", "", "", govsweep.LeadersColumn},
		{"图片新闻", "", "", "", govsweep.NewsColumn},
		{"区县动态", "", "", "", govsweep.NewsColumn},
		{"甲县简况", "", "工作动态", "", govsweep.NewsColumn},
		{"政策文件", "", "", "", govsweep.PolicyColumn},
		{"行政规范性文件", "", "", "", govsweep.PolicyColumn},
		{"政策解读", "首页 政策文件", "", "", govsweep.InterpretationColumn},
		{"文件解读", "", "政策解读", "", govsweep.InterpretationColumn},
		{"人事任免", "", "", "", govsweep.PersonnelColumn},
		{"公务员招考公告", "", "", "", govsweep.PersonnelColumn},
		{"规划计划", "", "", "", govsweep.PlanColumn},
		{"办事统计数据", "首页 办事服务", "数据发布", "", govsweep.StatisticsColumn},
		{"人事信息", "首页 政府信息公开", "信息公开目录", "", govsweep.PersonnelColumn},
		{"规划公示", "", "", "", govsweep.AnnouncementColumn},
		{"计划生育", "", "", "", govsweep.UnknownColumn},
		{"政府信息公开年报", "", "", "", govsweep.AnnualReportColumn},
		{"政府信息公开指南", "", "信息公开目录", "", govsweep.DisclosureGuide},
		{"政府信息公开制度", "", "", "", govsweep.DisclosureSystem},
		{"政府网站工作年度报表", "", "", "", govsweep.YearlyFormColumn},
		{"政府公报", "", "", "", govsweep.GazetteColumn},
		{"统计公报", "", "", "", govsweep.ExpectedColumn},
		{"财政收支", "", "", "", govsweep.FiscalColumn},
		{"财政预决算", "", "", "", govsweep.ExpectedColumn},
		{"办事统计数据", "", "", "", govsweep.StatisticsColumn},
		{"县长信箱", "", "", "", govsweep.LettersColumn},
		{"民意征集", "", "", "", govsweep.SurveyColumn},
		{"在线访谈", "", "", "", govsweep.InterviewColumn},
		{"机构概况", "", "", "", govsweep.OverviewColumn},
		{"走进甲县", "", "", "", govsweep.OverviewColumn},
		{"内设机构", "", "", "", govsweep.FunctionsColumn},
		{"办事指南", "", "", "", govsweep.StaticColumn},
		{"法律法规库", "", "", "", govsweep.StaticColumn},
		{"政务服务", "", "", "", govsweep.ServiceColumn},
		{"专题专栏", "", "", "", govsweep.TopicColumn},
		{"工作动态", "首页 专题专栏 防汛抗旱", "", "", govsweep.TopicColumn},
		{"历史专题新闻", "", "", "", govsweep.TopicColumn},
		{"2019年", "首页 通知公告 2019年", "", "", govsweep.StaticColumn},
		{"县政府办公室", "首页 政策文件", "", "", govsweep.PolicyColumn},
		{"甲乡", "首页 新闻动态", "", "", govsweep.ExpectedColumn},
		{"政府信息公开", "", "", "", govsweep.DisclosureColumn},
		{"新闻发布会", "", "", "", govsweep.ExpectedColumn},
		{"甲", "首页", "", "http://a.gov.cn/zwgk/tzgg/index.html", govsweep.AnnouncementColumn},
		{"甲", "首页", "10", "http://a.gov.cn/zwgk/gzdt_12/", govsweep.NewsColumn},
		{"甲", "首页", "矿业", "http://a.gov.cn/tzgg/jia/", govsweep.UnknownColumn},
		{"", "", "信息公开，政策文件", "", govsweep.PolicyColumn},
	}
	for _, c := range cases {
		class, reason, sure := ClassOf(c.name, strings.Fields(c.path), c.typ, c.url)
		if class != c.want {
			t.Errorf("%s (%s, %s): %s because %s, want %s", c.name, c.path, c.typ, class, reason, c.want)
		}
		if (class == govsweep.UnknownColumn) != (sure == 0) || (class == govsweep.UnknownColumn) != (reason == "") {
			t.Errorf("%s: %s, reason %q, confidence %v", c.name, class, reason, sure)
		}
	}
}
