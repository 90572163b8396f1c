package register_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/hostile"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/reports"
)

// resaved lets LibreOffice Calc open a workbook and save it again.
func resaved(t *testing.T, book []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	convert := func(name string, file []byte) []byte {
		in := filepath.Join(dir, name)
		if err := os.WriteFile(in, file, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
		defer cancel()
		out, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
			"--outdir", filepath.Join(dir, "out"), in).CombinedOutput()
		saved, missing := os.ReadFile(filepath.Join(dir, "out", strings.TrimSuffix(name, filepath.Ext(name))+".xlsx"))
		if err != nil || missing != nil {
			t.Logf("soffice: %v, %v: %.500s", err, missing, out)
		}
		return saved
	}
	if convert("try.csv", []byte("a,b\n")) == nil {
		t.Skip("SKIPPED: LibreOffice Calc is not installed, so that no office program saves the ledger again")
	}
	saved := convert("ledger.xlsx", book)
	if saved == nil {
		t.Fatal("LibreOffice cannot open the ledger")
	}
	return saved
}

// randomEdits fills n open cells of a ledger with something that can be
// taken, and says what an import has to list.
func randomEdits(t *testing.T, cells [][]any, rows []govsweep.LedgerRow, n int) []string {
	rnd := rand.New(rand.NewPCG(2026, 11))
	var want []string
	done := map[string]bool{}
	for len(want) < n {
		i, c := rnd.IntN(len(rows)), rnd.IntN(len(govsweep.LedgerColumns))
		col := &govsweep.LedgerColumns[c]
		cell, err := excelize.CoordinatesToCellName(c+1, i+3)
		if err != nil {
			t.Fatal(err)
		}
		if done[cell] || !col.Open || !alone(col.Title, &rows[i]) {
			continue
		}
		v, now := filled(col, len(want))
		cells[i+2][c], done[cell] = v, true
		want = append(want, fmt.Sprintf("%s %s/%d %s：“%s”→“%s”", cell, rows[i].Notice, rows[i].Item, col.Title, rows[i].Value(col), now))
	}
	slices.Sort(want)
	return want
}

// alone says whether a cell can be filled in without another one.
func alone(title string, row *govsweep.LedgerRow) bool {
	switch title {
	case govsweep.LedgerDone, govsweep.LedgerResponsible, govsweep.LedgerProof:
		return row.Measures != ""
	case govsweep.LedgerReceiver, govsweep.LedgerReceived, govsweep.LedgerDisputed:
		return false
	}
	return true
}

// filled is what a person enters as the n-th edit, and what it means.
func filled(c *govsweep.LedgerColumn, n int) (cell any, means string) {
	if c.Kind != govsweep.LedgerDay {
		s := fmt.Sprintf("第%d处改动：\n已于 %d 日完成 <b>&amp;</b>", n, n%28+1)
		return s, s
	}
	day := n%21 + 1
	means = fmt.Sprintf("2026-11-%02d", day)
	return []any{means, serialOf(strings.ReplaceAll(means, "-", "")), fmt.Sprintf("2026年11月%d日", day), fmt.Sprintf("2026.11.%d", day)}[n%4], means
}

// TestALedgerOfFiveThousandRowsComesBackWithoutLoss sends a ledger through
// one way of saving it, as it is and with 500 cells filled in.
func TestALedgerOfFiveThousandRowsComesBackWithoutLoss(t *testing.T) {
	rows := ledgerRows(raced.Less(5000))
	var book []byte
	measured(t, fmt.Sprintf("write %d rows", len(rows)), func() { book = ledger(t, rows) })
	t.Logf("%d KB", len(book)>>10)
	measured(t, "read them as written", func() { untouched(t, "as written", book, rows) })
	cells, o := table(t, book), offices[0]
	saved := o.save(t, cells)
	measured(t, "read them "+o.name, func() { untouched(t, o.name, saved, rows) })
	comesBack(t, o, cells, rows, raced.Less(500))
}

// TestALedgerComesBackFromEveryWayOfSaving does the same with fewer rows and
// all the ways.
func TestALedgerComesBackFromEveryWayOfSaving(t *testing.T) {
	for _, o := range offices {
		rows := ledgerRows(raced.Less(300))
		cells := table(t, ledger(t, rows))
		untouched(t, o.name, o.save(t, cells), rows)
		comesBack(t, o, cells, rows, raced.Less(200))
	}
}

