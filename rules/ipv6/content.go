package ipv6

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: 政府网站全面支持IPv6访问；国家IPv6发展监测平台
// 支持度指标“首页内容一致性”。
var contentDiffers = &rules.Indicator{
	Code:   "ipv6-content-differs",
	Title:  "IPv4与IPv6首页内容不一致",
	Doc:    "The items of the home page over IPv6, those that change by themselves left out, resemble those over IPv4 less than the line. A challenge, an error page or a redirect is told as that.",
	Params: func() any { return new(contentParams) },
	Check:  checkContent,
	Probed: true,
}

type contentParams struct {
	Within     int     `yaml:"within_days"`
	Similarity float64 `yaml:"similarity_min"` // product default
}

// Validate refuses what is no share.
func (c contentParams) Validate() error {
	if !(c.Similarity > 0 && c.Similarity <= 1) {
		return errors.New("similarity_min 应大于0、不大于1")
	}
	return common{c.Within}.Validate()
}

func checkContent(p *rules.Pass) error {
	set, err := rules.Params[contentParams](p)
	if err != nil {
		return err
	}
	r := common{set.Within}.report(p)
	if r == nil || notOpen(p, r) {
		return nil
	}
	if r.Pages == nil || r.Pages.Home == nil {
		p.NotMeasured(at(r) + "测量时没有比对首页内容")
		return nil
	}
	switch d := r.Pages.Home; {
	case d.State == govsweep.DiffRedirect && d.Similarity >= set.Similarity:
	case d.State == govsweep.DiffRedirect:
		p.NotMeasured(at(r) + d.Why + "是否为同一首页须人工核对")
	case d.State != govsweep.DiffCompared:
		p.NotMeasured(at(r) + d.Why)
	case d.Similarity < set.Similarity:
		p.Report(differs(p, r, d, set.Similarity))
	}
	return nil
}

// notOpen answers where nothing of the pages can be seen over IPv6: one cause
// is not counted twice.
func notOpen(p *rules.Pass, r *govsweep.IPv6Report) bool {
	if unnamed(p, r) {
		return true
	}
	switch state, why := aaaa(&r.Names[0]); state {
	case govsweep.MeasureFailed:
		p.NotApplicable("“" + r.Names[0].Host + "”没有可用的AAAA记录，按“域名无AAAA记录”认定，不重复计")
		return true
	case govsweep.MeasureUnknown:
		p.NotMeasured("没有可以访问的IPv6地址：" + why)
		return true
	}
	if c := counted(r.V6); c.opened == 0 && c.failed > 0 {
		p.NotApplicable("通过IPv6没有打开首页，按“首页无法通过IPv6访问”认定，不重复计")
		return true
	}
	return false
}

func differs(p *rules.Pass, r *govsweep.IPv6Report, d *govsweep.HomeDiff, least float64) govsweep.Finding {
	f := govsweep.Finding{URL: p.Site.URL, Locator: "content", Evidence: append(r.Proof(govsweep.HomeV4Capture), r.Proof(govsweep.HomeV6Capture)...),
		NeedsReview: d.V4Again.Items == 0,
		Summary: fmt.Sprintf("%s逐项比对，通过IPv6打开的首页与IPv4的相似度为%s，低于%s：仅IPv4有%d项，仅IPv6有%d项，内容不同%d项。",
			at(r), cutPercent(d.Similarity), cutPercent(least), total(d.OnlyV4, d.MoreV4), total(d.OnlyV6, d.MoreV6), len(d.Changed)+d.MoreChanged)}
	f.Detail = append(f.Detail, fmt.Sprintf("IPv4首页共%d项，IPv6首页共%d项，相同%d项，自身变化不计%d项。", d.V4.Items, d.V6.Items, d.Common, d.Volatile))
	if f.NeedsReview {
		f.Detail = append(f.Detail, "没有第二次IPv4访问可以排除自身变化的内容，须人工核对。")
	}
	f.Detail = append(f.Detail, itemLines("仅IPv4有：", d.OnlyV4)...)
	f.Detail = append(f.Detail, itemLines("仅IPv6有：", d.OnlyV6)...)
	for _, c := range d.Changed[:min(len(d.Changed), mostItems)] {
		f.Detail = append(f.Detail, "内容不同：IPv4为"+itemWords(c.V4)+"，IPv6为"+itemWords(c.V6))
	}
	return f
}

// mostItems is how many items of a kind a finding names; the report has all.
const mostItems = 15

func total(list []govsweep.DiffItem, more int) int {
	for _, it := range list {
		more += max(it.Count, 1)
	}
	return more
}

func itemLines(before string, list []govsweep.DiffItem) []string {
	var out []string
	for _, it := range list[:min(len(list), mostItems)] {
		out = append(out, before+itemWords(it))
	}
	if n := len(list) - mostItems; n > 0 {
		out = append(out, fmt.Sprintf("%s另有%d项，详见检查报告。", before, n))
	}
	return out
}

func itemWords(it govsweep.DiffItem) string {
	s := it.RegionChinese() + "的" + it.KindChinese()
	if it.Text != "" {
		s += rules.Quote(it.Text)
	}
	if it.URL != "" {
		s += "（" + rules.Clip(it.URL, 120) + "）"
	}
	if it.Count > 1 {
		s += fmt.Sprintf("共%d处", it.Count)
	}
	return s
}

// cutPercent prints a share in percent, cut to two places: just under the
// line never reads as the line.
func cutPercent(share float64) string {
	n := int(share*10000 + 1e-6)
	if n%100 == 0 {
		return fmt.Sprintf("%d%%", n/100)
	}
	return fmt.Sprintf("%d.%02d%%", n/100, n%100)
}
