package register

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// LedgerEdit is one cell of a ledger that a unit filled in or changed.
type LedgerEdit struct {
	Notice string `json:"notice"` // ID
	Item   int    `json:"item"`
	Field  string `json:"field"` // title of the column, one of the govsweep.Ledger… words
	Sheet  string `json:"sheet"`
	Cell   string `json:"cell"` // Q17
	Old    string `json:"old"`  // what the product holds
	New    string `json:"new"`  // what the sheet says; a date as YYYY-MM-DD
}

// ReadLedger reads a 整改台账 that reports.Ledger wrote and a unit filled in,
// against the rows as the product holds them now. It gives every cell that
// changed and can be taken, in the order of the sheet, and every cell or row
// that cannot, with its reason: cells the product fills, cells of rows that
// moved on since the export, unknown or damaged rows, days that cannot be.
// Columns and rows may have been moved, hidden, sorted, deleted or added, the
// sheet renamed. now is the day of import. err means that the file as a whole
// cannot be read.
func ReadLedger(r io.Reader, name string, rows []govsweep.LedgerRow, now time.Time) ([]LedgerEdit, []Refusal, error) {
	book, err := openLedger(r, name)
	if err != nil {
		return nil, nil, err
	}
	in := &ledgerReader{sheet: book, now: govsweep.DateOf(now), rows: map[string]*govsweep.LedgerRow{}, seen: map[string]*filledRow{}, receipts: map[string]receiptCell{}}
	for i := range rows {
		in.rows[rows[i].Key()] = &rows[i]
	}
	if err := in.header(name); err != nil {
		return nil, nil, err
	}
	for _, ln := range book.lines[in.head+1:] {
		in.collect(ln)
	}
	for _, row := range in.order {
		in.judge(row)
	}
	slices.SortStableFunc(in.refused, func(a, b Refusal) int { return a.Line - b.Line })
	return in.edits, in.refused, nil
}

// LedgerNotices gives the IDs of the notices a ledger names, each once, in the
// order of the sheet: the notices whose rows ReadLedger has to be given. err
// is that of ReadLedger.
func LedgerNotices(r io.Reader, name string) ([]string, error) {
	book, err := openLedger(r, name)
	if err != nil {
		return nil, err
	}
	in := &ledgerReader{sheet: book}
	if err := in.header(name); err != nil {
		return nil, err
	}
	var ids []string
	seen := map[string]bool{}
	for _, ln := range book.lines[in.head+1:] {
		id, _, ok := strings.Cut(govsweep.PlainCell(value(cellAt(ln.cells, in.key))), "/")
		if ok && !seen[id] && strings.HasPrefix(id, "N") {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// filledRow is one row of the sheet that could be tied to a row of the product.
type filledRow struct {
	line
	now     *govsweep.LedgerRow
	check   govsweep.LedgerCheck
	values  []string // by column of the ledger
	given   []bool   // the sheet has a cell of that column
	faults  []string // why a value cannot be read
	refused bool     // as a whole
}

type ledgerReader struct {
	sheet    *ledgerSheet
	now      string
	head     int   // index of the header line
	cols     []int // by column of the ledger; -1 = not in the sheet
	key, sum int
	rows     map[string]*govsweep.LedgerRow
	seen     map[string]*filledRow
	order    []*filledRow
	receipts map[string]receiptCell
	edits    []LedgerEdit
	refused  []Refusal
}

type receiptCell struct{ who, day, cell string }

func (in *ledgerReader) refuse(line, col int, format string, args ...any) {
	in.refused = append(in.refused, Refusal{in.sheet.name, line, cellName(max(col, 0), line), fmt.Sprintf(format, args...)})
}

// collect ties a row to one of the product, or refuses it.
func (in *ledgerReader) collect(ln line) {
	if blank(ln.cells) || in.isHeader(ln.cells) {
		return
	}
	key := govsweep.PlainCell(value(cellAt(ln.cells, in.key)))
	now, ok := in.rows[key]
	switch {
	case key == "":
		if in.says(ln) {
			in.refuse(ln.number, in.cols[0], "本行缺少隐藏列“%s”的内容，无法确认是哪一条问题，请在原有的行中填写", govsweep.LedgerKeyTitle)
		}
		return
	case !ok:
		in.refuse(ln.number, in.cols[0], "台账中没有“%s”这一条，请重新导出台账后填写", short(key))
		return
	}
	check, ok := govsweep.ReadLedgerCheck(key, value(cellAt(ln.cells, in.sum)))
	if !ok {
		in.refuse(ln.number, in.cols[0], "本行的校验内容已损坏，或台账由旧版导出，请重新导出台账后填写")
		return
	}
	row := &filledRow{line: ln, now: now, check: check}
	in.values(row)
	if before := in.seen[key]; before != nil {
		in.twice(before, row)
		return
	}
	in.seen[key], in.order = row, append(in.order, row)
}

// says tells a row with something in an open column from a total or a note
// below the table.
func (in *ledgerReader) says(ln line) bool {
	for i, c := range govsweep.LedgerColumns {
		if c.Open && value(cellAt(ln.cells, in.cols[i])) != "" {
			return true
		}
	}
	return false
}

// values reads every cell of the ledger in a row.
func (in *ledgerReader) values(row *filledRow) {
	n := len(govsweep.LedgerColumns)
	row.values, row.given, row.faults = make([]string, n), make([]bool, n), make([]string, n)
	for i := range govsweep.LedgerColumns {
		if in.cols[i] < 0 {
			continue
		}
		row.given[i] = true
		c := &govsweep.LedgerColumns[i]
		v, fault := in.sheet.read(c, cellAt(row.cells, in.cols[i]))
		if c.Open && isNothing(v) && !row.check.Was(i, v) {
			v = ""
		}
		row.values[i], row.faults[i] = v, fault
	}
}

// twice takes a copied row that says the same for the same, and refuses both
// when they differ.
func (in *ledgerReader) twice(before, row *filledRow) {
	for i := range govsweep.LedgerColumns {
		if before.values[i] != row.values[i] {
			in.refuse(row.number, in.cols[i], "与第%d行是同一条问题，但“%s”填写不一致，两行均未采用", before.number, govsweep.LedgerColumns[i].Title)
			before.refused = true
			return
		}
	}
}
