package reports_test

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

// lookBackRows are the items of two notices of several units, with every result.
func lookBackRows(n int) []reports.LookBackRow {
	results := []reports.LookBackResult{reports.LookMended, reports.LookMended, reports.LookUnmended, reports.LookMended, reports.LookRebound, reports.LookUnclear, "所说不明"}
	var rows []reports.LookBackRow
	for i := range n {
		r := reports.LookBackRow{
			ID: fmt.Sprintf("N3-%d", i+1), Source: "云政办网改〔2026〕3号", Unit: []string{"云川市水利局", "云川市教育局", "云川市卫生健康委员会"}[i%3], Site: "云川市人民政府门户网站",
			Place: "首页 > 政务公开 > 人事信息", Indicator: "XG-12", Text: fmt.Sprintf("栏目“首页 > 政务公开 > 人事信息”第%d项：最近一条信息发布于2026年3月2日，距监测时间点已超过6个月。", i+1),
			Then: []govsweep.Evidence{{Digest: fmt.Sprintf("sha256:%064x", i+1)}}, ThenAt: at("2026-10-12"), Result: results[i%len(results)],
		}
		switch r.Result {
		case reports.LookMended:
			r.Now, r.At, r.Sweep, r.Proof = "该栏目最近一条信息发布于2026年11月10日。", at("2026-11-20"), 9, []govsweep.Evidence{{Digest: fmt.Sprintf("sha256:%064x", i+1000)}}
		case reports.LookUnmended, reports.LookRebound:
			r.Now, r.At, r.By, r.Words = "该栏目仍没有新的信息", at("2026-11-20"), "李明", "http://www.yunchuan.example/rsxx/"
		default:
			r.Now = "尚未复查。"
		}
		rows = append(rows, r)
	}
	return rows
}

var lookBackHead = reports.LookBackHead{Of: "2026年第三季度政府网站检查通报", Bureau: "云川市人民政府办公室", Date: at("2026-11-22")}

func TestEveryNumberOfALookBackNamesItsRows(t *testing.T) {
	rows := lookBackRows(23)
	all, units := reports.TallyLookBack(rows)
	seen := map[int]reports.LookBackResult{}
	for r, of := range all.By {
		for _, i := range of {
			seen[i] = r
		}
	}
	for i := range rows {
		if want := rows[i].Result; seen[i+1] != want && !(want == "所说不明" && seen[i+1] == reports.LookUnclear) {
			t.Errorf("row %d is counted as %q, is %q", i+1, seen[i+1], want)
		}
	}
	sum := 0
	for _, u := range units {
		sum += len(u.Rows)
		for _, i := range u.Rows {
			if rows[i-1].Unit != u.Group {
				t.Errorf("row %d is counted for %s", i, u.Group)
			}
		}
	}
	if len(all.Rows) != 23 || sum != 23 || len(units) != 3 {
		t.Errorf("%d rows, %d by unit in %d units", len(all.Rows), sum, len(units))
	}
}

func TestTheLookBackPaperSaysWhatWasFound(t *testing.T) {
	got := dump(reports.LookBackPaper(lookBackHead, lookBackRows(9)))
	for _, want := range []string{
		"标题：整改情况“回头看”检查表",
		"对《2026年第三季度政府网站检查通报》提出的9项问题和任务逐项进行了“回头看”，其中已整改5项，未整改1项，反弹1项，待核2项，整改率为55.56%。",
		"| 已整改 | 5 | 55.56% | 1-2、 4、 8-9 |", "| 待核 | 2 | 22.22% | 6-7 |", "| 合计 | 9 | — | 1-9 |",
		"| 云川市水利局 | 3 | 2 | 0 | 0 | 1 | 1、 4、 7 |",
		"1. 云川市卫生健康委员会（第3项，未整改）：栏目“首页 > 政务公开 > 人事信息”第3项：最近一条信息发布于2026年3月2日，距监测时间点已超过6个月。现状：该栏目仍没有新的信息。",
		"附件1 逐项复查情况（横排：true）",
		"| 1 | 云川市水利局↵云川市人民政府门户网站 | 栏目“首页 > 政务公开 > 人事信息”第1项：最近一条信息发布于2026年3月2日，距监测时间点已超过6个月。↵出处：云政办网改〔2026〕3号 N3-1 | 2026-10-12↵0000000000000000 | 该栏目最近一条信息发布于2026年11月10日。 | 已整改 | 系统（第9次检查）↵2026-11-20 | 0000000000000000 |",
		"| 6 | 云川市卫生健康委员会↵",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing: %s\nin\n%s", want, got)
		}
	}
	empty := dump(reports.LookBackPaper(lookBackHead, nil))
	if !strings.Contains(empty, "没有需要“回头看”的事项") || strings.Contains(empty, "%") {
		t.Errorf("without items:\n%s", empty)
	}
}

