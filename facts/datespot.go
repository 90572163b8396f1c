package facts

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// dateSpot is a date printed by itself: the date of a row or of a publish
// line, not one in running prose or in a title.
type dateSpot struct {
	dateHit     // from and to are offsets in Document.text
	block   int // index in Document.Blocks
	inLink  int // index in Document.Links, -1 when outside
}

// dateSpots finds every date that stands by itself.
func dateSpots(d *Document) []dateSpot {
	var out []dateSpot
	link := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Region == CrumbRegion || b.Hiding&ByTemplate != 0 || len(b.Text) < 4 {
			continue
		}
		for _, h := range b.dates() {
			link = linkAt(d, link, b.at+uint32(h.from))
			in := -1
			if link < len(d.Links) && d.Links[link].Node.t0 <= b.at+uint32(h.from) {
				in = link
			}
			if standsByItself(d, b, h, in) {
				h.from, h.to = h.from+int(b.at), h.to+int(b.at)
				out = append(out, dateSpot{h, i, in})
			}
		}
	}
	return out
}

// dates finds every date of a block: within the pieces first, because digits
// of neighbouring elements belong together only by accident.
// The answer is kept: several extractors ask.
func (b *Block) dates() []dateHit {
	if !b.dated {
		b.dated = true
		if b.has(digitSign) || b.has(yearSign|twoSign) {
			b.hits = b.findDates()
		}
	}
	return b.hits
}

func (b *Block) findDates() []dateHit {
	if !hasYearOrMonth(b.Text) {
		return nil
	}
	var out []dateHit
	from := 0
	for k := 0; k <= len(b.Cuts); k++ {
		to := len(b.Text)
		if k < len(b.Cuts) {
			to = int(b.Cuts[k])
		}
		if h, ok := loneCompact(b.Text[from:to]); ok {
			h.from, h.to = h.from+from, h.to+from
			out = append(out, h)
			from = to
			continue
		}
		for s := b.Text[from:to]; ; {
			h, ok := findDate(s, 0)
			if !ok {
				break
			}
			s = s[h.to:]
			step := to - len(s) - h.to
			h.from, h.to = h.from+step, h.to+step
			out = append(out, h)
		}
		from = to
	}
	if len(out) == 0 && len(b.Cuts) > 0 && len(b.Text) < 400 {
		if h, ok := findDate(b.Text, 0); ok && h.form == fullDate {
			out = append(out, h)
		}
	}
	return out
}

// loneCompact reads 20211112 that fills its element, brackets aside.
func loneCompact(s string) (dateHit, bool) {
	i := 0
	for i < len(s) && (s[i] == ' ' || s[i] == '[' || s[i] == '(') {
		i++
	}
	if len(s)-i < 8 || s[i] != '2' && s[i] != '1' || strings.Trim(s[i+8:], " ])") != "" {
		return dateHit{}, false
	}
	h, ok := compactDate(s[i : i+8])
	if !ok || h.year < 1990 || h.year > 2049 {
		return dateHit{}, false
	}
	h.from, h.to = i, i+8
	return h, true
}

// hasYearOrMonth is a cheap look for anything that may be a date.
func hasYearOrMonth(s string) bool {
	for i := 0; i+3 < len(s); i++ {
		if isNum(s[i]) || s[i] == 0xE3 && s[i+1] == 0x80 && s[i+2] == 0x87 || s[i] == 0xE5 && hasPrefix(s[i:], "年") {
			return true
		}
	}
	return false
}

// linkAt moves on to the first link that ends behind offset at.
func linkAt(d *Document, i int, at uint32) int {
	for i < len(d.Links) && d.Links[i].Node.t1 <= at {
		i++
	}
	return i
}

// standsAlone judges the words around a date in its piece of the block: the
// text between two element boundaries.
func standsByItself(d *Document, b *Block, h dateHit, in int) bool {
	from, to := piece(b, h.from)
	if to-from > 600 {
		return false // running text
	}
	before, after := trimDecor(b.Text[from:h.from]), trimDecor(b.Text[min(h.to, to):to])
	if before == "" && after == "" {
		return true
	}
	if h.form != fullDate { // the missing part may stand beside it
		_, ok := joinPart(h, before+after)
		return ok
	}
	if in >= 0 && d.Links[in].Node.Tag != 0 {
		return atEdge(b.Text[from:to], h.from-from, h.to-from)
	}
	return isDateLabel(before) && (after == "" || isAside(after))
}

// piece gives the range of the block's piece around offset at.
func piece(b *Block, at int) (from, to int) {
	i := sort.Search(len(b.Cuts), func(i int) bool { return int(b.Cuts[i]) > at })
	to = len(b.Text)
	if i < len(b.Cuts) {
		to = int(b.Cuts[i])
	}
	if i > 0 {
		from = int(b.Cuts[i-1])
	}
	return from, to
}

// trimDecor takes off brackets and white space around a date.
func trimDecor(s string) string {
	return strings.Trim(s, " []()【】（）〔〕［］|/·•:：-—>》《,，;；\n")
}

// atEdge accepts the date at the very end or begin of a link's words:
// "标题 [2021-08-06]", "标题 2021-08-06", "2021-08-06 标题".
func atEdge(s string, from, to int) bool {
	if strings.Contains(s[from:to], "年") {
		return trimDecor(s[to:]) == "" && from > 0 && strings.ContainsAny(s[from-1:from], "[( ") && hasBracket(s[to:])
	}
	if trimDecor(s[to:]) == "" {
		return from == 0 || strings.ContainsAny(s[from-1:from], "[( ") || hasSuffixAny(s[:from], "（", "【", "［")
	}
	return trimDecor(s[:from]) == "" && (s[to] == ' ' || s[to] == ']' || hasPrefix(s[to:], "】"))
}

func hasBracket(s string) bool { return strings.ContainsAny(s, "])") || has(s, "）") || has(s, "】") }

func hasSuffixAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// isDateLabel says whether s, read before a date, is nothing or the label of
// a publish date.
func isDateLabel(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	if s == "" {
		return true
	}
	_, rank := dateLabel(s)
	return rank > 0 && utf8.RuneCountInString(s) <= 8
}

// asideWords begin what may stand behind a date in a publish line or a row.
var asideWords = [...]string{"来源", "來源", "信息来源", "稿件来源", "文章来源", "浏览", "点击", "阅读", "访问", "作者", "编辑", "责任编辑",
	"星期", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "发布", "字体", "字号", "打印", "分享", "收藏", "评论", "人气", "次数", "查看", "状态", "更多", "关闭", "new", "NEW", "至", "分类", "文号", "索引号"}

func isAside(s string) bool {
	for _, w := range asideWords {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// spotsIn gives the spots whose text lies in n.
func spotsIn(spots []dateSpot, n *Node) []dateSpot {
	i := sort.Search(len(spots), func(i int) bool { return spots[i].from >= int(n.t0) })
	j := i + sort.Search(len(spots)-i, func(k int) bool { return spots[i+k].from >= int(n.t1) })
	return spots[i:j]
}
