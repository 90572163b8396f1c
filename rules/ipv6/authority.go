package ipv6

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: 域名系统支持IPv6；国家IPv6发展监测平台指标
// “域名授权体系”。
var nameServer = &rules.Indicator{
	Code:   "ipv6-name-server",
	Title:  "权威域名服务器不支持IPv6（域名授权体系不完整）",
	Doc:    "Every zone from the top down to the site has a name server that can be found and asked over IPv6 alone; the rulebook may ask it of each server.",
	Params: func() any { return new(authorityParams) },
	Check:  checkAuthority,
	Probed: true,
}

type authorityParams struct {
	Within int  `yaml:"within_days"`
	Every  bool `yaml:"every_server"` // a zone with one server that lacks IPv6 is a fault too
}

// Validate refuses more days than a dossier holds.
func (a authorityParams) Validate() error { return common{a.Within}.Validate() }

func checkAuthority(p *rules.Pass) error {
	set, err := rules.Params[authorityParams](p)
	if err != nil {
		return err
	}
	r := common{set.Within}.report(p)
	switch {
	case r == nil || unnamed(p, r):
	case r.Names[0].Gone():
		p.NotMeasured(at(r) + "查询，域名不存在（NXDOMAIN），没有可供检查的授权体系")
	case r.Chain.Why != "":
		p.NotMeasured(at(r) + r.Chain.Why + "，域名授权体系没有查全")
	case len(r.Chain.Zones) == 0:
		p.NotApplicable("没有查到域名的上级域，无从检查域名授权体系")
	default:
		for i := range r.Chain.Zones {
			if z := &r.Chain.Zones[i]; !z.OK || set.Every && lacking(z) > 0 {
				p.Report(broken(p, r, z))
			}
		}
	}
	return nil
}

func lacking(z *govsweep.IPv6Zone) int {
	n := 0
	for _, s := range z.Servers {
		if !s.OK {
			n++
		}
	}
	return n
}

func broken(p *rules.Pass, r *govsweep.IPv6Report, z *govsweep.IPv6Zone) govsweep.Finding {
	name := strings.TrimSuffix(z.Name, ".")
	f := govsweep.Finding{URL: p.Site.URL, Locator: "zone:" + name, Evidence: r.Proof(govsweep.DNSCapture)}
	which := "域“" + name + "”"
	if z.Alias != "" {
		which = "网站域名的别名“" + z.Alias + "”所在的域“" + name + "”"
	}
	f.Summary = fmt.Sprintf("%s查询，%s的%d台权威域名服务器中，没有一台可以只用IPv6找到并询问。", at(r), which, len(z.Servers))
	if z.OK {
		f.Summary = fmt.Sprintf("%s查询，%s的%d台权威域名服务器中，有%d台不能只用IPv6找到并询问。", at(r), which, len(z.Servers), lacking(z))
	}
	for _, s := range z.Servers {
		switch said := strings.TrimSuffix(s.Name, "."); {
		case s.OK:
			f.Detail = append(f.Detail, said+"支持IPv6")
		case len(s.Faults) > 0:
			f.Detail = append(f.Detail, said+strings.Join(s.Faults, "；"))
		}
	}
	return f
}
