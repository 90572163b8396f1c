package workplan

import (
	"regexp"
	"strings"
)

var (
	tableBodies = regexp.MustCompile(`^(?:` + bodyLabels + `|责任单位及.{0,8}|责任分工)$`)
	tableLimit  = regexp.MustCompile(`^(?:` + limitLabels + `)$`)
	tableTask   = regexp.MustCompile(`^(?:主要|重点|工作|具体|目标)*(?:任务|内容|事项|措施|要求)(?:及要求|分解)?$`)
	tableNumber = regexp.MustCompile(`^(?:序号|编号)$`)
)

// ledgerTable is the header of a table of tasks: which cell is which, -1 for none.
type ledgerTable struct{ cells, number, task, bodies, limit int }

// untabled writes the rows of a table of tasks (任务分解表) as sentences with
// their pair, so that they are read like printed ones. Other rows stay lines.
func untabled(lines []line) []line {
	out := make([]line, 0, len(lines))
	var head *ledgerTable
	for _, l := range lines {
		cells := strings.Split(strings.TrimPrefix(l.text, "\t"), "\t")
		if h := headerOf(cells); h != nil {
			head = h
			continue
		}
		if head == nil || !strings.Contains(l.text, "\t") || len(cells) != head.cells {
			out = append(out, l)
			continue
		}
		out = append(out, line{text: head.sentence(cells)})
	}
	return out
}

func headerOf(cells []string) *ledgerTable {
	h := &ledgerTable{cells: len(cells), number: -1, task: -1, bodies: -1, limit: -1}
	for i, c := range cells {
		switch key := fold(c); {
		case tableNumber.MatchString(key):
			h.number = i
		case tableBodies.MatchString(key) && h.bodies < 0:
			h.bodies = i
		case tableLimit.MatchString(key):
			h.limit = i
		case tableTask.MatchString(key):
			h.task = i // the last one is the closest
		}
	}
	if h.task < 0 || h.bodies < 0 {
		return nil
	}
	return h
}

func (h *ledgerTable) sentence(cells []string) string {
	task := tidy(cells[h.task])
	if task == "" {
		return strings.Join(cells, "")
	}
	if h.number >= 0 {
		if n := strings.TrimRight(fold(cells[h.number]), ".、"); n != "" && leadingNumber(n) > 0 {
			task = n + "." + task
		}
	}
	if !ended(task) {
		task += "。"
	}
	pair := "责任单位：" + tidy(cells[h.bodies])
	if h.limit >= 0 && tidy(cells[h.limit]) != "" {
		pair += "；完成时限：" + tidy(cells[h.limit])
	}
	return task + "（" + pair + "）"
}
