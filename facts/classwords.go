package facts

import "github.com/govsweep/govsweep"

// classTypes are the values of ColumnType that 47号 names, and what sites
// write for them.
var classTypes = map[string]govsweep.ColumnClass{
	"概况信息": govsweep.OverviewColumn, "机构职能": govsweep.FunctionsColumn, "负责人信息": govsweep.LeadersColumn, "领导信息": govsweep.LeadersColumn,
	"工作动态": govsweep.NewsColumn, "动态要闻": govsweep.NewsColumn, "通知公告": govsweep.AnnouncementColumn, "政策文件": govsweep.PolicyColumn,
	"信息公开指南": govsweep.DisclosureGuide, "政府信息公开指南": govsweep.DisclosureGuide, "信息公开目录": govsweep.DisclosureColumn, "政府信息公开目录": govsweep.DisclosureColumn,
	"信息公开制度": govsweep.DisclosureSystem, "政府信息公开制度": govsweep.DisclosureSystem, "信息公开年报": govsweep.AnnualReportColumn, "政府信息公开年报": govsweep.AnnualReportColumn,
	"依申请公开": govsweep.StaticColumn, "数据发布": govsweep.ExpectedColumn, "数据开放": govsweep.ExpectedColumn, "政策解读": govsweep.InterpretationColumn,
	"回应关切": govsweep.ExpectedColumn, "办事服务": govsweep.ServiceColumn, "咨询投诉": govsweep.LettersColumn, "征集调查": govsweep.SurveyColumn, "在线访谈": govsweep.InterviewColumn,
}

// classRule gives a class to names that hold one of words and none of except.
type classRule struct {
	class      govsweep.ColumnClass
	confidence float64
	words      []string
	except     []string
}

