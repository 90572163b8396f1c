// Package sketch reduces a text to 64 bits that are alike for texts that are
// alike (simhash on shingles of four characters), so that an article and its
// reprint can be recognised after both texts are gone.
package sketch

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// Bounds of a text. A shorter one gives no sketch: too few shingles say
// little. What lies beyond the upper bound changes nothing.
const (
	MinRunes = 80
	MaxRunes = 20_000
)

// longLine is from how many letters on a paragraph counts whose words end in
// no stop; shorter ones are menus, dates, buttons, titles of other articles.
const longLine = 40

// A Maker gathers the paragraphs of one text. The zero value is ready.
type Maker struct {
	sums  counters
	last  [4]uint64 // hashes of the last characters
	runes int
}

// Add takes one paragraph. What is no running text is left out: both sides
// of a comparison drop the frame of the page alike.
func (m *Maker) Add(paragraph string) {
	if !running(paragraph) {
		return
	}
	for _, r := range paragraph {
		if m.runes >= MaxRunes {
			return
		}
		if r = plain(r); r != 0 {
			m.put(r)
		}
	}
}

// Sketch gives the sketch of what was added; the zero one when that was too little.
func (m *Maker) Sketch() govsweep.TextSketch {
	if m.runes < MinRunes {
		return govsweep.TextSketch{}
	}
	return govsweep.TextSketch{Bits: m.sums.majority(), Runes: m.runes}
}

func (m *Maker) put(r rune) {
	m.last[m.runes&3] = mix(uint64(r))
	if m.runes++; m.runes >= 4 {
		n := m.runes
		h := m.last[n&3] // the oldest of the four
		for i := 1; i < 4; i++ {
			h = h*0x9E3779B97F4A7C15 + m.last[(n+i)&3]
		}
		m.sums.add(mix(h))
	}
}

// Of sketches a text whose paragraphs stand on lines.
func Of(text string) govsweep.TextSketch {
	var m Maker
	for line := range strings.Lines(text) {
		m.Add(line)
	}
	return m.Sketch()
}

// OfHTML sketches a piece of markup as feeds carry it. It does not parse:
// tags part paragraphs where they are of a block, and are dropped.
func OfHTML(markup string) govsweep.TextSketch {
	var m Maker
	var line strings.Builder
	flush := func() {
		m.Add(html.UnescapeString(line.String()))
		line.Reset()
	}
	for markup != "" && m.runes < MaxRunes {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			break
		}
		line.WriteString(markup[:open])
		end := strings.IndexByte(markup[open:], '>')
		if end < 0 {
			markup = ""
			break
		}
		if !inline(markup[open+1 : open+end]) {
			flush()
		}
		markup = markup[open+end+1:]
	}
	line.WriteString(markup)
	flush()
	return m.Sketch()
}

// inline says whether a tag stands within a line.
func inline(tag string) bool {
	name := strings.ToLower(strings.TrimLeft(tag, "/"))
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	switch name {
	case "span", "b", "strong", "em", "i", "u", "a", "font", "sup", "sub", "small", "mark", "code":
		return true
	}
	return false
}

// running says whether a paragraph is running text.
func running(s string) bool {
	return strings.ContainsAny(s, "。；！？") || len(s) > 3*longLine && utf8.RuneCountInString(s) > longLine
}

// plain gives the form of a character in which printings of one text agree:
// half-width, lower case, letters and digits alone; 0 for all else.
func plain(r rune) rune {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r >= '！' && r <= '～':
		r -= 0xFEE0
	}
	if r < 0x80 {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return 0
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r)
	}
	return 0
}

// mix spreads a number over all bits (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
