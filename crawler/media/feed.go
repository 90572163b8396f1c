package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/mmcdole/gofeed"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/sketch"
)

// Bounds of a feed: real ones hold some hundred items and nest ten deep.
const (
	maxBody  = 10 << 20
	maxItems = 5000
	maxDepth = 64
	maxTitle = 300
)

// slack is how far a clock may go wrong before a date counts as one of the future.
const slack = time.Hour

var (
	prolog    = regexp.MustCompile(`^\s*<\?xml[^>]{0,500}\?>`)
	challenge = regexp.MustCompile(`(?i)验证码|环境异常|访问过于频繁|访问频繁|人机|安全验证|captcha|challenge|请登录|登录后|access denied|forbidden|waf`)
	shut      = regexp.MustCompile(`(?:帐|账|公众)号已(?:自主)?(?:注销|迁移|停用|被?封)|已被屏蔽|该用户不存在|用户已注销`)
)

// judge reads body as a feed of a and says in rd how it went. Posts of a
// feed that is not whole are given too: they prove what was published.
func judge(rd *govsweep.Reading, a *govsweep.Account, body []byte, contentType string) []govsweep.Post {
	rd.Digest = govsweep.DigestOf(body).String()
	if len(body) > maxBody {
		rd.Health, rd.Why = govsweep.SourceMalformed, "来源内容过大，未读取。"
		return nil
	}
	text, _ := crawler.Decode(body, contentType)
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if page := bytes.ToLower(text[:min(len(text), 1024)]); bytes.Contains(page, []byte("<html")) || bytes.Contains(page, []byte("<!doctype html")) {
		rd.Health, rd.Why = ofPage(text)
		return nil
	}
	feed, err := parse(text)
	if feed == nil {
		rd.Health, rd.Why = govsweep.SourceMalformed, "来源内容不是完整的 RSS、Atom 或 JSON 格式，未能读取。"
		return nil
	}
	posts := fold(rd, feed)
	switch {
	case err != nil:
		rd.Health, rd.Why = govsweep.SourceMalformed, fmt.Sprintf("来源内容不完整（读出%d条），不能据此认定未更新。", rd.Items)
	case rd.Items == 0:
		rd.Health, rd.Why = govsweep.SourceEmpty, "来源能够打开，但没有任何信息，不能据此认定未更新。"
	case rd.Newest.IsZero():
		rd.Health, rd.Why = govsweep.SourceMalformed, "来源中的信息都没有可用的日期。"
	case !named(a, rd.Name):
		rd.Health, rd.Why = govsweep.SourceRenamed, fmt.Sprintf("来源给出的账号名称“%s”与登记的“%s”不符，账号可能已更名，或来源指向另一账号。", rd.Name, a.Name)
	default:
		rd.Health, rd.Alive = govsweep.SourceWorking, rd.At
	}
	if rd.Health == govsweep.SourceWorking {
		rd.Through = rd.At
	}
	return posts
}

// ofPage says what a page for people means where a feed should be.
func ofPage(text []byte) (govsweep.SourceHealth, string) {
	text = text[:min(len(text), 64<<10)]
	switch {
	case shut.Match(text):
		return govsweep.SourceClosed, "平台提示该账号已注销、迁移或停用。"
	case challenge.Match(text):
		return govsweep.SourceBlocked, "来源要求验证或登录，未能读取。"
	}
	return govsweep.SourceMalformed, "来源返回的是网页，不是信息列表。"
}

// parse reads a feed. A feed beside an error is one that is not whole; no
// feed means that nothing could be read.
func parse(text []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, fmt.Errorf("parser: %v", r)
		}
	}()
	text = prolog.ReplaceAll(text, nil) // the bytes are UTF-8 by now, whatever it says
	if t := bytes.TrimSpace(text); len(t) > 0 && t[0] != '{' {
		if err = wellFormed(text); errors.Is(err, errDeep) {
			return nil, err
		}
	}
	feed, broken := gofeed.NewParser().Parse(bytes.NewReader(text))
	if broken != nil {
		return nil, broken
	}
	return feed, err
}

