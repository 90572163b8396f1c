package register

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

var errWide = errors.New("too many columns, rows or merged cells")

// merge is a range of merged cells, counted from column 0 and row 1.
type merge struct{ left, top, right, bottom int }

// scanSheet walks a sheet once as a stream: it proves the XML whole (the
// row reader would stop at a fault without a word), holds it to the limits
// and gives the merged ranges.
func scanSheet(f *excelize.File, title string) ([]merge, error) {
	body, err := sheetPart(f, title)
	if err != nil {
		return nil, err
	}
	var out []merge
	dec := xml.NewDecoder(bytes.NewReader(body))
	rows, col := 0, 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch el.Name.Local {
		case "row":
			rows, col = rows+1, 0
		case "c":
			if col++; attr(el, "r") != "" {
				col, _ = reference(attr(el, "r")) // what is no reference counts as column 0
			}
		case "v", "is":
			if col > maxCols || rows > 4*maxRows {
				return nil, errWide
			}
		case "mergeCell":
			m, ok := mergeOf(attr(el, "ref"))
			if !ok {
				continue
			}
			if out = append(out, m); len(out) > maxMerges {
				return nil, errWide
			}
		}
	}
}

func attr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// reference reads C17 as column 3, row 17; zeros when it is none.
func reference(s string) (col, row int) {
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int(s[i]-'A') + 1
	}
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9' && row < 1<<21; i++ {
		row = row*10 + int(s[i]-'0')
	}
	if i != len(s) {
		return 0, 0
	}
	return col, row
}

func mergeOf(ref string) (merge, bool) {
	from, to, ok := strings.Cut(ref, ":")
	left, top := reference(from)
	right, bottom := reference(to)
	if !ok || left == 0 || top == 0 || right < left || bottom < top {
		return merge{}, false
	}
	return merge{left - 1, top, min(right, maxCols) - 1, bottom}, true
}

// sheetPart finds the XML behind a sheet's title by way of the workbook's
// relations.
func sheetPart(f *excelize.File, title string) ([]byte, error) {
	raw, ok := f.Pkg.Load("xl/_rels/workbook.xml.rels")
	list, isBytes := raw.([]byte)
	if !ok || !isBytes || f.WorkBook == nil {
		return nil, errors.New("workbook has no relations")
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(list, &rels); err != nil {
		return nil, fmt.Errorf("relations of workbook: %w", err)
	}
	for _, s := range f.WorkBook.Sheets.Sheet {
		for _, r := range rels.Relationship {
			if s.Name == title && r.ID == s.ID {
				return loadPart(f, r.Target)
			}
		}
	}
	return nil, fmt.Errorf("sheet %q has no part", title)
}

func loadPart(f *excelize.File, target string) ([]byte, error) {
	name := strings.TrimPrefix(target, "/")
	if !strings.HasPrefix(target, "/") {
		name = path.Join("xl", target)
	}
	raw, _ := f.Pkg.Load(name)
	body, ok := raw.([]byte)
	if !ok {
		return nil, fmt.Errorf("part %q is missing", name)
	}
	return body, nil
}

// spread writes the value of every merged range into each of its cells.
// Ranges of a sound sheet never overlap: what would is left out, and so is
// what would grow the table over its limit; false says so.
func spread(lines []line, merges []merge) bool {
	byTop := map[int][]merge{}
	for _, m := range merges {
		byTop[m.top] = append(byTop[m.top], m)
	}
	type open struct {
		merge
		value string
	}
	var active []open
	cells := 0
	for i := range lines {
		l := &lines[i]
		kept, wide := active[:0], 0
		for _, o := range active {
			if o.bottom >= l.number {
				kept = append(kept, o)
				wide += o.right - o.left + 1
			}
		}
		active = kept
		for _, m := range byTop[l.number] {
			if wide += m.right - m.left + 1; wide > maxCols {
				break
			}
			if m.left < len(l.cells) && l.cells[m.left] != "" {
				active = append(active, open{m, l.cells[m.left]})
			}
		}
		for _, o := range active {
			for len(l.cells) <= o.right {
				l.cells = append(l.cells, "")
			}
			for c := o.left; c <= o.right; c++ {
				l.cells[c] = o.value
			}
		}
		if cells += len(l.cells); cells > maxCells {
			return false
		}
	}
	return true
}
