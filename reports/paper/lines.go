package paper

import (
	"strings"

	"github.com/govsweep/govsweep/plain"
)

// maxText bounds one text, in characters. A page shown on a government
// website may be of any length; a paper that quotes it may not.
const maxText = 100_000

// clean makes text from outside fit to be printed on one line.
func clean(s string) string { return plain.Short(s, maxText) }

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
