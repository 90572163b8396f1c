package facts

import (
	"strings"
	"unicode/utf8"
)

// sourceLabels name the origin of an article.
var sourceLabels = [...]string{"来源于", "信息来源", "稿件来源", "文章来源", "新闻来源", "内容来源", "来源单位", "发布来源", "来稿单位", "供稿单位", "发布单位", "发布机构", "信息提供", "来源", "来 源", "出处"}

// sourceEnds end the value of a source in a publish line.
var sourceEnds = [...]string{"发布时间", "发布日期", "发稿时间", "时间：", "时间:", "日期：", "日期:", "作者", "编辑", "责编", "责任编辑", "浏览", "阅读", "点击", "访问", "字体", "字号", "打印", "分享",
	"【", "[", "|", "｜", "收藏", "审核", "校对", "访问量", "听全文", "放大", "扫一扫", "關閉", "关闭", "下载", "视力", "保护视力", "大 中 小", "编 辑", "作 者", "撰稿", "查看", "评论", "〖", "『", "稿源：", "更新", "页面", "】", "]", "〗", "』"}

// visibleSource reads the source the body prints near the headline.
func (d *Document) visibleSource(h headline) string {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.has(colonSign|sourceSign) || b.Hiding != 0 || b.Region == NavRegion && (h.block < 0 || i < h.block) || b.Region == FootRegion || b.Region == SideRegion || len(b.Text) < 6 || len(b.Text) > 900 {
			continue
		}
		if strings.IndexByte(b.Text, ':') < 0 && !has(b.Text, "：") {
			continue
		}
		text := plain(b.Text)
		for k, w := range sourceLabels {
			if k == 10 && i < h.block {
				break
			}
			at := strings.Index(text, w)
			if at < 0 || endsHan(text[:at]) && !hasSuffixAny(text[:at], "日", "时", "分", "次", "数", "人") {
				continue
			}
			if v, ok := d.sourceValue(i, at+len(w)); ok {
				return v
			}
		}
	}
	return ""
}

// sourceValue reads the words behind a label; they may stand in the next block.
func (d *Document) sourceValue(i, at int) (string, bool) {
	s := strings.TrimLeft(d.Blocks[i].Text[at:], " ")
	switch {
	case hasPrefix(s, "：") || hasPrefix(s, "︰") || hasPrefix(s, "∶"):
		s = s[3:]
	case hasPrefix(s, ":"):
		s = s[1:]
	default:
		return "", false
	}
	if s == "" && i+1 < len(d.Blocks) && d.Blocks[i].Node != d.Blocks[i+1].Node && len(d.Blocks[i+1].Text) < 120 {
		s = d.Blocks[i+1].Text
		if strings.ContainsAny(s, ":：") {
			return "", false
		}
	}
	s = cutSource(s)
	if n := utf8.RuneCountInString(s); n < 2 || n > 40 {
		return "", false
	}
	return s, true
}

func cutSource(s string) string {
	s = strings.TrimLeft(s, " ")
	end, text := len(s), plain(s)
	for _, w := range sourceEnds {
		if i := strings.Index(text, w); i >= 0 {
			end = min(end, i)
		}
	}
	s = s[:end]
	if h, ok := findDate(s, 0); ok && h.form == fullDate {
		s = s[:h.from]
	}
	for _, sign := range [...]string{"：", ":", "。"} { // the next label
		if i := strings.Index(s, sign); i >= 0 {
			if sign == "。" {
				return ""
			}
			s = s[:i]
			if j := strings.LastIndexByte(s, ' '); j > 0 {
				s = s[:j]
			} else {
				return ""
			}
		}
	}
	s = strings.TrimRight(strings.TrimSpace(s), "（(-—,，;；、/\\")
	s = strings.TrimSpace(s)
	if lower(s) == "null" || lower(s) == "undefined" {
		return ""
	}
	return s
}
