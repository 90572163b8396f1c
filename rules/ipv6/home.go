package ipv6

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: 政府网站全面支持IPv6访问；国家IPv6发展监测平台
// 指标“首页可达”。
var homeUnreachable = &rules.Indicator{
	Code:   "ipv6-home-unreachable",
	Title:  "首页无法通过IPv6访问",
	Doc:    "No visit of the home page over IPv6 opened, while our own IPv6 worked and the site did open over IPv4.",
	Params: func() any { return new(common) },
	Check:  func(p *rules.Pass) error { return withReport(p, checkHome) },
	Probed: true,
}

func checkHome(p *rules.Pass, r *govsweep.IPv6Report) {
	if unnamed(p, r) {
		return
	}
	n := &r.Names[0]
	switch state, why := aaaa(n); state {
	case govsweep.MeasureFailed:
		p.NotApplicable("“" + n.Host + "”没有可用的AAAA记录，按“域名无AAAA记录”认定，不重复计")
		return
	case govsweep.MeasureUnknown:
		p.NotMeasured("没有可以访问的IPv6地址：" + why)
		return
	}
	switch c := counted(r.V6); {
	case len(r.V6) == 0:
		p.NotMeasured("没有通过IPv6访问首页")
	case c.opened > 0:
	case c.failed == 0:
		p.NotMeasured("没有一次访问可以作准：" + r.V6[0].Cause)
	default:
		p.Report(unreachable(p, r, c))
	}
}

type tally struct{ opened, failed, others int }

func counted(visits []govsweep.ProbeVisit) tally {
	var c tally
	for _, v := range visits {
		switch v.Result {
		case govsweep.ProbeOpened:
			c.opened++
		case govsweep.ProbeFailed:
			c.failed++
		default:
			c.others++
		}
	}
	return c
}

func unreachable(p *rules.Pass, r *govsweep.IPv6Report, c tally) govsweep.Finding {
	f := govsweep.Finding{URL: p.Site.URL, Locator: "home", Evidence: append(r.Proof(govsweep.VisitsCapture), r.Proof(govsweep.DNSCapture)...)}
	for _, v := range r.V6 {
		if v.Result != govsweep.ProbeFailed {
			continue
		}
		if f.Summary == "" {
			f.Summary = fmt.Sprintf("%s通过IPv6访问首页%d次，均未打开：%s", at(r), c.failed, ended(v.Cause))
		}
		f.Detail = append(f.Detail, fmt.Sprintf("%s %s %s", stamp(v.At), v.Address, rules.Clip(v.Cause, 80)))
	}
	if four := counted(r.V4); len(r.V4) > 0 {
		f.Detail = append(f.Detail, fmt.Sprintf("同一时间通过IPv4访问%d次，打开%d次。", len(r.V4), four.opened))
	}
	f.Summary = labelled(p, f.Summary)
	return f
}

func ended(s string) string { return strings.TrimRight(s, "。") + "。" }
