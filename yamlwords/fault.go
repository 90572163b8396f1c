package yamlwords

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep/plain"
)

// words are what the YAML library says of faults people make, and what it means.
var words = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`found character '\s*' that cannot start any token|found a tab character.*`), "用了制表符（Tab）缩进，请改用空格"},
	{regexp.MustCompile(`unknown field "([^"]*)"`), "没有“$1”这一项，请核对拼写"},
	{regexp.MustCompile(`(?:duplicate key|mapping key) "([^"]*)".*`), "“$1”写了两次"},
	{regexp.MustCompile(`.*[A-Za-z]{4,} [A-Za-z]{2,}.*`), "书写不正确，请核对缩进、冒号、引号和括号"},
}

var place = regexp.MustCompile(`^\[(\d+):\d+\] `)

var mistyped = regexp.MustCompile(`cannot unmarshal .* of type (\S+)`)

// kindWord is a type of the program as a person fills it in.
func kindWord(typ string) string {
	typ = strings.TrimLeft(typ, "*")
	switch {
	case strings.HasPrefix(typ, "[]"):
		return "列表，每项一行，以“- ”开头"
	case strings.HasPrefix(typ, "int"), strings.HasPrefix(typ, "uint"):
		return "整数"
	case strings.HasPrefix(typ, "float"):
		return "数字"
	case typ == "string":
		return "文字"
	case typ == "bool":
		return " true 或 false"
	case strings.HasSuffix(typ, "Time"):
		return "日期"
	}
	return "“键: 值”形式的各项"
}

// Fault gives the line of the file, 0 where it is not known, and one sentence
// of at most 160 characters, without a full stop.
func Fault(err error) (line int, why string) {
	text, _, _ := strings.Cut(err.Error(), "\n")
	if m := place.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1]) // too long to be a number: not known
		text = strings.TrimPrefix(text, m[0])
	}
	if m := mistyped.FindStringSubmatch(text); m != nil {
		return line, "内容的类型不正确（应为" + kindWord(m[1]) + "）"
	}
	for _, w := range words {
		if w.english.MatchString(text) {
			text = w.english.ReplaceAllString(text, w.chinese)
			break
		}
	}
	return line, plain.Line(short(text))
}

// Say is Fault in one piece: 第3行用了制表符…
func Say(err error) string {
	line, why := Fault(err)
	if line == 0 {
		return why
	}
	return fmt.Sprintf("第%d行%s", line, why)
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= 160 {
		return s
	}
	return string([]rune(s)[:159]) + "…"
}
