package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/workday"
)

// town is what the whole story happens to.
type town struct {
	*official
	mends, disputes, late, unread, files *townSite

	mended, disputed, overdue govsweep.Notice
}

// TestAQuarterFromSweepToCircular tells everything that happens to the
// findings of one quarter, from the sweep to the circular and the look-back.
func TestAQuarterFromSweepToCircular(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, o *official) {
		w := &town{official: o,
			mends:    newTownSite(t, "9900000001", "云川市甲局网站", "云川市甲局", 300),
			disputes: newTownSite(t, "9900000002", "云川市乙局网站", "云川市乙局", 301),
			late:     newTownSite(t, "9900000003", "云川市丙局网站", "云川市丙局", 302),
			unread:   newTownSite(t, "9900000004", "云川市丁局网站", "云川市丁局", 303),
			files:    newTownSite(t, "9900000005", "云川市戊局网站", "云川市戊局", 304),
		}
		o.does(exitDone, "import", "sites", writeRegister(t, o.dir, w.mends, w.disputes, w.late, w.unread, w.files))
		o.sweep("--as-of", daysAgo(45))
		for _, step := range []struct {
			name string
			tell func()
		}{
			{"a notice is issued, answered in vain, answered again and closed", w.mendsAtLast},
			{"another is disputed: one item upheld, one overturned", w.disputesAndMends},
			{"a third is late: urged, called overdue, escalated, named", w.isLate},
			{"the fault of the first comes back in the next sweep", w.comesBack},
			{"the circular names who was late and nobody who was not confirmed", w.namesInTheCircular},
			{"the look-back tells mended, unmended and come back apart", w.looksBack},
			{"gone again, it is mended", w.looksBackAgain},
			{"a unit answers in its ledger, and a stale row is refused", w.filesItsLedger},
			{"another answers first and signs later", w.answersFirst},
		} {
			t.Log(step.name)
			step.tell()
			t.Setenv("GOVSWEEP_CHROMIUM", filepath.Join(o.dir, "none")) // one PDF is enough: all other forms but it
		}
	})
}

func (w *town) mendsAtLast() {
	w.confirms(w.mends, staleHome, staleColumn)
	n := w.drafts(w.mends)
	if n.Number != "" || len(n.Items) != 2 || n.Items[0].Class != govsweep.Veto {
		w.t.Fatalf("drafted: %+v", n)
	}
	n = w.issues(n.ID)
	last, _ := workday.Default().AddWorkdays(n.Issued, 5) // a veto is among the items
	if want := "网改〔" + n.Issued.In(govsweep.Shanghai).Format("2006") + "〕1号"; n.Number != want || n.Deadline != govsweep.DateOf(last) {
		w.t.Errorf("issued as %s until %s, want %s until %s", n.Number, n.Deadline, want, govsweep.DateOf(last))
	}
	w.does(exitWrong, "notice", "issue", n.ID, "--by", "王五", "--out", w.dir) // not a second time
	w.does(exitDone, "notice", "receive", n.Number, "--by", "赵六")
	w.does(exitFindings, "notice", "answer", n.ID, "--by", "赵六", "--measures", "已安排整改", "--done", daysAgo(0), "--responsible", "赵六")
	w.hears("复查未通过")
	n = w.notice(n.ID)
	if n.State != govsweep.NoticeRetested || n.Items[0].Retest.Result != govsweep.RetestFailed || w.status(n.Items[1].Finding) != govsweep.Noticed {
		w.t.Errorf("after a vain answer: %s, %+v", n.State, n.Items[0].Retest)
	}
	w.mends.posts(1, frontPage, noticesPage)
	w.does(exitDone, "notice", "answer", n.ID, "--by", "赵六", "--measures", "已补发信息", "--done", daysAgo(0), "--responsible", "赵六")
	w.hears("复查通过")
	if strings.Count(w.errs, "复查通过。") != 2 {
		w.t.Errorf("the result is not told once an item: %s", w.errs)
	}
	n = w.notice(n.ID)
	if n.State != govsweep.NoticeClosed {
		w.t.Errorf("after the second answer: %s", n.State)
	}
	for _, it := range n.Items {
		if w.status(it.Finding) != govsweep.Fixed || len(it.Retest.Proof) == 0 {
			w.t.Fatalf("item %d: %+v", it.No, it.Retest)
		}
		if page := w.does(exitDone, "evidence", "show", it.Retest.Proof[0].Digest); !strings.Contains(page, daysAgo(1)) {
			w.t.Errorf("the proof of item %d does not show the new item: %.300s", it.No, page)
		}
	}
	w.does(exitWrong, "notice", "retest", n.ID)
	w.mended = n
}

