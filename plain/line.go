package plain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Line makes text from outside fit to be shown: one line, no control
// characters, no marks that turn the direction of what follows. Marks that
// could mislead a reader are printed by their number instead.
func Line(s string) string { return Short(s, len(s)) }

// Short is Line with at most most characters; how many more there were is said.
func Short(s string, most int) string {
	if Is(s) && len(s) <= most {
		return s
	}
	var b strings.Builder
	b.Grow(min(len(s), 4*most))
	n := 0
	for i, r := range s {
		if n++; n > most {
			fmt.Fprintf(&b, "……（以下省略%d字）", utf8.RuneCountInString(s[i:]))
			break
		}
		write(&b, r)
	}
	return b.String()
}

// Is says that nothing in s needs cleaning: the usual case, without a copy.
func Is(s string) bool {
	for _, r := range s {
		if r < ' ' || r == utf8.RuneError || (r >= 0x7f && r < 0xa0) || misleading(r) || unseen(r) || nonCharacter(r) || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

func write(b *strings.Builder, r rune) {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == 0x85:
		b.WriteByte(' ')
	case r < ' ' || (r >= 0x7f && r < 0xa0) || nonCharacter(r):
		b.WriteRune(utf8.RuneError)
	case misleading(r):
		fmt.Fprintf(b, "〔U+%04X〕", r)
	case unseen(r):
	default:
		b.WriteRune(r)
	}
}

// Hidden says that a mark is not seen itself: it turns the direction of
// writing, or has no width.
func Hidden(r rune) bool { return misleading(r) || unseen(r) }

// misleading are overrides and isolates of writing direction and the
// invisible tag characters.
func misleading(r rune) bool {
	return (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) || (r >= 0xe0000 && r <= 0xe007f)
}

// unseen are marks without width that editors leave behind; dropping them
// loses nothing.
func unseen(r rune) bool {
	return r == 0x200b || r == 0x200e || r == 0x200f || r == 0x061c || r == 0x2060 || r == 0xfeff || (r >= 0x206a && r <= 0x206f) || (r >= 0xfff9 && r <= 0xfffb)
}

func nonCharacter(r rune) bool {
	return r&0xfffe == 0xfffe || (r >= 0xfdd0 && r <= 0xfdef)
}
