package govsweep

import (
	"strings"
	"unicode"
)

// GuardCell puts an apostrophe before every line of s that a spreadsheet
// would take for a formula. Nothing is dropped: PlainCell gives s again.
func GuardCell(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if startsFormula(line) {
			lines[i] = "'" + line
		}
	}
	return strings.Join(lines, "\n")
}

// PlainCell takes the apostrophes of GuardCell off again, as a cell comes
// back from a spreadsheet.
func PlainCell(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if bare, ok := strings.CutPrefix(line, "'"); ok && startsFormula(bare) {
			lines[i] = bare
		}
	}
	return strings.Join(lines, "\n")
}

// startsFormula says the same of a line with apostrophes before it, so that
// one more can always be told apart.
func startsFormula(s string) bool {
	if bare := strings.TrimLeft(s, "'"); strings.HasPrefix(bare, "\t") || strings.HasPrefix(bare, "\r") {
		return true
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\'' || r == '"' })
	for _, r := range s {
		return strings.ContainsRune("=+-@＝＋－＠", r)
	}
	return false
}
