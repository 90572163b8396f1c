package register

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
)

// maxFilled is how many characters one cell of a unit may hold.
const maxFilled = 2000

// maxSheets is how many sheets are looked through for the ledger.
const maxSheets = 20

// ledgerSheet is the sheet of a workbook that holds the ledger.
type ledgerSheet struct {
	sheet
	epoch1904 bool // the workbook counts days from 1904
}

// openLedger finds the sheet with the two hidden columns, wherever it stands
// and whatever it is called.
func openLedger(r io.Reader, name string) (s *ledgerSheet, err error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read ledger %s: %w", name, err)
	case len(raw) > maxFile:
		return nil, wrong(nil, "文件“%s”超过%dMB，不是导出的台账", name, maxFile>>20)
	case !bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return nil, wrong(nil, "文件“%s”不是 .xlsx 工作簿，请用导出的台账填写，并保存为不加密的 .xlsx", name)
	}
	defer func() { // the reader is a library, the file is hostile
		if p := recover(); p != nil {
			s, err = nil, wrong(fmt.Errorf("read workbook: %v", p), "文件“%s”已损坏，无法读取", name)
		}
	}()
	f, err := openBook(raw, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return findLedger(f, name)
}

func findLedger(f *excelize.File, name string) (*ledgerSheet, error) {
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, wrong(err, "文件“%s”已损坏，无法读取", name)
	}
	titles := f.GetSheetList()
	var first error
	for _, title := range titles[:min(len(titles), maxSheets)] {
		got, err := readTitled(f, name, title)
		if err != nil {
			first = errors.Join(first, err)
			continue
		}
		if slices.ContainsFunc(got.lines[:min(len(got.lines), headerRows)], hasLedgerKeys) {
			return &ledgerSheet{*got, props.Date1904 != nil && *props.Date1904}, nil
		}
	}
	if e, ok := errors.AsType[*govsweep.Error](first); ok {
		return nil, e
	}
	return nil, wrong(nil, "文件“%s”中找不到台账：隐藏列“%s”或“%s”不在，请用导出的台账填写", name, govsweep.LedgerKeyTitle, govsweep.LedgerCheckTitle)
}

func hasLedgerKeys(ln line) bool {
	return columnAt(ln.cells, govsweep.LedgerKeyTitle) >= 0 && columnAt(ln.cells, govsweep.LedgerCheckTitle) >= 0
}

func columnAt(cells []string, title string) int {
	return slices.IndexFunc(cells, func(c string) bool { return titleWord(c) == titleWord(title) })
}

// titleWord is a title without spaces and line breaks.
func titleWord(s string) string { return strings.Join(strings.Fields(value(s)), "") }

// header finds the columns by their titles.
func (in *ledgerReader) header(name string) error {
	in.head = slices.IndexFunc(in.sheet.lines, hasLedgerKeys)
	ln := in.sheet.lines[in.head]
	in.key, in.sum = columnAt(ln.cells, govsweep.LedgerKeyTitle), columnAt(ln.cells, govsweep.LedgerCheckTitle)
	open := 0
	for _, c := range govsweep.LedgerColumns {
		at := columnAt(ln.cells, c.Title)
		if at >= 0 && columnAt(ln.cells[at+1:], c.Title) >= 0 {
			again := at + 1 + columnAt(ln.cells[at+1:], c.Title)
			in.refuse(ln.number, again, "表头“%s”出现两次，无法确认以哪一列为准，该列未采用", c.Title)
			at = -1
		}
		if c.Open && at >= 0 {
			open++
		}
		in.cols = append(in.cols, at)
	}
	if open == 0 {
		return wrong(nil, "文件“%s”的表头（第%d行）中没有可填写的列", name, ln.number)
	}
	return nil
}

func (in *ledgerReader) isHeader(cells []string) bool {
	return titleWord(cellAt(cells, in.key)) == titleWord(govsweep.LedgerKeyTitle)
}

func cellAt(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

// read brings a cell to the form the ledger compares; fault says why it
// cannot be taken if it was changed.
func (s *ledgerSheet) read(c *govsweep.LedgerColumn, raw string) (v, fault string) {
	v = govsweep.LedgerText(govsweep.PlainCell(govsweep.LedgerText(raw)))
	switch {
	case v == "":
		return "", ""
	case sheetError.MatchString(v):
		return v, "单元格的公式出错（" + v + "），请改为实际内容"
	case c.Kind == govsweep.LedgerDay:
		return s.day(c, v)
	case !c.Open:
		return v, ""
	case c.Kind == govsweep.LedgerChoice:
		return choiceOf(c, v)
	case utf8.RuneCountInString(v) > maxFilled:
		return v, fmt.Sprintf("内容过长，超过%d个字", maxFilled)
	case strings.ContainsRune(v, utf8.RuneError):
		return v, "含有无法识别的字符，请重新输入"
	}
	return v, ""
}

// isNothing are the words by which people say that there is nothing.
func isNothing(v string) bool { return v == "无" || plainWord(v) == "" }

func choiceOf(c *govsweep.LedgerColumn, v string) (string, string) {
	yes, err := pick(yesWords, v, c.Title)
	if err != nil {
		return v, err.Error()
	}
	return wordOf(yesWords, yes), ""
}

// day reads a date as people write it, or as the number a sheet keeps.
func (s *ledgerSheet) day(c *govsweep.LedgerColumn, v string) (string, string) {
	if n, err := strconv.ParseFloat(v, 64); err == nil && s.epoch1904 && n < 100_000 {
		v = strconv.FormatFloat(n+1462, 'f', -1, 64)
	}
	d, err := dateOf(v)
	if err != nil {
		return v, c.Title + "中的" + err.Error()
	}
	return d, ""
}
