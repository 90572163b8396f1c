package reports

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// listSites adds the columns up, site by site. A site of which no column
// could be counted has no number; unread columns stand beside the sum.
func (a *Annex) listSites() {
	cols := append(annexSiteCols(), a.monthCols(false)...)
	l := a.newList("网站发布信息", append(cols, Col{Title: "合计", Width: 10, Right: true}, Col{Title: "计入栏目", Width: 9, Right: true}, Col{Title: "未计入栏目", Width: 9, Right: true})...)
	a.sites = l
	how, unread := a.columns.matching("计数方式", countedByDate, countedByWeek), a.columns.matching("计数方式", notCounted)
	for i := range a.in.Sites {
		s := &a.in.Sites[i].Site
		rows := a.siteRows[s.ID]
		row := siteCells(s)
		for _, m := range a.months {
			row = append(row, a.columnSum(m.label, rows))
		}
		l.add(append(row, a.columnSum("统计期合计", rows), count(len(rowsInBoth(rows, how))), count(len(rowsInBoth(rows, unread))))...)
	}
}

// columnSum adds up what is known of a column of the list; — for nothing.
func (a *Annex) columnSum(col string, rows []int) Cell {
	at, sum, any := a.columns.at(col), 0.0, false
	for _, r := range rows {
		if cell := a.columns.Grid.Rows[r-1][at]; cell.IsNum {
			sum, any = sum+cell.Number, true
		}
	}
	if !any {
		return text(unknown)
	}
	return count(int(sum))
}

func (a *Annex) listReadings() {
	b := a.in.Figures.Interpretations
	if b == nil {
		return
	}
	l := a.newList("政策解读情况", Col{Title: "名称", Width: 24}, Col{Title: "解读稿件", Width: 10, Right: true}, Col{Title: "非文字形式", Width: 10, Right: true})
	l.Source, a.readings = clean(b.Source), l
	for _, r := range b.Rows {
		l.add(text(orUnknown(r.Name)), intCell(r.Items), intCell(r.NonText))
	}
}

func (a *Annex) listLetters() {
	b := a.in.Answers
	if b == nil {
		return
	}
	l := a.newList("网民留言答复情况", Col{Title: "名称", Width: 24}, Col{Title: "收到留言", Width: 10, Right: true}, Col{Title: "已答复", Width: 10, Right: true})
	l.Source, a.letters = clean(b.Source), l
	for _, r := range b.Rows {
		l.add(text(orUnknown(r.Name)), intCell(r.Received), intCell(r.Answered))
	}
}

func (a *Annex) listAccounts() {
	b := a.in.Figures.Accounts
	if b == nil {
		return
	}
	l := a.newList("政务新媒体情况", Col{Title: "平台", Width: 20}, Col{Title: "在册账号", Width: 10, Right: true}, Col{Title: "发布信息", Width: 10, Right: true},
		Col{Title: "检查账号", Width: 10, Right: true}, Col{Title: "合格", Width: 8, Right: true}, Col{Title: "不合格", Width: 8, Right: true}, Col{Title: "待核", Width: 8, Right: true})
	l.Source, a.accounts = clean(b.Source), l
	for _, p := range b.Platforms {
		posts := intCell(p.Posts)
		if p.Posts == nil && p.Seen > 0 {
			posts = text("至少" + number(p.Seen))
		}
		l.add(text(orUnknown(p.Name)), intCell(p.Registered), posts, intCell(p.Checked), intCell(p.Qualified), intCell(p.Unqualified), intCell(p.Undecided))
	}
}

// publishing gives the platforms that are expected to publish: an app or a
// 小程序 of which nobody counts items does not make the sum unknown.
func (a *Annex) publishing() []int {
	silent := without(a.accounts.matching("平台", mediaWord(govsweep.App), mediaWord(govsweep.MiniProgram)), a.accounts.numeric("发布信息"))
	return without(a.accounts.all(), silent)
}

// listPrinted sets the numbers of a progress report beside those counted
// again. It gives both and the difference; what follows is a person's call.
func (a *Annex) listPrinted() {
	if len(a.in.Printed) == 0 {
		return
	}
	l := a.newList("报告数据复核", Col{Title: "事项", Width: 36}, Col{Title: "报告数", Width: 10, Right: true}, Col{Title: "复核数", Width: 10, Right: true},
		Col{Title: "差额", Width: 10, Right: true}, Col{Title: "复核依据", Width: 44})
	a.printed = l
	for _, p := range a.in.Printed {
		v, ok, why := a.recount(p)
		again, diff := text(unknown), text(unknown)
		if ok {
			again, diff = count(v), count(p.Value-v)
		}
		l.add(text(orUnknown(p.Label)), count(p.Value), again, diff, text(why))
	}
	a.rows("printed.all", "报告中的数据", "项", l, l.all())
	a.rows("printed.counted", "能够复核的数据", "项", l, l.numeric("复核数"))
}

func (a *Annex) recount(p PrintedFigure) (int, bool, string) {
	of := func(keys ...string) (int, bool, string) {
		sum, why := 0, ""
		for _, key := range keys {
			n := a.Find(key)
			if !n.Known() {
				return 0, false, n.Label + "：" + n.Unknown
			}
			sum, why = sum+int(n.Value), why+map[bool]string{true: "", false: "，"}[why == ""]+n.Label+"（"+n.Code+"）"
		}
		return sum, true, why
	}
	switch p.Count {
	case PrintedSiteItems:
		return of("items.total")
	case PrintedPosts:
		return of("accounts.posts")
	case PrintedItems:
		return of("items.total", "accounts.posts")
	case PrintedGazette:
		return of("gazette.items")
	case PrintedReadings:
		return of("readings.items")
	case PrintedAnswers:
		return of("answers.answered")
	case PrintedAccounts:
		if p.Name == "" {
			return of("accounts.registered")
		}
		return a.rowSum(a.accounts, "平台", p.Name, "在册账号", "未提供该平台的政务新媒体数据")
	case PrintedColumn:
		return a.namedColumn(p.Name)
	}
	return 0, false, "公开网页上没有可供统计的内容，须人工核对。"
}

func (a *Annex) rowSum(l *CircularList, by, name, col, none string) (int, bool, string) {
	if l == nil {
		return 0, false, none
	}
	rows := l.matching(by, clean(name))
	v, ok := l.total(col, rows)
	if !ok || len(rows) == 0 {
		return 0, false, none
	}
	return int(v), true, l.Code + "第" + rowRanges(rows) + "行"
}

// namedColumn counts the items of the columns of that name, by the last
// element of their path.
func (a *Annex) namedColumn(name string) (int, bool, string) {
	sum, rows := 0, []int{}
	for r, row := range a.columns.Grid.Rows {
		total := row[6+len(a.months)]
		if path := row[4].Text; lastStep(path) == clean(name) && total.IsNum {
			sum, rows = sum+int(total.Number), append(rows, r+1)
		}
	}
	if len(rows) == 0 {
		return 0, false, "没有统计到名为“" + clean(name) + "”的栏目。"
	}
	slices.Sort(rows)
	return sum, true, a.columns.Code + "第" + rowRanges(rows) + "行"
}
