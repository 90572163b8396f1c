package register

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sketch"
)

// PostRow is one row of a file of posts: what a platform's back office
// exports, or a log of a person who looked.
type PostRow struct {
	Media  govsweep.MediaKind // "" when the file has no such column
	Number string
	Name   string
	Post   govsweep.Post
}

// ReadPosts reads a file of posts 发布信息清单.
func ReadPosts(r io.Reader, name string) ([]Row[PostRow], []Refusal, error) {
	return postLayout.read(r, name)
}

// PostColumns lists the columns of a file of posts.
func PostColumns() []string { return postLayout.names() }

// PostRefusal refuses a row of a file of posts for what one of its columns says.
func PostRefusal(r *Row[PostRow], column, reason string) Refusal {
	return postLayout.refusal(r, column, reason)
}

var originalWords = []choice[bool]{
	{[]string{"是", "原创", "y", "yes", "true", "1", "√"}, true},
	{[]string{"否", "转载", "非原创", "n", "no", "false", "0", "×"}, false},
}

var postLayout = layout[PostRow]{
	kind:     "发布信息清单",
	required: []string{"标题", "发布时间"},
	key: func(p *PostRow) string {
		return strings.Join([]string{string(p.Media), p.Number, p.Name, p.Post.Title, p.Post.URL, p.Post.At.String()}, "\x00")
	},
	label: func(p *PostRow) string { return "信息" + p.Post.Title },
	finish: func(p *PostRow) (bad, string) {
		if p.Post.At.IsZero() {
			return "发布时间", "发布时间不能为空"
		}
		return "", ""
	},
	fields: []field[PostRow]{
		{name: "平台", synonyms: []string{"平台", "平台类型", "新媒体类型", "账号类型", "媒体类型", "所属平台"},
			set:  func(p *PostRow, v string) (err error) { p.Media, err = pick(mediaWords, v, "平台"); return err },
			get:  func(p *PostRow) string { return wordOf(mediaWords, p.Media) },
			copy: func(d, s *PostRow) { d.Media = s.Media }},
		{name: "账号ID", synonyms: []string{"账号id", "账号", "微信号", "账号编号", "原始id", "bizid", "抖音号"},
			set:  func(p *PostRow, v string) (err error) { p.Number, err = accountNumber(v); return err },
			get:  func(p *PostRow) string { return p.Number },
			copy: func(d, s *PostRow) { d.Number = s.Number }},
		words("账号名称", []string{"账号名称", "新媒体名称", "账号名", "公众号名称", "公众号"}, func(p *PostRow) *string { return &p.Name }),
		words("标题", []string{"标题", "信息标题", "文章标题", "内容标题", "微博内容", "内容", "作品名称", "视频标题", "图文标题"}, func(p *PostRow) *string { return &p.Post.Title }),
		{name: "发布时间", synonyms: []string{"发布时间", "发布日期", "发表时间", "发表日期", "推送时间", "时间", "日期"},
			set:  func(p *PostRow, v string) (err error) { p.Post.At, p.Post.DayOnly, err = timeOf(v); return err },
			get:  func(p *PostRow) string { return p.Post.At.String() },
			copy: func(d, s *PostRow) { d.Post.At, d.Post.DayOnly = s.Post.At, s.Post.DayOnly }},
		words("链接", []string{"链接", "网址", "文章链接", "内容链接", "url", "内容url"}, func(p *PostRow) *string { return &p.Post.URL }),
		{name: "是否原创", synonyms: []string{"是否原创", "原创", "原创标识"},
			set: func(p *PostRow, v string) error {
				yes, err := pick(originalWords, v, "是否原创")
				if err == nil {
					p.Post.Original = &yes
				}
				return err
			},
			get:  func(p *PostRow) string { return fmt.Sprint(p.Post.Original != nil && *p.Post.Original) },
			copy: func(d, s *PostRow) { d.Post.Original = s.Post.Original }},
		{name: "正文", synonyms: []string{"正文", "正文内容", "文章内容", "全文", "文章正文"},
			set:  func(p *PostRow, v string) error { p.Post.Sketch = sketch.Of(v); return nil },
			get:  func(p *PostRow) string { return fmt.Sprint(p.Post.Sketch.Runes) },
			copy: func(d, s *PostRow) { d.Post.Sketch = s.Post.Sketch }},
		words("转载来源", []string{"转载来源", "稿件来源", "来源", "信息来源", "原文来源"}, func(p *PostRow) *string { return &p.Post.From }),
	},
}

var timeForms = []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04", "2006.1.2 15:04", "2006年1月2日 15:04:05",
	"2006年1月2日 15:04", "2006年1月2日15:04", "2006-1-2T15:04:05", "20060102150405", "1/2/06 15:04"}

// timeOf reads a time as people and workbooks write it, in Shanghai's time
// where no zone stands; day says that no time of day was given.
func timeOf(s string) (at time.Time, day bool, err error) {
	raw := strings.Join(strings.Fields(width.Fold.String(s)), " ")
	if t, err := time.Parse(time.RFC3339, raw); err == nil {
		return t.In(govsweep.Shanghai), false, nil
	}
	for _, form := range timeForms {
		if t, err := time.ParseInLocation(form, raw, govsweep.Shanghai); err == nil && t.Year() >= 2005 && t.Year() < 2100 {
			return t, false, nil
		}
	}
	if f, err := strconv.ParseFloat(raw, 64); err == nil && f >= 38353 && f < 73051 && f != math.Trunc(f) {
		seconds := math.Round((f - math.Trunc(f)) * 86400)
		return time.Date(1899, 12, 30+int(f), 0, 0, int(seconds), 0, govsweep.Shanghai), false, nil
	}
	if d, err := dateOf(raw); err == nil {
		t, err := time.ParseInLocation("2006-01-02", d, govsweep.Shanghai)
		return t, true, err
	}
	return time.Time{}, false, fmt.Errorf("发布时间“%s”不正确，应为 2026-12-31 09:30 这样的格式", short(s))
}
