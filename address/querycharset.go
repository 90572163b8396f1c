package address

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// legacy gives the encoding in which the queries of a page's addresses are
// sent; nil for UTF-8.
func legacy(charset string) encoding.Encoding {
	switch strings.ToLower(charset) {
	case "gb18030", "gbk", "gb2312":
		return simplifiedchinese.GB18030
	case "big5":
		return traditionalchinese.Big5
	}
	return nil
}

// EncodeQuery writes the letters of a query that are not ASCII in the
// encoding of their page, as browsers do: /list.asp?lm=通知公告 of a GBK page
// asks for %CD%A8%D6%AA. Anything else comes back as it is.
func EncodeQuery(ref, charset string) string {
	i := strings.IndexByte(ref, '?')
	if i < 0 || isASCII(ref[i:]) {
		return ref
	}
	e := legacy(charset)
	if e == nil {
		return ref
	}
	query, fragment, cut := strings.Cut(ref[i:], "#")
	bytes, err := e.NewEncoder().String(query)
	if err != nil {
		return ref
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.WriteString(ref[:i])
	for k := range len(bytes) {
		// The second byte of a letter may be ASCII: it stays as it is, like in a browser.
		if c := bytes[k]; c >= utf8.RuneSelf {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	if cut {
		b.WriteByte('#')
		b.WriteString(fragment)
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
