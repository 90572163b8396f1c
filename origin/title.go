package origin

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/govsweep/govsweep/facts"
)

// A title is what of a headline is compared.
type title struct {
	key     string   // normalised: simplified, half-width, lower case, letters and digits alone
	runes   []rune   // of key, at most maxTitle
	numbers []number // years, ordinals, dates, parts: what tells items of a series apart
	kinds   uint64   // words that make another item of it: 解读, 更正, 结果 …
}

// maxTitle is how much of a headline is compared; a post of 微博 may be all title.
const maxTitle = 64

// Lengths of titles, in characters. Product values, held by the labelled set.
const (
	shortTitle = 6 // below, a title says little: 公示, 工作动态
	longTag    = 6 // from here on words in 【】 are a headline, not a tag
)

// known are names that stand before or behind titles and are none of them:
// those of the site, the account and its unit.
type known []string

func newKnown(names []string) known {
	var out known
	for _, n := range names {
		if n = squeeze(n); utf8.RuneCountInString(n) >= 2 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var (
	webAddr  = regexp.MustCompile(`https?://[\w./?=&%#~:+-]{1,200}`)
	mention  = regexp.MustCompile(`@[\p{L}\p{N}_-]{1,30}`)
	topic    = regexp.MustCompile(`#([^#\s]{1,40})#`)
	hashtag  = regexp.MustCompile(`#[\p{L}\p{N}_]{1,40}(?:\s|$)`)
	tag      = regexp.MustCompile(`^\s*[【\[〔［]([^】\]〕］]{1,60})[】\]〕］]`)
	tailTag  = regexp.MustCompile(`[【\[［(（]([^】\]］)）]{1,20})[】\]］)）]\s*$`)
	parting  = regexp.MustCompile(`\s*[|｜丨︱‖∣▏▎│┃]\s*|\s+[-–—_]{1,2}\s*|\s*(?:[-–—_]{2}|_)\s*`)
	leftOver = regexp.MustCompile(`(?:\.{3}|…+)?\s*(?:展开)?全文\s*$|网页链接|[^\s]{1,20}的(?:微博)?视频\s*$|阅读原文|点击查看`)
)

// newTitle reads a headline.
func newTitle(s string, names known) title {
	s = strings.Join(strings.Fields(half(s)), " ")
	s = unclutter(s)
	s = untag(s)
	s = unframe(s, names)
	plain := arabic(facts.Simplified(s))
	t := title{key: squeeze(plain), numbers: numbersOf(plain), kinds: kindsOf(plain)}
	t.runes = []rune(t.key)
	if len(t.runes) > maxTitle {
		t.runes = t.runes[:maxTitle]
	}
	return t
}

// unclutter drops addresses, mentions, topics and what a page of a platform
// adds. Each form is looked for only where its sign stands: most titles have none.
func unclutter(s string) string {
	if strings.Contains(s, "://") {
		s = webAddr.ReplaceAllString(s, " ")
	}
	if strings.Contains(s, "@") {
		s = mention.ReplaceAllString(s, " ")
	}
	for _, w := range []string{"全文", "链接", "视频", "点击"} {
		if strings.Contains(s, w) {
			s = leftOver.ReplaceAllString(s, " ")
			break
		}
	}
	if strings.Contains(s, "#") {
		if t := hashtag.ReplaceAllString(topic.ReplaceAllString(s, " "), " "); utf8.RuneCountInString(squeeze(t)) >= shortTitle {
			s = t
		}
	}
	return s
}

// untag takes tags off: 【转载】甲 is 甲, and of 【甲召开会议】今日 … the words
// in brackets are the headline. A tag that names a kind of item stays.
func untag(s string) string {
	if !strings.ContainsAny(s, "】]〕］)）") {
		return s
	}
	for range 4 {
		m := tag.FindStringSubmatch(s)
		if m == nil {
			break
		}
		rest := s[len(m[0]):]
		inside := utf8.RuneCountInString(squeeze(m[1]))
		switch {
		case inside >= longTag && inside >= shortTitle && !frameWord(m[1]):
			return m[1]
		case kindsOf(facts.Simplified(m[1])) != 0 || utf8.RuneCountInString(squeeze(rest)) < shortTitle:
			return s
		}
		s = rest
	}
	if m := tailTag.FindStringSubmatch(s); m != nil && frameWord(m[1]) {
		s = strings.TrimSuffix(strings.TrimSpace(s), m[0])
	}
	return s
}

// unframe drops what stands before and behind a title apart by a stroke:
// names, platforms, headings of a series without a kind.
func unframe(s string, names known) string {
	if !strings.ContainsAny(s, "|｜丨︱‖∣▏▎│┃-–—_") {
		return s
	}
	parts := parting.Split(strings.TrimSpace(s), -1)
	framed := func(p string) bool {
		p = squeeze(p)
		return p == "" || frameWord(p) || slices.Contains(names, p)
	}
	for len(parts) > 1 && framed(parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	for len(parts) > 1 && (framed(parts[0]) || heading(parts[0], parts[1:])) {
		parts = parts[1:]
	}
	return strings.Join(parts, " ")
}

// heading says whether p is the heading of a series before a title: short,
// without a number or a word that makes another item of it.
func heading(p string, rest []string) bool {
	p = facts.Simplified(p)
	return utf8.RuneCountInString(squeeze(p)) <= longTag && kindsOf(p) == 0 && len(numbersOf(p)) == 0 &&
		utf8.RuneCountInString(squeeze(strings.Join(rest, ""))) >= shortTitle
}

var (
	platformWord = regexp.MustCompile(`^(?:微信公众(?:号|平台)|公众号|(?:新浪|官方)?微博|今日头条|头条号|抖音|快手|百家号|澎湃号|澎湃新闻|网易号|搜狐网?|腾讯(?:网|新闻)|` +
		`新华网|人民网|央视网|中国政府网|学习强国|手机版|官网|官方网站|首页|图文?|视频|原创|转载|转发|置顶|最新|热点|头条|要闻|快讯|速看|重磅|关注|提醒|扩散|权威发布)$`)
	siteWord = regexp.MustCompile(`(?:人民政府(?:门户)?(?:网站|网)?|政府(?:门户)?网站?|门户网站|政务网|信息公开网|发布|融媒体?|融媒体中心)$`)
	// sentence: what has these is a title, not a name that ends like one.
	sentence = regexp.MustCompile(`召开|举行|印发|关于|今日|将于|对外|已|正式|预警|信号`)
)

// frameWord says whether s is a platform, or the name of a site or account.
func frameWord(s string) bool {
	s = squeeze(s)
	return platformWord.MatchString(s) || siteWord.MatchString(s) && utf8.RuneCountInString(s) <= 14 && !sentence.MatchString(s)
}

// squeeze reduces a text to its letters and digits, simplified and in lower case.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, facts.Simplified(half(s)))
}

// kindWords make another item of the same subject: a document, its
// interpretation, its correction and its result are four items. Those of one
// row mean the same.
var kindWords = [...][]string{
	{"解读", "读懂", "图解", "答问", "问答", "答记者问", "明白卡"}, {"更正", "勘误"}, {"补充"}, {"取消", "撤销"}, {"延期", "推迟", "顺延"}, {"暂停", "停止"}, {"终止", "流标", "废标"},
	{"恢复"}, {"废止", "失效"}, {"修订", "修改"}, {"征求意见", "征求", "草案", "听证"}, {"公示"}, {"结果", "成绩", "中标", "成交"}, {"名单"}, {"答复", "回复", "反馈"},
	{"预告", "预通知"}, {"续报", "再次", "二次"}, {"补录", "补考", "递补", "调剂"}, {"面试"}, {"笔试"}, {"体检"}, {"资格"}, {"倒计时"}, {"回放", "直播"}, {"招标"}, {"预警"}, {"解除"},
	{"升级"}, {"上半"}, {"下半"}, {"上篇"}, {"下篇"}, {"不"}, {"未"},
}

func kindsOf(s string) uint64 {
	var out uint64
	for i, row := range kindWords {
		for _, w := range row {
			if strings.Contains(s, w) {
				out |= 1 << i
			}
		}
	}
	return out
}

// half writes full-width letters, digits and signs in their half-width form.
func half(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		}
		return r
	}, s)
}