// TestALedgerThatWasStirredComesBackTheSame moves columns and sorts
// rows at random: the same edits are found, only their cells are others.
func TestALedgerThatWasStirredComesBackTheSame(t *testing.T) {
	rows := ledgerRows(200)
	for seed := range uint64(raced.Less(12)) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		cells := table(t, ledger(t, rows))
		want := withoutCells(randomEdits(t, cells, rows, 60))
		columns := rnd.Perm(len(cells[1]))
		for r := 1; r < len(cells); r++ {
			stirred := make([]any, len(columns))
			for to, from := range columns {
				stirred[to] = ""
				if from < len(cells[r]) {
					stirred[to] = cells[r][from]
				}
			}
			cells[r] = stirred
		}
		rnd.Shuffle(len(cells)-2, func(i, j int) { cells[i+2], cells[j+2] = cells[j+2], cells[i+2] })
		cells = slices.Insert(cells, 0, []any{"某单位整改台账"}, []any{""})
		edits, refused := readLedger(t, offices[seed%uint64(len(offices))].save(t, cells), rows)
		if d := cmp.Diff(want, withoutCells(brief(edits))); d != "" || len(refused) > 0 {
			t.Errorf("seed %d: %.2000s\nrefused %.10q", seed, d, refused)
		}
	}
}

func withoutCells(lines []string) []string {
	var out []string
	for _, l := range lines {
		_, rest, _ := strings.Cut(l, " ")
		out = append(out, rest)
	}
	slices.Sort(out)
	return out
}

func untouched(t *testing.T, name string, book []byte, rows []govsweep.LedgerRow) {
	t.Helper()
	if edits, refused := readLedger(t, book, rows); len(edits)+len(refused) > 0 {
		t.Errorf("%s: nobody touched it: %d edits, refused %.10q", name, len(edits), refused)
	}
}

func comesBack(t *testing.T, o office, cells [][]any, rows []govsweep.LedgerRow, n int) {
	t.Helper()
	want := randomEdits(t, cells, rows, n)
	edits, refused := readLedger(t, o.save(t, cells), rows)
	if d := cmp.Diff(want, brief(edits)); d != "" || len(refused) > 0 {
		t.Errorf("%s: %.3000s\nrefused %.10q", o.name, d, refused)
	}
}

// measured prints what a step takes of time and of memory.
func measured(t *testing.T, what string, step func()) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	step()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	t.Logf("%s: %s, %d MB allocated in all, heap %d MB above the start", what, took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>20)
}

func TestALedgerComesBackFromLibreOffice(t *testing.T) {
	rows := ledgerRows(raced.Less(5000))
	book := ledger(t, rows)
	untouched(t, "saved by LibreOffice", resaved(t, book), rows)
	cells := table(t, book)
	want := randomEdits(t, cells, rows, raced.Less(500))
	edits, refused := readLedger(t, resaved(t, offices[0].save(t, cells)), rows)
	if d := cmp.Diff(want, brief(edits)); d != "" || len(refused) > 0 {
		t.Errorf("%.3000s\nrefused %.10q", d, refused)
	}
}

func TestHostileStringsSurviveEveryWayOfSaving(t *testing.T) {
	rows := hostileLedger()
	cells := table(t, ledger(t, rows))
	for _, o := range offices {
		if edits, refused := readLedger(t, o.save(t, cells), rows); len(edits)+len(refused) > 0 {
			t.Errorf("%s: edits %q\nrefused %q", o.name, brief(edits), refused)
		}
	}
}

func hostileLedger() []govsweep.LedgerRow {
	rows := ledgerRows(len(hostile.Strings()))
	for i, s := range hostile.Strings() {
		s = reports.Clean(s)
		rows[i].Measures, rows[i].Proof, rows[i].Summary, rows[i].Remedy, rows[i].Dispute = s+"\n"+s, s, s, s, s
	}
	return rows
}

func TestHostileStringsSurviveAnOfficeProgram(t *testing.T) {
	rows := hostileLedger()
	saved := resaved(t, ledger(t, rows))
	if edits, refused := readLedger(t, saved, rows); len(edits)+len(refused) > 0 {
		t.Errorf("edits %q\nrefused %q", brief(edits), refused)
	}
	f := changed(t, saved, func(f *excelize.File) {
		all, err := f.GetRows(sheetOfLedger)
		if err != nil {
			t.Fatal(err)
		}
		for r := range all {
			for c := range all[r] {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheetOfLedger, at); err != nil || formula != "" {
					t.Errorf("%s became the formula %q (%v)", at, formula, err)
				}
			}
		}
	})
	if len(f) == 0 {
		t.Error("nothing was saved")
	}
}
