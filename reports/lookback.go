package reports

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// LookBackResult is what looking back at one item showed.
type LookBackResult string

// The results of a 回头看; every other word counts as 待核.
const (
	LookMended   LookBackResult = "mended"   // 已整改
	LookUnmended LookBackResult = "unmended" // 未整改
	LookRebound  LookBackResult = "rebound"  // 反弹
	LookUnclear  LookBackResult = "unclear"  // 待核
)

// lookResults are the results in the order every sheet prints them.
var lookResults = []LookBackResult{LookMended, LookUnmended, LookRebound, LookUnclear}

// Word is the result in Chinese.
func (r LookBackResult) Word() string {
	switch r {
	case LookMended:
		return "已整改"
	case LookUnmended:
		return "未整改"
	case LookRebound:
		return "反弹"
	}
	return "待核"
}

// known folds what is no word of the list into 待核.
func (r LookBackResult) known() LookBackResult {
	if slices.Contains(lookResults, r) {
		return r
	}
	return LookUnclear
}

// LookBackRow is one item of an earlier paper and what is there now.
type LookBackRow struct {
	ID        string // as in the earlier paper: N3-2, or the task's id
	Source    string // the earlier paper: 某政办网改〔2026〕3号
	Unit      string
	Site      string
	Place     string // column path or page
	Indicator string
	Text      string              // 原问题
	Then      []govsweep.Evidence // 当时证据
	ThenAt    time.Time           // 当时检查时间; zero = not known
	Now       string              // 现状, one sentence
	Result    LookBackResult
	By        string // 复查人; "" = the machine
	At        time.Time
	Sweep     int64
	Proof     []govsweep.Evidence
	Words     string // 佐证 in words
}

// LookBackHead is what stands above a look-back.
type LookBackHead struct {
	Title  string    // "" = 整改情况“回头看”检查表
	Of     string    // what was looked back at: 2025年政务公开工作要点, 2026年第二季度通报
	Bureau string    // who looked
	Date   time.Time // zero = not printed
}

// LookBackTally counts a look-back; every number names its rows, from 1.
type LookBackTally struct {
	Group string // unit; "" = all
	Rows  []int
	By    map[LookBackResult][]int
}

// TallyLookBack counts all rows, and each unit in order of first appearance.
func TallyLookBack(rows []LookBackRow) (all LookBackTally, units []LookBackTally) {
	all.By = map[LookBackResult][]int{}
	place := map[string]int{}
	for i := range rows {
		unit := orUnknown(clean(rows[i].Unit))
		at, ok := place[unit]
		if !ok {
			at = len(units)
			place[unit], units = at, append(units, LookBackTally{Group: unit, By: map[LookBackResult][]int{}})
		}
		all.add(i+1, rows[i].Result)
		units[at].add(i+1, rows[i].Result)
	}
	return all, units
}

func (t *LookBackTally) add(row int, r LookBackResult) {
	t.Rows = append(t.Rows, row)
	t.By[r.known()] = append(t.By[r.known()], row)
}

// LookBackWorkbook writes a look-back as XLSX: the items one by one, the
// numbers by result and by unit, each with the rows it was counted from.
func LookBackWorkbook(w io.Writer, rows []LookBackRow) error {
	all, units := TallyLookBack(rows)
	return XLSX(w, LookBackGrid(rows), tallyGrid(&all), unitGrid(units))
}

// LookBackGrid lays the items of a look-back out, one row each.
func LookBackGrid(rows []LookBackRow) Grid {
	g := Grid{Name: "逐项复查", Cols: []Col{
		{Title: "序号", Width: 6, Right: true}, {Title: "原文件", Width: 22, Wide: true}, {Title: "原编号", Width: 10}, {Title: "单位", Width: 18}, {Title: "网站", Width: 18, Wide: true},
		{Title: "位置", Width: 26, Wide: true}, {Title: "指标", Width: 8, Wide: true}, {Title: "原问题", Width: 40}, {Title: "当时检查时间", Width: 14, Wide: true},
		{Title: "当时证据", Width: 20, Wide: true}, {Title: "现状", Width: 40}, {Title: "复查结果", Width: 10}, {Title: "复查人", Width: 10},
		{Title: "复查时间", Width: 14}, {Title: "复查证据", Width: 20, Wide: true}, {Title: "佐证", Width: 26, Wide: true},
	}}
	for i := range rows {
		r := &rows[i]
		g.Rows = append(g.Rows, []Cell{
			count(i + 1), text(r.Source), text(r.ID), text(r.Unit), text(r.Site), text(r.Place), text(r.Indicator), text(r.Text), text(dayOf(r.ThenAt)),
			codesCell(r.Then), text(orUnknown(r.Now)), text(r.Result.Word()), text(r.who()), text(orUnknown(dayOf(r.At))), codesCell(r.Proof), text(r.Words),
		})
	}
	return g
}

// codesCell keeps the codes of evidence on lines of their own.
func codesCell(all []govsweep.Evidence) Cell { return Cell{Text: orUnknown(evidenceCodes(all))} }

// who looked: a person by name, the machine by its inspection.
func (r *LookBackRow) who() string {
	switch {
	case r.By != "":
		return r.By
	case r.Sweep != 0:
		return fmt.Sprintf("系统（第%d次检查）", r.Sweep)
	}
	return unknown
}

func tallyGrid(all *LookBackTally) Grid {
	g := Grid{Name: "结果汇总", Cols: []Col{{Title: "复查结果", Width: 12}, {Title: "项数", Width: 8, Right: true}, {Title: "占比", Width: 10, Right: true}, {Title: "出自序号", Width: 80}}}
	for _, r := range lookResults {
		of := all.By[r]
		g.Rows = append(g.Rows, []Cell{text(r.Word()), count(len(of)), text(all.share(r)), text(orUnknown(rowRanges(of)))})
	}
	g.Rows = append(g.Rows, []Cell{text("合计"), count(len(all.Rows)), text(unknown), text(orUnknown(rowRanges(all.Rows)))})
	return g
}

// share is the part of one result in all rows; — when there are none.
func (t *LookBackTally) share(r LookBackResult) string {
	if len(t.Rows) == 0 {
		return unknown
	}
	return percentText(float64(len(t.By[r])), float64(len(t.Rows)))
}

func unitGrid(units []LookBackTally) Grid {
	g := Grid{Name: "分单位汇总", Cols: []Col{{Title: "单位", Width: 30}, {Title: "项数", Width: 8, Right: true}}}
	for _, r := range lookResults {
		g.Cols = append(g.Cols, Col{Title: r.Word(), Width: 8, Right: true})
	}
	g.Cols = append(g.Cols, Col{Title: "出自序号", Width: 60})
	for i := range units {
		u := &units[i]
		row := []Cell{text(u.Group), count(len(u.Rows))}
		for _, r := range lookResults {
			row = append(row, count(len(u.By[r])))
		}
		g.Rows = append(g.Rows, append(row, text(rowRanges(u.Rows))))
	}
	return g
}
