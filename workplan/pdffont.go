package workplan

import (
	"io"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// font turns the codes of a string into characters.
type font struct {
	wide  bool              // codes have two bytes where the map does not say otherwise
	chars map[string]string // from ToUnicode
	sizes [5]bool           // lengths of codes that occur in chars
	table *encoding.Decoder // a named Chinese encoding
	plain pdf.TextEncoding  // the library's, for western fonts
}

const maxMap = 70_000 // entries of a character map

func newFont(v pdf.Value) *font {
	f := &font{wide: v.Key("Subtype").Name() == "Type0"}
	if u := v.Key("ToUnicode"); u.Kind() == pdf.Stream {
		raw, _ := io.ReadAll(io.LimitReader(u.Reader(), 4<<20)) // a torn map maps what it has
		f.readMap(raw)
	}
	if len(f.chars) > 0 {
		return f
	}
	switch enc := v.Key("Encoding").Name(); {
	case strings.HasPrefix(enc, "UniGB-UCS2"), strings.HasPrefix(enc, "UniGB-UTF16"):
		f.table = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case strings.HasPrefix(enc, "GBK"), strings.HasPrefix(enc, "GBpc"), strings.HasPrefix(enc, "GB-EUC"):
		f.table = simplifiedchinese.GBK.NewDecoder()
	case !f.wide && v.Key("Subtype").Name() != "Type3":
		lib := pdf.Font{V: v}
		f.plain = lib.Encoder()
	}
	return f
}

// readMap reads the bfchar and bfrange blocks of a character map.
func (f *font) readMap(raw []byte) {
	f.chars = map[string]string{}
	lex := &lexer{b: raw}
	var args []operand
	for {
		o, ok := lex.next(0)
		if !ok || len(f.chars) > maxMap {
			return
		}
		if o.kind != isOperator {
			args = append(args, o)
			continue
		}
		switch o.s {
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				f.add(args[i].s, utf16be(args[i+1].s))
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				f.addRange(args[i].s, args[i+1].s, args[i+2])
			}
		}
		args = args[:0]
	}
}

func (f *font) add(code, s string) {
	if len(code) == 0 || len(code) > 4 || len(f.chars) > maxMap {
		return
	}
	f.chars[code] = s
	f.sizes[len(code)] = true
}

func (f *font) addRange(from, to string, target operand) {
	if len(from) != len(to) || len(from) == 0 || len(from) > 4 {
		return
	}
	a, b := number(from), number(to)
	for i := 0; a+i <= b && i < 65536; i++ {
		code := bytesOf(a+i, len(from))
		if target.kind == isList {
			if i < len(target.list) {
				f.add(code, utf16be(target.list[i].s))
			}
			continue
		}
		if n := len(target.s); n >= 2 {
			f.add(code, utf16be(target.s[:n-2]+bytesOf(number(target.s[n-2:])+i, 2)))
		}
	}
}

func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n<<8 | int(s[i])
	}
	return n
}

func bytesOf(n, size int) string {
	out := make([]byte, size)
	for i := size - 1; i >= 0; i-- {
		out[i], n = byte(n), n>>8
	}
	return string(out)
}

func utf16be(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// decode gives the characters of a string, the bytes it has none for, and
// the number of codes.
func (f *font) decode(raw string) (out string, unread, codes int) {
	switch {
	case f.table != nil:
		s, err := f.table.String(raw)
		if err != nil {
			return "", len(raw), len(raw)
		}
		return s, strings.Count(s, "\ufffd"), len([]rune(s))
	case f.plain != nil:
		return f.plain.Decode(raw), 0, len(raw)
	}
	var b strings.Builder
	for i := 0; i < len(raw); codes++ {
		n := f.codeLen(raw[i:])
		s, ok := f.chars[raw[i:i+n]]
		if !ok {
			unread += n
		}
		b.WriteString(s)
		i += n
	}
	return b.String(), unread, codes
}

func (f *font) codeLen(raw string) int {
	for n := 1; n <= 4 && n <= len(raw); n++ {
		if f.sizes[n] {
			if _, ok := f.chars[raw[:n]]; ok {
				return n
			}
		}
	}
	if f.wide {
		return min(2, len(raw))
	}
	return 1
}

// widthOf estimates the width of a shown string in units of the type size.
func widthOf(out string) float64 {
	w := 0.0
	for _, r := range out {
		if r < 0x2e80 {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}
