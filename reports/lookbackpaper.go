package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep/reports/paper"
)

// LookBackPaper lays a look-back 回头看 out as a paper: the numbers with the
// rows they were counted from, the units, and the items one by one in an
// annex. It judges nothing; what was not looked at stands as 待核.
func LookBackPaper(h LookBackHead, rows []LookBackRow) *paper.Paper {
	all, units := TallyLookBack(rows)
	p := &paper.Paper{Title: first(cut(clean(h.Title), maxName), "整改情况“回头看”检查表"), Author: clean(h.Bureau), Date: h.Date}
	p.Body = append(p.Body, paper.Para{Text: lookBackSentence(h, &all)})
	if len(rows) == 0 {
		return p
	}
	p.Body = append(p.Body, paper.Para{Level: paper.First, Text: "一、复查结果"}, tallyTable(&all),
		paper.Para{Flush: true, Small: true, Text: "注：序号见附件“逐项复查情况”。复查未能完成、没有佐证材料的列为待核，不计入已整改。"},
		paper.Para{Level: paper.First, Text: "二、各单位情况"}, unitTable(units))
	if open := openItems(rows); len(open) > 0 {
		p.Body = append(p.Body, paper.Para{Level: paper.First, Text: "三、未整改和反弹的问题"})
		p.Body = append(p.Body, open...)
	}
	p.Annexes = []string{"逐项复查情况"}
	p.Appended = []paper.Appendix{{Title: "逐项复查情况", Wide: true, Body: []paper.Block{itemTable(rows),
		paper.Para{Flush: true, Small: true, Text: "注：证据编号为所采集网页内容SHA-256校验值的前16位。"}}}}
	return p
}

func lookBackSentence(h LookBackHead, all *LookBackTally) string {
	of := ""
	if h.Of != "" {
		of = "《" + strings.Trim(cut(clean(h.Of), maxFact), "《》") + "》提出的"
	}
	if len(all.Rows) == 0 {
		return "经核对，" + of + "问题和任务中没有需要“回头看”的事项。"
	}
	var parts []string
	for _, r := range lookResults {
		parts = append(parts, fmt.Sprintf("%s%d项", r.Word(), len(all.By[r])))
	}
	return fmt.Sprintf("对%s%d项问题和任务逐项进行了“回头看”，其中%s，整改率为%s。", of, len(all.Rows), strings.Join(parts, "，"), all.share(LookMended))
}

func tallyTable(all *LookBackTally) paper.Table {
	t := paper.Table{Head: []string{"复查结果", "项数", "占比", "出自序号"}, Widths: []int{16, 10, 14, 60}, Right: []bool{false, true, true, false}}
	for _, r := range lookResults {
		t.Rows = append(t.Rows, []string{r.Word(), number(len(all.By[r])), all.share(r), rowsCell(all.By[r])})
	}
	t.Rows = append(t.Rows, []string{"合计", number(len(all.Rows)), unknown, rowsCell(all.Rows)})
	return t
}

// rowsCell lists row numbers so that a line ends between two of them.
func rowsCell(rows []int) string { return strings.ReplaceAll(rowRanges(rows), "、", "、 ") }

func unitTable(units []LookBackTally) paper.Table {
	t := paper.Table{Head: []string{"单位", "项数"}, Widths: []int{22, 7}, Right: []bool{false, true}}
	for _, r := range lookResults {
		t.Head, t.Widths, t.Right = append(t.Head, r.Word()), append(t.Widths, 8), append(t.Right, true)
	}
	t.Head, t.Widths, t.Right = append(t.Head, "出自序号"), append(t.Widths, 39), append(t.Right, false)
	for i := range units {
		u := &units[i]
		row := []string{cut(u.Group, maxName), number(len(u.Rows))}
		for _, r := range lookResults {
			row = append(row, number(len(u.By[r])))
		}
		t.Rows = append(t.Rows, append(row, rowsCell(u.Rows)))
	}
	return t
}

// maxNamed is how many open items the body names; the annex has all.
const maxNamed = 20

// openItems names what is not mended, one sentence each.
func openItems(rows []LookBackRow) []paper.Block {
	var out []paper.Block
	n := 0
	for i := range rows {
		r := &rows[i]
		if r.Result != LookUnmended && r.Result != LookRebound {
			continue
		}
		if n++; n > maxNamed {
			continue
		}
		out = append(out, paper.Para{Text: fmt.Sprintf("%d. %s（第%d项，%s）：%s现状：%s", n, name(first(r.Unit, r.Site, "未注明单位")), i+1, r.Result.Word(),
			sentence(cut(clean(r.Text), maxFact)), sentence(cut(orUnknown(clean(r.Now)), maxFact)))})
	}
	if n > maxNamed {
		out = append(out, paper.Para{Text: fmt.Sprintf("其余%d项见附件。", n-maxNamed)})
	}
	return out
}

func itemTable(rows []LookBackRow) paper.Table {
	t := paper.Table{
		Head:   []string{"序号", "单位和网站", "原问题", "当时检查时间和证据", "现状", "复查结果", "复查人和时间", "复查证据"},
		Widths: []int{4, 13, 32, 12, 19, 6, 11, 12},
	}
	for i := range rows {
		r := &rows[i]
		t.Rows = append(t.Rows, []string{
			number(i + 1), linesOf(name(r.Unit), name(r.Site)), linesOf(cut(clean(r.Text), maxFact), from(r)),
			linesOf(dayOf(r.ThenAt), evidenceCodes(r.Then)), cut(orUnknown(clean(r.Now)), maxFact), r.Result.Word(),
			linesOf(name(r.who()), dayOf(r.At)), linesOf(evidenceCodes(r.Proof), cut(clean(r.Words), maxFact)),
		})
	}
	return t
}

// from says where the item was and which paper named it.
func from(r *LookBackRow) string {
	var parts []string
	if r.Place != "" && !strings.Contains(r.Text, r.Place) {
		parts = append(parts, "位置："+address(r.Place))
	}
	if r.Source != "" {
		parts = append(parts, strings.TrimSpace("出处："+name(r.Source)+" "+cut(clean(r.ID), 40)))
	}
	return strings.Join(parts, "\n")
}

// linesOf puts what is known on lines of their own; — when nothing is.
func linesOf(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" && p != unknown {
			out = append(out, p)
		}
	}
	return orUnknown(strings.Join(out, "\n"))
}
