package reports

import (
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// NoticeSheet writes the findings of a notice as a workbook: the problems,
// one a root cause, the items one by one with their answers and re-tests, every
// address, every piece of evidence, and the notice itself. Nothing is cut but
// what a cell cannot hold; text never becomes a formula.
func NoticeSheet(w io.Writer, n *govsweep.Notice) error {
	return XLSX(w, noticeProblemGrid(n), noticeItemGrid(n), noticePageGrid(n), noticeEvidenceGrid(n), noticeGrid(n))
}

func noticeProblemGrid(n *govsweep.Notice) Grid {
	g := Grid{Name: "问题清单", Cols: []Col{
		{Title: "问题序号", Width: 9, Right: true}, {Title: "所含项", Width: 10}, {Title: "类别", Width: 10}, {Title: "指标", Width: 16}, {Title: "指标名称", Width: 34},
		{Title: "栏目路径", Width: 36}, {Title: "网址", Width: 46}, {Title: "网址数", Width: 8, Right: true}, {Title: "问题", Width: 60}, {Title: "查证情况", Width: 50},
		{Title: "检查时间", Width: 20}, {Title: "依据", Width: 50}, {Title: "整改要求", Width: 50}, {Title: "证据份数", Width: 9, Right: true},
	}}
	w := writer{n: n, problems: problemsOf(n.Items)}
	w.columns = columnProblems(w.problems)
	for i := range w.problems {
		p := &w.problems[i]
		books := p.distinct(func(it *govsweep.NoticeItem) []string { return []string{it.BookID} })
		titles := p.distinct(func(it *govsweep.NoticeItem) []string { return []string{it.Title} })
		g.Rows = append(g.Rows, []Cell{
			count(p.no), text(p.numbers()), text(classWord(p.first().Class)), text(strings.Join(books, "、")), text(titles...), text(place(p.column())), text(p.first().URL),
			count(len(p.pages())), text(p.facts() + w.counted(p)), text(w.quotable(p)...), text(p.looked()), text(p.clauses()), text(p.remedies()), count(len(p.evidence())),
		})
	}
	return g
}

func noticeItemGrid(n *govsweep.Notice) Grid {
	g := Grid{Name: "逐项办理", Cols: []Col{
		{Title: "项", Width: 6, Right: true}, {Title: "问题序号", Width: 9, Right: true}, {Title: "问题编号", Width: 15}, {Title: "类别", Width: 10}, {Title: "指标", Width: 9},
		{Title: "指标名称", Width: 28}, {Title: "问题", Width: 60}, {Title: "查证情况", Width: 50}, {Title: "依据", Width: 50}, {Title: "整改要求", Width: 50}, {Title: "连续季度数", Width: 10, Right: true},
		{Title: "状态", Width: 12}, {Title: "整改措施", Width: 40}, {Title: "完成时间", Width: 12}, {Title: "责任人", Width: 14}, {Title: "佐证材料", Width: 40}, {Title: "复查结果", Width: 40},
	}}
	for _, p := range problemsOf(n.Items) {
		for _, it := range p.items {
			row := []Cell{
				count(it.No), count(p.no), text(it.Finding), text(classWord(it.Class)), text(it.BookID), text(it.Title), text(it.Summary), text(it.Detail...),
				text(it.Clause), text(it.Remedy), count(max(it.Repeat, 1)), text(findingStatusWord(it.Status)),
			}
			g.Rows = append(g.Rows, append(append(row, answerCells(it.Answer)...), text(retestText(it.Retest))))
		}
	}
	return g
}

func answerCells(a *govsweep.Answer) []Cell {
	if a == nil {
		return []Cell{text(""), text(""), text(""), text("")}
	}
	return []Cell{text(a.Measures), text(a.Done), text(a.Responsible), text(a.Proof)}
}

func retestText(r *govsweep.Retest) string {
	if r == nil {
		return ""
	}
	word := map[govsweep.RetestWord]string{govsweep.RetestPassed: "复查通过", govsweep.RetestFailed: "复查未通过", govsweep.RetestUnknown: "未能核实"}[r.Result]
	return govsweep.ChineseDate(r.At) + word + "。" + sentence(r.Why)
}

func noticePageGrid(n *govsweep.Notice) Grid {
	g := Grid{Name: "网址清单", Cols: []Col{{Title: "问题序号", Width: 9, Right: true}, {Title: "序号", Width: 7, Right: true}, {Title: "指标名称", Width: 30}, {Title: "网址", Width: 90}}}
	for _, p := range problemsOf(n.Items) {
		for k, page := range p.pages() {
			g.Rows = append(g.Rows, []Cell{count(p.no), count(k + 1), text(p.first().Title), text(page)})
		}
	}
	return g
}

func noticeEvidenceGrid(n *govsweep.Notice) Grid {
	g := Grid{Name: "证据", Cols: []Col{{Title: "问题序号", Width: 9, Right: true}, {Title: "证据编号", Width: 74}, {Title: "种类", Width: 10}, {Title: "采集时间", Width: 20}, {Title: "网址", Width: 80}}}
	for _, p := range problemsOf(n.Items) {
		for _, e := range p.evidence() {
			g.Rows = append(g.Rows, []Cell{count(p.no), text(e.Digest), text(evidenceWord(e.Kind)), text(momentOf(e.At)), text(e.URL)})
		}
	}
	return g
}

func noticeGrid(n *govsweep.Notice) Grid {
	g := Grid{Name: "文书", Cols: []Col{{Title: "项目", Width: 16}, {Title: "内容", Width: 80}}}
	name, code, url := "网站名称", "网站标识码", "首页网址"
	if n.Target.Kind == govsweep.AccountTarget {
		name, code, url = "账号名称", "账号代码", "账号链接"
	}
	for _, row := range [][2]string{
		{"字号", n.Number}, {"文书编号", n.ID}, {"发文机关", n.Bureau}, {"主送单位", n.Addressee}, {name, n.Target.Name}, {code, n.Target.Code},
		{url, n.Target.URL}, {"主办单位", n.Host}, {"主管单位", n.Supervisor}, {"监测时间点", stamp(n.AsOf)}, {"检查依据", bookName(n)}, {"检查编号", number(int(n.Sweep))},
		{"印发时间", stamp(n.Issued)}, {"截止日期", n.Deadline}, {"期限", n.DeadlineRule}, {"期限提示", n.DeadlineNote}, {"原文书", parentText(n)}, {"原因", n.Reason},
	} {
		if strings.TrimSpace(row[1]) != "" {
			g.AddText(row[0], row[1])
		}
	}
	return g
}

func parentText(n *govsweep.Notice) string {
	if n.Cites == nil {
		return ""
	}
	return n.Cites.Number + "，" + dateOr(n.Cites.Issued, "日期不详")
}
