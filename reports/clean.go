package reports

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// clean makes text from outside fit to be shown: one line, no control
// characters, no marks that turn the direction of what follows. Marks that
// could mislead a reader are printed by their number instead.
func clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		writeClean(&b, r)
	}
	return b.String()
}

// Clean makes text from outside, such as the name a site calls itself by, fit
// to be printed on a terminal.
func Clean(s string) string { return clean(s) }

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

// cleanAll cleans every element.
func cleanAll(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = clean(s)
	}
	return out
}

// webURL gives s when it may be made clickable: an absolute http or https
// address with a host and without anything invisible in it; else "".
func webURL(s string) string {
	if !plain(s) || len(s) > 4096 {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.String()
}

// cut shortens s to n runes, the last one an ellipsis.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:n-1]) + "…"
}
