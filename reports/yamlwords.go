package reports

import (
	"fmt"
	"regexp"
	"strings"
)

// yamlWords are what the YAML library says of faults people make, and what
// it means.
var yamlWords = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`found character '\s*' that cannot start any token|found a tab character.*`), "用了制表符（Tab）缩进，请改用空格"},
	{regexp.MustCompile(`unknown field "([^"]*)"`), "没有“$1”这一项，请核对拼写"},
	{regexp.MustCompile(`(?:duplicate key|mapping key) "([^"]*)".*`), "“$1”写了两次"},
	{regexp.MustCompile(`cannot unmarshal .* of type (\S+).*`), "内容的类型不正确（应为 $1）"},
	{regexp.MustCompile(`.*[A-Za-z]{4,} [A-Za-z]{2,}.*`), "书写不正确，请核对缩进、冒号、引号和括号"},
}

var yamlPlace = regexp.MustCompile(`^\[(\d+):\d+\] `)

// yamlSays gives the first line of what the YAML library says, in Chinese,
// with the line of the file where it is known.
func yamlSays(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	place := ""
	if m := yamlPlace.FindStringSubmatch(text); m != nil {
		place, text = fmt.Sprintf("第%s行", m[1]), strings.TrimPrefix(text, m[0])
	}
	for _, w := range yamlWords {
		if w.english.MatchString(text) {
			text = w.english.ReplaceAllString(text, w.chinese)
			break
		}
	}
	return place + clean(cut(text, 160))
}

// YAMLSays says in Chinese, with the line, what is wrong with a YAML file.
func YAMLSays(err error) string { return yamlSays(err) }
