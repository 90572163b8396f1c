package workplan

import (
	"regexp"
	"strings"
	"unicode"
)

// line is a line of a paper as its file has it. soft says that it ends where
// the page ended it: the next line may go on with its sentence even when it
// looks like a heading.
type line struct {
	text string
	soft bool
}

// mend makes paragraphs of lines: it joins what paging broke within a
// sentence, a word or a number, and leaves out page furniture. White space
// goes, but for the blank between two western words.
func mend(lines []line) []string {
	var out []string
	open := false  // the last paragraph may go on
	begun := false // the outline has begun: what is not finished goes on
	for _, l := range lines {
		text := tidy(l.text)
		switch {
		case text == "" || furniture(text):
			continue
		case open && len(out) > 0 && goesOn(out[len(out)-1], text):
			out[len(out)-1] = tidy(out[len(out)-1] + glue(out[len(out)-1], text) + text)
		default:
			out = append(out, text)
		}
		last := out[len(out)-1]
		begun = begun || marked(last)
		open = l.soft && !ended(last) || unfinished(last) || begun && !marked(last) && !ended(last) && !standsAlone(last) && runes(last) > 12
	}
	return out
}

func goesOn(_, next string) bool { return !marked(next) && !standsAlone(next) }

// unfinished says that a paragraph breaks off within a sentence: it has begun
// to speak and does not end as a sentence ends.
func unfinished(p string) bool {
	if ended(p) || standsAlone(p) {
		return false
	}
	key := fold(p)
	if n := runes(key); n > 12 && (strings.Count(key, "《") > strings.Count(key, "》") || strings.Count(key, "(") > strings.Count(key, ")")) {
		return true
	}
	n := len([]rune(key))
	if chapterMark.MatchString(key) {
		return strings.ContainsAny(key, "。") // a chapter that goes on in its own line
	}
	if itemMark.MatchString(key) {
		return strings.ContainsAny(key, "。,;:")
	}
	return n > 45 || strings.Contains(key, "。") || n > 20 && strings.ContainsAny(key, ",;、")
}

var endMarks = regexp.MustCompile(`[。!?;:！？；：][”’"')）》」』\]]*$`)

// ended says that a paragraph ends as a sentence ends.
func ended(p string) bool { return endMarks.MatchString(p) }

var (
	chapterMark = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部](?:分)?)`)
	itemMark    = regexp.MustCompile(`^\([一二三四五六七八九十百]{1,4}\)`)
	pointMark   = regexp.MustCompile(`^(?:\(?\d{1,2}\)|\d{1,2}[.、](?:[^\d]|$)|[①-⑳])`)
	bullet      = regexp.MustCompile(`^(?:#{1,6}|[-*+•·●◆■])\s*`)
)

// marked says that a paragraph begins with a mark of the outline.
func marked(p string) bool {
	key := fold(p)
	return chapterMark.MatchString(key) || itemMark.MatchString(key) || pointMark.MatchString(key)
}

var alone = regexp.MustCompile(`^(?:(?:20\d\d|二[○〇O0零][一二三四五六七八九○〇零]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:印发)?$|附件|抄送|信息来源|来源:|发布时间|发布日期|\(?此件|解读材料$|.{0,30}政策解读$|《[^》]+》$|.{0,16}(?:办公室|人民政府|委员会|领导小组)$)`)

// standsAlone says that a line is never part of a sentence in front of it.
func standsAlone(p string) bool { return alone.MatchString(fold(p)) }

var junk = regexp.MustCompile(`\[bookmark:[^\]]{0,60}\]`)

// tidy takes white space and the junk of editors out of a line. Between a
// western word and another the blank stays.
func tidy(s string) string {
	s = junk.ReplaceAllString(s, "")
	s = bullet.ReplaceAllString(strings.TrimFunc(s, blankRune), "")
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range s {
		switch {
		case blankRune(r):
			gap = true
			continue
		case unseen(r):
			continue
		case gap && western(last) && western(r):
			b.WriteByte(' ')
		}
		r = character(r)
		b.WriteRune(r)
		last, gap = r, false
	}
	return b.String()
}

// glue is what stands between the halves of a broken line: a blank between
// two western letters, nothing within a number and between characters.
func glue(a, b string) string {
	last, first := []rune(a), []rune(b)
	if len(last) > 0 && len(first) > 0 && unicode.IsLetter(last[len(last)-1]) && unicode.IsLetter(first[0]) &&
		western(last[len(last)-1]) && western(first[0]) {
		return " "
	}
	return ""
}

func western(r rune) bool {
	return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || unicode.Is(unicode.Latin, r)
}

func blankRune(r rune) bool { return unicode.IsSpace(r) || r == 0xa0 || r == 0x3000 || r == 0x200b }

// unseen are characters without shape and control characters.
func unseen(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfeff || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f
}

var furnish = regexp.MustCompile(`^(?:扫一扫在手机上(?:查看|打开)当前页面?|(?:打印|关闭|分享到?|返回顶部|收藏|字体:?|【?打印本?页?】?|【?关闭窗?口?】?|\[?大中小\]?)+:?)$`)

// furniture says that a line belongs to the page and not to the paper.
func furniture(p string) bool { return furnish.MatchString(fold(p)) || pageNumber(p) }
