// Package disclosure checks which columns a site must have, the yearly form
// of the site, and the phones of topic columns.
package disclosure

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{
	// 国办秘函〔2019〕19号 扣分指标“发布解读”: 未开设概况信息、机构职能、领导信息、动态要闻、
	// 政策文件、政策解读类栏目的。
	present("overview-column-missing", "概况信息：未开设栏目", "概况信息"),
	present("functions-column-missing", "机构职能：未开设栏目", "机构职能"),
	present("leaders-column-missing", "领导信息：未开设栏目", "领导信息"),
	present("news-column-missing", "动态要闻：未开设栏目", "动态要闻"),
	present("policy-column-missing", "政策文件：未开设栏目", "政策文件"),
	present("interpretation-column-missing", "政策解读：未开设栏目", "政策解读"),
	// 国办公开办函〔2019〕61号: 政府信息公开平台设置政府信息公开指南、政府信息公开制度、法定主动
	// 公开内容、政府信息公开年报等板块。
	present("disclosure-system-missing", "未公开政府信息公开制度", "政府信息公开制度"),
	present("annual-report-column-missing", "未设置政府信息公开年报栏目", "政府信息公开年报"),
	// 通辽市2020年政务公开工作要点（九）: 各地区开设电子版政府公报。
	present("gazette-missing", "未开设电子版政府公报专栏", "政府公报"),
	disclosureColumnMissing, yearlyFormLate, topicPhone,
}

var needs = []facts.FactKind{facts.KindHome, facts.KindColumns, facts.KindWhole}

// columnParams say how a column that must be there is recognised: by class,
// or by a word in its name or path.
type columnParams struct {
	Classes []govsweep.ColumnClass `yaml:"classes"`
	Words   []string               `yaml:"words"`
	Except  []string               `yaml:"except"` // a label with such a word is another column
}

// Validate asks for a way to recognise the column.
func (c columnParams) Validate() error {
	if len(c.Classes) == 0 && len(c.Words) == 0 {
		return errors.New("classes 和 words 不能都为空")
	}
	return nil
}

func (c columnParams) is(col *govsweep.ColumnActivity) bool {
	if slices.Contains(c.Classes, col.Class) {
		return true
	}
	return c.named(col.Name) || slices.ContainsFunc(col.Path, c.named)
}

func (c columnParams) named(label string) bool {
	label = facts.Simplified(label)
	return containsAny(label, c.Words) && !containsAny(label, c.Except)
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return w != "" && strings.Contains(s, w) })
}

// inventoryUnread says why a column that was not found may still be there;
// "" when the navigation was read.
func inventoryUnread(d *facts.Dossier) string {
	switch {
	case !d.Home.Reached:
		return "首页未能打开，无法确认栏目设置"
	case d.Home.Unread != "":
		return "首页部分内容未能读取，无法确认栏目设置：" + d.Home.Unread
	case len(d.Columns) == 0:
		return "本次没有读到任何栏目，无法确认栏目设置"
	}
	return ""
}

// present is a check for a column that must be there.
func present(code govsweep.IndicatorCode, title, name string) *rules.Indicator {
	return &rules.Indicator{
		Code: code, Title: title,
		Doc:    "Some column has the class or is named for it; a navigation that was not read is no ground for absence.",
		Needs:  needs,
		Params: func() any { return new(columnParams) },
		Check: func(p *rules.Pass) error {
			params, err := rules.Params[columnParams](p)
			if err != nil {
				return err
			}
			for i := range p.Dossier.Columns {
				if params.is(&p.Dossier.Columns[i]) {
					return nil
				}
			}
			if label := p.Dossier.Home.Label(params.named); label != "" {
				p.NotMeasured(fmt.Sprintf("首页有%s的链接，但本次没有读到该栏目，无法确认栏目设置", rules.Quote(label)))
				return nil
			}
			reportAbsent(p, fmt.Sprintf("网站没有开设%s栏目（已核对%d个栏目的名称和类别）。", name, len(p.Dossier.Columns)))
			return nil
		},
	}
}

// reportAbsent tells that a column is not there, unless it could not be seen.
func reportAbsent(p *rules.Pass, summary string) {
	if why := inventoryUnread(p.Dossier); why != "" {
		p.NotMeasured(why)
		return
	}
	p.Report(govsweep.Finding{
		URL: p.Home.URL, Locator: "site", Summary: summary,
		Evidence: rules.Capture("page", p.Home.URL, p.Home.Digest),
	})
}