func (w *town) disputesAndMends() {
	w.confirms(w.disputes, staleHome, staleColumn)
	n := w.issues(w.drafts(w.disputes).ID)
	if n.Serial != 2 {
		w.t.Errorf("serial %d", n.Serial)
	}
	w.does(exitWrong, "notice", "dispute", n.ID, "--item", "9", "--reason", "没有这一项", "--by", "钱七")
	w.does(exitDone, "notice", "dispute", n.ID, "--item", "1", "--item", "2", "--reason", "该栏目不属于应更新栏目", "--by", "钱七")
	if w.status(n.Items[0].Finding) != govsweep.Disputed {
		w.t.Error("not disputed")
	}
	w.does(exitDone, "notice", "decide", n.ID, "--uphold", "1", "--overturn", "2", "--reason", "经核实", "--by", "王五")
	n = w.notice(n.ID)
	if got := []govsweep.FindingStatus{n.Items[0].Status, n.Items[1].Status, w.status(n.Items[1].Finding)}; n.State != govsweep.NoticeDecided ||
		!slices.Equal(got, []govsweep.FindingStatus{govsweep.Noticed, govsweep.Rejected, govsweep.Rejected}) {
		w.t.Errorf("decided: %s, %v", n.State, got)
	}
	w.does(exitWrong, "notice", "close", n.ID, "--by", "王五") // one item is open
	w.disputes.posts(1, frontPage, noticesPage)
	w.does(exitDone, "notice", "answer", n.ID, "--by", "钱七", "--measures", "已更新首页", "--no-retest")
	w.does(exitDone, "notice", "due", "--out", w.dir)
	w.hears("复查")
	if n = w.notice(n.ID); n.State != govsweep.NoticeClosed {
		w.t.Errorf("after the re-test that was due: %s", n.State)
	}
	w.disputed = n
}

// form writes a bureau's own form: other numbers, and a ladder without waiting.
func (w *town) form() string {
	text := w.does(exitDone, "notice", "form", "show", "general")
	for _, change := range [][2]string{{"id: general", "id: yun"}, {"bureau: 政府网站监管单位", "bureau: 云川市政务公开办"}, {"escalate: 5 ", "escalate: 0 "}, {"name_after: 3 ", "name_after: 1 "}, {"number: 网", "number: 云网"}} {
		if !strings.Contains(text, change[0]) {
			w.t.Fatalf("the form has no %q", change[0])
		}
		text = strings.ReplaceAll(text, change[0], change[1])
	}
	path := filepath.Join(w.dir, "本单位.yaml")
	must(w.t, os.WriteFile(path, []byte(text), 0o644))
	w.does(exitDone, "notice", "form", "lint", path)
	return path
}

func (w *town) isLate() {
	w.confirms(w.late, staleHome, staleColumn)
	n := w.drafts(w.late, "--form", w.form(), "--date", daysAgo(41))
	w.does(exitWrong, "notice", "issue", n.ID, "--by", "王五", "--date", daysAgo(42), "--out", w.dir) // before it was drafted
	n = w.issues(n.ID, "--date", daysAgo(40))
	if govsweep.DateOf(n.Issued) != daysAgo(40) || n.Deadline >= daysAgo(10) {
		w.t.Errorf("issued %s until %s", n.Issued, n.Deadline)
	}
	w.does(exitWrong, "notice", "receive", n.ID, "--by", "孙八", "--date", daysAgo(41)) // before it was issued
	w.does(exitDone, "notice", "receive", n.ID, "--by", "孙八", "--date", daysAgo(39))
	w.does(exitDone, "notice", "due", "--dry-run")
	w.hears("须逐项复查")
	dir := w.t.TempDir()
	w.does(exitWrong, "notice", "due", "N99", n.ID, "--out", dir) // what is wrong does not hold up the rest
	w.hears("文书N99未能办理", "催办", "逾期", "督办", "点名")
	w.holds(dir, w.endings()...)
	n = w.notice(n.ID)
	var steps []string
	papers := map[govsweep.NoticeKind]string{}
	for _, s := range n.Steps {
		steps = append(steps, s.Event)
		if s.Paper != "" {
			p := w.notice(s.Paper)
			papers[p.Kind] = p.Number
		}
	}
	if want := "issue receive retest remind overdue escalate name"; strings.Join(steps, " ") != want || n.State != govsweep.NoticeEscalated {
		w.t.Errorf("%s by %v", n.State, steps)
	}
	year := time.Now().In(govsweep.Shanghai).Format("2006")
	if papers[govsweep.Urge] != "云网催〔"+year+"〕1号" || papers[govsweep.SupervisionOrder] != "云网督〔"+year+"〕1号" {
		w.t.Errorf("papers %v", papers)
	}
	w.does(exitDone, "notice", "due", "--out", dir)
	w.hears("今天没有到期事项")
	if again := w.notice(n.ID); len(again.Steps) != len(n.Steps) {
		w.t.Errorf("asked again it did more: %+v", again.Steps)
	}
	w.overdue = n
}

