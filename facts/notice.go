package facts

import (
	"regexp"
	"unicode/utf8"
)

// noticeWords say that a column was closed or moved. They must speak of the
// column itself: a headline about another column is no notice.
var noticeWords = regexp.MustCompile(`(?:本|该|此|原)(?:栏目|专栏|专题|频道|板块|版块)[^。；;]{0,40}?(?:停止更新|不再更新|停更|停止服务|停用|已关闭|将关闭|予以关闭|下线|迁移|迁至|移至|转至|整合|合并|并入|调整至|调整到|撤销|归档)`)

// notice gives the closing or moving notice a column page prints, "" when
// there is none.
func (d *Document) notice() string {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Hiding != 0 || b.Region == NavRegion || b.Region == FootRegion || len(b.Text) < 18 || !has(b.Text, "栏目") && !has(b.Text, "专") && !has(b.Text, "频道") && !has(b.Text, "块") {
			continue
		}
		if utf8.RuneCountInString(b.Text) <= 300 && !d.isLinkText(b) && noticeWords.MatchString(b.Text) {
			return clip(b.Text, quoteRunes)
		}
	}
	return ""
}
