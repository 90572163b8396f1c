package paper

import (
	"fmt"
	"strings"
	"time"
)

// notice is a notice of one page or a little more, as a bureau issues it.
func notice() *Paper {
	day := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	return &Paper{
		Title:  "关于青川市交通运输局网站\n有关问题的整改通知书",
		Head:   "青川市人民政府办公室文件",
		Number: "青政办网改〔2026〕3号",
		To:     "青川市交通运输局",
		Body: []Block{
			Para{Text: "根据《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号），我办于2026年11月20日对你单位主办的“青川市交通运输局”网站（标识码4208000012）进行了检查。现将发现的问题和整改要求通知如下。"},
			Para{Level: First, Text: "一、存在的问题"},
			Para{Level: Second, Text: "（一）单项否决问题"},
			Para{Text: "1.首页“政务公开”下“通知公告”栏目最近一条信息发布于2021年3月2日，距监测时间点已超过6个月。"},
			Para{Level: Second, Text: "（二）扣分问题"},
			Para{Text: "2.首页“办事服务”下“办事指南”栏目中《道路运输经营许可》页面的“办理依据”链接不能打开，地址为http://jtj.example.gov.cn/zwgk/bszn/dlysjyxk/2021/0302/content_1234567890_abcdefghijklmnopqrstuvwxyz.html。"},
			Para{Level: First, Text: "二、整改要求"},
			Para{Text: "请你单位收到本通知之日起10个工作日内完成整改，于2026年12月4日前将《整改回执》反馈我办。逾期未整改的，将予以督办并在全市通报。"},
		},
		Annexes:  []string{"问题清单", "整改回执"},
		Author:   "青川市人民政府办公室",
		Date:     day,
		Note:     "联系人：李明，电话：0716—8888888",
		CopyTo:   "青川市委网信办，市政务服务和大数据管理局。",
		Printer:  "青川市人民政府办公室",
		Printed:  day,
		Appended: []Appendix{{Title: "问题清单", Body: []Block{list(8)}}, {Title: "整改回执", Body: []Block{receipt()}}},
	}
}

// list is a list of n problems.
func list(n int) Table {
	t := Table{Head: []string{"序号", "指标", "栏目路径", "问题描述", "页面地址", "扣分"}, Right: []bool{false, false, false, false, false, true}}
	for i := range n {
		t.Rows = append(t.Rows, []string{
			fmt.Sprint(i + 1), "栏目不更新", "首页—政务公开—通知公告", "最近一条信息发布于2021年3月2日，距监测时间点已超过6个月。",
			fmt.Sprintf("http://jtj.example.gov.cn/zwgk/tzgg/202103/t%08d_%s.html", i, strings.Repeat("ab", i%20)), fmt.Sprint(i % 7),
		})
	}
	return t
}

func receipt() Table {
	return Table{Head: []string{"问题序号", "整改措施", "完成时间", "责任人"}, Rows: [][]string{{"1", "", "", ""}, {"2", "", "", ""}}}
}

// circular is a paper with everything a paper may hold.
func circular() *Paper {
	p := notice()
	p.Title = "关于2026年第三季度全市政府网站与政务新媒体检查情况的通报"
	p.Signer = "王建国"
	p.Body = append(p.Body, charts()...)
	wide := list(40)
	wide.Head = append(wide.Head, "主管单位", "主办单位", "复查结果")
	for i := range wide.Rows {
		wide.Rows[i] = append(wide.Rows[i], "青川市人民政府", "青川市交通运输局", "未整改")
	}
	p.Annexes = []string{"不合格政府网站名单", "问题清单"}
	p.Appended = []Appendix{{Title: "不合格政府网站名单", Body: []Block{list(60)}}, {Title: "问题清单", Wide: true, Body: []Block{wide}}}
	return p
}

func charts() []Block {
	cells := make([]Cell, 92)
	for i := range cells {
		cells[i] = Cell(i*7%11) % 5
	}
	return []Block{
		Para{Level: First, Text: "三、图表"},
		Bars{Caption: "各县（市、区）不合格网站数", Bars: []Bar{
			{"青川县", 12, "12个", true}, {"白河区", 7, "7个", true}, {"东山区", 0, "0个", true}, {"黑石岭经济技术开发区管理委员会", 3.5, "3.5个", true}, {"南湖区", 0, "—", false}}},
		Strip{Caption: "“通知公告”栏目逐日更新情况", From: "2026年7月1日", To: "2026年9月30日", Cells: cells,
			Legend: []Key{{Good, "有更新"}, {Bad, "无更新"}, {Warn, "临近期限"}, {Excused, "节假日"}, {Blank, "未读取"}}},
		Trend{Caption: "合格率", Unit: "%", Max: 100, Points: []Point{
			{"2025年第四季度", 82, true, 78, 90, "82%"}, {"2026年第一季度", 88, true, 86, 91, "88%"}, {"2026年第二季度", 0, false, 0, 0, "—"},
			{"2026年第三季度", 93.5, true, 90, 96.25, "93.5%"}, {"2026年第四季度", 95, true, 95, 95, "95%"}}},
	}
}
