package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// registrations reads the numbers of the foot by the exact strings of the
// domain handbook, section 7.2; spaces inside do not count.
func registrations(m *govsweep.Marks, foot string) {
	words := strings.ReplaceAll(foot, " ", "")
	m.SiteIDCode, m.ICP, m.Police = siteCodeOf(words), icpOf(words), policeOf(words)
}

// siteCodeOf gives the whole run of digits behind 网站标识码.
func siteCodeOf(words string) string {
	const name = "标识码"
	for {
		i := strings.Index(words, name)
		if i < 0 {
			return ""
		}
		words = words[i+len(name):]
		rest := strings.TrimLeft(words, ":：∶")
		prefix := 0
		if len(rest) > 2 && strings.EqualFold(rest[:2], "bm") {
			prefix = 2
		}
		if n := digitRun(rest[prefix:]); n > 0 {
			return strings.ToLower(rest[:prefix+n])
		}
		if rest, broken := strings.CutPrefix(rest, "\n"); broken && isSiteCode(rest) {
			return strings.ToLower(rest[:10])
		}
	}
}

// isSiteCode says whether s begins with a code in its right form, which may
// stand on a line of its own.
func isSiteCode(s string) bool {
	n := 0
	if len(s) > 2 && strings.EqualFold(s[:2], "bm") {
		n = 2
	}
	return n+digitRun(s[n:]) == 10
}

// icpOf gives the ICP number with the character of its province.
func icpOf(words string) string {
	for {
		i := strings.Index(words, "ICP")
		if i < 0 {
			return ""
		}
		province, _ := utf8.DecodeLastRuneInString(words[:i])
		words = words[i+len("ICP"):]
		rest := words
		for _, filler := range [...]string{"备", "证", "案", "号", ":", "："} {
			rest = strings.TrimPrefix(rest, filler)
		}
		if n := digitRun(rest); n > 0 && unicode.Is(unicode.Han, province) {
			return string(province) + "ICP备" + rest[:n] + numberTail(rest[n:])
		}
	}
}

// numberTail gives 号 and -1 behind a number.
func numberTail(s string) string {
	tail := ""
	if rest, ok := strings.CutPrefix(s, "号"); ok {
		tail, s = "号", rest
	}
	if rest, wide := strings.CutPrefix(s, "－"); wide {
		s = "-" + rest
	}
	if len(s) > 1 && s[0] == '-' {
		if n := digitRun(s[1:]); n > 0 && n <= 3 {
			tail += s[:1+n]
		}
	}
	return tail
}

// policeOf gives the number of 公安备案 with the character of its province.
func policeOf(words string) string {
	const name = "公网安备"
	i := strings.Index(words, name)
	if i < 0 {
		return ""
	}
	_, w := utf8.DecodeLastRuneInString(words[:i])
	from := i + len(name)
	end := from + digitRun(words[from:])
	if end == from {
		return ""
	}
	if strings.HasPrefix(words[end:], "号") {
		end += len("号")
	}
	return words[i-w : end]
}

func digitRun(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
