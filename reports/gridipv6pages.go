package reports

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// IPv6PageMeasures gives what the pages of a site showed as lines beside the
// eight measurements.
func IPv6PageMeasures(r *govsweep.IPv6Report) []govsweep.IPv6Measure {
	p := r.Pages
	if p == nil {
		return nil
	}
	out := []govsweep.IPv6Measure{
		homeMeasure(p.Home),
		levelMeasure("二级链接支持率", p.Second),
		levelMeasure("三级链接支持率", p.Third),
		gapMeasure(p),
	}
	if !r.Own.Proven() {
		for i := range out[:3] {
			out[i].State, out[i].Why = govsweep.MeasureUnknown, r.Own.Why+"。"
		}
	}
	return out
}

const notInspected = "没有本网站的检查记录，请先检查网站再测量。"

func homeMeasure(d *govsweep.HomeDiff) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: "首页内容一致性", State: govsweep.MeasureUnknown, Why: "没有两种访问的首页可供比对。"}
	if d == nil {
		return m
	}
	m.Why = d.Why
	if d.State == govsweep.DiffCompared {
		m.State, m.Why = govsweep.MeasureShown, fmt.Sprintf("相似度%s：相同%d项，仅IPv4有%d项，仅IPv6有%d项，内容不同%d项。", sharePercent(d.Similarity), d.Common,
			itemCount(d.OnlyV4, d.MoreV4), itemCount(d.OnlyV6, d.MoreV6), len(d.Changed)+d.MoreChanged)
	}
	return m
}

func itemCount(list []govsweep.DiffItem, more int) int {
	for _, it := range list {
		more += max(it.Count, 1)
	}
	return more
}

func levelMeasure(name govsweep.IPv6MeasureName, s *govsweep.LinkSupport) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: name, State: govsweep.MeasureUnknown, Why: notInspected}
	if s == nil {
		return m
	}
	m.Why = s.Why
	if ratio, ok := s.Ratio(); ok {
		how := "可以打开"
		if !s.Visited {
			how = "域名有可用的AAAA记录（没有访问）"
		}
		m.State, m.Why = govsweep.MeasureShown, fmt.Sprintf("%s：%d条中%d条%s。", sharePercent(ratio), s.Good+s.Bad, s.Good, how)
	}
	return m
}

func gapMeasure(p *govsweep.IPv6Pages) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: "外部资源", State: govsweep.MeasureUnknown, Why: notInspected}
	if p.Sweep == 0 {
		if p.Why != "" {
			m.Why = p.Why
		}
		return m
	}
	n := map[govsweep.HostIPv6]int{}
	for _, g := range p.Gaps {
		n[g.State]++
	}
	m.State, m.Why = govsweep.MeasureShown, fmt.Sprintf("引用外部主机%d个，不支持IPv6的%d个，%s未查到的%d个。", p.Hosts, n[govsweep.HostNoV6], goneWords(n[govsweep.HostGone]), n[govsweep.HostUnknown])
	return m
}

// goneWords says how many hosts do not exist at all, before what is said of
// those nobody answered about; "" for none.
func goneWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("域名不存在（不是IPv6的问题）的%d个，", n)
}

// sharePercent prints a share in percent, cut to two places.
func sharePercent(share float64) string {
	n := int(share*10000 + 1e-6)
	if n%100 == 0 {
		return fmt.Sprintf("%d%%", n/100)
	}
	return fmt.Sprintf("%d.%02d%%", n/100, n%100)
}
