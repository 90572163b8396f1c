package probe

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// measure fills in the eight measurements.
func measure(r *govsweep.IPv6Report) {
	r.Measures = []govsweep.IPv6Measure{record(r), reach(r), authority(r), resolving(r),
		compare(r, govsweep.MeasureTCP, func(v govsweep.ProbeVisit) float64 { return v.Connect.Seconds() }),
		compare(r, govsweep.MeasureFirstByte, func(v govsweep.ProbeVisit) float64 { return v.FirstByte.Seconds() }),
		compare(r, govsweep.MeasurePage, func(v govsweep.ProbeVisit) float64 { return v.Total.Seconds() }),
		downloading(r),
	}
	r.Measures = r.Told()
}

// leastBody is how many bytes a page must have for its transfer to tell a
// speed: what a server sends at once, before anything is acknowledged, comes
// with the first byte (RFC 6928: about 14 KB), and says nothing of the line.
const leastBody = 32 << 10

// downloading compares download speeds, where the pages are large enough.
func downloading(r *govsweep.IPv6Report) govsweep.IPv6Measure {
	m := compare(r, govsweep.MeasureSpeed, speed)
	size := func(v govsweep.ProbeVisit) float64 { return float64(v.Bytes) }
	four, six := median(r.V4, size), median(r.V6, size)
	if few := min(four, six); r.Own.Proven() && few > 0 && few < leastBody {
		m = govsweep.IPv6Measure{Name: m.Name, State: govsweep.MeasureUnknown,
			Why: fmt.Sprintf("首页传输的内容只有%.1fKB，不足%dKB，用时太短，测不出下载速度。", few/1024, leastBody>>10)}
	}
	return m
}

func speed(v govsweep.ProbeVisit) float64 {
	if d := (v.Total - v.FirstByte).Seconds(); d > 0 && v.Bytes >= leastBody {
		return float64(v.Bytes) / d
	}
	return 0
}

func record(r *govsweep.IPv6Report) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: govsweep.MeasureAAAA}
	n := &r.Names[0]
	switch usable := n.Usable(); {
	case len(usable) > 0:
		m.State = govsweep.MeasurePassed
		if len(n.Unusable) > 0 {
			m.Why = fmt.Sprintf("另有%d条AAAA记录不可用：%s%s。", len(n.Unusable), n.Unusable[0].Addr, n.Unusable[0].Why)
		}
	case n.Unnamed() != "":
		m.State, m.Why = govsweep.MeasureUnknown, n.Unnamed()+"。"
	case len(n.Unusable) > 0:
		m.State, m.Why = govsweep.MeasureFailed, fmt.Sprintf("AAAA记录不可用：%s%s。", n.Unusable[0].Addr, n.Unusable[0].Why)
	case n.Gone():
		m.State, m.Why = govsweep.MeasureUnknown, "域名不存在（NXDOMAIN），不是IPv6的问题。"
	case n.AAAA.Outcome == govsweep.DNSNoName && n.A.Outcome != govsweep.DNSAnswered:
		m.State, m.Why = govsweep.MeasureUnknown, "查询AAAA记录时域名服务器答复域名不存在（NXDOMAIN），A记录没有查到，不作结论。"
	case n.AAAA.Outcome == govsweep.DNSNoName:
		m.State, m.Why = govsweep.MeasureFailed, "查不到AAAA记录：域名有A记录，查询AAAA记录时域名服务器却答复域名不存在（NXDOMAIN），前后不一致。"
	case n.AAAA.Outcome.Settled():
		m.State, m.Why = govsweep.MeasureFailed, n.AAAA.Outcome.Say()+"。"
	default:
		m.State, m.Why = govsweep.MeasureUnknown, n.AAAA.Outcome.Say()+"。"
	}
	return m
}

