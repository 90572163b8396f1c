package reports_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/reports"
)

// ledgerNotice is an issued notice with an item in every state a ledger shows.
func ledgerNotice() *govsweep.Notice {
	n := &govsweep.Notice{
		ID: "N3", Kind: govsweep.RectificationNotice, State: govsweep.NoticeAnswered, Number: "云政办网改〔2026〕3号", Bureau: "云川市人民政府办公室",
		Target: govsweep.Target{Code: "9901020003", Name: "云川市水利局", URL: "http://slj.yunchuan.example/"}, Addressee: "云川市水利局",
		AsOf: at("2026-10-12"), Issued: at("2026-10-20"), Deadline: "2026-11-03",
		Steps: []govsweep.NoticeStep{
			{Event: "issue", At: at("2026-10-20")}, {Event: "receive", At: at("2026-10-21"), By: "王芳"},
			{Event: "dispute", At: at("2026-10-23"), Reason: "该栏目今年没有\n人事变动", Items: []int{3}},
		},
	}
	for i, status := range []govsweep.FindingStatus{govsweep.Noticed, govsweep.Answered, govsweep.Disputed, govsweep.Fixed} {
		n.Items = append(n.Items, govsweep.NoticeItem{
			No: i + 1, Finding: "F00" + string(rune('1'+i)), BookID: "XG-11", Class: govsweep.Veto, Title: "空白栏目", Status: status, Repeat: i,
			Column: &govsweep.ColumnRef{Name: "人事信息", Path: []string{"首页", "政务公开", "人事信息"}}, URL: "http://slj.yunchuan.example/rsxx/",
			Summary: "栏目“首页 > 政务公开 > 人事信息”下没有信息。", Remedy: "请发布信息，或者整合、关停该栏目。",
			Evidence: []govsweep.Evidence{{Digest: "sha256:0123456789abcdef0123456789abcdef"}},
		})
	}
	n.Items[1].Answer = &govsweep.Answer{Measures: "已补发3条信息\n并明确专人维护", Done: "2026-10-26", Responsible: "李明", Proof: "http://slj.yunchuan.example/rsxx/1.html"}
	n.Items[3].Answer = n.Items[1].Answer
	n.Items[3].Retest = &govsweep.Retest{At: at("2026-10-28"), Result: govsweep.RetestPassed, Why: "该栏目已有3条信息。"}
	return n
}

func openLedger(t *testing.T, rows []govsweep.LedgerRow) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := reports.Ledger(&b, reports.LedgerHead{Made: at("2026-11-01")}, rows); err != nil {
		t.Fatal(err)
	}
	raw := bytes.Clone(b.Bytes())
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, raw
}

func TestALedgerSaysWhatTheNoticeHolds(t *testing.T) {
	rows := reports.LedgerRows(ledgerNotice())
	f, _ := openLedger(t, rows)
	got, err := f.GetRows("整改台账")
	if err != nil || len(got) != len(rows)+2 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	for r, want := range []string{
		"云政办网改〔2026〕3号|1|云川市水利局|9901020003|http://slj.yunchuan.example/|云川市人民政府办公室|云川市水利局|2026-10-12|单项否决|XG-11 空白栏目|首页 > 政务公开 > 人事信息|http://slj.yunchuan.example/rsxx/|栏目“首页 > 政务公开 > 人事信息”下没有信息。|0123456789abcdef|请发布信息，或者整合、关停该栏目。|2026-11-03|1|王芳|2026-10-21||||||||||整改中|N3/1",
		"|2|…|王芳|2026-10-21|已补发3条信息\n并明确专人维护|2026-10-26|李明|http://slj.yunchuan.example/rsxx/1.html||||||已反馈|N3/2",
		"|3|…|是|该栏目今年没有\n人事变动||||有异议|N3/3",
		"|4|…|已整改|该栏目已有3条信息。|2026-10-28|复查通过|N3/4",
	} {
		line := strings.Join(got[r+2][:len(got[r+2])-1], "|")
		before, after, _ := strings.Cut(want, "…")
		if !strings.Contains(line, before) || !strings.HasSuffix(line, after) {
			t.Errorf("row %d: %s", r+1, line)
		}
	}
}

func TestANoticeIsSignedForOnce(t *testing.T) {
	n := ledgerNotice()
	n.Steps, n.State = n.Steps[:1], govsweep.NoticeIssued
	if r := reports.LedgerRows(n)[0]; r.Signed != "" || r.Receiver != "" || r.State != "待签收" {
		t.Errorf("issued: %+v", r)
	}
	n.State = govsweep.NoticeAnswered
	if r := reports.LedgerRows(n)[0]; r.Signed == "" {
		t.Error("answered without a receipt: the receipt is still asked for")
	}
	if r := reports.LedgerRows(ledgerNotice())[0]; r.Signed != "该通知已由王芳于2026-10-21签收，不再更改。" || r.Locked != "" {
		t.Errorf("signed: %+v", r)
	}
}

