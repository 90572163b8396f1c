package facts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep/address"
)

// What a page changes by itself from one visit to the next, wherever it stands.
var (
	clockTime = regexp.MustCompile(`\d{1,2}[:：时]\d{1,2}[:：分]\d{1,2}秒?`)
	longToken = regexp.MustCompile(`[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{16,}`)
	ipAddress = regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}\b`)
)

// counterWords stand beside a number that grows with every visit.
var counterWords = [...]string{"访问", "浏览", "点击", "访客", "人次", "在线", "阅读量", "阅读次数", "累计", "次访"}

// steadyText takes out of words what changes by itself: clock times, tokens,
// the numbers of counters.
func steadyText(s string) string {
	if !strings.ContainsAny(s, "0123456789abcdefABCDEF") {
		return s
	}
	for _, w := range counterWords {
		if strings.Contains(s, w) {
			return maskDigits(s)
		}
	}
	s = clockTime.ReplaceAllString(s, "0")
	return longToken.ReplaceAllStringFunc(s, func(m string) string {
		if strings.ContainsAny(m, "0123456789") && strings.ContainsAny(m, "abcdefABCDEF") {
			return "0"
		}
		return m
	})
}

// maskDigits writes every run of digits as one 0.
func maskDigits(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	in := false
	for i := range len(s) {
		digit := s[i] >= '0' && s[i] <= '9'
		if !digit {
			b.WriteByte(s[i])
		} else if !in {
			b.WriteByte('0')
		}
		in = digit
	}
	return b.String()
}

// saysOwnLine says whether words tell a visitor which line he came over: they
// differ between IPv4 and IPv6 by intent.
func saysOwnLine(s string) bool {
	if utf8.RuneCountInString(s) > 60 {
		return false
	}
	low := strings.ToLower(s)
	return strings.Contains(low, "ipv6") || strings.Contains(low, "ipv4") || strings.Contains(low, "ip") && ipAddress.MatchString(s)
}

// randomNames are parameters whose value is new at every visit.
const randomNames = " nonce token csrf csrftoken _csrf csrf_token rand random rnd timestamp cachebuster sid "

// steadyURL gives an address without what changes by itself, and without the
// host where it is that of the page: the same page has its links on either
// line, also where one is visited by a number.
func steadyURL(u, ownHost string) string {
	u, _, _ = strings.Cut(u, "#")
	rest, query, _ := strings.Cut(u, "?")
	if strings.EqualFold(address.Host(u), ownHost) {
		rest = address.Path(u)
	} else if _, after, ok := strings.Cut(rest, "://"); ok {
		rest = "//" + after
	}
	if query == "" {
		return rest
	}
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); !strings.Contains(randomNames, " "+lower(name)+" ") && !looksRandom(name, value) {
			kept = append(kept, pair)
		}
	}
	if len(kept) == 0 {
		return rest
	}
	return rest + "?" + strings.Join(kept, "&")
}

// looksRandom says whether a parameter with a short name holds a moment or a
// token. A long number under a telling name is the number of a page.
func looksRandom(name, value string) bool {
	if value == "" {
		return strings.Trim(name, "0123456789") == "" && len(name) >= 8 || strings.HasPrefix(name, "0.")
	}
	switch lower(name) {
	case "_", "t", "_t", "ts", "tm", "time", "r", "v", "ver", "d", "date", "cb", "s", "m", "n", "x", "z", "rd":
		digits := strings.Trim(value, "0123456789") == ""
		return digits && len(value) >= 8 || strings.HasPrefix(value, "0.") || len(value) >= 16 && longToken.MatchString(value)
	}
	return false
}
