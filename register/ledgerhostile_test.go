package register_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/hostile"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

func TestAFileThatIsNoLedgerIsRefused(t *testing.T) {
	rows := ledgerRows(2)
	spaces := strings.Repeat(" ", 1<<20)
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"text":                      {[]byte("编号,问题序号\n"), "不是 .xlsx 工作簿"},
		"old or encrypted":          {[]byte("\xd0\xcf\x11\xe0"), "不是 .xlsx 工作簿"},
		"another workbook":          {workbook(t, func(f *excelize.File) { set(t, f, map[string]any{"A1": "编号"}) }).Bytes(), "找不到台账"},
		"the hidden column is gone": {changed(t, ledger(t, rows), func(f *excelize.File) { _ = f.RemoveCol(sheetOfLedger, "AE") }), "找不到台账"},
		"a bomb":                    {archive(t, "xl/worksheets/sheet1.xml", spaces, 400), "已拒绝读取"},
		"no zip":                    {[]byte("PK\x03\x04 and then nothing"), "已损坏"},
	} {
		edits, refused, err := register.ReadLedger(bytes.NewReader(c.file), "f.xlsx", rows, today)
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.want) || len(edits)+len(refused) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostileStringsComeBackThroughALedgerUnchanged(t *testing.T) {
	rows := ledgerRows(len(hostile.Strings()))
	for i, s := range hostile.Strings() {
		s = reports.Clean(s)
		rows[i].Measures, rows[i].Proof, rows[i].Summary, rows[i].Done, rows[i].Remedy = s+"\n"+s, s, s, s, s
	}
	book := ledger(t, rows)
	if edits, refused := readLedger(t, book, rows); len(edits)+len(refused) > 0 {
		t.Errorf("edits %v, refused %v", edits, refused)
	}
	empty := ledgerRows(len(rows))
	for i := range empty {
		empty[i].Measures, empty[i].Done, empty[i].Responsible, empty[i].Proof = "", "", "", ""
	}
	typed := changed(t, ledger(t, empty), func(f *excelize.File) {
		for i := range rows {
			cell := strings.ReplaceAll(govsweep.GuardCell(rows[i].Proof), "_x", "_x005F_x") // as every spreadsheet writes it
			put(t, f, map[string]any{fmt.Sprintf("T%d", i+3): cell})
		}
	})
	edits, refused := readLedger(t, typed, empty)
	if len(edits)+len(refused) != len(rows) {
		t.Errorf("%d edits, %d refused of %d", len(edits), len(refused), len(rows))
	}
	for _, e := range edits {
		if i := slices.IndexFunc(empty, func(r govsweep.LedgerRow) bool { return r.Notice == e.Notice && r.Item == e.Item }); e.New != govsweep.LedgerText(rows[i].Proof) {
			t.Errorf("%q came back as %q", rows[i].Proof, e.New)
		}
	}
	for _, r := range refused {
		if !strings.Contains(r, "无法识别的字符") {
			t.Errorf("refused: %s", r)
		}
	}
}

// TestAnEntityOfAnotherFileIsNeverRead: what an XML reader could be made to
// fetch stands in no cell, whatever else is said of the file.
func TestAnEntityOfAnotherFileIsNeverRead(t *testing.T) {
	rows := ledgerRows(2)
	cells := table(t, ledger(t, rows))
	cells[2][columnIndex(govsweep.LedgerMeasures)] = "这里是REPLACED"
	book := offices[0].save(t, cells)
	for name, dtd := range map[string]string{
		"a file":           `<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>`,
		"a billion laughs": `<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>`,
	} {
		evil := rewritten(t, book, "xl/sharedStrings.xml", func(s string) string {
			s = strings.Replace(s, "REPLACED", "&x;", 1)
			return strings.Replace(s, "<sst", dtd+"<sst", 1)
		})
		edits, _, err := register.ReadLedger(bytes.NewReader(evil), "x.xlsx", rows, today)
		for _, e := range edits {
			if e.New != "这里是" && e.New != "这里是&x;" {
				t.Errorf("%s: %q was taken", name, e.New)
			}
		}
		t.Logf("%s: %d edits, %v", name, len(edits), err)
	}
}

func columnIndex(title string) int {
	return slices.IndexFunc(govsweep.LedgerColumns, func(c govsweep.LedgerColumn) bool { return c.Title == title })
}

// rewritten changes one part of a workbook.
func rewritten(t *testing.T, book []byte, part string, change func(string) string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			body = []byte(change(string(body)))
		}
		w, err := zw.Create(f.Name)
		if err == nil {
			_, err = w.Write(body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