func TestALedgerIsMadeToBeFilledIn(t *testing.T) {
	f, raw := openLedger(t, reports.LedgerRows(ledgerNotice()))
	again := func() []byte { _, raw := openLedger(t, reports.LedgerRows(ledgerNotice())); return raw }
	if !bytes.Equal(raw, again()) {
		t.Error("the same rows give other bytes")
	}
	locked := func(cell string) bool {
		id, err := f.GetCellStyle("整改台账", cell)
		if err != nil {
			t.Fatal(err)
		}
		st, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return st.Protection == nil || st.Protection.Locked
	}
	for cell, want := range map[string]bool{"A3": true, "M3": true, "R3": true, "S3": true, "T3": false, "Y3": false, "Z3": true, "T6": true} {
		if locked(cell) != want {
			t.Errorf("%s: locked %t", cell, !want)
		}
	}
	if p, err := f.GetSheetProtection("整改台账"); err != nil || !p.Sort || !p.AutoFilter {
		t.Errorf("protection %+v, %v", p, err)
	}
	rules, err := f.GetDataValidations("整改台账")
	if err != nil || len(rules) != 8 || rules[1].Type != "date" || rules[6].Formula1 != `"是,否"` {
		t.Errorf("%d validations, %v", len(rules), err)
	}
	for _, col := range []string{"AD", "AE"} {
		if seen, err := f.GetColVisible("整改台账", col); err != nil || seen {
			t.Errorf("column %s can be seen (%v)", col, err)
		}
	}
	panes, err := f.GetPanes("整改台账")
	if err != nil || !panes.Freeze || panes.YSplit != 2 || panes.XSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func TestTheColumnsOfASheetStandInOrder(t *testing.T) {
	_, raw := openLedger(t, reports.LedgerRows(ledgerNotice()))
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := zr.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	cols := regexp.MustCompile(`<col min="(\d+)" max="(\d+)"`).FindAllSubmatch(body, -1)
	if len(cols) != len(govsweep.LedgerColumns)+2 {
		t.Fatalf("%d columns", len(cols))
	}
	for i, c := range cols {
		if string(c[1]) != fmt.Sprint(i+1) || string(c[2]) != fmt.Sprint(i+1) {
			t.Errorf("place %d: %s", i+1, c[0])
		}
	}
}

func TestFindingsWithoutANoticeStandInTheLedgerLocked(t *testing.T) {
	in := sample()
	row := reports.PendingRow(&in.Findings[0], in.Site.Host, in.Sweep.AsOf)
	if row.Locked == "" || row.State != "待下发" || row.AsOf != "2021-08-27" || row.Key() != "待下发/"+in.Findings[0].ID {
		t.Errorf("%+v", row)
	}
	if n := ledgerNotice(); true {
		n.State, n.Number = govsweep.NoticeDraft, ""
		if rows := reports.LedgerRows(n); rows[0].Number != "待下发" || rows[0].Locked == "" {
			t.Errorf("a draft: %+v", rows[0])
		}
		n.Kind = govsweep.Urge
		if rows := reports.LedgerRows(n); rows != nil {
			t.Errorf("a 催办通知 has %d rows", len(rows))
		}
	}
}

// hostileRows has every hostile string in every text of a row.
func hostileRows() []govsweep.LedgerRow {
	var rows []govsweep.LedgerRow
	for i, s := range hostile() {
		n := ledgerNotice()
		n.ID = "N" + string(rune('A'+i/26)) + string(rune('A'+i%26))
		n.Number, n.Bureau, n.Addressee, n.Target = s, s, s, govsweep.Target{Code: s, Name: s, URL: s}
		n.Steps[1].By, n.Steps[2].Reason = s, s
		it := &n.Items[2]
		it.Title, it.Column, it.URL, it.Summary, it.Remedy = s, &govsweep.ColumnRef{Name: s}, s, s, s
		it.Evidence = []govsweep.Evidence{{Digest: s}}
		it.Answer = &govsweep.Answer{Measures: s + "\n" + s, Done: s, Responsible: s, Proof: s}
		it.Retest = &govsweep.Retest{Result: govsweep.RetestWord(s), Why: s}
		rows = append(rows, reports.LedgerRows(n)[2])
	}
	return rows
}

func TestHostileStringsAreInertInLedgers(t *testing.T) {
	rows := hostileRows()
	if len(rows) < raced.Less(200) {
		t.Fatalf("only %d strings", len(rows))
	}
	f, _ := openLedger(t, rows)
	cells, err := f.GetRows("整改台账")
	if err != nil || len(cells) != len(rows)+2 {
		t.Fatalf("%d rows, %v", len(cells), err)
	}
	for r, row := range cells {
		for c, cell := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula("整改台账", at); err != nil || formula != "" {
				t.Errorf("%s: formula %q, %v", at, formula, err)
			}
			for line := range strings.SplitSeq(cell, "\n") {
				if isFormula(line) {
					t.Errorf("%s: %q", at, cell)
				}
			}
			checkText(t, cell)
			if r >= 2 && c < len(govsweep.LedgerColumns) {
				if want := rows[r-2].Value(&govsweep.LedgerColumns[c]); govsweep.PlainCell(cell) != want {
					t.Errorf("%s: %q, want %q", at, cell, want)
				}
			}
		}
	}
	checkLedgerText(t, rows)
}

func checkLedgerText(t *testing.T, rows []govsweep.LedgerRow) {
	var b bytes.Buffer
	if err := reports.CSV(&b, reports.LedgerGrid(rows)); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(b.Bytes()[3:])).ReadAll()
	if err != nil || len(lines) != len(rows)+1 {
		t.Fatalf("%d lines of csv, %v", len(lines), err)
	}
	for _, cell := range strings.FieldsFunc(b.String()[3:], func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if isFormula(strings.TrimPrefix(strings.TrimRight(cell, "\r"), `"`)) {
			t.Errorf("csv cell %q", cell)
		}
	}
	want := ""
	for i := range rows {
		var page bytes.Buffer
		if err := reports.LedgerHTML(&page, reports.LedgerHead{Title: rows[i].SiteName}, rows[i:i+1]); err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(page.Bytes(), []byte("Content-Security-Policy")) {
			t.Fatal("no policy in the page")
		}
		if got := strings.ReplaceAll(shapeOf(t, page.Bytes()), "span", "a"); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%q changes the structure of the page", rows[i].SiteName)
		}
	}
}
