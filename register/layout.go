package register

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// headerRows is how far down the header may stand, below titles and notes.
const headerRows = 30

var sheetError = regexp.MustCompile(`^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)$`)

// field is one column of a register.
type field[T any] struct {
	name     string // as refusals and differences call it
	synonyms []string
	set      func(*T, string) error // of a cell that is not empty
	get      func(*T) string
	copy     func(dst, src *T)
}

// layout is a kind of register.
type layout[T any] struct {
	kind     string
	fields   []field[T]
	required []string               // fields whose header must be there, "a|b" for either
	finish   func(*T) (bad, string) // what no single cell can say
	key      func(*T) string
	label    func(*T) string
}

// bad names the field a refusal of a whole row points at; "" refuses nothing.
type bad string

// read takes the rows of a register apart.
func (l *layout[T]) read(r io.Reader, name string) ([]Row[T], []Refusal, error) {
	s, err := open(r, name, l.score)
	if err != nil {
		return nil, nil, err
	}
	at, cols, err := l.header(s, name)
	if err != nil {
		return nil, nil, err
	}
	var rows []Row[T]
	var refused []Refusal
	seen := map[string]int{}
	for _, ln := range s.lines[at+1:] {
		if blank(ln.cells) || l.repeatsHeader(ln.cells) {
			continue
		}
		row, faults := l.row(s, ln, cols)
		if len(faults) == 0 {
			faults = l.duplicate(s, row, cols, seen)
		}
		if refused = append(refused, faults...); len(faults) == 0 {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 && len(refused) == 0 {
		return nil, nil, wrong(nil, "文件“%s”的表头下面没有数据", name)
	}
	SortRefusals(refused)
	return rows, refused, nil
}

// score says how many fields a row of headers names.
func (l *layout[T]) score(cells []string) int {
	n := 0
	for i := range l.fields {
		if l.fields[i].column(cells) >= 0 {
			n++
		}
	}
	return n
}

func (f *field[T]) column(cells []string) int {
	for _, syn := range f.synonyms {
		if i := slices.IndexFunc(cells, func(c string) bool { return headerWord(c) == syn }); i >= 0 {
			return i
		}
	}
	return -1
}

// header finds the row that names most fields; with merged headers of two
// rows that is the lower one.
func (l *layout[T]) header(s *sheet, name string) (at int, cols []int, err error) {
	at, most := -1, 0
	for i, ln := range s.lines[:min(len(s.lines), headerRows)] {
		if n := l.score(ln.cells); n > 0 && n >= most && (n > most || at == i-1) {
			at, most = i, n
		}
	}
	if at < 0 {
		return 0, nil, wrong(nil, "文件“%s”的前%d行中找不到%s的表头，至少应有：%s", name, headerRows, l.kind, l.needs())
	}
	for i := range l.fields {
		cols = append(cols, l.fields[i].column(s.lines[at].cells))
	}
	for _, need := range l.required {
		if !slices.ContainsFunc(strings.Split(need, "|"), func(n string) bool { return cols[l.index(n)] >= 0 }) {
			return 0, nil, wrong(nil, "文件“%s”的表头（第%d行）缺少“%s”一列", name, s.lines[at].number, strings.ReplaceAll(need, "|", "”或“"))
		}
	}
	return at, cols, nil
}

func (l *layout[T]) needs() string {
	return strings.ReplaceAll(strings.Join(l.required, "、"), "|", "或")
}

func (l *layout[T]) index(name string) int {
	return slices.IndexFunc(l.fields, func(f field[T]) bool { return f.name == name })
}

// repeatsHeader tells the header that long printed tables repeat on each page.
func (l *layout[T]) repeatsHeader(cells []string) bool {
	return l.score(cells) >= 2 && l.score(cells) >= filled(cells)-1
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if value(c) != "" {
			n++
		}
	}
	return n
}

func blank(cells []string) bool { return filled(cells) == 0 }

func (l *layout[T]) row(s *sheet, ln line, cols []int) (Row[T], []Refusal) {
	row := Row[T]{Sheet: s.name, Line: ln.number, given: make([]bool, len(l.fields)), cols: cols}
	var faults []Refusal
	refuse := func(field int, reason string) {
		faults = append(faults, Refusal{s.name, ln.number, cellName(max(cols[field], 0), ln.number), reason})
	}
	for i := range l.fields {
		if cols[i] < 0 || cols[i] >= len(ln.cells) {
			continue
		}
		v := value(ln.cells[cols[i]])
		if v == "" {
			continue
		}
		row.given[i] = true
		if err := l.cell(i, &row.Value, v); err != nil {
			refuse(i, err.Error())
		}
	}
	if len(faults) == 0 {
		if at, why := l.finish(&row.Value); at != "" {
			refuse(l.index(string(at)), why)
		}
	}
	return row, faults
}

// refusal refuses a row that was read for what one of its cells says.
func (l *layout[T]) refusal(r *Row[T], field, reason string) Refusal {
	return Refusal{r.Sheet, r.Line, cellName(max(r.cols[l.index(field)], 0), r.Line), reason}
}

// names lists the columns, in the order they are read.
func (l *layout[T]) names() []string {
	var out []string
	for i := range l.fields {
		out = append(out, l.fields[i].name)
	}
	return out
}

func (l *layout[T]) cell(i int, dst *T, v string) error {
	switch {
	case len(v) > maxCell:
		return fmt.Errorf("内容过长，超过%d个字节", maxCell)
	case strings.ContainsRune(v, unicode.ReplacementChar):
		return fmt.Errorf("含有无法识别的字符，请检查文件的编码")
	case sheetError.MatchString(v):
		return fmt.Errorf("单元格的公式出错（%s），请改为实际内容", v)
	}
	return l.fields[i].set(dst, v)
}

func (l *layout[T]) duplicate(s *sheet, row Row[T], cols []int, seen map[string]int) []Refusal {
	key := l.key(&row.Value)
	first, again := seen[key]
	if !again {
		seen[key] = row.Line
		return nil
	}
	col := 0
	for _, c := range cols {
		if c >= 0 {
			col = c
			break
		}
	}
	return []Refusal{{s.name, row.Line, cellName(col, row.Line), fmt.Sprintf("与第%d行重复（%s）", first, l.label(&row.Value))}}
}

// headerWord brings a header to the form synonyms are written in: no spaces,
// no brackets with what they hold, no stars and colons.
func headerWord(s string) string {
	s = strings.ToLower(width.Fold.String(value(s)))
	if i := strings.IndexAny(s, "(（[【"); i > 0 {
		s = s[:i]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*:：※_-", r) {
			return -1
		}
		return r
	}, s)
}

// value is a cell without the spaces and unseen marks around it.
func value(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == 0x200b || r == 0xfeff || r == 0x200e || r == 0x200f || r == 0x2060 || unicode.IsControl(r):
			return -1
		case (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069):
			return -1
		}
		return r
	}, s)
	return strings.TrimFunc(s, unicode.IsSpace)
}
