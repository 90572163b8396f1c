package disclosure

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办公开办函〔2019〕61号: 政府信息公开平台依托政府网站已有的政府信息公开或者政务公开栏目建设，
// 没有设置或者名称不统一的，应统一设置并规范名称为“政府信息公开”。
var disclosureColumnMissing = &rules.Indicator{
	Code:   "disclosure-column-missing",
	Title:  "未设置“政府信息公开”栏目或名称不统一",
	Doc:    "A column is named 政府信息公开; one with a like name is reported as wrongly named.",
	Needs:  needs,
	Params: func() any { return new(nameParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[nameParams](p)
		if err != nil {
			return err
		}
		var alike *govsweep.ColumnActivity
		for i := range p.Dossier.Columns {
			c := &p.Dossier.Columns[i]
			switch {
			case params.named(c):
				return nil
			case alike == nil && (c.Class == govsweep.DisclosureColumn || containsAny(facts.Simplified(c.Name), params.Alike)):
				alike = c
			}
		}
		if label := p.Dossier.Home.Label(params.labelled); label != "" {
			p.NotMeasured(fmt.Sprintf("首页有%s的链接，但本次没有读到该栏目，无法确认栏目设置", rules.Quote(label)))
			return nil
		}
		if alike == nil || inventoryUnread(p.Dossier) != "" {
			reportAbsent(p, fmt.Sprintf("网站没有设置“%s”栏目（已核对%d个栏目的名称）。", params.Name, len(p.Dossier.Columns)))
			return nil
		}
		p.Report(govsweep.Finding{
			URL: alike.URL, Locator: "site",
			Column:   &govsweep.ColumnRef{Name: rules.Clip(alike.Name, 60), Path: alike.Path, URL: alike.URL},
			Summary:  fmt.Sprintf("网站的信息公开栏目名称为%s，应统一规范为“%s”。", rules.Quote(alike.Name), params.Name),
			Evidence: rules.Capture("page", alike.URL, alike.Digest),
		})
		return nil
	},
}

type nameParams struct {
	Name  string   `yaml:"name"`
	Alike []string `yaml:"alike"`
}

// Validate asks for the name.
func (n nameParams) Validate() error {
	if n.Name == "" {
		return errors.New("缺少 name")
	}
	return nil
}

// suffixes a column of the right name may carry.
var suffixes = []string{"", "专栏", "平台", "专区", "栏目"}

// named says whether c or a column above it has the name.
func (n nameParams) named(c *govsweep.ColumnActivity) bool {
	for _, label := range append([]string{c.Name}, c.Path...) {
		if n.labelled(label) {
			return true
		}
	}
	return false
}

// labelled says whether a label is the name.
func (n nameParams) labelled(label string) bool {
	label = facts.Simplified(label)
	for _, s := range suffixes {
		if label == n.Name+s {
			return true
		}
	}
	return false
}
