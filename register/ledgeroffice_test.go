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

// randomEdits fills n open cells of a ledger with something that can be taken.
func randomEdits(t *testing.T, f *excelize.File, rows []govsweep.LedgerRow, n int) []string {
	rnd := rand.New(rand.NewPCG(2026, 11))
	var want []string
	for len(want) < n {
		i := rnd.IntN(len(rows))
		c := rnd.IntN(len(govsweep.LedgerColumns))
		col := &govsweep.LedgerColumns[c]
		if !col.Open || rows[i].Measures == "" && (col.Title == govsweep.LedgerDone || col.Title == govsweep.LedgerResponsible || col.Title == govsweep.LedgerProof) ||
			col.Title == govsweep.LedgerReceiver || col.Title == govsweep.LedgerReceived || col.Title == govsweep.LedgerDisputed {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(c+1, i+3)
		if err != nil {
			t.Fatal(err)
		}
		now := fmt.Sprintf("第%d处改动：\n已于 %d 日完成 <b>&amp;</b>", len(want), len(want)%28+1)
		var v any = now
		if col.Kind == govsweep.LedgerDay {
			now = fmt.Sprintf("2026-11-%02d", len(want)%21+1)
			v = []any{now, dayAt(now).Add(8 * time.Hour).UTC(), fmt.Sprintf("2026年11月%d日", len(want)%21+1), fmt.Sprintf("2026.11.%d", len(want)%21+1)}[len(want)%4]
		}
		line := fmt.Sprintf("%s %s/%d %s：“%s”→“%s”", cell, rows[i].Notice, rows[i].Item, col.Title, rows[i].Value(col), now)
		if slices.ContainsFunc(want, func(w string) bool { return len(w) > len(cell) && w[:len(cell)+1] == cell+" " }) {
			continue
		}
		put(t, f, map[string]any{cell: v})
		want = append(want, line)
	}
	slices.Sort(want)
	return want
}

// TestALedgerOfFiveThousandRowsComesBackWithoutLoss sends a ledger through an
// office program, as it is and with 500 cells filled in.
func TestALedgerOfFiveThousandRowsComesBackWithoutLoss(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: 5,000 rows through an office program take a minute")
	}
	rows := ledgerRows(5000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	book := ledger(t, rows)
	wrote := time.Since(start)
	runtime.ReadMemStats(&after)
	t.Logf("wrote %d rows, %d KB in %s, %d MB allocated in all", len(rows), len(book)>>10, wrote.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)

	saved := resaved(t, book)
	runtime.GC()
	runtime.ReadMemStats(&before)
	start = time.Now()
	edits, refused := readLedger(t, saved, rows)
	read := time.Since(start)
	runtime.ReadMemStats(&after)
	t.Logf("read %d KB in %s, %d MB allocated in all, heap %d MB", len(saved)>>10, read.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, after.HeapAlloc>>20)
	if len(edits)+len(refused) > 0 {
		t.Errorf("nobody touched it: %d edits, refused %.10q, %.3q", len(edits), refused, brief(edits))
	}

	var want []string
	filled := changed(t, book, func(f *excelize.File) { want = randomEdits(t, f, rows, 500) })
	edits, refused = readLedger(t, resaved(t, filled), rows)
	if d := cmp.Diff(want, brief(edits)); d != "" || len(refused) > 0 {
		t.Errorf("%.3000s\nrefused %.10q", d, refused)
	}
}

func TestHostileStringsSurviveAnOfficeProgram(t *testing.T) {
	rows := ledgerRows(len(hostile.Strings()))
	for i, s := range hostile.Strings() {
		s = reports.Clean(s)
		rows[i].Measures, rows[i].Proof, rows[i].Summary, rows[i].Remedy, rows[i].Dispute = s+"\n"+s, s, s, s, s
	}
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
