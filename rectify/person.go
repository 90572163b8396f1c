package rectify

import (
	"strings"
	"unicode"
)

// samePerson says whether two names are one person, however they are spaced
// or typed: “张三”, “张 三” and “张　三” are one, so are full and half width.
func samePerson(a, b string) bool { return plain(a) == plain(b) }

// plain takes white space, invisible characters and the difference of width
// and case out of a name.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Zs) || r == 'ㅤ' || r == 'ﾠ' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
