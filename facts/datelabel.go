package facts

import "strings"

// dateLabels are the labels of a publish date, the surest first. A label
// counts only where no Han character stands before it: 开始时间 is no 时间.
var dateLabels = [...]struct {
	word string
	rank int
}{
	{"发布时间", 3}, {"发布日期", 3}, {"發布時間", 3}, {"發佈時間", 3}, {"發布日期", 3}, {"發佈日期", 3}, {"发表时间", 3}, {"发表日期", 3},
	{"公开时间", 3}, {"公开日期", 3}, {"发稿时间", 3}, {"发布于", 3}, {"信息发布时间", 3}, {"信息时间", 3}, {"上传时间", 3}, {"添加时间", 3},
	{"录入时间", 3}, {"公布日期", 3}, {"公布时间", 3}, {"上网时间", 3}, {"上网日期", 3}, {"刊发时间", 3}, {"登载时间", 3}, {"刊登时间", 3}, {"网站发布时间", 3},
	{"稿件时间", 3}, {"文章时间", 3}, {"发文时间", 2}, {"时间", 2}, {"時間", 2}, {"日期", 2}, {"发布", 2}, {"发表", 2},
	{"更新时间", 1}, {"更新日期", 1}, {"更新時間", 1}, {"更新", 1},
}

// dateLabel finds the label that ends s (white space and colon taken off)
// and its rank; 0 when it is the label of no publish date.
func dateLabel(s string) (string, int) {
	s = strings.TrimRight(s, " :：[【(（|\n")
	for i := range dateLabels {
		w := dateLabels[i].word
		if strings.HasSuffix(s, w) && !endsHan(s[:len(s)-len(w)]) {
			return w, dateLabels[i].rank
		}
	}
	return "", 0
}

// endsHan says whether the last character of s is a Han character.
func endsHan(s string) bool {
	return len(s) >= 3 && s[len(s)-3] >= 0xE4 && s[len(s)-3] <= 0xE9
}
