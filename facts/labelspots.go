package facts

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// spot is a label found in a text.
type spot struct {
	label
	printed     string
	from, value int // where the label and where the value begins
	colon       bool
}

// mayLabel is a quick look whether a text can hold a label: what stands before
// a colon or at the end must be the last character of one.
func mayLabel(text string, cut bool) bool {
	if len(text) <= 60 && (cut || endsLabel(text)) {
		return true
	}
	if strings.Contains(text, "】") || strings.Contains(text, "〗") || strings.Contains(text, "∶") {
		return true
	}
	for _, colon := range [...]string{"：", ":"} {
		for at := 0; ; {
			i := strings.Index(text[at:], colon)
			if i < 0 {
				break
			}
			if endsLabel(text[:at+i]) {
				return true
			}
			at += i + len(colon)
		}
	}
	return cut && len(text) < 600
}

func endsLabel(s string) bool {
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ']' || r == '】' || canEnd(plainRune(r))
}

// labelSpots finds labels in a text: before a colon, in 【】, or as all the
// text of one element.
func labelSpots(text string, cuts []uint32) []spot {
	t := spotter{text: text, cuts: cuts}
	for i := 0; i < len(text); {
		r, w := rune(text[i]), 1
		if r >= 0x80 {
			r, w = utf8.DecodeRuneInString(text[i:])
		}
		if t.next < len(cuts) && uint32(i) >= cuts[t.next] {
			t.element(i)
		}
		i += w
		if isColon(r) || r == '】' || r == '〗' {
			i = t.colon(i-w, i)
		}
	}
	t.element(len(text))
	if len(t.spots) == 0 && len(cuts) > 0 {
		if s, ok := wholeLabel(text, 0, len(text)); ok { // a label of several elements
			t.spots = append(t.spots, s)
		}
	}
	return t.spots
}

// spotter finds the labels of one text.
type spotter struct {
	text  string
	cuts  []uint32
	next  int // cuts before it were passed
	from  int // where the element at hand began
	floor int // nothing before it may belong to another label
	spots []spot
}

// element ends the text of an element at i.
func (t *spotter) element(i int) {
	if from := max(t.from, t.floor); from < i {
		if s, ok := wholeLabel(t.text, from, i); ok {
			t.spots = append(t.spots, s)
			t.floor = i
		}
	}
	for t.next < len(t.cuts) && uint32(i) >= t.cuts[t.next] {
		t.next++
	}
	t.from = i
}

// colon looks at the text before a colon; it gives where to go on.
func (t *spotter) colon(at, behind int) int {
	s, ok := t.labelBefore(at)
	if !ok {
		return behind
	}
	s.value, s.colon = behind, true
	rest := strings.TrimLeft(t.text[behind:], " ")
	if c, w := utf8.DecodeRuneInString(rest); isColon(c) { // 【索引号】：
		s.value = len(t.text) - len(rest) + w
	}
	t.spots = append(t.spots, s)
	t.floor = s.value
	return s.value
}

// wholeLabel says whether text[from:to] is a label and nothing else.
func wholeLabel(text string, from, to int) (spot, bool) {
	word := text[from:to]
	if len(word) > 60 || len(word) < 6 {
		return spot{}, false
	}
	trimmed := strings.Trim(word, " []［］【】〖〗|")
	if r, _ := utf8.DecodeLastRuneInString(trimmed); !canEnd(plainRune(r)) {
		return spot{}, false
	}
	word = Simplified(trimmed)
	l, ok := labelOf(word)
	return spot{label: l, printed: unspaced(trimmed), from: from, value: to}, ok
}

// labelBefore finds the longest label that ends at a colon. It must begin
// where something begins: the block, an element, behind a space or a bar.
// Behind another label of the block a strong one may also follow directly.
func (t *spotter) labelBefore(colon int) (spot, bool) {
	text, floor := t.text, t.floor
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[floor:colon], " "))
	if !canEnd(plainRune(last)) {
		return spot{}, false
	}
	var word [maxLabelRunes]rune
	n, best := maxLabelRunes, spot{from: -1}
	for i := colon; i > floor && n > 0; {
		r, w := utf8.DecodeLastRuneInString(text[floor:i])
		i -= w
		if r = plainRune(r); r == 0 {
			continue
		}
		if r == '【' || r == '〖' {
			break
		}
		n--
		word[n] = r
		l, ok := labelOf(string(word[n:]))
		if ok && (t.startsAt(i) || len(t.spots) > 0 && !l.weak && maxLabelRunes-n >= 3) {
			best = spot{label: l, from: i}
		}
	}
	if best.from < 0 {
		return spot{}, false
	}
	best.printed = unspaced(text[best.from:colon])
	return best, true
}

// startsAt says whether a label may begin at i.
func (t *spotter) startsAt(i int) bool {
	if i == t.floor || slices.Contains(t.cuts, uint32(i)) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(t.text[t.floor:i])
	switch r {
	case ' ', '|', '｜', '丨', '│', ';', '；', '·', '•', '■', '◆', '●', '【', '[', '*', '/':
		return true
	}
	return false
}

// unspaced gives a label as printed, without white space.
func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if plainRune(r) == 0 {
			return -1
		}
		return r
	}, s)
}

func trimValue(s string) string {
	s = strings.Trim(s, " |｜丨│;；·•")
	for strings.HasSuffix(s, "【") || strings.HasSuffix(s, "[") || strings.HasSuffix(s, "■") {
		_, w := utf8.DecodeLastRuneInString(s)
		s = strings.TrimRight(s[:len(s)-w], " ")
	}
	return strings.ToValidUTF8(s, "")
}

// isLabelLine says whether a line is a label or begins with one.
func isLabelLine(s string) bool {
	if len(s) > 600 {
		s = s[:600]
	}
	spots := labelSpots(s, nil)
	return len(spots) > 0 && spots[0].from == 0
}
