package ipv6

import (
	"fmt"
	"net/netip"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: 政府网站全面支持IPv6访问；国家IPv6发展监测平台
// 指标“DNS记录（AAAA）”。
var noAAAA = &rules.Indicator{
	Code:   "ipv6-no-aaaa",
	Title:  "域名无AAAA记录",
	Doc:    "The host of the home page has an AAAA record that may lead somebody to it: not a mapped IPv4 address, not one of documents or inner networks.",
	Params: func() any { return new(common) },
	Check:  func(p *rules.Pass) error { return withReport(p, checkAAAA) },
	Probed: true,
}

// withReport calls a check that needs nothing but the common parameters.
func withReport(p *rules.Pass, check func(*rules.Pass, *govsweep.IPv6Report)) error {
	set, err := rules.Params[common](p)
	if err != nil {
		return err
	}
	if r := set.report(p); r != nil {
		check(p, r)
	}
	return nil
}

func checkAAAA(p *rules.Pass, r *govsweep.IPv6Report) {
	n := &r.Names[0]
	if _, err := netip.ParseAddr(n.Host); err == nil {
		p.NotApplicable("首页以IP地址登记，没有域名可供查询")
		return
	}
	if unnamed(p, r) {
		return
	}
	switch state, why := aaaa(n); state {
	case govsweep.MeasureUnknown:
		p.NotMeasured(at(r) + "查询“" + n.Host + "”的AAAA记录时，" + why)
	case govsweep.MeasureFailed:
		f := govsweep.Finding{URL: p.Site.URL, Locator: "aaaa", Evidence: r.Proof(govsweep.DNSCapture),
			Summary: at(r) + "查询，网站域名“" + n.Host + "”" + why + "。"}
		for _, u := range n.Unusable {
			f.Detail = append(f.Detail, fmt.Sprintf("AAAA记录%s%s", u.Addr, u.Why))
		}
		f.Summary = labelled(p, f.Summary)
		p.Report(f)
	}
}

// unnamed answers where the home page stands on no public name.
func unnamed(p *rules.Pass, r *govsweep.IPv6Report) bool {
	why := r.Names[0].Unnamed()
	if why != "" {
		p.NotApplicable(why)
	}
	return why != ""
}

// aaaa says whether a name has a usable record, and what it has instead.
func aaaa(n *govsweep.IPv6Name) (govsweep.MeasureState, string) {
	switch {
	case len(n.Usable()) > 0:
		return govsweep.MeasurePassed, ""
	case n.Unnamed() != "":
		return govsweep.MeasureUnknown, n.Unnamed()
	case len(n.Unusable) > 0:
		return govsweep.MeasureFailed, fmt.Sprintf("只有不能使用的AAAA记录：%s%s", n.Unusable[0].Addr, n.Unusable[0].Why)
	case n.AAAA.Outcome == govsweep.DNSNoName && n.A.Outcome != govsweep.DNSAnswered:
		return govsweep.MeasureUnknown, "域名不存在（NXDOMAIN），不是IPv6的问题"
	case n.AAAA.Outcome == govsweep.DNSNoName:
		return govsweep.MeasureFailed, "有A记录，而查询AAAA记录时答复域名不存在（NXDOMAIN）"
	case n.AAAA.Outcome.Settled():
		return govsweep.MeasureFailed, "没有AAAA记录（NODATA）"
	}
	return govsweep.MeasureUnknown, n.AAAA.Outcome.Say()
}