func reach(r *govsweep.IPv6Report) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: govsweep.MeasureHome, State: govsweep.MeasureUnknown}
	counts := map[govsweep.ProbeResult]int{}
	for _, v := range r.V6 {
		counts[v.Result]++
	}
	judged := counts[govsweep.ProbeOpened] + counts[govsweep.ProbeFailed]
	switch rec := record(r); {
	case r.Names[0].Unnamed() != "":
		m.Why = rec.Why
	case !r.Own.Proven():
		m.Why = r.Own.Why + "。"
	case rec.State != govsweep.MeasurePassed:
		m.State, m.Why = rec.State, "没有可以访问的IPv6地址。"
	case len(r.V6) == 0:
		m.Why = "访问被中止。"
	case judged == 0:
		m.Why = "没有一次访问可以作准：" + r.V6[0].Cause
	case counts[govsweep.ProbeOpened] == 0:
		i := slices.IndexFunc(r.V6, func(v govsweep.ProbeVisit) bool { return v.Result == govsweep.ProbeFailed })
		m.State, m.Why = govsweep.MeasureFailed, fmt.Sprintf("%d次均未打开：%s", judged, r.V6[i].Cause)
	default:
		m.State, m.Why = govsweep.MeasurePassed, fmt.Sprintf("%d次中打开%d次。", judged, counts[govsweep.ProbeOpened])
	}
	return m
}

func authority(r *govsweep.IPv6Report) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: govsweep.MeasureAuthority}
	i := slices.IndexFunc(r.Chain.Zones, func(z govsweep.IPv6Zone) bool { return !z.OK && z.Said == govsweep.DNSAnswered })
	switch unnamed := r.Names[0].Unnamed(); {
	case unnamed != "":
		m.State, m.Why = govsweep.MeasureUnknown, unnamed+"。"
	case r.Names[0].Gone():
		m.State, m.Why = govsweep.MeasureUnknown, "域名不存在（NXDOMAIN），没有可供检查的授权体系。"
	case r.Chain.Why != "":
		m.State, m.Why = govsweep.MeasureUnknown, "没有问到全部上级域的域名服务器："+r.Chain.Why+"。"
	case len(r.Chain.Zones) == 0:
		m.State, m.Why = govsweep.MeasureUnknown, "没有问到上级域的域名服务器。"
	case i >= 0:
		z := r.Chain.Zones[i]
		m.State, m.Why = govsweep.MeasureFailed, "“"+z.Name+"”没有一台域名服务器可以只用IPv6找到并询问"
		if n := z.Servers[0]; len(n.Faults) > 0 {
			m.Why += "，如" + n.Name + n.Faults[0]
		}
		m.Why += "。"
	default:
		m.State, m.Why = govsweep.MeasurePassed, partial(r.Chain.Zones)
	}
	return m
}

// partial names the first server that cannot be used over IPv6, in a chain
// that holds all the same.
func partial(zones []govsweep.IPv6Zone) string {
	for _, z := range zones {
		for _, n := range z.Servers {
			if !n.OK && len(n.Faults) > 0 {
				return "“" + z.Name + "”的域名服务器" + n.Name + n.Faults[0] + "，另有可用的，不影响解析。"
			}
		}
	}
	return ""
}

func resolving(r *govsweep.IPv6Report) govsweep.IPv6Measure {
	n := &r.Names[0]
	m := govsweep.IPv6Measure{Name: govsweep.MeasureDNS, State: govsweep.MeasureUnknown}
	if why := n.Unnamed(); why != "" {
		m.Why = why + "。"
		return m
	}
	if n.A.Outcome != govsweep.DNSAnswered || n.AAAA.Outcome != govsweep.DNSAnswered {
		m.Why = "两种记录没有都查到，无法比较。"
		return m
	}
	return beside(m, n.A.Took.Seconds(), n.AAAA.Took.Seconds())
}

// compare sets the medians of the visits that opened beside each other.
func compare(r *govsweep.IPv6Report, name govsweep.IPv6MeasureName, of func(govsweep.ProbeVisit) float64) govsweep.IPv6Measure {
	m := govsweep.IPv6Measure{Name: name, State: govsweep.MeasureUnknown}
	if !r.Own.Proven() {
		m.Why = r.Own.Why + "。"
		return m
	}
	return beside(m, median(r.V4, of), median(r.V6, of))
}

func beside(m govsweep.IPv6Measure, four, six float64) govsweep.IPv6Measure {
	if m.V4, m.V6 = four, six; four <= 0 || six <= 0 {
		m.Why = "两种访问没有都打开，无法比较。"
		return m
	}
	ratio := (six - four) / four
	if m.Name == govsweep.MeasureSpeed {
		ratio = -ratio
	}
	m.State, m.Ratio = govsweep.MeasureShown, &ratio
	return m
}

func median(visits []govsweep.ProbeVisit, of func(govsweep.ProbeVisit) float64) float64 {
	var all []float64
	for _, v := range visits {
		if v.Result == govsweep.ProbeOpened {
			all = append(all, of(v))
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}
