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

// inert refuses control characters and marks that turn the direction of a
// line in what a person wrote: a terminal would obey them and a paper show
// something else than was decided. Only a text may have several lines.
func inert(label, s string, text bool) error {
	for _, r := range s {
		switch {
		case r == '\t', text && (r == '\n' || r == '\r'):
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return wrong("%s中有控制字符（U+%04X），请删去后重新填写。", label, r)
		}
	}
	return nil
}

// signed holds the name and the reason of an act to inert.
func signed(by, reason string) error {
	if err := inert("人员姓名", by, false); err != nil {
		return err
	}
	return inert("理由", reason, true)
}
