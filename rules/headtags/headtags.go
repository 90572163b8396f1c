// Package headtags checks the head tags 页面标签 of 国办发〔2017〕47号.
package headtags

import (
	"errors"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family. Most differ only in the tag they
// look for, which stands in the rulebook.
var Indicators = []*rules.Indicator{
	// 国办发〔2017〕47号 页面标签: 网站标签 SiteName、SiteDomain、SiteIDCode 为必选，
	// 在每个页面设置。
	tag("tag-site-name", "缺少SiteName（网站名称）标签"),
	tag("tag-site-domain", "缺少SiteDomain（网站域名）标签"),
	tag("tag-site-id", "缺少SiteIDCode（网站标识码）标签"),
	// 栏目标签 ColumnName、ColumnDescription、ColumnKeywords、ColumnType 为必选。
	tag("tag-column-name", "栏目页缺少ColumnName标签"),
	tag("tag-column-description", "栏目页缺少ColumnDescription标签"),
	tag("tag-column-keywords", "栏目页缺少ColumnKeywords标签"),
	tag("tag-column-type", "栏目页缺少ColumnType标签"),
	// 内容页标签 ArticleTitle、PubDate、ContentSource 为必选，PubDate 格式为
	// YYYY-MM-DD HH:MM；Keywords、Author、Description、Image、Url 为可选。
	tag("tag-article-title", "内容页缺少ArticleTitle标签"),
	tag("tag-pub-date", "内容页缺少PubDate标签"),
	tag("tag-content-source", "内容页缺少ContentSource标签"),
	tag("tag-optional", "内容页缺少可选标签"),
	valueMismatch, siteIDMismatch, pageTagsImproper,
}

var needs = []facts.FactKind{facts.KindHeadTags}

// tagParams name the tags an entry asks for and the pages that carry them.
type tagParams struct {
	Level string   `yaml:"level"` // site, column, article, optional
	Tags  []string `yaml:"tags"`
}

// Validate asks for a known level and a tag.
func (t tagParams) Validate() error {
	if !slices.Contains([]string{"site", "column", "article", "optional"}, t.Level) {
		return errors.New("level 应为 site、column、article 或 optional")
	}
	if len(t.Tags) == 0 {
		return errors.New("tags 不能为空")
	}
	return nil
}

// pageNames say which pages carry the tags of a level.
var pageNames = map[string]string{"site": "页面", "column": "栏目页", "article": "内容页", "optional": "内容页"}

func tallies(d *facts.Dossier, level string) map[string]*facts.Tally {
	switch level {
	case "site":
		return d.Tags.Site
	case "column":
		return d.Tags.Column
	case "article":
		return d.Tags.Article
	}
	return d.Tags.Optional
}

func tag(code govsweep.IndicatorCode, title string) *rules.Indicator {
	return &rules.Indicator{
		Code: code, Title: title,
		Doc:    "One finding for each tag that pages of its level lack, with every such page.",
		Needs:  needs,
		Params: func() any { return new(tagParams) },
		Check:  checkTags,
	}
}

func checkTags(p *rules.Pass) error {
	params, err := rules.Params[tagParams](p)
	if err != nil {
		return err
	}
	seen := 0
	for _, name := range params.Tags {
		t := tallies(p.Dossier, params.Level)[name]
		if t == nil {
			continue
		}
		seen += t.Pages
		if len(t.Lacking) > 0 {
			f := rules.Grouped(t.Lacking, name)
			f.Summary = fmt.Sprintf("共检查%d个%s，其中%d个缺少%s标签或标签值为空，例如：%s。",
				t.Pages, pageNames[params.Level], t.Lacks(), name, t.Lacking[0].URL)
			p.Report(f)
		}
	}
	if seen == 0 {
		p.NotApplicable("本次没有读到" + pageNames[params.Level])
	}
	if slices.Contains(params.Tags, "PubDate") && len(p.Tags.BadDate.Lacking) > 0 {
		p.Report(badDate(p.Tags.BadDate))
	}
	return nil
}

func badDate(t facts.Tally) govsweep.Finding {
	f := rules.Grouped(t.Lacking, "PubDate:form")
	f.Summary = fmt.Sprintf("%d个内容页的PubDate标签值不符合“YYYY-MM-DD HH:MM”格式，例如：%s。",
		t.Lacks(), rules.Quote(t.Lacking[0].Quote))
	f.Detail = rules.Quotes(t.Lacking)
	return f
}