// classRules stand in the order in which they are asked: the special before
// the general, so that 领导活动 is news and 政策解读 no policy.
var classRules = []classRule{
	{govsweep.StaticColumn, 0.9, []string{"网站地图", "站点地图", "关于我们", "关于本站", "联系我们", "网站声明", "版权声明", "隐私", "免责声明", "使用帮助", "网站帮助", "无障碍", "友情链接",
		"法律法规", "法规库", "法律库", "权责清单", "权力清单", "责任清单", "服务清单", "常见问题", "知识库", "办事指南", "服务指南", "办理指南", "下载", "用户登录", "个人中心", "依申请公开", "智能问答", "回收站", "测试栏目"}, []string{"解读", "动态", "公告"}},
	{govsweep.YearlyFormColumn, 0.9, []string{"网站工作年度报表", "网站年度报表", "网站监管年度报表", "网站年报", "网站工作报表", "网站工作年报", "年度工作报表", "网站工作年度报告", "年度报表"}, nil},
	{govsweep.AnnualReportColumn, 0.95, []string{"信息公开年报", "信息公开年度报告", "信息公开工作年度报告", "公开年报", "政务公开年报", "信息公开工作报告", "公开年度报告"}, nil},
	{govsweep.DisclosureGuide, 0.95, []string{"公开指南"}, nil},
	{govsweep.DisclosureSystem, 0.95, []string{"公开制度", "公开规定", "公开条例"}, nil},
	{govsweep.GazetteColumn, 0.95, []string{"政府公报", "政报"}, nil},
	{govsweep.TopicColumn, 0.85, []string{"专题", "专栏", "往期", "回顾"}, []string{"新闻专栏"}},
	{govsweep.InterpretationColumn, 0.95, []string{"解读", "图解", "一图读懂", "一图看懂"}, nil},
	{govsweep.StatisticsColumn, 0.9, []string{"办事统计", "办件统计", "办理统计", "受理统计", "办事数据", "办件数据"}, nil},
	{govsweep.FiscalColumn, 0.9, []string{"财政收支", "收支情况", "财政运行", "财政月报", "收支月报"}, nil},
	{govsweep.SurveyColumn, 0.9, []string{"征集", "网上调查", "在线调查", "问卷", "征求意见", "意见反馈", "调查结果", "民意调查", "网络调查", "民意反馈"}, []string{"专利征集"}},
	{govsweep.InterviewColumn, 0.95, []string{"访谈"}, nil},
	{govsweep.LettersColumn, 0.9, []string{"留言", "来信", "信件", "选登", "信箱", "咨询投诉", "投诉建议", "咨询建言", "咨询建议", "网上咨询", "在线咨询", "投诉咨询", "意见建议", "问政"}, []string{"网上信访"}},
	{govsweep.PersonnelColumn, 0.9, []string{"人事", "任免", "任前公示", "招聘", "招录", "招考", "考录", "公务员", "干部公示", "选调", "遴选", "职称"}, nil},
	{govsweep.NewsColumn, 0.9, []string{"领导活动", "政务活动", "要闻", "工作动态", "部门动态", "区县动态", "县区动态", "镇街动态", "乡镇动态", "基层动态", "政务动态", "图片新闻", "视频新闻", "新闻动态", "工作进展", "时政新闻", "新闻中心", "新闻资讯", "头条", "快讯", "快报"}, nil},
	{govsweep.ExpectedColumn, 0.8, []string{"新闻发布", "发布会", "公开内容", "重点领域", "预决算", "预算", "决算", "财政", "双公示", "行政许可", "行政处罚", "行政执法", "行政强制", "执法", "双随机", "建议提案", "提案", "政府采购", "招标", "中标", "采购",
		"重大项目", "重大建设", "政府工作报告", "常务会", "会议", "回应关切", "热点回应", "领导讲话", "统计", "数据发布", "数据开放", "公共资源", "收费", "督查", "应急", "债务", "补贴", "审计"}, []string{"动态", "通知公告", "公示公告"}},
	{govsweep.PlanColumn, 0.9, []string{"规划计划", "发展规划", "专项规划", "规划信息", "计划规划", "工作计划", "计划总结", "总体规划", "区域规划", "五年规划", "规划纲要", "年度计划", "十三五", "十四五", "十五五"}, []string{"公告", "公示", "动态"}},
	{govsweep.LeadersColumn, 0.9, []string{"领导之窗", "领导信息", "领导班子", "领导分工", "领导简介", "领导成员", "领导介绍", "负责人", "政府领导", "县长之窗", "市长之窗", "区长之窗", "旗长之窗", "局领导", "厅领导", "委领导", "领导"}, nil},
	{govsweep.FunctionsColumn, 0.9, []string{"机构职能", "机构设置", "内设机构", "部门职责", "部门职能", "工作职责", "主要职责", "职能职责", "直属机构", "直属单位", "下属单位", "派出机构", "组织机构", "机构信息", "机构简介", "政府机构", "三定"}, nil},
	{govsweep.OverviewColumn, 0.9, []string{"概况", "概览", "走进", "认识", "市情", "县情", "区情", "旗情", "省情", "镇情", "历史沿革", "自然地理", "行政区划", "建制沿革", "人口民族", "地理位置", "单位简介"}, []string{"动态", "新闻", "督"}},
	{govsweep.AnnouncementColumn, 0.95, []string{"通知公告", "公示公告", "公告公示", "通知公示", "通告公告", "公告通知", "公告栏", "公告通告", "重要公告", "通知通告"}, nil},
	{govsweep.PolicyColumn, 0.9, []string{"政策文件", "规范性文件", "政府文件", "文件库", "政府规章", "规章库", "政策法规", "法规政策", "部门文件", "政府令", "上级文件", "本级文件", "最新文件", "最新政策", "惠企政策", "政策库", "公文", "办公室文件", "政策性文件", "国家政策", "政策汇编"}, nil},
	{govsweep.ServiceColumn, 0.85, []string{"办事服务", "政务服务", "网上办事", "办事大厅", "便民服务", "公共服务", "在线办事", "服务大厅", "一网通办"}, []string{"动态", "公告"}},
	{govsweep.NewsColumn, 0.8, []string{"动态", "新闻", "资讯", "时政", "播报", "简讯", "风采", "工作信息", "政务信息", "视频"}, []string{"搜索"}},
	{govsweep.AnnouncementColumn, 0.8, []string{"公告", "公示", "通知", "通告"}, nil},
	{govsweep.PolicyColumn, 0.75, []string{"文件", "政策", "规章", "政令"}, []string{"问答", "咨询", "文件柜"}},
	{govsweep.PlanColumn, 0.75, []string{"规划", "计划"}, []string{"计划生育"}},
	{govsweep.AnnualReportColumn, 0.75, []string{"年度报告", "年报"}, []string{"法治", "统计", "财务", "企业", "环境"}},
	{govsweep.DisclosureColumn, 0.9, []string{"信息公开", "政务公开", "主动公开"}, nil},
	{govsweep.ExpectedColumn, 0.6, []string{"互动", "民生", "教育", "医疗", "就业", "社会保障", "社会救助", "养老", "环境", "安全生产", "食品", "药品", "乡村振兴", "营商环境", "招商", "投资", "旅游", "文化", "政策问答", "公报", "报告", "发布", "回应", "监管", "信用", "数据"}, nil},
}

