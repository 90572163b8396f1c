package reports

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/govsweep/govsweep/reports/paper"
)

// writePaper writes a paper into dir as DOCX, HTML, PDF and the further forms
// given, called name with the ending of each, and gives the paths in that
// order. Where no browser can print the PDF, skipped says so in one whole
// sentence and the others come all the same. A file is complete or not there
// at all.
func writePaper(ctx context.Context, dir, name string, p *paper.Paper, more ...part) (files, skipped []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("write %s: %w", name, err)
	}
	parts := []part{
		{name + ".docx", func(w io.Writer) error { return paper.DOCX(w, p) }},
		{name + ".html", func(w io.Writer) error { return paper.HTML(w, p) }},
	}
	var pdf bytes.Buffer
	switch err := paper.PDF(ctx, &pdf, p); {
	case err == nil:
		parts = append(parts, part{name + ".pdf", func(w io.Writer) error { _, err := w.Write(pdf.Bytes()); return err }})
	case ctx.Err() != nil:
		return nil, nil, fmt.Errorf("print %s: %w", name, ctx.Err())
	default:
		skipped = append(skipped, noPDF(err))
	}
	files, err = writeAll(dir, append(parts, more...))
	return files, skipped, err
}

// noPDF says why there is no PDF.
func noPDF(err error) string {
	if errors.Is(err, paper.ErrNoBrowser) {
		return sentence(paper.ErrNoBrowser.Error())
	}
	return fmt.Sprintf("未能生成PDF（%s），其他格式的文件不受影响。", clean(cut(err.Error(), 200)))
}
