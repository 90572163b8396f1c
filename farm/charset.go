package farm

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// encode turns a page into the site's charset. What the charset lacks is
// written as a character reference.
func encode(text, charset string) []byte {
	var e *encoding.Encoder
	switch charset {
	case "gbk", "gb2312":
		e = simplifiedchinese.GBK.NewEncoder()
	case "gb18030":
		e = simplifiedchinese.GB18030.NewEncoder()
	case "big5":
		e = traditionalchinese.Big5.NewEncoder()
	case "utf-16le":
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	default:
		return []byte(text)
	}
	out, err := encoding.HTMLEscapeUnsupported(e).String(text)
	if err != nil {
		return []byte(text)
	}
	return []byte(out)
}

// traditional writes a text in 繁体 as far as the farm's own words need it.
func traditional(text string) string { return toTraditional.Replace(text) }

var toTraditional = strings.NewReplacer(pairs(simplified, traditionals)...)

func pairs(from, to string) []string {
	a, b := []rune(from), []rune(to)
	out := make([]string, 0, 2*len(a))
	for i := range a {
		out = append(out, string(a[i]), string(b[i]))
	}
	return out
}