// classSlugs are names of folders, in pinyin initials or whole.
var classSlugs = map[string]govsweep.ColumnClass{
	"tzgg": govsweep.AnnouncementColumn, "gsgg": govsweep.AnnouncementColumn, "gggs": govsweep.AnnouncementColumn, "ggtz": govsweep.AnnouncementColumn, "gonggao": govsweep.AnnouncementColumn, "tongzhigonggao": govsweep.AnnouncementColumn,
	"gzdt": govsweep.NewsColumn, "xwdt": govsweep.NewsColumn, "bmdt": govsweep.NewsColumn, "qxdt": govsweep.NewsColumn, "zwyw": govsweep.NewsColumn, "yaowen": govsweep.NewsColumn, "yw": govsweep.NewsColumn, "dtyw": govsweep.NewsColumn,
	"zwdt": govsweep.NewsColumn, "tpxw": govsweep.NewsColumn, "ldhd": govsweep.NewsColumn, "xwzx": govsweep.NewsColumn, "jrtt": govsweep.NewsColumn, "xzdt": govsweep.NewsColumn, "jcdt": govsweep.NewsColumn,
	"zcwj": govsweep.PolicyColumn, "zfwj": govsweep.PolicyColumn, "gfxwj": govsweep.PolicyColumn, "xzgfxwj": govsweep.PolicyColumn, "zxwj": govsweep.PolicyColumn, "zcwjk": govsweep.PolicyColumn,
	"zcjd": govsweep.InterpretationColumn, "jdhy": govsweep.InterpretationColumn, "rsrm": govsweep.PersonnelColumn, "rsxx": govsweep.PersonnelColumn, "zkly": govsweep.PersonnelColumn, "gwyzk": govsweep.PersonnelColumn,
	"ghjh": govsweep.PlanColumn, "fzgh": govsweep.PlanColumn, "ghxx": govsweep.PlanColumn, "zxgh": govsweep.PlanColumn,
	"zfxxgkzn": govsweep.DisclosureGuide, "xxgkzn": govsweep.DisclosureGuide, "gkzn": govsweep.DisclosureGuide, "zfxxgkzd": govsweep.DisclosureSystem, "xxgkzd": govsweep.DisclosureSystem, "gkzd": govsweep.DisclosureSystem,
	"zfxxgknb": govsweep.AnnualReportColumn, "xxgknb": govsweep.AnnualReportColumn, "gknb": govsweep.AnnualReportColumn, "zfxxgkndbg": govsweep.AnnualReportColumn,
	"zfgb": govsweep.GazetteColumn, "ldxx": govsweep.LeadersColumn, "ldzc": govsweep.LeadersColumn, "jgzn": govsweep.FunctionsColumn, "jgsz": govsweep.FunctionsColumn, "nsjg": govsweep.FunctionsColumn,
	"zfxxgk": govsweep.DisclosureColumn, "fdzdgknr": govsweep.DisclosureColumn, "xxgkml": govsweep.DisclosureColumn, "zxft": govsweep.InterviewColumn, "zjdc": govsweep.SurveyColumn, "myzj": govsweep.SurveyColumn, "yjzj": govsweep.SurveyColumn, "dczj": govsweep.SurveyColumn,
	"ztzl": govsweep.TopicColumn, "czsz": govsweep.FiscalColumn, "bsfw": govsweep.ServiceColumn, "zwfw": govsweep.ServiceColumn, "ysqgk": govsweep.StaticColumn, "bszn": govsweep.StaticColumn, "lxwm": govsweep.StaticColumn, "wzdt": govsweep.StaticColumn,
	"gywm": govsweep.StaticColumn, "flfg": govsweep.StaticColumn, "lyxd": govsweep.LettersColumn, "lxxd": govsweep.LettersColumn, "xzxx": govsweep.LettersColumn, "bstj": govsweep.StatisticsColumn,
}
