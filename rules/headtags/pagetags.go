package headtags

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 扣分指标“功能设计·页面标签”: 未按照《政府网站发展指引》要求设置网站、
// 栏目、内容页标签的。
var pageTagsImproper = &rules.Indicator{
	Code:   "page-tags-improper",
	Title:  "页面标签：抽查页面标签缺失或不规范",
	Doc:    "The required tags of all three levels as one deduction of a portal: one finding for the site.",
	Needs:  needs,
	Params: func() any { return new(pageTagParams) },
	Check:  checkPageTags,
}

type pageTagParams struct {
	Site    []string `yaml:"site"`
	Column  []string `yaml:"column"`
	Article []string `yaml:"article"`
}

func checkPageTags(p *rules.Pass) error {
	params, err := rules.Params[pageTagParams](p)
	if err != nil {
		return err
	}
	var refs []facts.PageRef
	var names, detail []string
	seen := 0
	for _, level := range []struct {
		name string
		tags []string
	}{{"site", params.Site}, {"column", params.Column}, {"article", params.Article}} {
		for _, name := range level.tags {
			t := tallies(p.Dossier, level.name)[name]
			if t == nil {
				continue
			}
			if seen += t.Pages; len(t.Lacking) == 0 {
				continue
			}
			refs, names = append(refs, t.Lacking...), append(names, name)
			detail = append(detail, fmt.Sprintf("%s：检查%d个%s，%d个缺少", name, t.Pages, pageNames[level.name], t.Lacks()))
		}
	}
	if seen == 0 {
		p.NotApplicable("本次没有读到可检查标签的页面")
	}
	if len(names) > 0 {
		f := rules.Grouped(refs, "tags")
		f.Summary = fmt.Sprintf("网站页面标签不规范，缺少必选标签%s，例如：%s。", strings.Join(names, "、"), refs[0].URL)
		f.Detail = detail
		p.Report(f)
	}
	return nil
}
