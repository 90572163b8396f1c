package workplan

import (
	"fmt"
	"regexp"
	"strings"
)

// paperOutline is a paper taken apart: what stands in front of the first
// chapter, its items, an interpretation printed with it, and what follows.
type paperOutline struct {
	head    []string
	items   []item
	explain []string // 解读材料 printed on the same page
	tail    []string
}

// item is one （一） of a paper: chapter and heading as printed, and its
// paragraphs without the heading.
type item struct {
	chapter, heading  string
	chapterNo, itemNo int
	paras             []string
}

func (it *item) place() string { return fmt.Sprintf("%d.%d", it.chapterNo, it.itemNo) }

func outline(paras []string) *paperOutline {
	o := &paperOutline{}
	r := &outliner{o: o}
	for _, p := range paras {
		r.take(p)
	}
	r.finish()
	return o
}

type outliner struct {
	o         *paperOutline
	chapter   string
	chapterNo int
	lone      bool // the chapter has no item yet
	begun     bool
	explain   bool
}

func (r *outliner) take(p string) {
	key := fold(p)
	switch {
	case r.explain:
		if strings.HasPrefix(key, "信息来源") {
			r.o.tail = append(r.o.tail, p)
			return
		}
		r.o.explain = append(r.o.explain, p)
	case r.begun && explainMark.MatchString(key):
		r.explain = true
		r.unhead()
	case chapterMark.MatchString(key):
		r.begun = true
		r.newChapter(p, key)
	case itemMark.MatchString(key):
		r.begun = true
		r.newItem(p, key)
	case r.begun && (tailMark.MatchString(key) || standsAlone(p) && len([]rune(key)) < 40):
		r.o.tail = append(r.o.tail, p)
	case !r.begun:
		r.o.head = append(r.o.head, p)
	default:
		r.body(p, key)
	}
}

// body is a paragraph below a chapter or an item. Under a chapter without
// items, paragraphs 1. 2. 3. are its items.
func (r *outliner) body(p, key string) {
	if n := len(r.o.items); n > 0 && !r.lone {
		r.o.items[n-1].paras = append(r.o.items[n-1].paras, p)
		return
	}
	if pointMark.MatchString(key) {
		heading, rest := splitHeading(p)
		r.add(heading, rest, leadingNumber(key))
		r.lone = true
		return
	}
	if n := len(r.o.items); n > 0 && r.o.items[n-1].chapterNo == r.chapterNo {
		r.o.items[n-1].paras = append(r.o.items[n-1].paras, p)
		return
	}
	r.add("", p, 0)
	r.lone = true
}

func (r *outliner) newChapter(p, key string) {
	heading, rest := splitHeading(p)
	r.chapter, r.lone = heading, true
	if n := chineseNumber(key); n > 0 {
		r.chapterNo = n
	} else {
		r.chapterNo++
	}
	if rest != "" {
		r.add("", rest, 0)
	}
}

func (r *outliner) newItem(p, key string) {
	r.lone = false
	heading, rest := splitHeading(p)
	r.add(heading, rest, chineseNumber(key))
}

func (r *outliner) add(heading, text string, no int) {
	it := item{chapter: r.chapter, chapterNo: r.chapterNo, heading: heading, itemNo: no}
	if text != "" {
		it.paras = []string{text}
	}
	r.o.items = append(r.o.items, it)
}

// unhead gives back a title that stood in front of the interpretation.
func (r *outliner) unhead() {
	if n := len(r.o.tail); n > 0 {
		r.o.explain = append(r.o.explain, r.o.tail[n-1])
		r.o.tail = r.o.tail[:n-1]
	}
}

// finish drops items without text: headings whose items follow.
func (r *outliner) finish() {
	kept := r.o.items[:0]
	for _, it := range r.o.items {
		if strings.Join(it.paras, "") != "" {
			kept = append(kept, it)
		}
	}
	r.o.items = kept
}

var (
	explainMark = regexp.MustCompile(`^(?:解读材料|.{0,40}(?:解读材料|政策解读|起草说明))$`)
	tailMark    = regexp.MustCompile(`^(?:信息来源|来源:|抄送|附件|责任编辑|.{2,30}20\d\d年\d{1,2}月\d{1,2}日印发$)`)
	firstStop   = regexp.MustCompile(`[。:：]`)
)

// splitHeading parts a heading from the text behind it: up to the first full
// stop when that is near, else the whole paragraph is the heading.
func splitHeading(p string) (heading, rest string) {
	stop := firstStop.FindStringIndex(p)
	if stop == nil {
		if len([]rune(p)) > 60 {
			mark := markLen(p)
			return p[:mark], p[mark:]
		}
		return p, ""
	}
	if len([]rune(p[:stop[0]])) > 50 {
		mark := markLen(p)
		return p[:mark], p[mark:]
	}
	return p[:stop[0]], p[stop[1]:]
}

var leadMark = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]{1,3}[、章部]|[（(][^）)]{1,4}[）)]|\d{1,2}[.．、]|[①-⑳])`)

func markLen(p string) int { return len(leadMark.FindString(p)) }

// chineseNumber reads the number at the beginning of a mark: 十二, （二十一）; 0 for none.
func chineseNumber(key string) int {
	n, ten := 0, 0
	for _, r := range strings.TrimLeft(key, "(第") {
		switch i := strings.IndexRune("一二三四五六七八九", r); {
		case i >= 0:
			n = i/3 + 1
		case r == '十':
			ten, n = max(n, 1)*10, 0
		default:
			return ten + n
		}
	}
	return ten + n
}

func leadingNumber(key string) int {
	n := 0
	for _, r := range strings.TrimLeft(key, "(") {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '①' && r <= '⑳':
			return int(r-'①') + 1
		default:
			return n
		}
	}
	return n
}
