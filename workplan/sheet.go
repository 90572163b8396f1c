package workplan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
)

// maxCell is how many characters a cell takes, with room to spare.
const maxCell = 30_000

// Sheet writes a plan as a ledger (XLSX): tasks, their demands, and a sheet
// that says how to fill it in. The same plan gives the same bytes. ReadSheet
// takes it back.
func Sheet(w io.Writer, p *govsweep.Plan) error {
	f := excelize.NewFile()
	defer f.Close()
	s := &sheetWriter{f: f}
	s.style()
	s.tasks(p)
	s.demands(p)
	s.about(p)
	if s.err != nil {
		return s.err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "govsweep", LastModifiedBy: "govsweep", Language: "zh-CN",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}); err != nil {
		return fmt.Errorf("properties of ledger: %w", err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return inOrder(w, buf.Bytes())
}

// sheetWriter keeps the first error of many small steps.
type sheetWriter struct {
	f                      *excelize.File
	err                    error
	head, body, open, grey int
}

func (s *sheetWriter) do(err error) {
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("write ledger: %w", err)
	}
}

func (s *sheetWriter) style() {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	make := func(bold bool, fill, color string) int {
		st := &excelize.Style{Border: border, NumFmt: 49,
			Font:      &excelize.Font{Family: "宋体", Size: 10, Bold: bold, Color: color},
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
		if bold {
			st.Font.Family = "黑体"
			st.Alignment = &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
		}
		if fill != "" {
			st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		id, err := s.f.NewStyle(st)
		s.do(err)
		return id
	}
	s.head, s.body = make(true, "F2EDE4", "000000"), make(false, "", "000000")
	s.open, s.grey = make(false, "FFF7DB", "000000"), make(false, "F5F5F5", "808080")
}

func (s *sheetWriter) tasks(p *govsweep.Plan) {
	s.do(s.f.SetSheetName("Sheet1", taskSheet))
	titles, widths := []string{"编号"}, []float64{10}
	for _, f := range fields {
		titles, widths = append(titles, f.title), append(widths, f.width)
	}
	s.choices("F", len(p.Tasks), "限期", "长期", "定期", "未写明", "原件残缺")
	s.choices("I", len(p.Tasks), "未完成", "已完成", "已取消")
	sw := s.begin(taskSheet, append(titles, "行标记（请勿改动）"), append(widths, 12))
	for i := range p.Tasks {
		t := &p.Tasks[i]
		cells := []string{t.ID}
		for _, f := range fields {
			cells = append(cells, f.get(t))
		}
		styles := s.shades(len(cells)+1, t)
		s.row(sw, i+2, append(cells, rowMarkOf(p.Version, t)), styles, taskHeight(t))
	}
	s.finish(sw)
}

// choices lets people pick the words of a column.
func (s *sheetWriter) choices(col string, rows int, list ...string) {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = fmt.Sprintf("%s2:%s%d", col, col, rows+500)
	s.do(dv.SetDropList(list))
	s.do(s.f.AddDataValidation(taskSheet, dv))
}

// shades colours what people fill in, and greys what they should leave.
func (s *sheetWriter) shades(n int, t *govsweep.Task) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = s.body
	}
	out[0], out[n-1] = s.grey, s.grey
	for _, i := range []int{8, 9, 10, 11} {
		out[i] = s.open
	}
	if t.Damaged != "" {
		out[12] = s.open
	}
	return out
}

func taskHeight(t *govsweep.Task) float64 {
	lines := max(1, utf8.RuneCountInString(t.Text)/28+1, utf8.RuneCountInString(strings.Join(t.Bodies, "、"))/12+1,
		utf8.RuneCountInString(t.Chapter)/10+1, utf8.RuneCountInString(t.Item)/10+1, utf8.RuneCountInString(t.Damaged)/12+1)
	return float64(min(lines, 14))*13.5 + 4
}

func (s *sheetWriter) demands(p *govsweep.Plan) {
	_, err := s.f.NewSheet(demandSheet)
	s.do(err)
	sw := s.begin(demandSheet, []string{"任务编号", "要求原文", "对应指标", "人工核查"}, []float64{11, 70, 40, 50})
	line := 2
	for i := range p.Tasks {
		for _, d := range p.Tasks[i].Demands {
			lines := max(runes(d.Text)/34, runes(d.Checklist)/24, len(strings.Join(d.Indicators, "、"))/34) + 1
			s.row(sw, line, []string{p.Tasks[i].ID, d.Text, strings.Join(d.Indicators, "、"), d.Checklist},
				[]int{s.body, s.body, s.body, s.body}, float64(min(lines, 12))*13.5+4)
			line++
		}
	}
	s.finish(sw)
}

