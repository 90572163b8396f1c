package reports_test

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

func at(day string) time.Time {
	t, err := govsweep.ParseDate(day)
	if err != nil {
		panic(err)
	}
	return t
}

func tenths(n int) *govsweep.Points { p := govsweep.Points(n); return &p }

// sample is an inspection of a made-up site with something in every place.
func sample() *govsweep.Inspection {
	yes := true
	site := govsweep.Site{
		ID: "9901020003", Code: "9901020003", Name: "云川市人民政府门户网站", URL: "http://www.yunchuan.example/", Kind: govsweep.Portal,
		Level: "市级", Region: "云川市", Host: "云川市人民政府办公室", Supervisor: "云岭省人民政府办公厅", PublicService: &yes,
	}
	in := &govsweep.Inspection{
		Site: site,
		Sweep: govsweep.Sweep{
			ID: 3, Kind: "inspect", Scope: site.URL, Rulebook: "gov-2019-19", State: govsweep.SweepDone, AsOf: govsweep.EndOfDay(at("2021-08-27")),
			Started: at("2021-08-28T09:00:00+08:00"), Ended: at("2021-08-28T09:12:40+08:00"),
		},
		Book:     govsweep.BookTitle{ID: "gov-2019-19", Citation: "国办秘函〔2019〕19号", Title: "政府网站与政务新媒体检查指标"},
		Verdict:  sampleVerdict(site.Target()),
		Coverage: sampleCoverage(site.Target()),
		Uncovered: []govsweep.Uncovered{
			{BookID: "SV-02", Name: "安全、泄密事故等严重问题", Why: "须由检查人员结合事故通报核实。"},
			{BookID: "DE-22", Name: "办理答复", Why: "须模拟用户提交咨询，本次检查不向网站提交内容。"},
			{BookID: "DE-38", Name: "IPv6改造", Why: "须从具备IPv6的网络探测，本次检查不包括。"},
		},
	}
	in.Outcomes = sampleOutcomes(site.Target())
	in.Findings = sampleFindings(site.Target())
	in.Columns = sampleColumns()
	in.Series = []govsweep.Series{sampleSeries(in.Site.ID)}
	return in
}

// sampleSeries is a week of 24 visits a day with every sign in it.
func sampleSeries(id govsweep.TargetID) govsweep.Series {
	s := govsweep.Series{Whole: true, Enough: 7, State: "未达到5%", Brief: "未达到5%", CertAt: at("2021-08-26T23:20:00+08:00"),
		Cert: &govsweep.Certificate{Subject: "CN=www.yunchuan.example", Issuer: "CN=云岭测试根", Names: []string{"www.yunchuan.example", "yunchuan.example"},
			NotBefore: at("2020-09-10"), NotAfter: at("2021-09-10"), Sent: 2}}
	planted := map[int]govsweep.VisitSign{3: govsweep.SignFailed, 30: govsweep.SignDoubtful, 50: govsweep.SignExcused, 51: govsweep.SignExcused, 75: govsweep.SignUnmeasured,
		100: govsweep.SignTooClose, 120: govsweep.SignFailed, 121: govsweep.SignFailed, 167: govsweep.SignFailed}
	causes := map[govsweep.VisitSign]string{govsweep.SignFailed: "在规定时间内没有打开。", govsweep.SignDoubtful: "状态码正常，但返回的不像是首页：页面提示系统维护。",
		govsweep.SignExcused: "服务器拒绝连接。", govsweep.SignUnmeasured: "同一时间对照网站也打不开，应为监测端网络问题，本次不计：连接超时。"}
	for day := range 7 {
		d := govsweep.SeriesDay{Day: govsweep.DateOf(at("2021-08-20").AddDate(0, 0, day))}
		for n := range 24 {
			i := day*24 + n
			v := govsweep.SeriesVisit{Sign: govsweep.SignOpened, ProbeVisit: govsweep.ProbeVisit{Target: id, Series: govsweep.Availability, Slot: n, URL: "https://www.yunchuan.example/",
				At: at("2021-08-20").Add(time.Duration(i)*time.Hour + time.Duration((i*37)%45+8)*time.Minute), Family: 4, Status: 200, Result: govsweep.ProbeOpened,
				DNS: time.Duration(4+i%9) * time.Millisecond, Connect: time.Duration(11+i%17) * time.Millisecond, TLS: time.Duration(30+i%23) * time.Millisecond,
				FirstByte: time.Duration(120+(i*13)%200) * time.Millisecond, Total: time.Duration(300+(i*29)%900) * time.Millisecond}}
			if i%40 == 7 {
				v.Total = 6200 * time.Millisecond
			}
			if sign := planted[i]; sign != "" {
				v.Sign, v.Cause, v.Status = sign, causes[sign], 0
			}
			d.Visits = append(d.Visits, v)
			count(&d.ProbeCount, v.Sign)
		}
		s.Add(d.ProbeCount)
		s.Days = append(s.Days, d)
	}
	for i, stage := range []string{"域名解析", "建立连接", "TLS握手", "首字节", "首页传完"} {
		ms := time.Duration(i+1) * time.Millisecond
		s.Stages = append(s.Stages, govsweep.StageTimes{Stage: stage, N: s.Opened, P50: 20 * ms, P90: 35 * ms, P95: 40 * ms, Max: 90 * ms})
	}
	return s
}

