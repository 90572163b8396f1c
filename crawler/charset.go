package crawler

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Names of the charsets Decode itself knows. Others go by their name in the
// Encoding standard.
const (
	nameUTF8    = "utf-8"
	nameGB18030 = "gb18030"
	nameBig5    = "big5"
	nameUTF16LE = "utf-16le"
	nameUTF16BE = "utf-16be"
)

// Decode gives body in UTF-8 and the name of the charset it was in. What the
// server and the page declare are hints: the bytes decide. Valid UTF-8 comes
// back as the same slice.
func Decode(body []byte, contentType string) (text []byte, charset string) {
	if text, charset, ok := byMark(body); ok {
		return text, charset
	}
	if name := zeros(body); name != "" {
		return utf16(body, name), name
	}
	if utf8.Valid(body) && !shortGB(body, contentType) {
		return body, nameUTF8
	}
	s := measure(body)
	if s.utf8 > 2*s.notUTF8 {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), nameUTF8
	}
	return chinese(body, s, hints(body, contentType))
}

// byMark reads a byte order mark.
func byMark(body []byte) ([]byte, string, bool) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		if rest := body[3:]; utf8.Valid(rest) {
			return rest, nameUTF8, true
		} else if s := measure(rest); s.utf8 > 2*s.notUTF8 {
			return bytes.ToValidUTF8(rest, []byte("\uFFFD")), nameUTF8, true
		}
		return nil, "", false // a mark of the template before a page in another charset
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return utf16(body[2:], nameUTF16LE), nameUTF16LE, true
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return utf16(body[2:], nameUTF16BE), nameUTF16BE, true
	}
	return nil, "", false
}

// zeros tells UTF-16 without a mark by the zero bytes of its ASCII letters.
func zeros(body []byte) string {
	head := body[:min(len(body), 2048)]
	if bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	var even, odd int
	for i, c := range head {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch enough := len(head) / 10; {
	case odd > enough && odd > 8*even:
		return nameUTF16LE
	case even > enough && even > 8*odd:
		return nameUTF16BE
	}
	return ""
}

func utf16(body []byte, name string) []byte {
	order := unicode.LittleEndian
	if name == nameUTF16BE {
		order = unicode.BigEndian
	}
	out, _ := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(body) // broken pairs become U+FFFD
	return out
}

// shortGB says that a body which happens to be valid UTF-8 is GBK after all:
// it is declared so, and none of its characters has the three bytes a Chinese
// character has in UTF-8.
func shortGB(body []byte, contentType string) bool {
	i := asciiRun(body)
	if i == len(body) {
		return false
	}
	for _, c := range body[i:] {
		if c >= 0xe0 {
			return false
		}
	}
	for _, h := range hints(body, contentType) {
		if h == nameGB18030 {
			_, faults := decodeGB(body)
			return faults == 0
		}
	}
	return false
}

// shape counts what the bytes of a body look like.
type shape struct {
	utf8, notUTF8       int // multi-byte sequences, and bytes that begin none
	gb, gbOdd           int // two-byte codes of GB2312, and other codes of GBK
	gbBad               int
	big5, big5Odd, bad5 int // frequent codes of Big5, others, and bytes that are none
}

// enough is how many characters beyond ASCII are looked at: more of the same
// page tell no more.
const enough = 800

func measure(body []byte) shape {
	var s shape
	for i := asciiRun(body); i < len(body) && s.utf8+s.notUTF8 < enough; i += asciiRun(body[i:]) {
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			s.utf8++
		case utf8.FullRune(body[i:]):
			s.notUTF8++
		}
		i += n
	}
	if s.utf8 <= 2*s.notUTF8 {
		s.measureGB(body)
		s.measureBig5(body)
	}
	return s
}

func (s *shape) measureGB(body []byte) {
	for i := asciiRun(body); i+1 < len(body) && s.gb+s.gbOdd+s.gbBad < enough; i += asciiRun(body[i:]) {
		lead, trail := body[i], body[i+1]
		i += 2
		switch {
		case lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe:
			s.gb++
		case trail >= 0x40 && trail != 0x7f && trail != 0xff && lead != 0x80 && lead != 0xff, trail >= 0x30 && trail <= 0x39:
			s.gbOdd++ // also half of a four-byte code
		default:
			s.gbBad++
			i--
		}
	}
}

