package paper

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxText bounds one text, in characters. A page shown on a government
// website may be of any length; a paper that quotes it may not.
const maxText = 100_000

// clean makes text from outside fit to be printed on one line: no control
// characters, no marks that turn the direction of what follows. Marks that
// could mislead a reader are printed by their number instead.
func clean(s string) string {
	if plain(s) && len(s) <= maxText {
		return s
	}
	var b strings.Builder
	b.Grow(min(len(s), 4*maxText))
	n := 0
	for i, r := range s {
		if n++; n > maxText {
			fmt.Fprintf(&b, "……（以下省略%d字）", utf8.RuneCountInString(s[i:]))
			break
		}
		writeClean(&b, r)
	}
	return b.String()
}

// plain says that nothing in s needs cleaning: the usual case, without a copy.
func plain(s string) bool {
	for _, r := range s {
		if r < ' ' || r == utf8.RuneError || (r >= 0x7f && r < 0xa0) || misleading(r) || unseen(r) || nonCharacter(r) || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

func writeClean(b *strings.Builder, r rune) {
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

// maxLines bounds the line breaks of one text.
const maxLines = 500

// lines gives the lines of a text, each of them clean; never none. Breaks
// beyond the bound become spaces.
func lines(s string) []string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	out := strings.SplitN(s, "\n", maxLines)
	for i := range out {
		out[i] = clean(out[i])
	}
	return out
}
