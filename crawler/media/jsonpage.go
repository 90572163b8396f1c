package media

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

var (
	weiboData   = regexp.MustCompile(`\$render_data\s*=\s*`)
	tags        = regexp.MustCompile(`<[^>]{0,1000}>`)
	douyinLine  = regexp.MustCompile(`([^\s，。]{1,40}?)于(\d{8})发布在抖音`)
	toutiaoInfo = regexp.MustCompile(`\bsubInfo["']?\s*:\s*\{([^{}]{0,1000})\}`)
	toutiaoTime = regexp.MustCompile(`\btime["']?` + quoted)
	toutiaoFrom = regexp.MustCompile(`\bsource["']?` + quoted)
	dateLD      = regexp.MustCompile(`"datePublished"` + quoted)
	toutiaoMark = regexp.MustCompile(`\bis_?[oO]riginal["']?\s*:\s*(true|false)`)
)

// ofWeibo reads a 微博: the data of the mobile page, else the words of the other.
func ofWeibo(d *scanned) (SavedPage, bool) {
	s := SavedPage{Media: govsweep.Weibo}
	for _, script := range d.scripts {
		at := weiboData.FindStringIndex(script)
		if at == nil {
			continue
		}
		status := under(decode(script[at[1]:]), "status")
		user, _ := status["user"].(map[string]any)
		id := word(user["id"])
		s.Name, s.Numbers = word(user["screen_name"]), numbers(id)
		s.Post.Title = spoken(first(word(status["status_title"]), word(status["text"])))
		s.Post.At, s.Post.DayOnly, _ = readTime(word(status["created_at"]))
		if bid := word(status["bid"]); bid != "" && id != "" {
			s.Post.URL = "https://weibo.com/" + url.PathEscape(id) + "/" + url.PathEscape(bid)
		}
		s.Post.Original = yes()
		if of, ok := status["retweeted_status"].(map[string]any); ok {
			who, _ := of["user"].(map[string]any)
			s.Post.Original, s.Post.From = no(), word(who["screen_name"])
		}
		return s, true
	}
	if d.marks["head-info_time"] == "" && !d.has("weibo.com/", "weibo.cn/") {
		return s, false
	}
	s.Name, s.Post.Title, s.Post.URL = d.marks["head_name"], d.marks["detail_wbtext"], d.address
	s.Post.At, s.Post.DayOnly, _ = readTime(d.marks["head-info_time"])
	return s, true
}

// ofDouyin reads a work 抖音作品: the data of the page, else its description,
// which names account and day.
func ofDouyin(d *scanned) (SavedPage, bool) {
	s := SavedPage{Media: govsweep.Douyin}
	detail := under(d.renderData(), "detail")
	author, _ := detail["authorInfo"].(map[string]any)
	if author == nil {
		author, _ = detail["author"].(map[string]any)
	}
	line := douyinLine.FindStringSubmatch(d.metas["description"])
	if author == nil && line == nil && !d.has("douyin.com/") {
		return s, false
	}
	s.Name, s.Numbers = word(author["nickname"]), numbers(word(author["uniqueId"]), word(author["unique_id"]), word(author["secUid"]), word(author["uid"]))
	s.Post.Title = first(word(detail["desc"]), strings.TrimSuffix(d.title, " - 抖音"))
	s.Post.At, _, _ = readTime(first(word(detail["createTime"]), word(detail["create_time"])))
	s.Post.URL = first(d.metas["og:url"], d.address)
	if line != nil && s.Post.At.IsZero() {
		s.Name = first(s.Name, strings.TrimLeft(line[1], "-—"))
		s.Post.At, s.Post.DayOnly, _ = readTime(line[2])
	}
	return s, true
}

// ofToutiao reads an article of 今日头条, of the data the page carries.
func ofToutiao(d *scanned) (SavedPage, bool) {
	if !d.has("toutiao.com/") && !strings.HasSuffix(d.title, "今日头条") && d.metas["og:site_name"] != "今日头条" {
		return SavedPage{}, false
	}
	s := SavedPage{Media: govsweep.Toutiao}
	s.Post.URL = first(d.metas["og:url"], d.address)
	if data := under(d.renderData(), "data"); data != nil {
		info, _ := data["mediaInfo"].(map[string]any)
		if info == nil {
			info, _ = data["mediaUser"].(map[string]any)
		}
		s.Name = first(word(info["name"]), word(info["screenName"]), word(data["source"]))
		s.Post.Title = word(data["title"])
		s.Post.At, s.Post.DayOnly, _ = readTime(first(word(data["publishTime"]), word(data["publish_time"])))
	}
	info := d.value(toutiaoInfo)
	s.Name = first(s.Name, unescape(group(toutiaoFrom, info)))
	s.Post.Title = first(s.Post.Title, d.metas["og:title"], d.title)
	for _, t := range []string{group(toutiaoTime, info), d.value(dateLD), d.metas["article:published_time"]} {
		if s.Post.At.IsZero() {
			s.Post.At, s.Post.DayOnly, _ = readTime(t)
		}
	}
	switch group(toutiaoMark, info) {
	case "true":
		s.Post.Original = yes()
	case "false":
		s.Post.Original = no()
	}
	return s, true
}

func group(re *regexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// renderData is the JSON that pages of one maker carry, escaped like a query.
func (d *scanned) renderData() any {
	raw, err := url.PathUnescape(d.named["RENDER_DATA"])
	if err != nil {
		return nil
	}
	return decode(raw)
}

// decode reads the first JSON value of s; nil when there is none.
func decode(s string) any {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return nil
	}
	return v
}

// maxNodes bounds how much of a page's data is looked through.
const maxNodes = 100_000

// under gives the first object called key, the higher before the deeper.
func under(v any, key string) map[string]any {
	next := []any{v}
	for seen := 0; len(next) > 0 && seen < maxNodes; seen++ {
		v, next = next[0], next[1:]
		switch v := v.(type) {
		case map[string]any:
			if o, ok := v[key].(map[string]any); ok {
				return o
			}
			for _, k := range slices.Sorted(maps.Keys(v)) {
				next = append(next, v[k])
			}
		case []any:
			next = append(next, v...)
		}
	}
	return nil
}

// word gives a text or number of JSON as text.
func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return fmt.Sprint(v)
	}
	return ""
}

func spoken(s string) string { return unescape(tags.ReplaceAllString(s, " ")) }