func TestTheLookBackWorkbookHasTheSameNumbers(t *testing.T) {
	var b bytes.Buffer
	if err := reports.LookBackWorkbook(&b, lookBackRows(23)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if sheets := f.GetSheetList(); !slices.Equal(sheets, []string{"逐项复查", "结果汇总", "分单位汇总"}) {
		t.Errorf("sheets %v", sheets)
	}
	items, err := f.GetRows("逐项复查")
	if err != nil || len(items) != 24 {
		t.Fatalf("%d rows, %v", len(items), err)
	}
	totals, err := f.GetRows("结果汇总")
	if err != nil || len(totals) != 6 {
		t.Fatalf("%d rows, %v", len(totals), err)
	}
	for _, total := range totals[1:5] {
		n := 0
		for _, item := range items[1:] {
			if item[11] == total[0] {
				n++
			}
		}
		if fmt.Sprint(n) != total[1] {
			t.Errorf("%s: %s, counted %d", total[0], total[1], n)
		}
	}
}

func TestHostileStringsAreInertInLookBacks(t *testing.T) {
	var all []reports.LookBackRow
	want := ""
	for _, s := range hostile() {
		row := lookBackRows(3)[2]
		poison(reflect.ValueOf(&row).Elem(), s)
		row.Result = reports.LookUnmended
		all = append(all, row)
		var page, doc bytes.Buffer
		p := reports.LookBackPaper(reports.LookBackHead{Title: s, Of: s, Bureau: s, Date: at("2026-11-22")}, []reports.LookBackRow{row})
		if err := paper.HTML(&page, p); err != nil {
			t.Fatal(err)
		}
		if err := paper.DOCX(&doc, p); err != nil || doc.Len() == 0 {
			t.Errorf("%q: %v", s, err)
		}
		if got := shapeOf(t, page.Bytes()); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%q changes the structure of the page", s)
		}
	}
	var b bytes.Buffer
	if err := reports.LookBackWorkbook(&b, all); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("逐项复查")
	if err != nil || len(rows) != len(all)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for r, row := range rows {
		for _, cell := range row {
			if checkText(t, cell); isFormula(cell) {
				t.Errorf("row %d: %q", r, cell)
			}
		}
	}
}

// TestTheLookBackAndTheLedgerAreWrittenOut writes them where a person can
// look at them, when GOVSWEEP_LOOK names a folder.
func TestTheLookBackAndTheLedgerAreWrittenOut(t *testing.T) {
	dir := os.Getenv("GOVSWEEP_LOOK")
	if dir == "" {
		dir = t.TempDir()
	}
	files, skipped, err := reports.WriteLookBack(t.Context(), dir, "lookback", lookBackHead, lookBackRows(40))
	if err != nil || len(files)+len(skipped) != 4 {
		t.Errorf("%v, skipped %v, %v", files, skipped, err)
	}
	more, err := reports.WriteLedger(dir, "ledger", reports.LedgerHead{Made: at("2026-11-22")}, reports.LedgerRows(ledgerNotice()))
	if err != nil || len(more) != 3 {
		t.Errorf("%v, %v", more, err)
	}
	for _, path := range append(files, more...) {
		if info, err := os.Stat(path); err != nil || info.Size() < 1000 {
			t.Errorf("%s is short: %v", path, err)
		}
	}
}
