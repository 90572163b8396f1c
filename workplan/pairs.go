package workplan

import (
	"fmt"
	"regexp"
	"strings"
)

// piece is the raw form of one task: its text, and what is printed of bodies
// and time limit.
type piece struct {
	text, bodies, limit string
	damaged             string
}

const (
	bodyLabels  = `责任单位|责任部门|责任主体|责任科室|牵头单位|牵头部门|主办单位|承办单位|落实单位|配合单位|配合部门|协办单位|责任领导|责任人`
	limitLabels = `完成时限|完成时间|办结时限|整改时限|时限要求|时间要求|时间节点|时限`
)

var (
	label      = regexp.MustCompile(`(` + bodyLabels + `|` + limitLabels + `)[:：]`)
	bodyLabel  = regexp.MustCompile(`^(?:` + bodyLabels + `)$`)
	pointStart = regexp.MustCompile(`(?:^|[。；;：:！])(一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[.．、])`)
)

// piecesOf cuts an item into tasks. Where pairs are printed, each pair is a
// task with the sentences in front of it, and what follows the last pair is
// one more without a limit; where none is, each numbered point is a task, as
// a person would write it into a ledger, else the item is one.
func piecesOf(it item) []piece {
	text := strings.Join(it.paras, "\n")
	spans := pairsIn(text)
	if len(spans) == 0 {
		return pointsOf(it.paras)
	}
	var out []piece
	from := 0
	for _, s := range spans {
		before := text[from:s.from]
		from = s.to
		if trimmed := strings.TrimLeft(text[from:], "。；;，,\n"); len(text)-len(trimmed) > from && trimmed != text[from:] {
			if !s.partOnly && !endsStopped(before) && strings.HasPrefix(text[from:], "。") {
				before += "。"
			}
			from = len(text) - len(trimmed)
		}
		out = append(out, piece{text: clean(before), bodies: s.bodies, limit: s.limit, damaged: s.damage(it, clean(before))})
	}
	if rest := clean(text[from:]); rest != "" {
		out = append(out, pointsOf([]string{rest})...)
	}
	return out
}

func endsStopped(s string) bool {
	return strings.HasSuffix(s, "。") || strings.HasSuffix(s, "；") || strings.HasSuffix(s, ";") || strings.HasSuffix(s, "！")
}

func clean(s string) string {
	return strings.Trim(strings.ReplaceAll(s, "\n", ""), " \t")
}

// span is one printed pair and where it stands.
type span struct {
	from, to      int
	bodies, limit string
	partOnly      bool // a limit whose beginning is lost
}

// damage says what of a pair is lost.
func (s *span) damage(it item, text string) string {
	if !s.partOnly {
		return ""
	}
	r := []rune(text)
	return fmt.Sprintf("原件此处残缺：在“%s”之后只剩“%s”，责任单位和完成时限的前半部分看不清，请对照原件补录",
		string(r[max(0, len(r)-14):]), "时限:"+s.limit+")")
}

// pairsIn finds the pairs of a text, in order. A pair is labels and values
// within brackets, or at the end of a sentence without.
func pairsIn(text string) []span {
	var out []span
	from := 0
	for from < len(text) {
		m := label.FindStringIndex(text[from:])
		if m == nil {
			break
		}
		s, ok := pairAt(text, from, from+m[0])
		if !ok {
			from += m[1]
			continue
		}
		if n := len(out); n > 0 && out[n-1].limit == "" && !s.partOnly && strings.Trim(text[out[n-1].to:s.from], "。；;，,\n") == "" {
			out[n-1] = both(out[n-1], s)
		} else {
			out = append(out, s)
		}
		from = s.to
	}
	return out
}

// both joins labels that follow one another: 责任单位：…。完成时限：…
func both(a, b span) span {
	a.to = b.to
	if a.limit == "" {
		a.limit = b.limit
	}
	if b.bodies != "" {
		a.bodies = strings.Trim(a.bodies+"；"+b.bodies, "；")
	}
	return a
}

