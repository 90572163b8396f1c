package workplan

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// plainLines reads text or HTML, in UTF-8, UTF-16 with its mark, or GB 18030.
// Which of them it is, is found by counting, not by what is declared.
func plainLines(name string, raw []byte) ([]line, error) {
	text, ok := decode(raw)
	if !ok || notText(text) {
		return nil, wrong(nil, "文件“%s”不是文本、网页、DOCX 或 PDF，无法读取", name)
	}
	if looksHTML(text) {
		return htmlLines(name, text)
	}
	var lines []line
	for l := range strings.Lines(text) {
		if len(lines) > maxLines {
			break // refused by the caller
		}
		lines = append(lines, line{text: strings.TrimRight(l, "\r\n")})
	}
	return lines, nil
}

func decode(raw []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(raw[3:]), "\ufffd"), true
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return utf16Text(raw), true
	case utf8.Valid(raw):
		return string(raw), true
	}
	gb, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		return "", false
	}
	if u := strings.ToValidUTF8(string(raw), "\ufffd"); strings.Count(u, "\ufffd") < strings.Count(string(gb), "\ufffd") {
		return u, true
	}
	return string(gb), true
}

func utf16Text(raw []byte) string {
	big := raw[0] == 0xfe
	units := make([]uint16, 0, len(raw)/2)
	for i := 2; i+1 < len(raw); i += 2 {
		a, b := uint16(raw[i]), uint16(raw[i+1])
		if big {
			a, b = b, a
		}
		units = append(units, a|b<<8)
	}
	return string(utf16.Decode(units))
}

// notText says that text holds what no paper holds.
func notText(text string) bool {
	odd := strings.Count(text, "\x00") * 100
	odd += strings.Count(text, "\ufffd")
	return odd > len(text)/50+8
}

func looksHTML(text string) bool {
	head := strings.ToLower(text[:min(len(text), 4096)])
	for _, tag := range []string{"<!doctype html", "<html", "<body", "<head", "<div", "<p>", "<p ", "<meta"} {
		if strings.Contains(head, tag) {
			return true
		}
	}
	return false
}
