package register_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

func dayAt(s string) time.Time {
	t, err := govsweep.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return t
}

var today = dayAt("2026-11-22")

// ledgerRows are notices of n items in all, ten items each; every third item
// is answered.
func ledgerRows(n int) []govsweep.LedgerRow {
	var rows []govsweep.LedgerRow
	for no := 1; len(rows) < n; no++ {
		notice := &govsweep.Notice{
			ID: fmt.Sprintf("N%d", no), Kind: govsweep.RectificationNotice, State: govsweep.NoticeReceived, Number: fmt.Sprintf("云政办网改〔2026〕%d号", no),
			Bureau: "云川市人民政府办公室", Addressee: "云川市水利局", AsOf: dayAt("2026-10-12"), Issued: dayAt("2026-10-20"), Deadline: "2026-11-03",
			Target: govsweep.Target{Code: fmt.Sprintf("99010200%02d", no%100), Name: fmt.Sprintf("云川市第%d局", no), URL: fmt.Sprintf("http://j%d.yunchuan.example/", no)},
			Steps:  []govsweep.NoticeStep{{Event: "receive", At: dayAt("2026-10-21"), By: "王芳"}},
		}
		for i := 1; i <= min(10, n-len(rows)); i++ {
			it := govsweep.NoticeItem{
				No: i, Finding: fmt.Sprintf("F%04d-%d", no, i), BookID: "XG-12", Class: govsweep.Deduction, Title: "应更新未更新", Status: govsweep.Noticed,
				Column: &govsweep.ColumnRef{Path: []string{"首页", "政务公开", fmt.Sprintf("栏目%d", i)}}, URL: fmt.Sprintf("http://j%d.yunchuan.example/c%d/", no, i),
				Summary:  fmt.Sprintf("栏目“首页 > 政务公开 > 栏目%d”最近一条信息发布于2026年3月%d日，距监测时间点已超过6个月。", i, i),
				Remedy:   "请及时发布信息，或者整合、关停该栏目。",
				Evidence: []govsweep.Evidence{{Digest: fmt.Sprintf("sha256:%064d", no*10+i)}},
			}
			if i%3 == 0 {
				it.Status = govsweep.Answered
				it.Answer = &govsweep.Answer{Measures: "已补发信息，\n并明确专人维护。", Done: "2026-10-30", Responsible: "李明", Proof: it.URL + "1.html"}
			}
			notice.Items = append(notice.Items, it)
		}
		rows = append(rows, reports.LedgerRows(notice)...)
	}
	return rows
}

// unsigned takes the receipts away.
func unsigned(rows []govsweep.LedgerRow) []govsweep.LedgerRow {
	for i := range rows {
		rows[i].Receiver, rows[i].Received, rows[i].Signed = "", "", ""
	}
	return rows
}

