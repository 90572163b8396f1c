package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WriteCircular writes a circular into dir as DOCX, HTML and XLSX, its
// numbers as lines of JSON, and as PDF where a browser is there to print it.
// files are the paths written; skipped says, one whole sentence each, which
// forms are missing and why. A file is complete or not there at all.
func WriteCircular(ctx context.Context, dir string, c *Circular, form *CircularForm) (files, skipped []string, err error) {
	name := c.FileName()
	return writePaper(ctx, dir, name, CircularPaper(c, form),
		part{name + ".xlsx", func(w io.Writer) error { return CircularWorkbook(w, c) }},
		part{name + ".jsonl", func(w io.Writer) error { return CircularNumbers(w, c) }})
}

// FileName is what the files of a circular are called: its period and its
// last sweep, as 通报-2026年第三季度-第12次检查. Circulars of other sweeps or of
// another period never share one.
func (c *Circular) FileName() string {
	words := "通报"
	if c.Period.Label != "" {
		words += "-" + c.Period.Label
	}
	var ids []string
	for _, s := range c.Sweeps {
		ids = append(ids, fmt.Sprint(s.ID))
	}
	if len(ids) > 0 {
		words += "-第" + strings.Join(ids, "-") + "次检查"
	}
	return safeName(words, c.Period.Label+"\x00"+strings.Join(ids, " "))
}

// CircularWorkbook writes every list of a circular on a sheet of its own,
// behind a sheet that says of each number where it was counted.
func CircularWorkbook(w io.Writer, c *Circular) error { return c.workbook(w) }

func (c *Tally) workbook(w io.Writer) error {
	grids := []Grid{c.sourceGrid()}
	for _, l := range c.Lists {
		grids = append(grids, l.Grid)
	}
	return XLSX(w, grids...)
}

func (c *Tally) sourceGrid() Grid {
	g := Grid{Name: "数据出处", Cols: []Col{{Title: "编码", Width: 9}, {Title: "数据", Width: 34}, {Title: "数值", Width: 12, Right: true}, {Title: "单位", Width: 6},
		{Title: "出自工作表", Width: 24}, {Title: "行号", Width: 40}, {Title: "求和列", Width: 14}, {Title: "分母行号", Width: 30}, {Title: "分母列", Width: 14},
		{Title: "计算方法", Width: 50}, {Title: "数据来源", Width: 24}, {Title: "代码", Width: 24}}}
	for _, n := range c.Numbers {
		value := text(n.Text)
		if n.Known() && !n.Percent {
			value = Cell{Text: n.Text, Number: n.Value, IsNum: true}
		}
		of := ""
		if n.Percent {
			of = rowRanges(n.Of)
		}
		g.Rows = append(g.Rows, []Cell{text(n.Code), text(n.Label), value, text(n.Unit), text(orUnknown(n.List)), text(rowRanges(n.Rows)),
			text(n.Sum), text(of), text(n.OfSum), text(n.How()), text(n.Source), text(n.Key)})
	}
	return g
}

// CircularNumbers writes the numbers of a circular as lines of JSON; a number
// that is not known has the value null and says why.
func CircularNumbers(w io.Writer, c *Circular) error { return c.numberLines(w) }

func (c *Tally) numberLines(w io.Writer) error {
	return lines(w, c.Numbers, func(n *Number) any { return n })
}

// MarshalJSON writes the value as null where it is not known.
func (n *Number) MarshalJSON() ([]byte, error) {
	type plainNumber Number
	out := struct {
		*plainNumber
		Value *float64 `json:"value"`
	}{plainNumber: (*plainNumber)(n)}
	if n.Known() {
		out.Value = &n.Value
	}
	body, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("number %s: %w", strings.TrimSpace(n.Key), err)
	}
	return body, nil
}
