package paper

import "strings"

// titleRoom is the room of one line of a title 2号, in halves;
// signRoom that of a 署名 before the place of the seal.
const (
	titleRoom = 40
	signRoom  = 44
)

// balanced breaks a title that needs two or three lines so that they are
// about equally long and end, where one can be found near, after a word that
// parts it (7.3.1: 词意完整、排列对称). Its own breaks stay as they are, and
// so does a longer title.
func balanced(title string) string { return breakEvenly(title, titleRoom) }

// breakEvenly breaks a text that does not stand on one line of the room.
func breakEvenly(title string, room int) string {
	w := halves(title)
	if strings.Contains(title, "\n") || w <= room || w > 3*room {
		return title
	}
	n := (w + room - 1) / room
	r := []rune(title)
	var b strings.Builder
	for from := 0; n > 1; n-- {
		cut := breakAt(r[from:], halves(string(r[from:]))/n, room)
		if cut <= 0 {
			b.WriteString(string(r[from:]))
			return b.String()
		}
		b.WriteString(string(r[from:from+cut]) + "\n")
		if from += cut; n == 2 {
			b.WriteString(string(r[from:]))
		}
	}
	return b.String()
}

// breakAt finds where to end a line of about want halves; 0 = nowhere.
func breakAt(r []rune, want, room int) int {
	best, cost := 0, 1<<30
	width := 0
	for i := 0; i+1 < len(r); i++ {
		width += half(r[i])
		if width > room || half(r[i]) == 1 && half(r[i+1]) == 1 || strings.ContainsRune("》）”、，。；：", r[i+1]) || strings.ContainsRune("《（“", r[i]) {
			continue
		}
		c := max(width-want, want-width)
		if strings.ContainsRune("的、，和与及）》", r[i]) {
			c -= 6
		}
		if c < cost {
			best, cost = i+1, c
		}
	}
	return best
}