func (s *sheetWriter) about(p *govsweep.Plan) {
	_, err := s.f.NewSheet(aboutSheet)
	s.do(err)
	sw, err := s.f.NewStreamWriter(aboutSheet)
	if err != nil {
		s.do(err)
		return
	}
	s.do(sw.SetColWidth(1, 1, 18))
	s.do(sw.SetColWidth(2, 2, 100))
	rows := [][2]string{{"计划编号", p.ID}, {"版本", strconv.Itoa(p.Version)}, {"标题", p.Title}, {"文号", p.Number},
		{"发文机关", p.Issuer}, {"成文日期", p.Issued}, {"年度", yearWord(p.Year)}, {"来源文件", p.Source}}
	for _, line := range aboutLines {
		rows = append(rows, [2]string{"填写说明", line})
	}
	for _, n := range p.Notes {
		rows = append(rows, [2]string{"读取提示", n})
	}
	for i := range p.Tasks {
		rows = append(rows, [2]string{indexLabel, p.Tasks[i].ID + " " + rowMarkOf(p.Version, &p.Tasks[i])})
	}
	for i, r := range rows {
		st := s.body
		if r[0] == indexLabel {
			st = s.grey
		}
		s.row(sw, i+1, r[:], []int{s.grey, st}, 0)
	}
	s.finish(sw)
}

// indexLabel marks the lines that list what was handed out: a task listed
// here that has no row any more was deleted by a person.
const indexLabel = "导出清单（请勿改动）"

var aboutLines = []string{
	"可以修改章节、条目、任务、责任单位、时限、状态、佐证、备注和填写人；改好后用 govsweep workplan import 本文件 导入，先加 --dry-run 可以预览全部改动。",
	"责任单位之间用顿号分开。时限类型为“限期”时填写完成时限（如 2021-11-30）。状态只有未完成、已完成、已取消。",
	"新增任务：在末尾加一行，编号和行标记留空。取消任务：把状态改为“已取消”并写明备注；删去的行按已取消处理，不会从计划中消失。",
	"“要求与指标”一页列出每项任务要核对什么：有指标的由产品检查，人工核查一栏由人对照；可以增删和修改。",
	"“原件残缺”一栏写明原件哪里看不清：补录责任单位和时限后，把这一栏清空。",
	"编号和行标记用来辨认每一行，请勿改动。导出以后别人已经改过的行不会被覆盖，导入时会指出单元格。",
}

func yearWord(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

func (s *sheetWriter) begin(sheet string, titles []string, widths []float64) *excelize.StreamWriter {
	size, across, wide, tall, fit := 9, "landscape", 1, 0, true
	s.do(s.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}))
	s.do(s.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	s.do(s.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$1:$1", Scope: sheet}))
	sw, err := s.f.NewStreamWriter(sheet)
	if err != nil {
		s.do(err)
		return nil
	}
	for i, w := range widths {
		s.do(sw.SetColWidth(i+1, i+1, w))
	}
	s.do(sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	styles := make([]int, len(titles))
	for i := range styles {
		styles[i] = s.head
	}
	s.row(sw, 1, titles, styles, 28)
	return sw
}

func (s *sheetWriter) row(sw *excelize.StreamWriter, line int, cells []string, styles []int, height float64) {
	if s.err != nil || sw == nil {
		return
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		if utf8.RuneCountInString(c) > maxCell {
			s.err = &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("第%d行的文字超过%d字，不能写入工作簿，请先拆分任务", line, maxCell)}
			return
		}
		values[i] = excelize.Cell{StyleID: styles[i], Value: guard(shown(c))}
	}
	at, err := excelize.CoordinatesToCellName(1, line)
	s.do(err)
	if height > 0 {
		s.do(sw.SetRow(at, values, excelize.RowOpts{Height: height}))
		return
	}
	s.do(sw.SetRow(at, values))
}

func (s *sheetWriter) finish(sw *excelize.StreamWriter) {
	if sw != nil {
		s.do(sw.Flush())
	}
}

// inOrder writes the parts of a workbook in order of name: the library's
// order is that of a map.
func inOrder(w io.Writer, workbook []byte) error {
	zr, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return fmt.Errorf("read ledger again: %w", err)
	}
	sort.Slice(zr.File, func(i, j int) bool { return zr.File[i].Name < zr.File[j].Name })
	zw := zip.NewWriter(w)
	for _, part := range zr.File {
		if err := zw.Copy(part); err != nil {
			return fmt.Errorf("write part %s of ledger: %w", part.Name, err)
		}
	}
	if err := zw.Close(); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return nil
}
