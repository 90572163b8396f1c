package domains

import (
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办函〔2018〕55号: 政府网站要使用以.gov.cn为后缀的英文域名和符合要求的中文域名（.政务），
// 不得使用其他后缀的域名。
var domainSuffix = &rules.Indicator{
	Code:    "domain-suffix",
	Title:   "英文域名后缀不是.gov.cn",
	Doc:     "One finding for each registered host with another suffix.",
	Params:  func() any { return new(suffixParams) },
	Applies: named,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[suffixParams](p)
		if err != nil {
			return err
		}
		for _, host := range hosts(&p.Site) {
			if !params.proper(host) {
				p.Report(finding(p, host, "网站域名"+rules.Quote(host)+"不以.gov.cn为后缀。"))
			}
		}
		return nil
	},
}

// 国办发〔2017〕47号: 政府门户网站使用www.XXX.gov.cn结构的英文域名，部门网站使用本级政府或者上级
// 部门网站的下级域名，结构为AAA.XXX.gov.cn。
var domainStructure = &rules.Indicator{
	Code:  "domain-structure",
	Title: "门户网站或部门网站域名结构不合规",
	Doc:   "The structure of the home page's name, for names of the proper suffix: another suffix is domain-suffix's.",
	Applies: func(d *facts.Dossier) (bool, string) {
		if d.Site.Kind == govsweep.UnknownSite {
			return false, "登记信息未载明是政府门户网站还是部门网站，无法判断域名结构。"
		}
		if host := hostOf(d.Site.URL); !strings.HasSuffix(host, ".gov.cn") {
			return false, "首页域名不以.gov.cn为后缀，域名结构不再另行判断。"
		}
		return true, ""
	},
	Check: func(p *rules.Pass) error {
		host := hostOf(p.Site.URL)
		if want := structure(&p.Site, host); want != "" {
			p.Report(finding(p, host, "网站域名"+rules.Quote(host)+"不符合"+want+"的结构。"))
		}
		return nil
	},
}

// structure gives the structure host should have and has not; "" when it has.
func structure(s *govsweep.Site, host string) string {
	name := strings.TrimSuffix(host, ".gov.cn")
	bare, www := strings.CutPrefix(name, "www.")
	switch {
	case s.Kind == govsweep.Portal:
		if !www || bare == "" {
			return "www.XXX.gov.cn"
		}
	case strings.Contains(s.Level, "部委"): // departments of the State Council have names like a portal's
	case !strings.Contains(bare, "."):
		return "AAA.XXX.gov.cn"
	}
	return ""
}

// 国办函〔2018〕55号: 网站关停、注销或迁移后，应及时注销域名，不得闲置、转让。
var domainIdle = &rules.Indicator{
	Code:  "domain-idle",
	Title: "关停网站或闲置域名未注销，仍可解析、访问或已转作他用",
	Doc:   "For sites the register says are closed or moved: their name no longer resolves.",
	Applies: func(d *facts.Dossier) (bool, string) {
		if d.Site.State != govsweep.Closed && d.Site.State != govsweep.Moved {
			return false, "该网站登记为正常运行或临时下线，不属于已关停、迁移的网站。"
		}
		return named(d)
	},
	Check: func(p *rules.Pass) error {
		host := hostOf(p.Site.URL)
		switch {
		case p.Home.Reached:
			p.Report(finding(p, host, "网站已登记关停或迁移，域名"+rules.Quote(host)+"仍可访问。"))
		case p.Home.Failure == govsweep.FailDNS:
		case p.Home.Failure == "" && p.Home.Status == 0, p.Home.Failure.Unseen():
			p.NotMeasured("本次没有访问首页，无法判断域名是否已注销")
		default:
			p.Report(finding(p, host, "网站已登记关停或迁移，域名"+rules.Quote(host)+"仍可解析，尚未注销。"))
		}
		return nil
	},
}

// 国办秘函〔2019〕19号 扣分指标“功能设计·域名名称”: 网站域名或名称不规范的。
var domainNameImproper = &rules.Indicator{
	Code:    "domain-name-improper",
	Title:   "域名名称：网站域名或名称不规范",
	Doc:     "Suffix and structure of a portal's names as one deduction. The name of the site is left to a person.",
	Params:  func() any { return new(suffixParams) },
	Applies: named,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[suffixParams](p)
		if err != nil {
			return err
		}
		var wrong []string
		for i, host := range hosts(&p.Site) {
			switch {
			case !params.proper(host):
				wrong = append(wrong, "域名"+rules.Quote(host)+"不以.gov.cn为后缀")
			case i == 0 && strings.HasSuffix(host, ".gov.cn") && structure(&p.Site, host) != "":
				wrong = append(wrong, "域名"+rules.Quote(host)+"不符合"+structure(&p.Site, host)+"的结构")
			}
		}
		if len(wrong) > 0 {
			p.Report(finding(p, hosts(&p.Site)[0], "网站域名不规范："+strings.Join(wrong, "；")+"。"))
		}
		return nil
	},
}
