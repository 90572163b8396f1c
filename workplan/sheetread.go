package workplan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The limits of a ledger that comes back.
const (
	maxLedger   = 24 << 20
	maxUnzipped = 128 << 20
	maxRatio    = 200
	maxParts    = 2000
	maxRows     = 60_000
	maxCols     = 64
)

// IsSheet says that a file may be a ledger: a workbook, not a document.
func IsSheet(r io.ReaderAt, size int64) bool {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return false
	}
	for _, f := range zr.File {
		if f.Name == "xl/workbook.xml" {
			return true
		}
	}
	return false
}

// SheetPlan says which plan and version a ledger was written from.
func SheetPlan(name string, r io.ReaderAt, size int64) (plan string, version int, err error) {
	b, err := openLedger(name, r, size)
	if err != nil {
		return "", 0, err
	}
	return b.plan, b.version, nil
}

// book is a ledger as its cells have it.
type ledger struct {
	name    string
	plan    string
	version int
	planAt  string // cell of the plan's number
	tasks   []ledgerRow
	demands []ledgerRow
	handed  []handedRow
}

// ledgerRow is a row with its number and its cells by the titles of the header.
type ledgerRow struct {
	line  int
	cells map[string]string
}

// handedRow is a line of the list of what was handed out.
type handedRow struct {
	line     int
	id, mark string
}

func openLedger(name string, r io.ReaderAt, size int64) (b *ledger, err error) {
	defer func() { // the reader is a library, the file is hostile
		if p := recover(); p != nil {
			b, err = nil, wrong(fmt.Errorf("read ledger: %v", p), "台账“%s”已损坏，无法读取", name)
		}
	}()
	if size > maxLedger {
		return nil, wrong(nil, "台账“%s”超过%dMB，无法导入", name, maxLedger>>20)
	}
	raw := make([]byte, max(size, 0))
	if n, err := r.ReadAt(raw, 0); err != nil && n < len(raw) {
		return nil, wrong(err, "台账“%s”无法读取", name)
	}
	if err := ledgerSane(name, raw); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return nil, wrong(err, "台账“%s”不是可读取的 XLSX 工作簿", name)
	}
	defer f.Close()
	b = &ledger{name: name}
	if err := b.about(f); err != nil {
		return nil, err
	}
	if b.tasks, err = b.rows(f, taskSheet, "编号", "任务", markTitle); err != nil {
		return nil, err
	}
	b.demands, err = b.rows(f, demandSheet, "任务编号", "要求原文", "对应指标", "人工核查")
	return b, err
}

const markTitle = "行标记（请勿改动）"

func ledgerSane(name string, raw []byte) error {
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return wrong(err, "台账“%s”已损坏，无法读取", name)
	}
	var total uint64
	for _, part := range zr.File {
		size := part.UncompressedSize64
		total += size
		if total > maxUnzipped || size > 1<<20 && size/max(part.CompressedSize64, 1) > maxRatio {
			return wrong(nil, "台账“%s”解压后过大，疑似压缩炸弹，已拒绝读取", name)
		}
	}
	if len(zr.File) > maxParts {
		return wrong(nil, "台账“%s”包含的部件过多，已拒绝读取", name)
	}
	return nil
}

func (b *ledger) about(f *excelize.File) error {
	rows, err := f.Rows(aboutSheet)
	if err != nil {
		return wrong(err, "台账“%s”缺少“%s”工作表，不是本产品导出的台账；请重新导出后填写", b.name, aboutSheet)
	}
	defer rows.Close()
	for line := 1; rows.Next() && line < maxRows; line++ {
		cells, err := rows.Columns()
		if err != nil {
			return wrong(err, "台账“%s”的“%s”工作表第%d行无法读取", b.name, aboutSheet, line)
		}
		if len(cells) < 2 {
			continue
		}
		value := unguard(strings.TrimSpace(cells[1]))
		switch strings.TrimSpace(cells[0]) {
		case "计划编号":
			b.plan, b.planAt = value, fmt.Sprintf("B%d", line)
		case "版本":
			b.version, err = strconv.Atoi(value)
			if err != nil {
				return wrong(err, "台账“%s”工作表“%s”单元格B%d的版本“%s”不是数字，请勿改动这一格", b.name, aboutSheet, line, shorten(value, 20))
			}
		case indexLabel:
			id, m, _ := strings.Cut(value, " v")
			b.handed = append(b.handed, handedRow{line: line, id: id, mark: "v" + m})
		}
	}
	if b.version == 0 {
		return wrong(nil, "台账“%s”的“%s”工作表没有版本，请重新导出后填写", b.name, aboutSheet)
	}
	return nil
}

// rows reads a sheet by the titles in its first row; need are titles that
// must be there.
func (b *ledger) rows(f *excelize.File, sheet string, need ...string) ([]ledgerRow, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, wrong(err, "台账“%s”缺少“%s”工作表，请重新导出后填写", b.name, sheet)
	}
	defer rows.Close()
	var titles []string
	var out []ledgerRow
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		switch {
		case err != nil:
			return nil, wrong(err, "台账“%s”的“%s”工作表第%d行无法读取", b.name, sheet, line)
		case len(cells) > maxCols || len(out) > maxRows:
			return nil, wrong(nil, "台账“%s”的“%s”工作表行或列过多，已拒绝读取", b.name, sheet)
		case line == 1:
			titles = trimmed(cells)
			continue
		}
		if r := (ledgerRow{line, map[string]string{}}); r.fill(titles, cells) {
			out = append(out, r)
		}
	}
	for _, n := range need {
		if columnOf(titles, n) < 0 {
			return nil, wrong(nil, "台账“%s”的“%s”工作表缺少“%s”一列，请重新导出后填写", b.name, sheet, n)
		}
	}
	return out, nil
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(c)
	}
	return out
}

// fill takes the cells of a row; false when the row is empty.
func (r *ledgerRow) fill(titles, cells []string) bool {
	some := false
	for i, c := range cells {
		if i >= len(titles) || titles[i] == "" {
			continue
		}
		if utf8.RuneCountInString(c) > maxCell+2 {
			c = string([]rune(c)[:maxCell])
		}
		c = unguard(shown(c))
		r.cells[titles[i]] = c
		some = some || c != ""
		r.cells["@"+titles[i]] = cellName(i, r.line)
	}
	return some
}

func columnOf(titles []string, title string) int {
	for i, t := range titles {
		if t == title {
			return i
		}
	}
	return -1
}

func cellName(col, line int) string {
	name, err := excelize.CoordinatesToCellName(col+1, line)
	if err != nil {
		return fmt.Sprintf("第%d列第%d行", col+1, line)
	}
	return name
}
