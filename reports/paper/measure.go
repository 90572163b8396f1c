package paper

import (
	"strings"
	"time"
)

// Lengths of the page in twips, twentieths of a point: GB/T 9704-2012 5.1
// and 5.2 give A4, 天头 37 mm, 订口 28 mm and a type area 版心 of 156 × 225 mm.
const (
	pageShort = 11906 // 210 mm
	pageLong  = 16838 // 297 mm
	top       = 2098  // 37 mm
	right     = 1474  // 26 mm
	bottom    = 1978  // 35 mm less a hair, so that a section's last mark fits below 22 full lines
	left      = 1588  // 28 mm
	textWide  = 8844  // 156 mm
	textTall  = 12756 // 225 mm
	char      = 320   // one character 3号, 16 points
)

// halves is the width of a text in halves of a Chinese character.
func halves(s string) int {
	n := 0
	for _, r := range s {
		n += half(r)
	}
	return n
}

// half is the width of one character: Latin letters and figures take half
// the room, everything a Chinese text font draws in a full square takes two.
func half(r rune) int {
	if r < 0x2000 && r != '×' && r != '·' && r != '°' {
		return 1
	}
	return 2
}

// widest is the longest of the lines of a text, in halves.
func widest(s string) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n = max(n, halves(line))
	}
	return n
}

// longWord says that a text holds an address or code too long to stand on a
// line of its own without tearing a hole into the line before it.
func longWord(s string) bool {
	n := 0
	for _, r := range s {
		if r <= ' ' || r >= 0x2000 {
			n = 0
			continue
		}
		if n++; n > 24 {
			return true
		}
	}
	return false
}

// day is a 成文日期: Arabic figures without leading zeros (7.3.5.4), read in
// the zone the date carries.
func day(t time.Time) string { return t.Format("2006年1月2日") }

// fit chooses size (half points) and scale (percent) of 发文机关标志 so that it
// stands on one line of the type area: at most 52 points, as wide as can be.
func fit(head string) (size, scale int) {
	const room = textWide / 10 * 2 // of the line, in half points
	em := max(widest(head), 2)
	size = min(104, room/em)
	if size >= 52 {
		return size, 100
	}
	return 52, max(room*100/(52*em), 50)
}
