package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// narrow writes full-width letters, digits and signs in their half-width form.
func narrow(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// bare reduces a text to what two printings of it share: half-width letters
// and digits in lower case, without white space, signs and punctuation.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, narrow(s))
}

// containedRunes: a title this long that stands inside the other is the same
// title with something before or behind it.
const containedRunes = 8

// sameTitle compares a tag with a headline. Either may carry the name of the
// site, or a part of the other when that is long enough.
func sameTitle(a, b, site string) bool {
	if a == b {
		return true
	}
	a, b, site = Simplified(bare(a)), Simplified(bare(b)), Simplified(bare(site))
	if a == b || cutSite(a, site) == cutSite(b, site) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return utf8.RuneCountInString(a) >= containedRunes && strings.Contains(b, a)
}

func cutSite(s, site string) string {
	if site == "" {
		return s
	}
	return strings.TrimSuffix(strings.TrimPrefix(s, site), site)
}

// sameSource compares two names of an origin; one may be the longer form.
func sameSource(a, b string) bool {
	if a == b {
		return true
	}
	a, b = Simplified(bare(a)), Simplified(bare(b))
	return a == b || len(a) >= 6 && strings.Contains(b, a) || len(b) >= 6 && strings.Contains(a, b)
}