func count(c *govsweep.ProbeCount, sign govsweep.VisitSign) {
	switch sign {
	case govsweep.SignUnmeasured:
		c.Unmeasured++
		return
	case govsweep.SignTooClose:
		c.TooClose++
		return
	case govsweep.SignFailed:
		c.Failed++
	case govsweep.SignDoubtful:
		c.Doubtful++
	case govsweep.SignExcused:
		c.Excused++
	default:
		c.Opened++
	}
	c.Visits++
}

func sampleVerdict(t govsweep.Target) govsweep.Verdict {
	return govsweep.Verdict{
		Target: t, Sweep: 3, Rulebook: "gov-2019-19", Grade: govsweep.Unqualified, Vetoes: []govsweep.IndicatorCode{"column-stale-veto"},
		Open: []govsweep.IndicatorCode{"column-blank-veto"}, Reason: "触发单项否决指标“应更新但长期未更新的栏目”，共有10个栏目超过规定期限，判定为不合格。",
		Items: []govsweep.ScoreItem{
			{ID: "DE-05", Group: "发布解读", Name: "政策文件", Places: 1, Deducted: tenths(50)},
			{ID: "DE-08", Group: "发布解读", Name: "其他栏目", Places: 9, Deducted: nil},
			{ID: "DE-32", Group: "功能设计", Name: "可用性", Places: 3, Deducted: tenths(3)},
		},
	}
}

func sampleCoverage(t govsweep.Target) govsweep.Coverage {
	return govsweep.Coverage{
		Target: t, Sweep: 3, Pages: govsweep.PageCounts{Read: 812, Blocked: 3, Unread: 5, Truncated: 1, Skipped: 40},
		Reasons: map[string]int{"网站防护页面拦截": 3, "页面内容须由浏览器执行脚本后才能显示": 4, "超过15秒未能打开": 1, "超过本次检查的页数预算": 40},
		Promise: "对每个主机每秒不超过2次请求、同时不超过2个连接，遵守 robots.txt，遇到繁忙答复即自动放慢。",
	}
}

