package reports

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
)

// LedgerHead is what stands above a ledger.
type LedgerHead struct {
	Title string    // "" = 整改台账
	Made  time.Time // when it was exported; zero = not printed
}

const (
	ledgerSheet = "整改台账"
	helpSheet   = "填写说明"
	ledgerTop   = 2 // rows above the first item
)

// Ledger writes the 整改台账 as XLSX, made to come back through
// register.ReadLedger: the cells a unit fills in are open and shaded, all
// others are protected (without a password), two hidden columns know the row
// and what each cell was. Rows are streamed. The same rows give the same bytes.
func Ledger(w io.Writer, h LedgerHead, rows []govsweep.LedgerRow) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := ledgerBook(f, h, rows); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return sortZip(w, buf.Bytes())
}

func ledgerBook(f *excelize.File, h LedgerHead, rows []govsweep.LedgerRow) error {
	if err := f.SetSheetName("Sheet1", ledgerSheet); err != nil {
		return err
	}
	st, err := newLedgerStyles(f)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return ledgerGuards(f, len(rows)) },
		func() error { return onPaper(f, ledgerSheet, ledgerTop) },
		func() error { return streamLedger(f, st, h, rows) },
		func() error { return ledgerHelp(f, st) },
		func() error { return setProps(f) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func streamLedger(f *excelize.File, st ledgerStyles, h LedgerHead, rows []govsweep.LedgerRow) error {
	sw, err := f.NewStreamWriter(ledgerSheet)
	if err != nil {
		return err
	}
	if err := ledgerFrame(sw); err != nil {
		return err
	}
	if err := sw.SetRow("A1", []any{excelize.Cell{StyleID: st.title, Value: headLine(h, len(rows))}}, excelize.RowOpts{Height: 26}); err != nil {
		return err
	}
	if err := sw.SetRow("A2", ledgerTitles(st), excelize.RowOpts{Height: 34}); err != nil {
		return err
	}
	for i := range rows {
		values, height := ledgerCells(&rows[i], st)
		if err := sw.SetRow(fmt.Sprintf("A%d", i+ledgerTop+1), values, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
	}
	return sw.Flush()
}

func headLine(h LedgerHead, n int) string {
	s := first(clean(h.Title), "整改台账") + fmt.Sprintf("（共%d条", n)
	if !h.Made.IsZero() {
		s += "，" + govsweep.ChineseDate(h.Made) + "导出"
	}
	return guard(s + "）　浅黄色单元格由受检单位填写，其他单元格请勿改动，填写方法见“填写说明”")
}

func ledgerTitles(st ledgerStyles) []any {
	var out []any
	for i := range govsweep.LedgerColumns {
		style := st.head
		if govsweep.LedgerColumns[i].Open {
			style = st.openHead
		}
		out = append(out, excelize.Cell{StyleID: style, Value: govsweep.LedgerColumns[i].Title})
	}
	return append(out, excelize.Cell{StyleID: st.head, Value: govsweep.LedgerKeyTitle}, excelize.Cell{StyleID: st.head, Value: govsweep.LedgerCheckTitle})
}

func ledgerCells(r *govsweep.LedgerRow, st ledgerStyles) ([]any, float64) {
	var out []any
	height := 0.0
	for i := range govsweep.LedgerColumns {
		c := &govsweep.LedgerColumns[i]
		v := r.Value(c)
		out = append(out, ledgerCell(r, c, v, st))
		height = max(height, rowHeight([]Col{{Width: c.Width}}, []Cell{{Text: v}}))
	}
	return append(out, excelize.Cell{StyleID: st.fixed, Value: guard(r.Key())}, excelize.Cell{StyleID: st.fixed, Value: r.Check()}), height
}

// ledgerCell writes a date of an open cell as a date of the sheet, all else
// as text.
func ledgerCell(r *govsweep.LedgerRow, c *govsweep.LedgerColumn, v string, st ledgerStyles) excelize.Cell {
	if !c.Open || r.Closed(c) != "" {
		return excelize.Cell{StyleID: st.fixed, Value: guard(v)}
	}
	if c.Kind != govsweep.LedgerDay {
		return excelize.Cell{StyleID: st.open, Value: guard(v)}
	}
	if d, err := time.Parse(time.DateOnly, v); err == nil {
		return excelize.Cell{StyleID: st.day, Value: int(d.Sub(sheetEpoch).Hours() / 24)}
	}
	return excelize.Cell{StyleID: st.day, Value: guard(v)}
}

// sheetEpoch is day 0 of a sheet.
var sheetEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
