package reports

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// StatisticsPaper lays the statistics of a unit out as a paper: a table for
// each kind of number, and why a number is missing.
func StatisticsPaper(u *UnitStatistics) *paper.Paper {
	p := &paper.Paper{Title: fmt.Sprintf("%s政务公开统计表\n（%s）", cut(u.Unit, maxName), u.span())}
	section := func(title string, blocks ...paper.Block) {
		p.Body = append(append(p.Body, paper.Para{Level: paper.First, Text: title}), blocks...)
	}
	section("一、政务新媒体账号", u.accountTable())
	section("二、网站发布信息", u.monthTable(siteGroup))
	section("三、新媒体发布信息", u.monthTable(postGroup))
	section("四、政策解读和公开留言答复", u.classTable())
	section("五、政府公报和网民留言", u.periodTable())
	section("六、统计说明", u.notes()...)
	return p
}

func (u *UnitStatistics) span() string {
	a, b := u.months[0].label, u.months[len(u.months)-1].label
	if a == b {
		return a
	}
	return a + "至" + b
}

// find gives one line as a paper prints it; * marks what the unit filled in.
func (u *UnitStatistics) find(group, item, of, month string) string {
	i := slices.IndexFunc(u.Lines, func(l StatisticsLine) bool {
		return l.Group == group && l.Item == item && l.Of == of && l.Month == month
	})
	if i < 0 {
		return unknown
	}
	return u.Lines[i].print()
}

func (l *StatisticsLine) print() string {
	if s := l.cell().Text; l.Source == "" || joinOnce(l.Source, fromUnit) != l.Source {
		return s
	} else {
		return s + "*"
	}
}

// ofs are the platforms or sites of a group in their order, 合计 the last one.
func (u *UnitStatistics) ofs(group string) []string {
	var out []string
	for i := range u.Lines {
		if l := &u.Lines[i]; l.Group == group && !slices.Contains(out, l.Of) {
			out = append(out, l.Of)
		}
	}
	return out
}