func (w *town) comesBack() {
	before := w.mended.Items[1].Finding
	w.mends.posts(300, noticesPage)
	w.sweep()
	if w.status(before) != govsweep.Reopened {
		w.t.Error("the fault is back and not reopened")
	}
	w.does(exitDone, "finding", "show", before)
	for _, word := range []string{"确认", "通知整改", "整改回复", "复查未通过", "复查通过", "反弹"} {
		w.hears(word)
	}
}

func (w *town) namesInTheCircular() {
	dir := w.t.TempDir()
	w.does(exitDone, "report", "circular", "--out", dir)
	w.holds(dir, ".docx", ".html", ".xlsx")
	book := openBook(w.t, dir, "*.xlsx")
	named := sheetText(w.t, book, "不合格网站名单") + sheetText(w.t, book, "问题清单")
	if !strings.Contains(named, w.late.name) {
		w.t.Errorf("who was late is not named: %s", named)
	}
	for _, s := range []*townSite{w.unread, w.files} {
		if strings.Contains(named, s.name) {
			w.t.Errorf("%s is named and nobody confirmed anything of it", s.name)
		}
	}
	notices := sheetText(w.t, book, "整改通知办理情况")
	if !strings.Contains(notices, w.overdue.Number) || !strings.Contains(notices, "已督办") || !strings.Contains(notices, "已销号") {
		w.t.Errorf("the notices of the circular: %s", notices)
	}
	html, err := filepath.Glob(filepath.Join(dir, "*.html"))
	must(w.t, err)
	text, err := os.ReadFile(html[0])
	must(w.t, err)
	if !strings.Contains(string(text), w.late.unit) && !strings.Contains(string(text), w.late.name) {
		w.t.Error("the circular itself does not name who was late")
	}
	if strings.Contains(string(text), w.finding(w.unread, staleColumn).Summary) {
		w.t.Error("the circular tells a fault that nobody confirmed")
	}
}

func (w *town) looksBack() {
	dir := w.t.TempDir()
	out := w.does(exitDone, "report", "lookback", "--notice", w.mended.ID, "--notice", w.disputed.ID, "--notice", w.overdue.ID, "--out", dir, "--format", "jsonl")
	w.holds(dir, ".docx", ".html", ".xlsx")
	got := map[string]reports.LookBackResult{}
	for line := range strings.Lines(out) {
		var r reports.LookBackRow
		must(w.t, json.Unmarshal([]byte(line), &r))
		got[r.ID] = r.Result
	}
	want := map[string]reports.LookBackResult{
		w.mended.ID + "-1": reports.LookMended, w.mended.ID + "-2": reports.LookRebound,
		w.disputed.ID + "-1": reports.LookMended, // the second was no fault
		w.overdue.ID + "-1":  reports.LookUnmended, w.overdue.ID + "-2": reports.LookUnmended,
	}
	for id, r := range want {
		if got[id] != r {
			w.t.Errorf("%s is %q, want %q", id, got[id], r)
		}
	}
	if len(got) != len(want) {
		w.t.Errorf("%d rows: %v", len(got), got)
	}
}

// fills writes into cells of the ledger, by item and title.
func (w *town) fills(path string, cells map[int]map[string]string) (at map[string]string) {
	book, err := excelize.OpenFile(path)
	must(w.t, err)
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	must(w.t, err)
	head := slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, govsweep.LedgerMeasures) })
	no := slices.Index(rows[head], "问题序号")
	at = map[string]string{}
	for i, row := range rows[head+1:] {
		for item, filled := range cells {
			if row[no] != []string{"", "1", "2"}[item] {
				continue
			}
			for title, value := range filled {
				cell, err := excelize.CoordinatesToCellName(slices.Index(rows[head], title)+1, head+2+i)
				must(w.t, err)
				must(w.t, book.SetCellStr(sheet, cell, value))
				at[title] = cell
			}
		}
	}
	must(w.t, book.Save())
	return at
}

