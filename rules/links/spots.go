package links

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 扣分指标“功能设计·可用性”: 空链，即链接地址为空、仅为#或javascript:void。
var linkEmpty = &rules.Indicator{
	Code:  "link-empty",
	Title: "空链（地址为空、仅为#或javascript:void）",
	Doc:   "One finding for each place of a template that shows an empty link.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		for i := range p.Links.Empty {
			g := &p.Links.Empty[i]
			if len(g.Pages) == 0 {
				continue
			}
			f := rules.Grouped(g.Pages, g.Place+"\x00"+g.Href+"\x00"+g.Text)
			f.Summary = fmt.Sprintf("链接%s是空链（%s），出现在%d个页面上，例如：%s。",
				rules.Quote(g.Text), href(g.Href), len(g.Pages), g.Pages[0].URL)
			f.Detail = []string{"页面位置：" + rules.Clip(g.Place, 200)}
			p.Report(f)
		}
		return nil
	},
}

func href(s string) string {
	if s == "" {
		return "没有地址"
	}
	return "地址为" + rules.Quote(s)
}

// 国办秘函〔2019〕19号 扣分指标“功能设计·可用性”: 暗链，即以隐藏样式或脚本写入的外部链接。
var linkHidden = &rules.Indicator{
	Code:  "link-hidden",
	Title: "暗链（以隐藏样式或脚本写入的外部链接）",
	Doc:   "One finding for each hidden target with every page that carries it; a person confirms.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		at := map[string]int{}
		var found []govsweep.Finding
		for i := range p.Links.Hidden {
			g := &p.Links.Hidden[i]
			if len(g.Pages) == 0 {
				continue
			}
			place := "页面位置：" + rules.Clip(g.Place, 160) + "，样式：" + rules.Clip(g.Style, 60)
			if j, again := at[g.Href]; again {
				found[j].Pages = append(found[j].Pages, rules.Pages(g.Pages)...)
				found[j].Detail = append(found[j].Detail, place)
				continue
			}
			at[g.Href] = len(found)
			found = append(found, hidden(g, place))
		}
		p.ReportAll(found)
		return nil
	},
}

func hidden(g *facts.SpotGroup, place string) govsweep.Finding {
	f := rules.Grouped(g.Pages, g.Href)
	f.Summary = fmt.Sprintf("页面中有以隐藏方式写入的外部链接%s（链接文字%s），例如：%s。",
		rules.Quote(g.Href), rules.Quote(g.Text), g.Pages[0].URL)
	f.Detail = []string{place}
	f.NeedsReview = true
	return f
}
