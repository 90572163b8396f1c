package register

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// judge compares a row with what went out and with what the product holds
// now, cell by cell.
func (in *ledgerReader) judge(row *filledRow) {
	if row.refused {
		return
	}
	whole := in.machine(row)
	var edits []LedgerEdit
	bad := map[string]string{}
	for i := range govsweep.LedgerColumns {
		c := &govsweep.LedgerColumns[i]
		if !c.Open || !row.given[i] || row.check.Was(i, row.values[i]) {
			continue
		}
		if now := row.now.Value(c); row.values[i] == now || (now == "" && c.Kind == govsweep.LedgerChoice && row.values[i] == "否") {
			continue // another import brought the same, or it says that there is nothing
		}
		if why := in.why(row, i, whole); why != "" {
			in.refuse(row.number, in.cols[i], "%s", why)
			if c.Title == govsweep.LedgerDisputed {
				bad[govsweep.LedgerDispute] = "“是否有异议”未能采纳，异议理由一并不予采纳"
			}
			continue
		}
		edits = append(edits, LedgerEdit{row.now.Notice, row.now.Item, c.Title, in.sheet.name, cellName(in.cols[i], row.number), row.now.Value(c), row.values[i]})
	}
	in.edits = append(in.edits, in.together(row, edits, bad)...)
}

// machine refuses the cells a unit may not change, and says why nothing of
// the row can be taken: it is not certain, or no longer, what the row is.
func (in *ledgerReader) machine(row *filledRow) (whole string) {
	for i := range govsweep.LedgerColumns {
		c := &govsweep.LedgerColumns[i]
		if c.Open {
			continue
		}
		if now := row.now.Value(c); !c.Moves && whole == "" && !row.check.Was(i, now) {
			whole = "台账导出后“" + c.Title + "”已变为“" + short(orNone(now)) + "”，请重新导出台账后填写"
		}
		if !row.given[i] || row.check.Was(i, row.values[i]) || row.values[i] == row.now.Value(c) {
			continue
		}
		in.refuse(row.number, in.cols[i], "“%s”由系统生成，不能在台账中修改", c.Title)
		if c.Identity {
			whole = "本行的“" + c.Title + "”已被改动，无法确认填写的是哪一条问题，请重新导出台账后填写"
		}
	}
	return whole
}

func orNone(s string) string {
	if s == "" {
		return "无"
	}
	return s
}

// why says why a changed cell cannot be taken; "" when it can.
func (in *ledgerReader) why(row *filledRow, i int, whole string) string {
	c := &govsweep.LedgerColumns[i]
	v, now := row.values[i], row.now.Value(c)
	switch {
	case row.faults[i] != "":
		return row.faults[i]
	case row.now.Closed(c) != "":
		return row.now.Closed(c)
	case whole != "":
		return whole
	case !row.check.Was(i, now):
		return "台账导出后，“" + c.Title + "”已另行登记为“" + short(orNone(now)) + "”，与本单元格不一致，请核对后重新导出台账填写"
	case v == "":
		return "清空单元格不会删除已登记的“" + short(now) + "”，如需更正请填写新的内容"
	case c.Kind == govsweep.LedgerDay && v > in.now:
		return c.Title + v + "晚于今天（" + in.now + "）"
	case c.Kind == govsweep.LedgerDay && row.now.Issued != "" && v < row.now.Issued:
		return c.Title + v + "早于通知下发之日（" + row.now.Issued + "）"
	}
	return ""
}

// together refuses edits that make no sense beside the other cells of the row;
// bad names those a refused cell takes with it.
func (in *ledgerReader) together(row *filledRow, edits []LedgerEdit, bad map[string]string) []LedgerEdit {
	after := func(title string) string {
		for _, e := range edits {
			if e.Field == title {
				return e.New
			}
		}
		i := columnOf(title)
		return row.now.Value(&govsweep.LedgerColumns[i])
	}
	if (after(govsweep.LedgerReceiver) == "") != (after(govsweep.LedgerReceived) == "") {
		bad[govsweep.LedgerReceiver], bad[govsweep.LedgerReceived] = "签收人和签收时间须同时填写", "签收人和签收时间须同时填写"
	}
	if after(govsweep.LedgerMeasures) == "" {
		for _, t := range []string{govsweep.LedgerDone, govsweep.LedgerResponsible, govsweep.LedgerProof} {
			bad[t] = "反馈整改结果须填写整改措施"
		}
	}
	switch disputed, reason := row.values[columnOf(govsweep.LedgerDisputed)], after(govsweep.LedgerDispute); {
	case disputed == "是" && reason == "":
		bad[govsweep.LedgerDisputed] = "有异议的须写明异议理由"
	case disputed == "否" && reason != "":
		bad[govsweep.LedgerDisputed], bad[govsweep.LedgerDispute] = "填写了异议理由，“是否有异议”应选“是”", "填写了异议理由，“是否有异议”应选“是”"
	}
	in.oneReceipt(row, after, bad)
	return slices.DeleteFunc(edits, func(e LedgerEdit) bool {
		if why := bad[e.Field]; why != "" {
			in.refuse(row.number, in.cols[columnOf(e.Field)], "%s", why)
			return true
		}
		return false
	})
}

// oneReceipt lets a notice be received once: other rows must say the same.
func (in *ledgerReader) oneReceipt(row *filledRow, after func(string) string, bad map[string]string) {
	who, day := after(govsweep.LedgerReceiver), after(govsweep.LedgerReceived)
	i, j := columnOf(govsweep.LedgerReceiver), columnOf(govsweep.LedgerReceived)
	if who == "" || day == "" || (who == row.now.Value(&govsweep.LedgerColumns[i]) && day == row.now.Value(&govsweep.LedgerColumns[j])) {
		return
	}
	said, ok := in.receipts[row.now.Notice]
	if !ok {
		in.receipts[row.now.Notice] = receiptCell{who, day, cellName(in.cols[i], row.number)}
		return
	}
	if said.who != who || said.day != day {
		why := "同一份通知的签收情况与" + said.cell + "单元格所在行不一致"
		bad[govsweep.LedgerReceiver], bad[govsweep.LedgerReceived] = why, why
	}
}

func columnOf(title string) int {
	return slices.IndexFunc(govsweep.LedgerColumns, func(c govsweep.LedgerColumn) bool { return c.Title == title })
}
