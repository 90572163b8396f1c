package rules

import (
	"strings"
	"time"
	"unicode"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// Clip makes words of a page fit to be quoted: control and direction
// characters go, white space is folded, and at most n runes stay.
func Clip(s string, n int) string {
	var b strings.Builder
	runes, space := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = runes > 0
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			continue
		}
		if runes >= n {
			return b.String() + "…"
		}
		if space {
			b.WriteByte(' ')
			runes++
			space = false
		}
		b.WriteRune(r)
		runes++
	}
	return b.String()
}

// Quote is Clip at the length of a title, in Chinese quotation marks.
func Quote(s string) string { return "“" + Clip(s, 60) + "”" }

// Moment writes a time to the second: 2021年3月2日10:05:06, in Shanghai.
func Moment(t time.Time) string {
	return govsweep.ChineseDate(t) + t.In(govsweep.Shanghai).Format("15:04:05")
}

// Pages gives the addresses of refs.
func Pages(refs []facts.PageRef) []string {
	out := make([]string, len(refs))
	for i := range refs {
		out[i] = refs[i].URL
	}
	return out
}

// Captures gives the captures behind refs as evidence, at most as many as a
// finding carries.
func Captures(refs []facts.PageRef) []govsweep.Evidence {
	var out []govsweep.Evidence
	for i := range refs {
		if len(out) == maxEvidence {
			break
		}
		out = append(out, Capture("page", refs[i].URL, refs[i].Digest)...)
	}
	return out
}

// Capture is the evidence of one digest; none when nothing was captured.
func Capture(kind, url, digest string) []govsweep.Evidence {
	if digest == "" {
		return nil
	}
	return []govsweep.Evidence{{Digest: digest, Kind: kind, URL: url}}
}
