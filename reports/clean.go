package reports

import (
	"net/url"
	"unicode/utf8"

	"github.com/govsweep/govsweep/plain"
)

// clean makes text from outside fit to be shown on one line.
func clean(s string) string { return plain.Line(s) }

// Clean makes text from outside, such as the name a site calls itself by, fit
// to be printed on a terminal.
func Clean(s string) string { return clean(s) }

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
	if !plain.Is(s) || len(s) > 4096 {
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