func sampleOutcomes(t govsweep.Target) []govsweep.Outcome {
	row := func(code govsweep.IndicatorCode, id, title string, class govsweep.Class, s govsweep.OutcomeStatus, n int, reason, review string) govsweep.Outcome {
		return govsweep.Outcome{Target: t, Indicator: code, BookID: id, Title: title, Class: class, Status: s, Count: n, Reason: reason, Review: review}
	}
	return []govsweep.Outcome{
		row("site-unreachable", "SV-01", "站点无法访问", govsweep.Veto, govsweep.NotMeasured, 0, "须连续一周、每天间隔访问20次以上，本次检查只访问一次。", ""),
		row("home-stale", "SV-03", "首页超过2周未更新", govsweep.Veto, govsweep.Passed, 0, "", ""),
		row("column-stale-veto", "SV-04a", "应更新但长期未更新的栏目", govsweep.Veto, govsweep.Found, 1, "", ""),
		row("column-blank-veto", "SV-04c", "空白栏目数量超过5个", govsweep.Veto, govsweep.Passed, 0, "", "4个栏目未能读取，空白栏目可能达到5个。"),
		row("policy-stale", "DE-05b", "政策文件栏目更新", govsweep.Deduction, govsweep.Found, 1, "", ""),
		row("dead-links", "DE-32b", "链接可用性", govsweep.Deduction, govsweep.Found, 1, "", ""),
		row("service-statistics", "DE-10b", "办事统计数据", govsweep.Deduction, govsweep.NotApplicable, 0, "登记信息注明本单位没有对外服务职能。", ""),
		row("footer-icp", "FT-03", "ICP备案编号", govsweep.Norm, govsweep.Passed, 0, "", ""),
		row("head-tags-pubdate", "TG-09", "内容页发布时间标签", govsweep.Norm, govsweep.Found, 1, "", ""),
		row("parser", "XG-01", "目录结构", govsweep.Norm, govsweep.Broken, 0, "检查程序出错，已记入日志。", ""),
	}
}

func sampleFindings(t govsweep.Target) []govsweep.Finding {
	base := func(id string, code govsweep.IndicatorCode, book string, class govsweep.Class) govsweep.Finding {
		return govsweep.Finding{
			ID: id, Fingerprint: "00112233445566778899aabb" + id[1:9], Sweep: 3, Target: t, Indicator: code, BookID: book, Class: class, Status: govsweep.Proposed,
			FirstSeen: at("2021-08-28T09:10:02+08:00"), LastSeen: at("2021-08-28T09:10:02+08:00"),
			Evidence: []govsweep.Evidence{{Digest: govsweep.DigestOf([]byte(id)).String(), Kind: "page", At: "2021-08-28T09:03:11+08:00"}},
		}
	}
	stale := base("F0A1B2C3D4E5", "column-stale-veto", "SV-04a", govsweep.Veto)
	stale.Column = &govsweep.ColumnRef{Name: "通知公告", Path: []string{"首页", "政务公开", "通知公告"}, URL: "http://www.yunchuan.example/zwgk/tzgg/"}
	stale.URL, stale.Pages = stale.Column.URL, []string{stale.Column.URL}
	stale.Summary = "栏目“通知公告”最近一条信息发布于2021年1月4日，距监测时间点235天，已超过6个月。"
	stale.Detail = []string{"最新信息：《关于2021年元旦放假的通知》，发布日期2021-01-04", "规定期限：6个月"}
	stale.Clause, stale.Remedy = "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》一、单项否决指标第4项：监测时间点前6个月内，通知公告、政策文件类一级栏目未更新。", "请及时更新该栏目；确不再更新的，请按规定归档并在页面注明。"
	stale.GroupSize = 1

	policy := base("F1A1B2C3D4E5", "policy-stale", "DE-05b", govsweep.Deduction)
	policy.Column = &govsweep.ColumnRef{Name: "政策文件", Path: []string{"首页", "政务公开", "政策文件"}, URL: "http://www.yunchuan.example/zwgk/zcwj/"}
	policy.URL, policy.Pages, policy.GroupSize = policy.Column.URL, []string{policy.Column.URL}, 1
	policy.Summary, policy.NeedsReview = "栏目“政策文件”最近一条信息发布于2021年2月1日，距监测时间点207天，已超过6个月。", true
	policy.Detail = []string{"最新信息：《关于印发春季造林工作方案的通知》，发布日期2021-02-01"}
	policy.Clause, policy.Remedy = "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》二、扣分指标：政策文件一级栏目超过6个月未更新的，扣5分。", "请补充发布应公开的政策文件。"

	dead := base("F2A1B2C3D4E5", "dead-links", "DE-32b", govsweep.Deduction)
	for i := range 26 {
		dead.Pages = append(dead.Pages, fmt.Sprintf("http://www.yunchuan.example/zwgk/tzgg/202101/t20210104_%04d.html", 1000+i))
	}
	for i := range 3 {
		dead.Evidence = append(dead.Evidence, govsweep.Evidence{Digest: govsweep.DigestOf([]byte{byte(i)}).String(), Kind: "page", URL: dead.Pages[i], At: "2021-08-28T09:04:00+08:00"})
	}
	dead.URL, dead.GroupSize, dead.NeedsReview = dead.Pages[0], len(dead.Pages), true
	dead.Summary = "页面模板中的“市长信箱”链接无法打开（状态码404），涉及26个网页。"
	dead.Detail = []string{"链接地址：http://www.yunchuan.example/hdjl/szxx/index.html", "答复：HTTP 404"}
	dead.Clause, dead.Remedy = "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》二、扣分指标：链接不能正常访问。", "请修正页面模板中的链接地址。"

	tag := base("F3A1B2C3D4E5", "head-tags-pubdate", "TG-09", govsweep.Norm)
	tag.URL, tag.Severity = "http://www.yunchuan.example/zwgk/gzdt/202108/t20210820_2001.html", govsweep.Must
	tag.Pages, tag.GroupSize = []string{tag.URL}, 1
	tag.Summary = "内容页缺少必选标签 PubDate。"
	tag.Clause, tag.Remedy = "国办发〔2017〕47号《政府网站发展指引》附件2：内容页必须设置 PubDate 标签。", "请在内容页模板中增加 PubDate 标签。"
	return []govsweep.Finding{stale, policy, dead, tag}
}

