package media

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

const (
	quoted = `(?:\s*=\s*|\s*:\s*)(?:htmlDecode\()?["']([^"'\n]{0,600})["']`
	number = `(?:\s*=\s*|\s*:\s*)["']?(\d{10})(?:\d{3})?\b`
)

var (
	wechatTime   = regexp.MustCompile(`\b(?:ct|oriCreateTime|ori_create_time)` + number)
	wechatText   = regexp.MustCompile(`\bcreateTime` + quoted)
	wechatName   = regexp.MustCompile(`\bnick_?name` + quoted)
	wechatUser   = regexp.MustCompile(`\buser_name` + quoted)
	wechatBiz    = regexp.MustCompile(`\bvar (?:biz|appuin)\s*=\s*(?:""\s*\|\|\s*)?["']([A-Za-z0-9+/]{8,40}={0,2})["']`)
	bizOf        = regexp.MustCompile(`[?&]__biz=([A-Za-z0-9+/%]{8,40}={0,2})`)
	wechatTitle  = regexp.MustCompile(`\bmsg_title` + quoted)
	wechatLink   = regexp.MustCompile(`\bmsg_link` + quoted)
	wechatStat   = regexp.MustCompile(`\b_?copyright_stat` + quoted)
	wechatSource = regexp.MustCompile(`\bsource_(?:nickname|name)` + quoted)
	sourceLine   = regexp.MustCompile(`(?:来源|转载自|文章来源|稿件来源)\s*[：:]\s*([^\s，。；|“”<>]{2,40})`)
)

// ofWeChat reads an article of a 公众号. The words show 昨天; the time is in a script.
func ofWeChat(d *scanned) (SavedPage, bool) {
	stamp := d.value(wechatTime)
	name := first(d.value(wechatName), d.ids["js_name"])
	if !d.has("mp.weixin.qq.com") && d.metas["og:site_name"] != "微信公众平台" && (stamp == "" || d.ids["activity-name"] == "" && d.value(wechatUser) == "") {
		return SavedPage{}, false
	}
	s := SavedPage{Media: govsweep.WeChat, Name: unescape(name), Numbers: numbers(d.value(wechatUser), d.value(wechatBiz), group(bizOf, d.address))}
	s.Post.Title = unescape(first(d.ids["activity-name"], d.metas["og:title"], d.value(wechatTitle)))
	s.Post.URL = first(d.value(wechatLink), d.metas["og:url"], d.address)
	for _, t := range []string{stamp, d.value(wechatText), d.ids["publish_time"]} {
		if s.Post.At, s.Post.DayOnly, _ = readTime(t); !s.Post.At.IsZero() {
			break
		}
	}
	switch stat := d.value(wechatStat); {
	case stat == "1" || strings.Contains(d.ids["copyright_logo"], "原创"):
		s.Post.Original = yes()
	case stat == "2":
		s.Post.Original = no()
	}
	s.Post.From = unescape(d.value(wechatSource))
	d.source(&s.Post)
	return s, true
}

// source reads the line 来源 of the words; a reprint that names where it is
// from is no original.
func (d *scanned) source(p *govsweep.Post) {
	if p.Original != nil && *p.Original {
		return
	}
	if m := sourceLine.FindStringSubmatch(d.words.String()); m != nil && p.From == "" {
		p.From = m[1]
	}
	if p.From != "" && p.Original == nil {
		p.Original = no()
	}
}

func yes() *bool { v := true; return &v }
func no() *bool  { v := false; return &v }

func numbers(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

func first(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// unescape takes back what scripts and JSON write of characters.
func unescape(s string) string {
	if strings.Contains(s, `\u`) || strings.Contains(s, `\x26`) {
		if t, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`); err == nil {
			s = t
		}
	}
	return strings.TrimSpace(html.UnescapeString(s))
}