var errDeep = errors.New("nested too deep")

// wellFormed walks XML to its end: the parser of feeds forgives a file that
// breaks off, and half a feed must not pass for a whole one.
func wellFormed(text []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Entity = xml.HTMLEntity
	for depth := 0; ; {
		tok, err := dec.RawToken()
		switch {
		case errors.Is(err, io.EOF) && depth == 0:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		switch tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errDeep
			}
		case xml.EndElement:
			depth--
		}
	}
}

// fold takes the items over. What has no date of its own is counted; what
// lies in the future is no proof of anything.
func fold(rd *govsweep.Reading, feed *gofeed.Feed) []govsweep.Post {
	rd.Name = clip(feed.Title)
	items := feed.Items[:min(len(feed.Items), maxItems)]
	rd.Items = len(items)
	shift := shiftOf(rd.At, items)
	var posts []govsweep.Post
	for _, it := range items {
		at, day, zone := readTime(dateOf(it))
		if zone == utc {
			at = at.Add(shift)
		}
		if at.IsZero() || !rd.At.IsZero() && at.After(rd.At.Add(slack)) {
			rd.Undated++
			continue
		}
		posts = append(posts, govsweep.Post{Title: clip(it.Title), URL: link(it), At: at, DayOnly: day, Source: rd.Source.Key(), Sketch: textOf(it)})
	}
	slices.SortStableFunc(posts, func(a, b govsweep.Post) int { return b.At.Compare(a.At) })
	if len(posts) > 0 {
		rd.Newest, rd.From = posts[0].At, posts[len(posts)-1].At
	}
	return posts
}

// textOf sketches what a feed gives of the text of an item.
func textOf(it *gofeed.Item) govsweep.TextSketch {
	if s := sketch.OfHTML(it.Content); s.Known() {
		return s
	}
	return sketch.OfHTML(it.Description)
}

// shiftOf finds feeds that write Shanghai's time and call it UTC: their newest
// item would lie in the future by less than the eight hours.
func shiftOf(now time.Time, items []*gofeed.Item) time.Duration {
	const east = 8 * time.Hour
	var newest time.Time
	for _, it := range items {
		if at, _, zone := readTime(dateOf(it)); zone == utc && at.After(newest) {
			newest = at
		}
	}
	if !now.IsZero() && newest.After(now.Add(slack)) && !newest.After(now.Add(east)) {
		return -east
	}
	return 0
}

// dateOf gives the date of an item as it is written: gofeed reads dates
// without a zone as UTC.
func dateOf(it *gofeed.Item) string {
	if it.Published != "" {
		return it.Published
	}
	if it.DublinCoreExt != nil && len(it.DublinCoreExt.Date) > 0 {
		return it.DublinCoreExt.Date[0]
	}
	return it.Updated
}

func link(it *gofeed.Item) string {
	for _, u := range append([]string{it.Link, it.GUID}, it.Links...) {
		if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
			return u[:min(len(u), 2000)]
		}
	}
	return ""
}

// named says whether a source's title can be the account's: services add
// their own words before and behind, and some give the name of the unit.
func named(a *govsweep.Account, title string) bool {
	title = bare(title)
	if title == "" || a.Name == "" {
		return true
	}
	for _, n := range append([]string{a.Name}, a.FormerNames...) {
		if n = bare(n); n != "" && strings.Contains(title, n) {
			return true
		}
	}
	unit := ofService.ReplaceAllString(title, "")
	return unit != "" && (unit == bare(a.Host) || unit == bare(a.Certified))
}

// ofService is what a service puts behind the name of an account.
var ofService = regexp.MustCompile(`(?:的|官方|政务)*(?:微信)?(?:公众号|微博|抖音号?|(?:今日)?头条号?|快手号?)$`)

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func clip(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if r := []rune(s); len(r) > maxTitle {
		return string(r[:maxTitle]) + "…"
	}
	return s
}
