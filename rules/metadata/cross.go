package metadata

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// GB/T 9704-2012: 发文字号由发文机关代字、年份、发文顺序号组成；年份用六角括号“〔〕”括入；发文
// 顺序号不加“第”字，不编虚位。
var numberForm = tallied("meta-number-form", "发文字号未使用六角括号，或含“第”字、前导零",
	"%d个公文页的发文字号书写不规范，例如：%s。", true, func(m *facts.MetadataTally) *facts.Tally { return &m.NumberForm })

// GB/T 9704-2012: 发文字号的年份为发文年份，与成文日期年份应当一致。
var numberYear = tallied("meta-number-year", "发文字号年份与成文日期年份不一致",
	"%d个公文页的发文字号年份与成文日期年份不一致，例如：%s。", true, func(m *facts.MetadataTally) *facts.Tally { return &m.NumberYear })

// 国办发〔2017〕47号: 政策文件应标注有效、修改、废止、失效等状态。
var validity = tallied("meta-validity", "规范性文件未标注有效性",
	"%d个规范性文件页面没有标注有效性，例如：%s。", false, func(m *facts.MetadataTally) *facts.Tally { return &m.Validity })

// 通辽市2020年政务公开工作要点（二）: 公文明确主动公开、依申请公开、不予公开属性，并随公文标注。
var disclosureAttribute = tallied("meta-disclosure-attribute", "公文页未标注公开属性或公开方式",
	"%d个公文页没有标注公开属性或公开方式，例如：%s。", false, func(m *facts.MetadataTally) *facts.Tally { return &m.Disclosure })

// tallied is a check of one property over the document pages. Where the pages
// print a wrong value, the first one is the example, else its address.
func tallied(code, title, format string, printed bool, of func(*facts.MetadataTally) *facts.Tally) *rules.Indicator {
	return &rules.Indicator{
		Code: govsweep.IndicatorCode(code), Title: title,
		Doc:   "One finding with every document page that falls short.",
		Needs: needs,
		Check: func(p *rules.Pass) error {
			t := of(&p.Metadata)
			switch {
			case noDocuments(p):
			case len(t.Lacking) > 0 && printed:
				reportQuoted(p, t, code, format)
			case len(t.Lacking) > 0:
				report(p, t, code, format)
			case t.Pages == 0:
				p.NotApplicable("已读的公文页中没有该项可检查的内容")
			}
			return nil
		},
	}
}

// GB/T 21063.3: 索引号是政府信息的唯一标识，站内不得重复。
var indexDuplicate = &rules.Indicator{
	Code:  "meta-index-duplicate",
	Title: "索引号重复",
	Doc:   "One finding for each number that several different documents print.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		if noDocuments(p) {
			return nil
		}
		for _, dup := range p.Metadata.Duplicates {
			if len(dup.Pages) < 2 {
				continue
			}
			f := rules.Grouped(dup.Pages, dup.Value)
			f.Summary = fmt.Sprintf("索引号%s出现在%d个不同的公文页上，例如：%s。",
				rules.Quote(dup.Value), len(dup.Pages), dup.Pages[0].URL)
			f.Detail = rules.Quotes(dup.Pages)
			p.Report(f)
		}
		return nil
	},
}
