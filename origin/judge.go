package origin

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// pair is an article and a post that may be one item.
type pair struct {
	article, post int
	ground        govsweep.PairGround
	similarity    float64
	distance      int // of the texts; -1 unknown
	score         float64
	off           int // days apart, whichever was first; Window when unknown
}

// strictKinds are the words that make another item even of nearly the same
// text: a correction repeats what it corrects.
var strictKinds = kindsOf("更正 补充 取消 延期 暂停 终止 恢复 废止 续报 补录 解除 升级 征求 上半 下半 上篇 下篇 结果 名单")

// judge says whether article a and post b are one item, and how surely.
func (m *matcher) judge(a, b *item) (pair, bool) {
	out := pair{distance: -1, off: m.Window}
	dated := a.day != noDay && b.day != noDay
	if dated {
		out.off = max(a.day-b.day, b.day-a.day)
	}
	if a.Sketch.Known() && b.Sketch.Known() {
		out.distance = a.Sketch.Distance(b.Sketch)
	}
	out.similarity = dice(a.grams, b.grams)
	switch {
	case a.URL != "" && a.URL == b.URL:
		out.ground = govsweep.ByAddress
	case dated && out.off > m.Window || conflict(a.numbers, b.numbers):
		return out, false
	case a.key == b.key:
		out.ground, out.similarity = govsweep.ByTitle, 1
		if !m.oneTitle(a, b, dated, out.off) {
			return out, false
		}
	case m.oneText(a, b, dated, out.distance):
		out.ground = govsweep.ByText
	case dated && out.off <= m.NearDays && m.nearTitle(a, b):
		out.ground = govsweep.ByNearTitle
	default:
		return out, false
	}
	out.score = m.scoreOf(&out)
	return out, true
}

// oneTitle says whether two items of one title are one. A title that says
// little, or that comes again and again, needs the days to agree.
func (m *matcher) oneTitle(a, b *item, dated bool, off int) bool {
	gap := a.gap
	if b.gap > 0 && (gap == 0 || b.gap < gap) {
		gap = b.gap
	}
	switch {
	case a.key == "":
		return false
	case len(a.runes) < shortTitle:
		return dated && off <= 1 && !apart(a, b, m.TextFar)
	case gap > 0:
		return dated && off <= (gap-1)/2 && !apart(a, b, m.TextFar)
	case !dated && len(a.runes) < m.Held:
		return false
	}
	return len(a.runes) >= 2*m.Held || !apart(a, b, m.TextFar)
}

// oneText says whether the texts are nearly the same and nothing in the
// titles speaks against it.
func (m *matcher) oneText(a, b *item, dated bool, distance int) bool {
	if distance < 0 || distance > m.TextNear || !dated && distance > m.TextNear/2 {
		return false
	}
	return a.Sketch.Runes <= 2*b.Sketch.Runes && b.Sketch.Runes <= 2*a.Sketch.Runes && a.kinds&strictKinds == b.kinds&strictKinds
}

// nearTitle says whether one title holds the other, its words in their order.
// Two titles that each have a word the other lacks are of two items: 东河镇
// and 西山镇 hold the same meetings.
func (m *matcher) nearTitle(a, b *item) bool {
	if a.kinds != b.kinds || apart(a, b, m.TextFar) {
		return false
	}
	short, long := a, b
	if len(short.runes) > len(long.runes) {
		short, long = b, a
	}
	said := words(short.runes)
	if said < m.Held {
		return false
	}
	if said >= m.Held+2 && strings.HasPrefix(long.key, short.key) {
		return true
	}
	x, y := core(short.runes), core(long.runes)
	if len(x) > len(y) {
		x, y = y, x
	}
	return 4*len(x) >= 3*m.Held && 100*len(x) >= m.Share*len(y) && holds(y, x)
}

// words counts characters that are no digits: 党史天天学6月15日 is a series and its day.
func words(runes []rune) int {
	n := 0
	for _, r := range runes {
		if r < '0' || r > '9' {
			n++
		}
	}
	return n
}

// movable are words that stand before or behind: 召开甲会议, 甲会议召开.
var movable = []string{"召开", "举行", "举办", "关于", "的"}

func core(runes []rune) []rune {
	s := string(runes)
	for _, w := range movable {
		s = strings.ReplaceAll(s, w, "")
	}
	return []rune(s)
}

// holds says whether long has all characters of short in their order.
func holds(long, short []rune) bool {
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	return i == len(short)
}

// scoreOf puts surer pairs first: by ground, then by text, title and time.
func (m *matcher) scoreOf(p *pair) float64 {
	s := map[govsweep.PairGround]float64{govsweep.ByAddress: 400, govsweep.ByTitle: 300, govsweep.ByText: 200, govsweep.ByNearTitle: 100}[p.ground]
	if p.distance >= 0 {
		s += 50 * float64(64-p.distance) / 64
	}
	return s + 20*p.similarity - float64(p.off)
}

// dice is the share of neighbouring characters two titles have in common.
func dice(a, b []uint64) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both, i, j = both+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
