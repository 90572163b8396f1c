package reports

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
)

type ledgerStyles struct{ title, head, openHead, fixed, open, day, help int }

func newLedgerStyles(f *excelize.File) (s ledgerStyles, err error) {
	base, err := newStyles(f)
	if err != nil {
		return s, err
	}
	s.head = base.head
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	body, top := &excelize.Font{Family: "宋体", Size: 10}, &excelize.Alignment{Vertical: "top", WrapText: true}
	form := "yyyy-mm-dd"
	unlocked := &excelize.Protection{Locked: false}
	for _, want := range []struct {
		at    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 12}, Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&s.openHead, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 10, Bold: true}, Border: border, Fill: fill("FFE699"),
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&s.fixed, excelize.Style{Font: body, Border: border, NumFmt: 49, Alignment: top}},
		{&s.open, excelize.Style{Font: body, Border: border, NumFmt: 49, Alignment: top, Fill: fill("FFF8E1"), Protection: unlocked}},
		{&s.day, excelize.Style{Font: body, Border: border, CustomNumFmt: &form, Alignment: top, Fill: fill("FFF8E1"), Protection: unlocked}},
		{&s.help, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 11}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
	} {
		if *want.at, err = f.NewStyle(&want.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// ledgerFrame sets widths, the frozen head with the columns that say which
// item a row is, and hides the two last columns.
func ledgerFrame(sw *excelize.StreamWriter) error {
	n := len(govsweep.LedgerColumns)
	if err := sw.SetColVisible(n+1, n+2, false); err != nil {
		return err
	}
	for i := n; i > 0; i-- { // the library writes the last one set first, the format asks for order
		if err := sw.SetColWidth(i, i, float64(govsweep.LedgerColumns[i-1].Width)+2); err != nil {
			return err
		}
	}
	return sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: 3, YSplit: ledgerTop, TopLeftCell: "D3", ActivePane: "bottomRight"})
}

// ledgerGuards protects the sheet, lets filters and sorting through, and
// gives dates, choices and texts their validation.
func ledgerGuards(f *excelize.File, n int) error {
	last := max(n, 1) + ledgerTop
	if n > 0 {
		end, err := excelize.CoordinatesToCellName(len(govsweep.LedgerColumns)+2, last)
		if err != nil {
			return err
		}
		if err := f.AutoFilter(ledgerSheet, fmt.Sprintf("A%d:%s", ledgerTop, end), nil); err != nil {
			return err
		}
	}
	for i := range govsweep.LedgerColumns {
		if c := &govsweep.LedgerColumns[i]; c.Open {
			dv, err := ledgerRule(c, i+1, last)
			if err != nil {
				return err
			}
			if err := f.AddDataValidation(ledgerSheet, dv); err != nil {
				return err
			}
		}
	}
	return f.ProtectSheet(ledgerSheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, FormatCells: true,
	})
}

// maxFilled is how many characters one open cell takes.
const maxFilled = 2000

func ledgerRule(c *govsweep.LedgerColumn, col, last int) (*excelize.DataValidation, error) {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return nil, err
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(fmt.Sprintf("%s%d:%s%d", name, ledgerTop+1, name, last))
	switch c.Kind {
	case govsweep.LedgerDay:
		dv.SetInput(c.Title, "请填写日期，如 2026-11-22。")
		dv.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请填写日期，如 2026-11-22。")
		return dv, dv.SetRange(36526, 73050, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween) // 2000 to 2099
	case govsweep.LedgerChoice:
		dv.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请填写“是”或“否”。")
		return dv, dv.SetDropList([]string{"是", "否"})
	}
	dv.SetError(excelize.DataValidationErrorStyleStop, c.Title, fmt.Sprintf("请不要超过%d个字。", maxFilled))
	return dv, dv.SetRange(0, maxFilled, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween)
}

var helpLines = []string{
	"填写说明",
	"一、只填写浅黄色单元格：" + strings.Join(openTitles(), "、") + "。其他单元格由系统生成，改动后不予采用。",
	"二、签收人、签收时间须同时填写；同一份通知填写一行即可，几行都填的应当一致。",
	"三、日期填写为 2026-11-22，也可写作 2026年11月22日。完成时间不得早于通知下发之日，不得晚于导入之日。",
	"四、反馈整改结果须填写整改措施；佐证可填写网址、材料名称或文号。",
	"五、对问题有异议的，“是否有异议”选“是”，并写明异议理由；没有异议的留空或选“否”。",
	"六、可以筛选、排序、隐藏或移动列、删去不需要的行；请不要删除隐藏的列，排序时请选中整行。",
	"七、已登记的内容需要更正的，直接改写；清空单元格不会删除已登记的内容。",
	"八、填写后保存为 .xlsx 交回。导入时逐条列出改动，不能采用的单元格会注明原因，例如“Q17：完成时间晚于今天”。",
}

func openTitles() []string {
	var out []string
	for _, c := range govsweep.LedgerColumns {
		if c.Open {
			out = append(out, c.Title)
		}
	}
	return out
}

func ledgerHelp(f *excelize.File, st ledgerStyles) error {
	if _, err := f.NewSheet(helpSheet); err != nil {
		return err
	}
	if err := f.SetColWidth(helpSheet, "A", "A", 90); err != nil {
		return err
	}
	for i, line := range helpLines {
		at, style := fmt.Sprintf("A%d", i+1), st.help
		if i == 0 {
			style = st.title
		}
		if err := f.SetCellStr(helpSheet, at, line); err != nil {
			return err
		}
		if err := f.SetCellStyle(helpSheet, at, at, style); err != nil {
			return err
		}
	}
	return nil
}
