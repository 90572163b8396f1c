package ipv6

import (
	"errors"
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: IPv6网络访问质量与IPv4趋同；国家IPv6发展监测平台
// 指标“劣化比”，即（v6−v4）/v4。
var degraded = &rules.Indicator{
	Code:   "ipv6-degraded",
	Title:  "IPv6访问性能劣化（解析时延、TCP时延、首包、首页响应、下载速度）",
	Doc:    "The deterioration ratio of a measurement lies above the bureau's line, and not both values are better than its threshold.",
	Params: func() any { return new(degradedParams) },
	Check:  checkDegraded,
	Probed: true,
}

type degradedParams struct {
	Within int      `yaml:"within_days"`
	Ratio  *float64 `yaml:"ratio_gt"`        // null: not known; 0: whatever is slower
	Ignore *float64 `yaml:"ignore_under_ms"` // times both below are left out; null: none is
	Speed  *float64 `yaml:"ignore_over_kbs"` // download speeds both above are left out; null: none is
	Visits int      `yaml:"visits_min"`      // opened over each family; product default
}

// Validate refuses negative lines.
func (d degradedParams) Validate() error {
	for _, line := range []*float64{d.Ratio, d.Ignore, d.Speed} {
		if line != nil && !(*line >= 0) {
			return errors.New("ratio_gt、ignore_under_ms、ignore_over_kbs 不能为负，待录入的写 null")
		}
	}
	if d.Visits < 1 {
		return errors.New("visits_min 应不小于1")
	}
	return common{d.Within}.Validate()
}

var performance = []govsweep.IPv6MeasureName{
	govsweep.MeasureDNS, govsweep.MeasureTCP, govsweep.MeasureFirstByte, govsweep.MeasurePage, govsweep.MeasureSpeed,
}

func checkDegraded(p *rules.Pass) error {
	set, err := rules.Params[degradedParams](p)
	if err != nil {
		return err
	}
	r := common{set.Within}.report(p)
	if r == nil {
		return nil
	}
	var all, worse []string
	why := ""
	for _, name := range performance {
		m := r.Measure(name)
		if m.Ratio == nil || m.V4 <= 0 || m.V6 <= 0 {
			why = m.Why
			continue
		}
		all = append(all, words(m))
		if set.Ratio != nil && *m.Ratio > *set.Ratio && !set.ignored(m) {
			worse = append(worse, words(m))
		}
	}
	four, six := counted(r.V4).opened, counted(r.V6).opened
	switch few := min(four, six) < set.Visits; {
	case few && (four == 0 || six == 0):
		p.NotMeasured("两种访问没有都打开首页，无法比较")
	case few:
		p.NotMeasured(fmt.Sprintf("打开首页的访问IPv4为%d次、IPv6为%d次，不足%d次，不作比较", four, six, set.Visits))
	case len(all) == 0:
		p.NotMeasured("没有可以比较的数值：" + why)
	case set.Ratio == nil:
		p.NotApplicable("合格线待录入，只列数值：" + strings.Join(all, "；"))
	case len(worse) > 0:
		p.Report(govsweep.Finding{URL: p.Site.URL, Locator: "degraded", Evidence: r.Proof(govsweep.VisitsCapture),
			Summary: fmt.Sprintf("%s测量，IPv6访问性能有%d项劣于IPv4超过%s：%s。", at(r), len(worse), percentOf(*set.Ratio), strings.Join(worse, "；")),
			Detail:  all})
	}
	return nil
}

// ignored says whether both values are good enough for the ratio not to matter.
func (d degradedParams) ignored(m govsweep.IPv6Measure) bool {
	if m.Name == govsweep.MeasureSpeed {
		return d.Speed != nil && min(m.V4, m.V6) > *d.Speed*1024
	}
	return d.Ignore != nil && max(m.V4, m.V6)*1000 < *d.Ignore
}

func words(m govsweep.IPv6Measure) string {
	form := func(v float64) string { return fmt.Sprintf("%.1f毫秒", v*1000) }
	if m.Name == govsweep.MeasureSpeed {
		form = func(v float64) string { return fmt.Sprintf("%.0fKB/s", v/1024) }
	}
	return fmt.Sprintf("%sIPv4为%s，IPv6为%s，劣化比%+.1f%%", m.Name, form(m.V4), form(m.V6), *m.Ratio*100)
}
