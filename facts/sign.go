package facts

import "strings"

// signs say which telling characters a text holds. They are taken once a
// block while it is read; an extractor whose words all need a character that
// is not there has nothing to look for. A sign may be set for nothing, it is
// never missing.
type signs uint32

// The signs: one bit for each group of characters.
const (
	digitSign    signs = 1 << iota // 0 to 9
	colonSign                      // : ： and their like, 】 〗
	stopSign                       // 。
	semiSign                       // ；
	yearSign                       // 年
	twoSign                        // 二 九, which a year in Han digits has
	footSign                       // of the words that show a foot
	openSign                       // 公
	thisSign                       // 此 本
	phoneSign                      // 电话, 热线, in either writing
	ipSign                         // v V
	sourceSign                     // of the labels of a source
	crumbSign                      // of the labels of a breadcrumb
	timeSign                       // of the labels of a date
	markSign                       // 标 办, of what a foot names
	verticalSign                   // Mongolian letters, private code points
)

// signed lists the characters of each sign.
var signed = map[signs]string{
	colonSign:  "：∶︰﹕】〗",
	stopSign:   "。",
	semiSign:   "；",
	yearSign:   "年",
	twoSign:    "二九",
	footSign:   "备码权備碼權",
	openSign:   "公",
	thisSign:   "此本",
	phoneSign:  "电热電熱",
	sourceSign: "源處处位构構供",
	crumbSign:  "置栏欄",
	timeSign:   "间間期布佈表于新",
	markSign:   "标办標辦",
}

// signTable has the signs of a character of three bytes, by the low bits of
// its bytes; characters that share them share the signs.
var signTable = func() *[1 << 12]signs {
	var t [1 << 12]signs
	for s, chars := range signed {
		for _, r := range chars {
			b := string(r)
			t[signAt(b[0], b[1], b[2])] |= s
		}
	}
	for old, r := range simplified { // a word in traditional characters has the signs of the other
		if r == 0 {
			continue
		}
		for s, chars := range signed {
			if strings.ContainsRune(chars, rune(r)) {
				b := string(rune(old))
				t[signAt(b[0], b[1], b[2])] |= s
			}
		}
	}
	return &t
}()

func signAt(a, b, c byte) int {
	return (int(b&0x3F)<<6 | int(c&0x3F)) ^ int(a&0xF)<<8
}

// asciiSigns has the signs of the characters of one byte.
var asciiSigns = func() *[128]signs {
	var t [128]signs
	for c := '0'; c <= '9'; c++ {
		t[c] = digitSign
	}
	t[':'], t['v'], t['V'] = colonSign, ipSign, ipSign
	return &t
}()

// summary is what one pass over a text tells of it.
type summary struct {
	signs signs
	runes int    // characters that are no white space
	wide  int    // of them, those beyond ASCII
	hash  uint64 // digest of the wide ones, carried on from text to text
	plain uint64 // digest of the others, without digits
}

// add reads one more text.
func (m *summary) add(s []byte) {
	var got signs
	hash, plain, wide, narrow := m.hash, m.plain, 0, 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0x80 {
			i++
			if c > ' ' {
				narrow++
				got |= asciiSigns[c]
				if !isNum(c) {
					plain = (plain ^ uint64(c)) * hashPrime
				}
			}
			continue
		}
		if c >= 0xE0 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			got |= signTable[signAt(c, s[i+1], s[i+2])]
			if c == 0xE1 || c == 0xEE {
				got |= verticalSign
			}
			hash = (hash ^ (uint64(c)<<16 | uint64(s[i+1])<<8 | uint64(s[i+2]))) * hashPrime
			wide++
			i += 3
			continue
		}
		if c >= 0xC0 {
			wide++
		}
		hash = (hash ^ uint64(c)) * hashPrime
		i++
	}
	m.signs, m.runes, m.wide, m.hash, m.plain = got, wide+narrow, m.wide+wide, hash, plain
}