func (u *UnitStatistics) accountTable() paper.Block {
	t := paper.Table{Caption: "政务新媒体账号数（个）", Head: []string{"平台"}, Right: []bool{false}}
	for _, item := range accountItems {
		t.Head, t.Right = append(t.Head, item.word), append(t.Right, true)
	}
	for _, of := range u.ofs(accountGroup) {
		row := []string{of}
		for _, item := range accountItems {
			row = append(row, u.find(accountGroup, item.word, of, ""))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// maxSideBySide is how many sites or platforms a table on paper sets side by side.
const maxSideBySide = 8

func (u *UnitStatistics) monthTable(group string) paper.Block {
	parts := u.ofs(group)
	if len(parts) > maxSideBySide+1 || len(parts) == 2 { // too many, or one that says the same as the sum
		parts = parts[len(parts)-1:]
	}
	t := paper.Table{Caption: "各月发布信息数（条）", Head: append([]string{"月份"}, parts...), Right: []bool{false}}
	for range parts {
		t.Right = append(t.Right, true)
	}
	for _, month := range append(u.monthKeys(), "") {
		row := []string{monthWord(month) + u.running(month)}
		for _, of := range parts {
			row = append(row, u.find(group, "发布信息", of, month))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// running marks a month that is not over yet.
func (u *UnitStatistics) running(month string) string {
	for _, m := range u.months {
		if m.key() == month && m.to.After(u.AsOf) {
			return notOver
		}
	}
	return ""
}

// notOver stands behind a month that was not counted to its end.
const notOver = "（未满月）"

func (u *UnitStatistics) monthKeys() []string {
	var keys []string
	for _, m := range u.months {
		keys = append(keys, m.key())
	}
	return keys
}

func (u *UnitStatistics) classTable() paper.Block {
	t := paper.Table{Caption: "网站政策解读和公开留言答复数", Head: []string{"月份", "政策解读（篇）", "网站公开的留言答复（件）"}, Right: []bool{false, true, true}}
	for _, month := range append(u.monthKeys(), "") {
		t.Rows = append(t.Rows, []string{monthWord(month), u.find("政策解读", "政策解读", statisticsTotal, month), u.find("网民留言答复", "网站公开的留言答复", statisticsTotal, month)})
	}
	return t
}

func (u *UnitStatistics) periodTable() paper.Block {
	return paper.Table{Head: []string{"政府公报（期）", "收到网民留言（件）", "答复网民留言（件）"}, Right: []bool{true, true, true}, Rows: [][]string{{
		u.find(gazetteGroup, "公报期数", statisticsTotal, ""), u.find("网民留言答复", "收到网民留言", statisticsTotal, ""), u.find("网民留言答复", "答复网民留言", statisticsTotal, "")}}}
}

// maxNotes is how many notes a paper prints; the workbook has them all.
const maxNotes = 60

// notes says how it was counted and why numbers are missing, each reason once
// with its months.
func (u *UnitStatistics) notes() []paper.Block {
	out := []paper.Block{
		paper.Para{Text: "“—”表示没有统计到，不表示为零；“至少”表示只统计到一部分。账号数按" + govsweep.ChineseDate(u.AsOf) + "的名录统计；网站信息按最近一次检查读到的、载明日期的信息统计，同一网址的信息只计一次（统计附表按栏目列表计数，同一信息列入几个栏目计几次，两者可以不同）；新媒体信息由多个来源读到的只计一次。"},
	}
	if u.in.Given != nil {
		out = append(out, paper.Para{Text: "带“*”的数据由" + name(u.in.Given.Source) + "填报，或者包含填报的数据。"})
	}
	for i, n := range u.reasons() {
		if i == maxNotes {
			out = append(out, paper.Para{Text: "其余说明见同名的XLSX文件。"})
			break
		}
		out = append(out, paper.Para{Text: fmt.Sprintf("%d. %s", i+1, n)})
	}
	return out
}

func (u *UnitStatistics) reasons() []string {
	type key struct{ group, item, of, note string }
	var keys []key
	months := map[key][]string{}
	for i := range u.Lines {
		l := &u.Lines[i]
		k := key{l.Group, l.Item, l.Of, l.Note}
		if l.Note == "" || l.Note == "单位填报。" || l.Note == partUnknown || l.Note == countedOnce || l.Of == statisticsTotal && u.saidBefore(i) {
			continue
		}
		if months[k] == nil {
			keys = append(keys, k)
		}
		months[k] = append(months[k], l.Month)
	}
	var out []string
	for _, k := range keys {
		place := k.item
		if k.group != k.item {
			place = k.group
			if k.of == statisticsTotal && k.item != "发布信息" {
				place = k.item
			}
		}
		if k.of != statisticsTotal {
			place += "（" + k.of + "）"
		}
		out = append(out, place+u.runs(months[k])+"："+sentence(k.note))
	}
	return out
}

// saidBefore says whether a line of a site or platform gives the reason of
// line i, a sum.
func (u *UnitStatistics) saidBefore(i int) bool {
	l := &u.Lines[i]
	return slices.ContainsFunc(u.Lines[:i], func(x StatisticsLine) bool {
		return x.Group == l.Group && x.Month == l.Month && x.Note == l.Note && x.Of != statisticsTotal
	})
}

// runs prints months, those that follow each other as one.
func (u *UnitStatistics) runs(months []string) string {
	all, out := u.monthKeys(), ""
	for i := 0; i < len(all); i++ {
		if !slices.Contains(months, all[i]) {
			continue
		}
		from := i
		for i+1 < len(all) && slices.Contains(months, all[i+1]) {
			i++
		}
		word := monthWord(all[from])
		if i > from {
			word += "至" + monthWord(all[i])
		}
		if out != "" {
			out += "、"
		}
		out += word
	}
	return out
}

// WriteStatistics writes the statistics of a unit into dir as DOCX, HTML and
// XLSX, as lines of JSON, and as PDF where a browser is there. files and
// skipped are those of WriteCircular.
func WriteStatistics(ctx context.Context, dir string, u *UnitStatistics) (files, skipped []string, err error) {
	title := safeName("政务公开统计-"+u.Unit+"-"+u.months[0].from.Format("2006年1月")+"至"+u.months[len(u.months)-1].from.Format("2006年1月"), "")
	return writePaper(ctx, dir, title, StatisticsPaper(u),
		part{title + ".xlsx", func(w io.Writer) error { return StatisticsWorkbook(w, u) }},
		part{title + ".jsonl", func(w io.Writer) error { return JSONLines(w, u.Lines) }})
}