func (w *town) filesItsLedger() {
	w.confirms(w.files, staleHome, staleColumn)
	n := w.issues(w.drafts(w.files).ID)
	dir := w.t.TempDir()
	w.does(exitDone, "report", "ledger", "--site", w.files.code, "--out", dir)
	path := filepath.Join(dir, "整改台账.xlsx")
	w.fills(path, map[int]map[string]string{
		1: {govsweep.LedgerReceiver: "周九", govsweep.LedgerReceived: daysAgo(0), govsweep.LedgerMeasures: "已更新首页", govsweep.LedgerDone: daysAgo(0), govsweep.LedgerResponsible: "周九"},
		2: {govsweep.LedgerDisputed: "是", govsweep.LedgerDispute: "该栏目已有新信息"},
	})
	w.does(exitDone, "import", "ledger", path, "--by", "周九", "--dry-run")
	if w.notice(n.ID).State != govsweep.NoticeIssued {
		w.t.Error("a dry run filed something")
	}
	w.does(exitDone, "import", "ledger", path, "--by", "周九")
	n = w.notice(n.ID)
	if n.State != govsweep.NoticeDisputed || n.Items[0].Answer == nil || n.Items[0].Answer.Measures != "已更新首页" || n.Items[1].Status != govsweep.Disputed || n.Steps[1].By != "周九" {
		w.t.Errorf("after the ledger came back: %s, %+v", n.State, n.Items)
	}
	w.does(exitDone, "import", "ledger", path, "--by", "周九") // the same sheet again
	if again := w.notice(n.ID); len(again.Steps) != len(n.Steps) {
		w.t.Errorf("the same sheet was filed twice: %+v", again.Steps)
	}
	w.does(exitFindings, "notice", "retest", n.ID, "--item", "1")
	at := w.fills(path, map[int]map[string]string{1: {govsweep.LedgerMeasures: "其实已经更新"}})
	w.does(exitWrong, "import", "ledger", path, "--by", "周九")
	w.hears(at[govsweep.LedgerMeasures], "台账导出后")
}

// looksBackAgain: what came back and is gone again is mended.
func (w *town) looksBackAgain() {
	w.mends.posts(1, noticesPage)
	w.sweep()
	out := w.does(exitDone, "report", "lookback", "--notice", w.mended.ID, "--out", w.t.TempDir(), "--format", "jsonl")
	if strings.Count(out, `"`+string(reports.LookMended)+`"`) != 2 {
		w.t.Errorf("after the fault is gone again: %s", out)
	}
}

// answersFirst: who answered without a receipt signs no more, neither in the ledger.
func (w *town) answersFirst() {
	w.confirms(w.unread, staleHome)
	n := w.issues(w.drafts(w.unread).ID)
	w.does(exitDone, "notice", "answer", n.ID, "--by", "吴十", "--measures", "已更新首页", "--no-retest")
	dir := w.t.TempDir()
	w.does(exitDone, "report", "ledger", "--site", w.unread.code, "--out", dir)
	at := w.fills(filepath.Join(dir, "整改台账.xlsx"), map[int]map[string]string{1: {govsweep.LedgerReceiver: "吴十", govsweep.LedgerReceived: daysAgo(0)}})
	w.does(exitWrong, "import", "ledger", filepath.Join(dir, "整改台账.xlsx"), "--by", "吴十")
	w.hears(at[govsweep.LedgerReceiver], "不再补填签收情况")
	if again := w.notice(n.ID); len(again.Steps) != 2 || again.State != govsweep.NoticeAnswered {
		w.t.Errorf("%s by %+v", again.State, again.Steps)
	}
}

func openBook(t *testing.T, dir, pattern string) *excelize.File {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	must(t, err)
	book, err := excelize.OpenFile(found[0])
	must(t, err)
	t.Cleanup(func() { book.Close() })
	return book
}

func sheetText(t *testing.T, book *excelize.File, sheet string) string {
	t.Helper()
	at := slices.IndexFunc(book.GetSheetList(), func(name string) bool { return strings.HasSuffix(name, sheet) })
	if at < 0 {
		t.Fatalf("the book has no sheet %s: %v", sheet, book.GetSheetList())
	}
	rows, err := book.GetRows(book.GetSheetName(at))
	must(t, err)
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, " ") + "\n")
	}
	return b.String()
}
