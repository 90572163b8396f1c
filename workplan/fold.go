package workplan

import (
	"slices"
	"strings"
)

// fold makes text fit to be compared: Simplified characters, half-width forms
// of letters, digits and marks, one form of brackets, no quotes, no white
// space. It is for looking, never for showing.
func fold(s string) string {
	out, _ := foldAt(s)
	return string(out)
}

// foldAt is fold with the place of every character: at[i] is the byte of s
// where character i comes from, and one more for the end.
func foldAt(s string) (out []rune, at []int) {
	for i, r := range s {
		if r = foldRune(r); r >= 0 {
			out, at = append(out, r), append(at, i)
		}
	}
	at = append(at, len(s))
	for _, v := range variants {
		out, at = v.in(out, at)
	}
	return out, at
}

func foldRune(r rune) rune {
	switch {
	case blankRune(r) || unseen(r) || strings.ContainsRune("“”‘’「」『』\"＂'＇", r):
		return -1
	case r >= '！' && r <= '～':
		return r - 0xfee0
	}
	if to, ok := forms[r]; ok {
		return to
	}
	if to, ok := simplified[r]; ok {
		return to
	}
	return r
}

// forms brings marks of one meaning to one form. The full stop 。 and the
// enumeration comma 、 stay what they are.
var forms = map[rune]rune{
	'﹝': '〔', '﹞': '〕', '﹙': '(', '﹚': ')', '【': '[', '】': ']', '〈': '<', '〉': '>', '﹤': '<', '﹥': '>',
	'﹕': ':', '︰': ':', '﹔': ';', '﹐': ',', '｡': '。', '﹑': '、', '､': '、', '•': '·', '–': '-', '—': '-', '―': '-', '－': '-',
	'○': '〇',
}

// variant is a word that converted texts write in another way.
type variant struct{ from, to []rune }

var variants = []variant{
	{[]rune("网际网路"), []rune("互联网")},
	{[]rune("答覆"), []rune("答复")}, {[]rune("回覆"), []rune("回复")}, {[]rune("批覆"), []rune("批复")},
	{[]rune("资讯"), []rune("信息")}, {[]rune("平合"), []rune("平台")},
}

func (v variant) in(s []rune, at []int) ([]rune, []int) {
	for i := 0; i+len(v.from) <= len(s); i++ {
		if slices.Equal(s[i:i+len(v.from)], v.from) {
			s = slices.Replace(s, i, i+len(v.from), v.to...)
			at = slices.Delete(at, i+len(v.to), i+len(v.from))
		}
	}
	return s, at
}
