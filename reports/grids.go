package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

// maxCellPages is how many addresses a cell lists; the JSON lines hold all.
const maxCellPages = 50

// FindingGrid lays findings out, one row each.
func FindingGrid(findings []govsweep.Finding) Grid {
	g := Grid{Name: "问题清单", Cols: []Col{
		{Title: "编号", Width: 15, Keep: true}, {Title: "网站标识码", Width: 13, Wide: true}, {Title: "网站名称", Width: 22, Wide: true},
		{Title: "类别", Width: 10, Spare: true}, {Title: "指标", Width: 9, Keep: true}, {Title: "程度", Width: 10, Wide: true}, {Title: "状态", Width: 9},
		{Title: "须复核", Width: 8, Spare: true}, {Title: "栏目", Width: 30, Wide: true}, {Title: "问题", Width: 60, Tell: true}, {Title: "引述", Width: 50, Wide: true},
		{Title: "网址", Width: 46, Spare: true}, {Title: "网址数", Width: 8, Right: true}, {Title: "涉及网址", Width: 60, Wide: true},
		{Title: "依据", Width: 50, Wide: true}, {Title: "整改建议", Width: 50, Wide: true}, {Title: "证据", Width: 74, Wide: true},
		{Title: "首次发现", Width: 20, Wide: true}, {Title: "最近发现", Width: 20, Wide: true}, {Title: "指标代码", Width: 24, Wide: true},
	}}
	for i := range findings {
		g.Rows = append(g.Rows, findingRow(&findings[i]))
	}
	return g
}

func findingRow(f *govsweep.Finding) []Cell {
	return []Cell{
		text(f.ID), text(f.Target.Code), text(f.Target.Name), text(classWord(f.Class)), text(f.BookID),
		text(severityWord(f.Severity)), text(findingStatusWord(f.Status)), text(yesNo(f.NeedsReview)), text(columnPath(f.Column)),
		text(f.Summary), text(f.Detail...), text(f.URL), count(max(f.GroupSize, len(f.Pages))), text(some(f.Pages, "个网址")...),
		text(f.Clause), text(f.Remedy), text(some(digests(f.Evidence), "份证据")...), text(stamp(f.FirstSeen)), text(stamp(f.LastSeen)), text(string(f.Indicator)),
	}
}

func columnPath(c *govsweep.ColumnRef) string {
	switch {
	case c == nil:
		return ""
	case len(c.Path) > 0:
		return strings.Join(c.Path, " > ")
	}
	return c.Name
}

// some keeps the first of many, and says where the others are.
func some(all []string, what string) []string {
	if len(all) <= maxCellPages {
		return all
	}
	out := append([]string(nil), all[:maxCellPages]...)
	return append(out, fmt.Sprintf("（另有%d%s，见问题清单的 JSONL 文件）", len(all)-maxCellPages, what))
}

func digests(evidence []govsweep.Evidence) []string {
	var out []string
	for _, e := range evidence {
		out = append(out, e.Digest)
	}
	return out
}

// OutcomeGrid lays outcomes out: 0 where nothing was found, — where nothing
// was looked at.
func OutcomeGrid(outcomes []govsweep.Outcome) Grid {
	g := Grid{Name: "逐项结果", Cols: []Col{
		{Title: "网站标识码", Width: 13, Wide: true}, {Title: "网站名称", Width: 22, Wide: true}, {Title: "指标", Width: 9, Keep: true},
		{Title: "名称", Width: 30}, {Title: "类别", Width: 10, Spare: true}, {Title: "结果", Width: 12}, {Title: "问题数", Width: 8, Right: true},
		{Title: "说明", Width: 60, Tell: true}, {Title: "须人工核对", Width: 50, Tell: true}, {Title: "指标代码", Width: 24, Wide: true},
	}}
	for i := range outcomes {
		o := &outcomes[i]
		g.Rows = append(g.Rows, []Cell{
			text(o.Target.Code), text(o.Target.Name), text(o.BookID), text(o.Title), text(classWord(o.Class)), text(outcomeWord(o.Status)),
			outcomeCount(o), text(o.Reason), text(o.Review), text(string(o.Indicator)),
		})
	}
	return g
}

func outcomeCount(o *govsweep.Outcome) Cell {
	if o.Status == govsweep.Passed || o.Status == govsweep.Found {
		return count(o.Count)
	}
	return text(unknown)
}

// ColumnGrid lays the columns of a site out.
func ColumnGrid(columns []govsweep.ColumnVerdict) Grid {
	g := Grid{Name: "栏目", Cols: []Col{
		{Title: "栏目路径", Width: 36, Tail: true}, {Title: "类别", Width: 12}, {Title: "归类理由", Width: 36, Wide: true},
		{Title: "最新信息", Width: 40, Tell: true}, {Title: "发布日期", Width: 12, Keep: true}, {Title: "距今天数", Width: 9, Right: true}, {Title: "期限", Width: 8, Spare: true},
		{Title: "状态", Width: 10}, {Title: "说明", Width: 60, Wide: true}, {Title: "信息条数", Width: 9, Right: true},
		{Title: "无日期条数", Width: 10, Right: true, Wide: true}, {Title: "近52周条数", Width: 10, Right: true, Wide: true},
		{Title: "栏目网址", Width: 46, Wide: true}, {Title: "最新信息网址", Width: 46, Wide: true}, {Title: "依据", Width: 50, Wide: true},
	}}
	for i := range columns {
		g.Rows = append(g.Rows, columnRow(&columns[i]))
	}
	return g
}

func columnRow(c *govsweep.ColumnVerdict) []Cell {
	items, undated, year := count(c.Items), count(c.Undated), count(weeksTotal(c))
	if c.Verdict == govsweep.ColumnUnread || c.Unread != "" {
		items, undated, year = text(unknown), text(unknown), text(unknown)
	}
	age := text(unknown)
	if c.AgeDays >= 0 && c.Newest != "" {
		age = count(c.AgeDays)
	}
	return []Cell{
		text(pathOf(c)), text(columnClassWord(c.Class)), text(classReason(c)), text(orUnknown(c.NewestTitle)), text(orUnknown(c.Newest)),
		age, text(orUnknown(c.Limit)), text(columnStateWord(c.Verdict)), text(c.Why), items, undated, year,
		text(c.URL), text(c.NewestURL), text(c.Clause),
	}
}

func pathOf(c *govsweep.ColumnVerdict) string {
	if len(c.Path) > 0 {
		return strings.Join(c.Path, " > ")
	}
	if c.Name != "" {
		return c.Name
	}
	return c.URL
}

func classReason(c *govsweep.ColumnVerdict) string {
	if c.ClassBy != "" {
		return strings.TrimSpace("由" + c.ClassBy + "设定。" + c.ClassReason)
	}
	return c.ClassReason
}

func weeksTotal(c *govsweep.ColumnVerdict) int {
	sum := 0
	for _, n := range c.Weeks {
		sum += n
	}
	return sum
}

func orUnknown(s string) string {
	if s == "" {
		return unknown
	}
	return s
}