// pairAt reads the pair whose first label stands at at; floor is the end of
// the pair before.
func pairAt(text string, floor, at int) (span, bool) {
	open := strings.TrimRight(text[floor:at], " \n")
	if n := len(open); n > 0 && (strings.HasSuffix(open, "(") || strings.HasSuffix(open, "（")) {
		start := floor + strings.LastIndexAny(open, "(（")
		if end, ok := closing(text, at); ok {
			s := readPair(text[at:end])
			s.from, s.to = start, end+closeLen(text[end:])
			return s, true
		}
	}
	end, bracket := sentenceEnd(text, at)
	s := readPair(text[at:end])
	if atSentenceStart(open) {
		s.from, s.to = at, end
		return s, s.bodies != "" || s.limit != ""
	}
	if bracket && s.bodies == "" && strings.HasPrefix(text[at:], "时限") {
		s.from, s.to, s.partOnly = at, end+closeLen(text[end:]), true
		return s, true
	}
	return span{}, false
}

func atSentenceStart(before string) bool {
	if before == "" {
		return true
	}
	for _, end := range []string{"。", "；", ";", "！", "\n", "）", ")"} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}

// closing finds the bracket that closes the one in front of at.
func closing(text string, at int) (int, bool) {
	depth, n := 0, 0
	for i, r := range text[at:] {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			if depth == 0 {
				return at + i, true
			}
			depth--
		}
		if n++; n > 600 {
			break
		}
	}
	return 0, false
}

func closeLen(s string) int {
	if strings.HasPrefix(s, "）") {
		return len("）")
	}
	return min(1, len(s))
}

// sentenceEnd finds where a pair without brackets ends: at a full stop, a
// line end, or at a closing bracket that was never opened.
func sentenceEnd(text string, at int) (end int, bracket bool) {
	depth := 0
	for i, r := range text[at:] {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			if depth--; depth < 0 {
				return at + i, true
			}
		case '。', '\n':
			return at + i, false
		}
	}
	return len(text), false
}

// readPair reads labels and values: 责任单位：甲、乙；完成时限：丙.
func readPair(s string) span {
	var out span
	marks := label.FindAllStringSubmatchIndex(s, -1)
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		value := clean(strings.Trim(s[m[1]:end], " \n\t,，、;；。"))
		name := s[m[2]:m[3]]
		switch {
		case !bodyLabel.MatchString(name):
			out.limit = value
		case i == 0 || out.bodies == "" && name != "配合单位" && name != "配合部门" && name != "协办单位":
			out.bodies = value
			if strings.HasPrefix(name, "牵头") || strings.HasPrefix(name, "配合") {
				out.bodies = name + "：" + value
			}
		default:
			out.bodies += "；" + name + "：" + value
		}
	}
	return out
}

// pointsOf cuts text without pairs at its numbered points; text in front of
// the first point stays with it.
func pointsOf(paras []string) []piece {
	text := strings.Join(paras, "\n")
	starts := pointsIn(text)
	if len(starts) < 2 {
		if s := clean(text); s != "" {
			return []piece{{text: s}}
		}
		return nil
	}
	var out []piece
	from := 0
	for i := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if s := clean(text[from:end]); s != "" {
			out = append(out, piece{text: s})
		}
		from = end
	}
	return out
}

// pointsIn gives the places where points begin: those of one kind that count
// on from one.
func pointsIn(text string) []int {
	var starts []int
	kind, next := "", 1
	for _, m := range pointStart.FindAllStringSubmatchIndex(text, -1) {
		mark := text[m[2]:m[3]]
		k, n := pointOf(mark)
		if k == "1." && m[3] < len(text) && text[m[3]] >= '0' && text[m[3]] <= '9' {
			continue // 3.5
		}
		atLine := m[2] == 0 || text[m[2]-1] == '\n'
		if k == "1." && !atLine && kind == "" && n != 1 {
			continue
		}
		if n == next && (kind == "" || k == kind) {
			kind, next = k, next+1
			starts = append(starts, m[2])
		}
	}
	return starts
}

func pointOf(mark string) (kind string, n int) {
	if strings.HasSuffix(mark, "是") {
		return "一是", chineseNumber(mark)
	}
	key := fold(mark)
	r := []rune(key)
	if r[0] >= '①' && r[0] <= '⑳' {
		return "①", int(r[0]-'①') + 1
	}
	if r[0] == '(' {
		return "(1)", leadingNumber(key)
	}
	return "1.", leadingNumber(key)
}
