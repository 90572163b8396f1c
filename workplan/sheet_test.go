package workplan

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
)

func ledgerOf(t testing.TB, p *govsweep.Plan) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Sheet(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// edited opens a ledger as a person does and writes into cells: "B2" of the
// task sheet, or "要求与指标!C3".
func edited(t testing.TB, raw []byte, cells map[string]string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, value := range cells {
		sheet, cell, other := strings.Cut(at, "!")
		if !other {
			sheet, cell = taskSheet, at
		}
		if err := f.SetCellStr(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	return saved(t, f)
}

func saved(t testing.TB, f *excelize.File) []byte {
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func mergedOf(t testing.TB, raw []byte, p *govsweep.Plan) *Merged {
	t.Helper()
	m, err := ReadSheet("台账.xlsx", bytes.NewReader(raw), int64(len(raw)), p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func jingde(t testing.TB) *govsweep.Plan {
	p := readPaper(t, "旌德2021")
	p.ID, p.Version = "P2", 3
	return p
}

func TestALedgerComesBackWithoutLoss(t *testing.T) {
	for short := range paperFiles {
		p := readPaper(t, short)
		p.ID, p.Version = "P1", 1
		raw := ledgerOf(t, p)
		if !bytes.Equal(raw, ledgerOf(t, p)) {
			t.Errorf("%s: the same plan gave other bytes", short)
		}
		m := mergedOf(t, raw, p)
		if len(m.Changes)+len(m.Refused) > 0 {
			t.Errorf("%s: %v %v", short, m.Changes, m.Refused)
		}
		if diff := cmp.Diff(p, m.Plan); diff != "" {
			t.Errorf("%s (-out +back):\n%s", short, diff)
		}
	}
}

func TestALedgerThatLibreOfficeSavedComesBackWithoutLoss(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes some seconds")
	}
	soffice := program(t, "soffice")
	p := jingde(t)
	p.Tasks[1].Proof, p.Tasks[1].Note = "=HYPERLINK(\"http://x\")", "第一行\n第二行"
	dir := t.TempDir()
	in := filepath.Join(dir, "ledger.xlsx")
	if err := os.WriteFile(in, ledgerOf(t, p), 0o644); err != nil {
		t.Fatal(err)
	}
	office(t, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "ods", "--outdir", dir, in)
	if _, err := os.Stat(filepath.Join(dir, "ledger.ods")); err != nil {
		t.Skip("LibreOffice has no Calc here: what it saves is not read back")
	}
	office(t, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
		"--outdir", filepath.Join(dir, "again"), filepath.Join(dir, "ledger.ods"))
	raw, err := os.ReadFile(filepath.Join(dir, "again", "ledger.xlsx"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("LibreOffice has no Calc here: what it saves is not read back")
	}
	if err != nil {
		t.Fatal(err)
	}
	if m := mergedOf(t, raw, p); len(m.Changes)+len(m.Refused) > 0 {
		t.Errorf("%v %v", m.Changes, m.Refused)
	}
	raw = edited(t, raw, map[string]string{"I3": "已完成"})
	if m := mergedOf(t, raw, p); len(m.Changes) != 1 || m.Changes[0].Cell != "I3" || len(m.Refused) > 0 {
		t.Errorf("after an edit: %v %v", m.Changes, m.Refused)
	}
}

// TestALedgerSavedInAnotherFormComesBackWithoutLoss writes every cell anew:
// shared texts instead of inline ones, days as counted days, numbers as
// numbers, columns in another order and one of a person's own.
func TestALedgerSavedInAnotherFormComesBackWithoutLoss(t *testing.T) {
	p := jingde(t)
	f, err := excelize.OpenReader(bytes.NewReader(ledgerOf(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := excelize.NewFile()
	defer out.Close()
	for _, sheet := range []string{demandSheet, aboutSheet, taskSheet} {
		if _, err := out.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			if sheet == taskSheet {
				row = append([]string{"我的记号"}, row...)
				row[2], row[8] = row[8], row[2]
			}
			for x, v := range row {
				at := cellName(x, y+1)
				if d, err := time.Parse("2006-01-02", v); err == nil && sheet == taskSheet {
					err = out.SetCellValue(sheet, at, d)
					if err != nil {
						t.Fatal(err)
					}
					continue
				}
				if err := out.SetCellStr(sheet, at, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if m := mergedOf(t, saved(t, out), p); len(m.Changes)+len(m.Refused) > 0 {
		t.Errorf("%v %v", m.Changes, m.Refused)
	}
}

func TestFiveThousandRowsComeBackWithoutLoss(t *testing.T) {
	p := &govsweep.Plan{ID: "P1", Version: 1, Title: "大台账"}
	for i := range raced.Less(5000) {
		task := govsweep.Task{ID: fmt.Sprintf("1.%d-1", i), Chapter: "一、公开", Item: fmt.Sprintf("（%d）", i), State: govsweep.TaskOpen,
			Text: hostileText(i), Bodies: []string{"县政府办", "县财政局（县国资委、县税务局）等"}, Proof: hostileText(i + 1), Note: hostileText(i + 2), By: "张三",
			Due: govsweep.Due{Kind: govsweep.DueDate, Date: "2021-11-30", Text: "2021年11月底"}, Damaged: hostileText(i + 3),
			Demands: []govsweep.Demand{{Text: hostileText(i + 4), Indicators: []string{"XG-11"}, Checklist: hostileText(i + 5)}}}
		p.Tasks = append(p.Tasks, task)
	}
	began := time.Now()
	m := mergedOf(t, ledgerOf(t, p), p)
	t.Logf("5,000 rows out and back in %v", time.Since(began))
	if len(m.Changes)+len(m.Refused) > 0 {
		t.Errorf("%d changes, %d refused, first %v", len(m.Changes), len(m.Refused), append(stringsOf(m.Changes), stringsOf(m.Refused)...)[0])
	}
}

// hostileText gives strings a spreadsheet or a parser may take for something else.
func hostileText(i int) string {
	all := []string{"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'引号开头", "＝全角", "\tTab", "<b>&amp;</b>", "]]>", "_x0041_", "{{.Title}}",
		"=HYPERLINK(\"http://x\",\"y\")", "1e5", "007", "2021-11-30", "TRUE", "#REF!", "第一行\n第二行", "'=双重", "\u202e反向", "普通的任务", "👍表情", "  前后有空格  ", "\x01控制"}
	return fmt.Sprintf("%s%d", all[i%len(all)], i/len(all))
}

func stringsOf[T fmt.Stringer](in []T) []string {
	var out []string
	for _, s := range in {
		out = append(out, s.String())
	}
	return append(out, "")
}

func TestNoCellOfALedgerIsAFormula(t *testing.T) {
	p := smallPlan(t)
	p.Tasks[1].Text, p.Tasks[1].Note = "=1+1", "@SUM(A1)"
	raw := ledgerOf(t, p)
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range zr.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "<f>") || strings.Contains(b.String(), ">=1+1<") {
			t.Errorf("%s holds a formula", part.Name)
		}
	}
	if m := mergedOf(t, raw, p); len(m.Changes)+len(m.Refused) > 0 {
		t.Errorf("%v %v", m.Changes, m.Refused)
	}
}

func TestEveryCorrectionIsListedWithItsCell(t *testing.T) {
	p := jingde(t) // row 3 is 1.1-1, row 32 is 5.1-1, damaged
	row := func(id string) int {
		for i := range p.Tasks {
			if p.Tasks[i].ID == id {
				return i + 2
			}
		}
		t.Fatalf("no task %s", id)
		return 0
	}
	d, n := row("5.1-1"), row("1.1-2")
	cell := func(col string, line int) string { return fmt.Sprintf("%s%d", col, line) }
	m := mergedOf(t, edited(t, ledgerOf(t, p), map[string]string{
		cell("E", d): "县政府办、县财政局", cell("F", d): "限期", cell("G", d): "2021年12月31日", cell("M", d): "",
		cell("I", n): "已完成", cell("J", n): "截图3张", cell("L", n): "李四", "要求与指标!C7": "XG-28、ct-02..ct-05",
		"D44": "新增的一项任务，办好政府公报电子版。", "E44": "县政府办",
	}), p)
	if len(m.Refused) > 0 {
		t.Fatalf("refused %v", m.Refused)
	}
	byCell := map[string]Change{}
	for _, c := range m.Changes {
		byCell[c.Sheet+"!"+c.Cell] = c
	}
	for _, want := range []string{cell("E", d), cell("F", d), cell("G", d), cell("M", d), cell("I", n), cell("J", n), cell("L", n), "D44"} {
		if _, ok := byCell[taskSheet+"!"+want]; !ok {
			t.Errorf("the change of %s is not listed", want)
		}
	}
	if len(m.Changes) != 9 {
		t.Errorf("%d changes: %v", len(m.Changes), m.Changes)
	}
	got := m.Plan.Tasks[d-2]
	if strings.Join(got.Bodies, "|") != "县政府办|县财政局" || got.Due.Date != "2021-12-31" || got.Due.Kind != govsweep.DueDate || got.Damaged != "" {
		t.Errorf("mended task: %+v", got)
	}
	added := m.Plan.Tasks[len(m.Plan.Tasks)-1]
	if added.ID != "N-1" || len(added.Demands) == 0 || added.Demands[0].Indicators[0] != "XG-17" || m.Plan.Version != 4 {
		t.Errorf("added task: %+v, version %d", added, m.Plan.Version)
	}
	if diff := cmp.Diff(jingde(t), p); diff != "" {
		t.Errorf("the plan that was handed in changed:\n%s", diff)
	}
}

func TestWhatCannotBeTakenIsRefusedWithItsCell(t *testing.T) {
	p := jingde(t)
	raw := ledgerOf(t, p)
	for name, c := range map[string]struct {
		cells      map[string]string
		cell, said string
	}{
		"a day that does not exist":         {map[string]string{"G3": "2021-02-30"}, "G3", "不是日期"},
		"a kind of limit nobody knows":      {map[string]string{"F3": "随便"}, "F3", "不认识"},
		"a limit without its day":           {map[string]string{"G3": ""}, "G3", "没有填写完成时限"},
		"a state nobody knows":              {map[string]string{"I3": "差不多"}, "I3", "不认识"},
		"a task without text":               {map[string]string{"D3": ""}, "D3", "不能为空"},
		"an indicator of no form":           {map[string]string{"要求与指标!C7": "随便"}, "C7", "不是指标编号"},
		"a row mark somebody wrote":         {map[string]string{"N3": "随便"}, "N3", "行标记被改动"},
		"a number that is taken":            {map[string]string{"A4": "1.1-1"}, "A4", "出现了两次"},
		"a number the plan does not have":   {map[string]string{"A3": "9.9-9"}, "A3", "没有编号"},
		"a new row with a number in use":    {map[string]string{"A44": "1.1-1", "D44": "新任务"}, "A44", "已经有任务"},
		"a new row without a task":          {map[string]string{"E44": "县政府办"}, "D44", "没有填写任务"},
		"a demand of a task that is no row": {map[string]string{"要求与指标!A7": "9.9-9"}, "A7", "没有编号"},
	} {
		m := mergedOf(t, edited(t, raw, c.cells), p)
		found := false
		for _, r := range m.Refused {
			found = found || r.Cell == c.cell && strings.Contains(r.Reason, c.said)
		}
		if !found {
			t.Errorf("%s: refused %v, changes %v", name, m.Refused, m.Changes)
		}
	}
}

func TestARowChangedOnBothSidesIsRefusedAndNobodyElseIsOverwritten(t *testing.T) {
	p := jingde(t)
	handed := ledgerOf(t, p)
	now := *p
	now.Tasks = append([]govsweep.Task(nil), p.Tasks...)
	now.Version = 4
	now.Tasks[1].Proof = "别人写的佐证" // row 3
	m := mergedOf(t, edited(t, handed, map[string]string{"J5": "本单位的佐证"}), &now)
	if len(m.Refused) > 0 || len(m.Changes) != 1 || m.Plan.Tasks[1].Proof != "别人写的佐证" || m.Plan.Tasks[3].Proof != "本单位的佐证" || m.Plan.Version != 5 {
		t.Errorf("two units, two rows: refused %v, changes %v", m.Refused, m.Changes)
	}
	m = mergedOf(t, edited(t, handed, map[string]string{"J3": "本单位的佐证"}), &now)
	if len(m.Refused) != 1 || m.Refused[0].Cell != "J3" || !strings.Contains(m.Refused[0].Reason, "别人写的佐证") || m.Plan.Tasks[1].Proof != "别人写的佐证" {
		t.Errorf("two units, one row: refused %v", m.Refused)
	}
}

func TestALedgerOfAnotherPlanOrALaterVersionIsRefused(t *testing.T) {
	p := jingde(t)
	raw := ledgerOf(t, p)
	other := *p
	other.ID = "P9"
	if _, err := ReadSheet("台账.xlsx", bytes.NewReader(raw), int64(len(raw)), &other); err == nil || !strings.Contains(err.Error(), "单元格B1") {
		t.Errorf("another plan: %v", err)
	}
	older := *p
	older.Version = 2
	if _, err := ReadSheet("台账.xlsx", bytes.NewReader(raw), int64(len(raw)), &older); govsweep.KindOf(err) != govsweep.Conflict {
		t.Errorf("a later version: %v", err)
	}
	id, version, err := SheetPlan("台账.xlsx", bytes.NewReader(raw), int64(len(raw)))
	if err != nil || id != "P2" || version != 3 {
		t.Errorf("names plan %q, version %d, %v", id, version, err)
	}
}

func TestARowThatIsDeletedIsDroppedAndKept(t *testing.T) {
	p := jingde(t)
	f, err := excelize.OpenReader(bytes.NewReader(ledgerOf(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.RemoveRow(taskSheet, 3); err != nil {
		t.Fatal(err)
	}
	raw := saved(t, f)
	m := mergedOf(t, raw, p)
	if len(m.Refused) > 0 || len(m.Changes) != 1 || m.Plan.Tasks[1].State != govsweep.TaskDropped || m.Plan.Tasks[1].Note != dropNote {
		t.Errorf("refused %v, changes %v, task %+v", m.Refused, m.Changes, m.Plan.Tasks[1])
	}
	p.Tasks[1].Proof = "别人写的佐证"
	if m := mergedOf(t, raw, p); len(m.Refused) != 1 || m.Refused[0].Sheet != aboutSheet {
		t.Errorf("deleted here, changed there: %v", m.Refused)
	}
}