func sampleColumns() []govsweep.ColumnVerdict {
	row := func(name, slug string, class govsweep.ColumnClass, verdict govsweep.ColumnState, newest string, age int, limit string) govsweep.ColumnVerdict {
		c := govsweep.ColumnVerdict{Verdict: verdict, AgeDays: age, Limit: limit}
		c.Name, c.URL, c.Class = name, "http://www.yunchuan.example/zwgk/"+slug+"/", class
		c.Path, c.State, c.Newest = []string{"首页", "政务公开", name}, govsweep.Listed, newest
		c.ClassReason = "栏目名称为“" + name + "”"
		if newest != "" {
			c.NewestTitle, c.NewestURL, c.Items = "关于"+name+"的最新一条信息", c.URL+"t1.html", 40
		}
		return c
	}
	news := row("工作动态", "gzdt", govsweep.NewsColumn, govsweep.ColumnFresh, "2021-08-20", 7, "14天")
	for i := range news.Weeks {
		news.Weeks[i] = (i*7 + 3) % 6
	}
	news.Why = "最近更新距监测时间点7天，在14天期限之内。"
	notice := row("通知公告", "tzgg", govsweep.AnnouncementColumn, govsweep.ColumnStale, "2021-01-04", 235, "6个月")
	for i := 33; i < 52; i++ {
		notice.Weeks[i] = i % 3
	}
	notice.Why = "超过6个月未更新。"
	blank := row("规划计划", "ghjh", govsweep.PlanColumn, govsweep.ColumnBlank, "", -1, "1年")
	blank.State, blank.Why = govsweep.BlankList, "栏目没有任何内容。"
	unread := row("财政信息", "czxx", govsweep.FiscalColumn, govsweep.ColumnUnread, "", -1, "")
	unread.State, unread.Unread = govsweep.UnreadList, "列表由脚本生成，本次未能读取。"
	static := row("市情概况", "sqgk", govsweep.StaticColumn, govsweep.ColumnNoRule, "2019-03-01", 910, "")
	static.ClassBy, static.Why = "李明", "此类栏目没有规定更新周期。"
	return []govsweep.ColumnVerdict{news, notice, blank, unread, static}
}
