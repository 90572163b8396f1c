package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"time"
)

var (
	dateMark  = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:(\d{14}[+-]\d\d'\d\d)'\)`)
	agentMark = regexp.MustCompile(`/Creator \((?:\\.|[^)\\])*\)`)
	nodeMark  = regexp.MustCompile(`\(node(\d{8})\)`)
)

// timeless writes the date of the paper in the place of the time of printing,
// letter for letter, so that no offset in the file moves.
func timeless(pdf []byte, date time.Time) []byte {
	if date.IsZero() {
		date = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	at := []byte(date.UTC().Format("20060102150405") + "+00'00")
	for _, m := range dateMark.FindAllSubmatchIndex(pdf, -1) {
		copy(pdf[m[2]:m[3]], at)
	}
	for _, m := range agentMark.FindAllIndex(pdf, 1) {
		name := []byte("/Creator (govsweep)")
		if m[1]-m[0] >= len(name) {
			copy(pdf[m[0]:m[1]], append(name, bytes.Repeat([]byte(" "), m[1]-m[0]-len(name))...))
		}
	}
	renumber(pdf)
	return pdf
}

// renumber counts the names of the structure, which a browser takes from a
// counter of its own, from one; their order stays.
func renumber(pdf []byte) {
	found := nodeMark.FindAllSubmatchIndex(pdf, -1)
	var names []string
	for _, m := range found {
		names = append(names, string(pdf[m[2]:m[3]]))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	for _, m := range found {
		i, _ := slices.BinarySearch(names, string(pdf[m[2]:m[3]]))
		copy(pdf[m[2]:m[3]], fmt.Sprintf("%08d", i+1))
	}
}
