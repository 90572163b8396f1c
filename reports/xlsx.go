package reports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
)

// maxCellRunes keeps a cell under the 32,767 characters a workbook allows.
const maxCellRunes = 16000

// Workbook writes the findings of one inspection as XLSX: findings, columns
// and outcomes on a sheet each, and the series of visits where there is one.
func Workbook(w io.Writer, in *govsweep.Inspection) error {
	grids := []Grid{FindingGrid(in.Findings), ColumnGrid(in.Columns), OutcomeGrid(in.Outcomes)}
	if in.Site.Target().Kind == govsweep.AccountTarget {
		return XLSX(w, append([]Grid{FindingGrid(in.Findings), OutcomeGrid(in.Outcomes)}, accountGrids(in)...)...)
	}
	return XLSX(w, append(grids, seriesGrids(in.Series)...)...)
}

// XLSX writes grids as the sheets of one workbook. The same grids give the
// same bytes. Text never becomes a formula.
func XLSX(w io.Writer, grids ...Grid) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, g := range grids {
		if err := addSheet(f, i, g); err != nil {
			return fmt.Errorf("sheet %s: %w", g.Name, err)
		}
	}
	if err := setProps(f); err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return sortZip(w, buf.Bytes())
}

// setProps leaves no clock and no name in a workbook.
func setProps(f *excelize.File) error {
	if err := f.SetDocProps(&excelize.DocProperties{
		Creator: "govsweep", LastModifiedBy: "govsweep", Language: "zh-CN",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	}); err != nil {
		return fmt.Errorf("properties of workbook: %w", err)
	}
	return nil
}

func addSheet(f *excelize.File, i int, g Grid) error {
	if i == 0 {
		if err := f.SetSheetName("Sheet1", g.Name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(g.Name); err != nil {
		return err
	}
	if err := onPaper(f, g.Name, 1); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(g.Name)
	if err != nil {
		return err
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	for c := len(g.Cols); c > 0; c-- { // the library writes the last one set first, the format asks for order
		if err := sw.SetColWidth(c, c, float64(g.Cols[c-1].Width)+2); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := writeRows(sw, g, styles); err != nil {
		return err
	}
	if err := filter(sw, i, g); err != nil {
		return err
	}
	return sw.Flush()
}

// onPaper prints a sheet across A4, as wide as the page, row head on each.
func onPaper(f *excelize.File, sheet string, head int) error {
	size, across, wide, tall, fit := 9, "landscape", 1, 0, true
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, head, head), Scope: sheet})
}

// filter lets a reader sort and pick rows by the header.
func filter(sw *excelize.StreamWriter, i int, g Grid) error {
	if len(g.Rows) == 0 {
		return nil
	}
	end, err := excelize.CoordinatesToCellName(len(g.Cols), len(g.Rows)+1)
	if err != nil {
		return err
	}
	plain := false
	return sw.AddTable(&excelize.Table{Range: "A1:" + end, Name: fmt.Sprintf("T%d", i+1), ShowRowStripes: &plain})
}

type styles struct{ head, body, right int }

func newStyles(f *excelize.File) (s styles, err error) {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	font := &excelize.Font{Family: "宋体", Size: 10}
	if s.head, err = f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Family: "黑体", Size: 10, Bold: true}, Border: border,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2EDE4"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	}); err != nil {
		return s, err
	}
	if s.body, err = f.NewStyle(&excelize.Style{Font: font, Border: border, NumFmt: 49,
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}); err != nil {
		return s, err
	}
	s.right, err = f.NewStyle(&excelize.Style{Font: font, Border: border,
		Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}})
	return s, err
}

func writeRows(sw *excelize.StreamWriter, g Grid, st styles) error {
	values := make([]any, len(g.Cols))
	for i, c := range g.Cols {
		values[i] = excelize.Cell{StyleID: st.head, Value: c.Title}
	}
	if err := sw.SetRow("A1", values, excelize.RowOpts{Height: 24}); err != nil {
		return err
	}
	for r, row := range g.Rows {
		for i, c := range row {
			values[i] = sheetCell(c, st)
		}
		at, err := excelize.CoordinatesToCellName(1, r+2)
		if err != nil {
			return err
		}
		if err := sw.SetRow(at, values, excelize.RowOpts{Height: rowHeight(g.Cols, row)}); err != nil {
			return err
		}
	}
	return nil
}

// rowHeight gives a row room for its text, ten lines at most: a finding of a
// thousand addresses must not fill a screen.
func rowHeight(cols []Col, row []Cell) float64 {
	lines := 1
	for i, c := range row {
		n := 0
		for _, part := range strings.Split(cut(c.Text, 2000), "\n") {
			n += 1 + max(uniseg.StringWidth(part)-1, 0)/cols[i].Width
		}
		lines = max(lines, min(n, 10))
	}
	return float64(lines)*13.5 + 4
}

func sheetCell(c Cell, st styles) excelize.Cell {
	if c.IsNum {
		return excelize.Cell{StyleID: st.right, Value: c.Number}
	}
	return excelize.Cell{StyleID: st.body, Value: cut(guard(c.Text), maxCellRunes)}
}

// sortZip writes the parts of a workbook in order of name: the library's
// order is that of a map.
func sortZip(w io.Writer, workbook []byte) error {
	zr, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return fmt.Errorf("read workbook again: %w", err)
	}
	sort.Slice(zr.File, func(i, j int) bool { return zr.File[i].Name < zr.File[j].Name })
	zw := zip.NewWriter(w)
	for _, part := range zr.File {
		if err := zw.Copy(part); err != nil {
			return fmt.Errorf("write workbook part %s: %w", part.Name, err)
		}
	}
	if err := zw.Close(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}
