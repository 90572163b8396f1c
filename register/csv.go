package register

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func openCSV(raw []byte, name string, score func([]string) int) (*sheet, error) {
	text, err := decode(raw)
	if err != nil || strings.ContainsRune(text, 0) {
		return nil, wrong(err, "文件“%s”不是 CSV 或 XLSX 表格", name)
	}
	return readCSV(text, name, separator(text, score))
}

// decode gives the text of a CSV file: UTF-8, UTF-16 with its mark, or GBK.
func decode(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		return string(out), err
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	return string(out), err
}

// separator is the one under which some early row serves best as the header.
func separator(text string, score func([]string) int) rune {
	best, most := ',', -1
	head := firstLines(text, headerRows)
	for _, sep := range []rune{',', ';', '\t', '，'} {
		r := newCSVReader(head, sep)
		for {
			cells, err := r.Read()
			if err != nil {
				break
			}
			if n := score(cells); n > most {
				best, most = sep, n
			}
		}
	}
	return best
}

func firstLines(s string, n int) string {
	end := 0
	for range n {
		i := strings.IndexByte(s[end:], '\n')
		if i < 0 {
			return s
		}
		end += i + 1
	}
	return s[:end]
}

func newCSVReader(text string, sep rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = sep, -1
	return r
}

// readCSV numbers rows as a spreadsheet program would: a line break within
// quotes begins no row.
func readCSV(text, name string, sep rune) (*sheet, error) {
	s := &sheet{name: sheetName(name)}
	r := newCSVReader(text, sep)
	inside, total := 0, 0
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, wrong(err, "文件“%s”第%d行的引号不成对，请检查该行", name, bad.StartLine)
		}
		if err != nil {
			return nil, wrong(err, "文件“%s”无法读取", name)
		}
		total += len(cells)
		if total > maxCells || len(s.lines) >= maxRows || len(cells) > maxCols {
			return nil, tooLarge(name)
		}
		start, _ := r.FieldPos(0)
		s.lines = append(s.lines, line{start - inside, cells})
		for _, c := range cells {
			inside += strings.Count(c, "\n")
		}
	}
}

func tooLarge(name string) error {
	return wrong(nil, "文件“%s”的表格超过%d行或%d列，请拆分后再导入", name, maxRows, maxCols)
}
