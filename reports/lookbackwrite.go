package reports

import (
	"context"
	"io"

	"github.com/govsweep/govsweep"
)

// WriteLedger writes the 整改台账 into dir as XLSX, CSV and HTML, called name
// with the ending of each, and gives the paths in that order. Only the XLSX
// comes back. A file is complete or not there at all.
func WriteLedger(dir, name string, h LedgerHead, rows []govsweep.LedgerRow) ([]string, error) {
	return writeAll(dir, []part{
		{name + ".xlsx", func(w io.Writer) error { return Ledger(w, h, rows) }},
		{name + ".csv", func(w io.Writer) error { return CSV(w, LedgerGrid(rows)) }},
		{name + ".html", func(w io.Writer) error { return LedgerHTML(w, h, rows) }},
	})
}

// WriteLookBack writes a look-back into dir as DOCX, HTML and XLSX, called
// name with the ending of each, and as PDF where a browser is there to print
// it; skipped says in one whole sentence why it is not. A file is complete or
// not there at all.
func WriteLookBack(ctx context.Context, dir, name string, h LookBackHead, rows []LookBackRow) (files, skipped []string, err error) {
	return writePaper(ctx, dir, name, LookBackPaper(h, rows), part{name + ".xlsx", func(w io.Writer) error { return LookBackWorkbook(w, rows) }})
}