func ledger(t testing.TB, rows []govsweep.LedgerRow) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := reports.Ledger(&b, reports.LedgerHead{Made: today}, rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// changed lets a person work on a ledger.
func changed(t testing.TB, book []byte, work func(*excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	work(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const sheetOfLedger = "整改台账"

func put(t testing.TB, f *excelize.File, cells map[string]any) {
	t.Helper()
	for cell, v := range cells {
		if err := f.SetCellValue(sheetOfLedger, cell, v); err != nil {
			t.Fatal(err)
		}
	}
}

func readLedger(t testing.TB, book []byte, rows []govsweep.LedgerRow) ([]register.LedgerEdit, []string) {
	t.Helper()
	edits, refused, err := register.ReadLedger(bytes.NewReader(book), "ledger.xlsx", rows, today)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, r := range refused {
		said = append(said, r.Cell+"："+r.Reason)
	}
	return edits, said
}

func brief(edits []register.LedgerEdit) []string {
	var out []string
	for _, e := range edits {
		out = append(out, fmt.Sprintf("%s %s/%d %s：“%s”→“%s”", e.Cell, e.Notice, e.Item, e.Field, e.Old, e.New))
	}
	slices.Sort(out)
	return out
}

func TestALedgerThatNobodyTouchedHoldsNoEdit(t *testing.T) {
	rows := ledgerRows(12)
	if edits, refused := readLedger(t, ledger(t, rows), rows); len(edits)+len(refused) > 0 {
		t.Errorf("edits %v, refused %v", edits, refused)
	}
}

func TestEveryChangeIsListedWithItsCell(t *testing.T) {
	rows := unsigned(ledgerRows(12))
	book := changed(t, ledger(t, rows), func(f *excelize.File) {
		put(t, f, map[string]any{
			"T3": "已整改", "U3": "2026年11月5日", "V3": "赵六", "W3": "见附件",
			"U5": "2026.11.6", "T6": "=1+1", "U6": 46332, "X7": "是", "Y7": "今年没有人事变动", "X8": "否",
			"R13": "钱七", "S13": "2026/10/22",
		})
	})
	edits, refused := readLedger(t, book, rows)
	want := []string{
		"R13 N2/1 签收人：“”→“钱七”", "S13 N2/1 签收时间：“”→“2026-10-22”",
		"T3 N1/1 整改措施：“”→“已整改”", "T6 N1/4 整改措施：“”→“=1+1”", "U3 N1/1 完成时间：“”→“2026-11-05”",
		"U5 N1/3 完成时间：“2026-10-30”→“2026-11-06”", "U6 N1/4 完成时间：“”→“2026-11-06”",
		"V3 N1/1 责任人：“”→“赵六”", "W3 N1/1 佐证：“”→“见附件”", "X7 N1/5 是否有异议：“”→“是”", "Y7 N1/5 异议理由：“”→“今年没有人事变动”",
	}
	if d := cmp.Diff(want, brief(edits)); d != "" || len(refused) > 0 {
		t.Errorf("%s\nrefused %v", d, refused)
	}
}

func TestWhatCannotBeTakenIsRefusedWithItsCellAndTheRestGoesIn(t *testing.T) {
	rows := ledgerRows(20)
	rows[9].Locked = "该问题已复查通过，不再填报。"
	book := ledger(t, rows)
	now := slices.Clone(rows)
	now[3].RetestResult, now[3].RetestAt = "未整改", "2026-11-20" // looked at again since the export
	now[4].Measures, now[4].Done = "另行登记的措施", "2026-11-01"     // filled in by another way since
	book = changed(t, book, func(f *excelize.File) {
		put(t, f, map[string]any{
			"M3": "没有问题", "T3": "可以采用", // a cell of the machine, the rest of the row is taken
			"B4": "9", "T4": "不知道是哪一条", // the number of the item
			"U5": "2026-11-23",        // tomorrow; the item is answered
			"T6": "旧台账上的措施",           // stale
			"T7": "与登记不同", "V7": "孙八", // conflict beside a cell that is free
			"U8": "2026-10-19",      // before the notice
			"T9": "措施", "U9": "下个月", // no date
			"U10": "2026-11-01",      // no measures
			"T11": "",                // clears what is held
			"T12": "晚了",              // locked
			"X13": "是",               // no reason
			"X14": "否", "Y14": "有理由", // a reason and no dispute
			"X15": "也许", "Y15": "理由充分", // no choice: the reason beside it is not taken either
			"S16":  "2026-10-25", // signed for already
			"T17":  strings.Repeat("字", 2001),
			"AD18": "N99/1", "T18": "不存在",
			"AE19": "K1.00", "T19": "校验坏了",
			"AD20": "", "T20": "没有键",
			"T40": "新加的一行",
		})
	})
	edits, refused := readLedger(t, book, now)
	wantEdits := []string{"T3 N1/1 整改措施：“”→“可以采用”", "T9 N1/7 整改措施：“”→“措施”", "V7 N1/5 责任人：“”→“孙八”"}
	want := []string{
		"M3：“问题描述”由系统生成，不能在台账中修改",
		"B4：“问题序号”由系统生成，不能在台账中修改",
		"T4：本行的“问题序号”已被改动，无法确认填写的是哪一条问题，请重新导出台账后填写",
		"U5：完成时间2026-11-23晚于今天（2026-11-22）",
		"T6：台账导出后“复查结果”已变为“未整改”，请重新导出台账后填写",
		"T7：台账导出后，“整改措施”已另行登记为“另行登记的措施”，与本单元格不一致，请核对后重新导出台账填写",
		"U8：完成时间2026-10-19早于通知下发之日（2026-10-20）",
		"U9：完成时间中的日期“下个月”不正确，应为 2026-12-31 这样的格式",
		"U10：反馈整改结果须填写整改措施",
		"T11：清空单元格不会删除已登记的“已补发信息，\n并明确专人维护。”，如需更正请填写新的内容",
		"T12：该问题已复查通过，不再填报。",
		"X13：有异议的须写明异议理由",
		"Y14：填写了异议理由，“是否有异议”应选“是”",
		"X15：是否有异议“也许”无法识别，可填：是、否",
		"Y15：“是否有异议”未能采纳，异议理由一并不予采纳",
		"S16：该通知已由王芳于2026-10-21签收，不再更改。",
		"T17：内容过长，超过2000个字",
		"A18：台账中没有“N99/1”这一条，请重新导出台账后填写",
		"A19：本行的校验内容已损坏，或台账由旧版导出，请重新导出台账后填写",
		"A20：本行缺少隐藏列“键（请勿改动）”的内容，无法确认是哪一条问题，请在原有的行中填写",
		"A40：本行缺少隐藏列“键（请勿改动）”的内容，无法确认是哪一条问题，请在原有的行中填写",
	}
	if d := cmp.Diff(want, refused); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(wantEdits, brief(edits)); d != "" {
		t.Error(d)
	}
}

func TestColumnsAndRowsMayBeMovedHiddenAddedAndDeleted(t *testing.T) {
	rows := ledgerRows(12)
	book := changed(t, ledger(t, rows), func(f *excelize.File) {
		put(t, f, map[string]any{"T3": "第一条的措施", "T14": "最后一条的措施"})
		for _, err := range []error{
			f.UnprotectSheet(sheetOfLedger), f.RemoveCol(sheetOfLedger, "E"), f.InsertCols(sheetOfLedger, "A", 2), f.SetCellStr(sheetOfLedger, "A2", "本单位备注"),
			f.SetCellStr(sheetOfLedger, "A3", "=备注"), f.SetColVisible(sheetOfLedger, "D:H", false), f.RemoveRow(sheetOfLedger, 5), f.InsertRows(sheetOfLedger, 1, 3),
			f.DuplicateRowTo(sheetOfLedger, 6, 20), f.SetRowVisible(sheetOfLedger, 7, false), f.SetSheetName(sheetOfLedger, "2026年整改"),
			f.SetCellStr("2026年整改", "C30", "合计"), f.MoveSheet("填写说明", "2026年整改"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	edits, refused := readLedger(t, book, rows)
	want := []string{"U16 N2/2 整改措施：“”→“最后一条的措施”", "U6 N1/1 整改措施：“”→“第一条的措施”"}
	if d := cmp.Diff(want, brief(edits)); d != "" || len(refused) > 0 {
		t.Errorf("%s\nrefused %v", d, refused)
	}
}

func TestCopiedRowsThatDifferAndColumnsThatStandTwiceAreRefused(t *testing.T) {
	rows := ledgerRows(3)
	book := changed(t, ledger(t, rows), func(f *excelize.File) {
		if err := f.DuplicateRowTo(sheetOfLedger, 3, 6); err != nil {
			t.Fatal(err)
		}
		put(t, f, map[string]any{"T3": "一种说法", "T6": "另一种说法", "AF2": "责任人", "AF4": "甲", "V4": "乙", "T4": "措施"})
	})
	edits, refused := readLedger(t, book, rows)
	want := []string{"AF2：表头“责任人”出现两次，无法确认以哪一列为准，该列未采用", "T6：与第3行是同一条问题，但“整改措施”填写不一致，两行均未采用"}
	if d := cmp.Diff(want, refused); d != "" || len(edits) != 1 || edits[0].Cell != "T4" {
		t.Errorf("%s\nedits %v", d, edits)
	}
}

func TestRowsOfOneNoticeSayTheSameReceipt(t *testing.T) {
	rows := unsigned(ledgerRows(3))
	book := changed(t, ledger(t, rows), func(f *excelize.File) {
		put(t, f, map[string]any{"R3": "甲", "S3": "2026-10-21", "R4": "甲", "S4": "2026-10-21", "R5": "乙", "S5": "2026-10-21"})
	})
	edits, refused := readLedger(t, book, rows)
	if len(edits) != 4 || len(refused) != 2 || !strings.HasPrefix(refused[0], "R5：同一份通知的签收情况与R3") {
		t.Errorf("%v\n%v", brief(edits), refused)
	}
}

func TestTheSameLedgerImportedTwiceChangesNothing(t *testing.T) {
	rows := ledgerRows(4)
	book := changed(t, ledger(t, rows), func(f *excelize.File) {
		put(t, f, map[string]any{"T3": "措施", "U3": "2026-11-05", "X4": "是", "Y4": "理由"})
	})
	edits, _ := readLedger(t, book, rows)
	filings := register.Filings(edits, rows, "云川市水利局", today)
	if len(filings) != 2 || filings[0].Answer == nil || filings[1].Dispute != "理由" {
		t.Fatalf("%+v", filings)
	}
	rows[0].Measures, rows[0].Done, rows[0].State = "措施", "2026-11-05", "已反馈"
	rows[1].Disputed, rows[1].Dispute, rows[1].State = "是", "理由", "有异议"
	if edits, refused := readLedger(t, book, rows); len(edits)+len(refused) > 0 {
		t.Errorf("edits %v, refused %v", edits, refused)
	}
}

func TestFilingsSayWhatEditsMean(t *testing.T) {
	rows := ledgerRows(3)
	edits := []register.LedgerEdit{
		{Notice: "N1", Item: 3, Field: govsweep.LedgerDone, New: "2026-11-06"},
		{Notice: "N1", Item: 1, Field: govsweep.LedgerReceiver, New: "钱七"}, {Notice: "N1", Item: 1, Field: govsweep.LedgerReceived, New: "2026-10-22"},
		{Notice: "N1", Item: 1, Field: govsweep.LedgerMeasures, New: "措施"},
	}
	got := register.Filings(edits, rows, "水利局", today)
	want := []register.Filing{
		{Notice: "N1", Item: 3, Edits: edits[:1], Answer: &govsweep.Answer{At: today, By: "水利局", Measures: "已补发信息，\n并明确专人维护。", Done: "2026-11-06", Responsible: "李明", Proof: "http://j1.yunchuan.example/c3/1.html"}},
		{Notice: "N1", Item: 1, Edits: edits[1:], Answer: &govsweep.Answer{At: today, By: "水利局", Measures: "措施"}, Receipt: &register.Receipt{By: "钱七", At: dayAt("2026-10-22")}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