func (s *shape) measureBig5(body []byte) {
	for i := asciiRun(body); i+1 < len(body) && s.big5+s.big5Odd+s.bad5 < enough; i += asciiRun(body[i:]) {
		lead, trail := body[i], body[i+1]
		i += 2
		valid := trail >= 0x40 && trail <= 0x7e || trail >= 0xa1 && trail <= 0xfe
		switch {
		case valid && lead >= 0xa1 && lead <= 0xc6:
			s.big5++
		case valid && lead >= 0x81 && lead <= 0xfe:
			s.big5Odd++
		default:
			s.bad5++
			i--
		}
	}
}

func share(part, others int) float64 {
	if part+others == 0 {
		return 0
	}
	return float64(part) / float64(part+others)
}

// chinese chooses between what is declared, GB18030 and Big5. The frequent
// characters of GB2312 and of Big5 lie in different codes, so that text of
// one read as the other looks rare throughout; a declaration breaks ties.
func chinese(body []byte, s shape, hints []string) ([]byte, string) {
	gb := share(s.gb, s.gbOdd+4*s.gbBad)
	big5 := share(s.big5, s.big5Odd+4*s.bad5)
	for _, h := range hints {
		switch {
		case h == nameGB18030:
			gb += 0.1
		case h == nameBig5:
			big5 += 0.1
		case h == "windows-1252" && max(gb, big5) < 0.4, h != "windows-1252" && h != nameUTF8 && max(gb, big5) < 0.8:
			if out, ok := foreign(body, h); ok {
				return out, h
			}
		}
	}
	if big5 > gb {
		if out, err := traditionalchinese.Big5.NewDecoder().Bytes(body); err == nil {
			return out, nameBig5
		}
	}
	out, _ := decodeGB(body)
	return out, nameGB18030
}

// foreign decodes by a declared charset that is not Chinese, when it fits.
func foreign(body []byte, name string) ([]byte, bool) {
	e, err := htmlindex.Get(name)
	if err != nil || e == encoding.Replacement {
		return nil, false
	}
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return nil, false
	}
	return out, bytes.Count(out, []byte("\uFFFD"))*50 <= utf8.RuneCount(out)
}

// hints gives the charsets the header and the page declare, in that order.
func hints(body []byte, contentType string) []string {
	var list []string
	head := body[:min(len(body), 64<<10)]
	for _, label := range []string{declared([]byte(contentType), "charset"), declared(head, "charset"), declared(head[:min(len(head), 256)], "encoding")} {
		if name := charsetName(label); name != "" {
			list = append(list, name)
		}
	}
	return list
}

func charsetName(label string) string {
	switch label = strings.ToLower(label); label {
	case "gbk", "gb2312", "gb_2312", "gb_2312-80", "gb18030", "cp936", "ms936", "windows-936", "x-gbk", "euc-cn", "chinese", "gb18030-2000":
		return nameGB18030
	case "":
		return ""
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(e)
	if err != nil || name == "replacement" || name == "x-user-defined" || strings.HasPrefix(name, "utf-16") {
		return ""
	}
	return name
}

// declared finds key = value in any case, with or without quotes.
func declared(text []byte, key string) string {
	for {
		at := indexFold(text, key)
		if at < 0 {
			return ""
		}
		text = text[at+len(key):]
		rest, ok := bytes.CutPrefix(bytes.TrimLeft(text[:min(len(text), 80)], " \t\r\n"), []byte("="))
		if !ok {
			continue
		}
		rest = bytes.TrimLeft(rest, " \t\r\n\"'")
		end := bytes.IndexFunc(rest, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_' && r != ':'
		})
		if end < 0 {
			end = len(rest)
		}
		if end > 0 {
			return string(rest[:end])
		}
	}
}

// indexFold is bytes.Index for the three ways people write a key.
func indexFold(text []byte, key string) int {
	best := -1
	for _, k := range []string{key, strings.ToUpper(key), strings.ToUpper(key[:1]) + key[1:]} {
		if at := bytes.Index(text, []byte(k)); at >= 0 && (best < 0 || at < best) {
			best, text = at, text[:at]
		}
	}
	return best
}
