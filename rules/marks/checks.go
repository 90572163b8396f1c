package marks

import (
	"errors"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 国办发〔2017〕47号: 网站底部功能区应标注党政机关网站标识；标识异常或类型不符的应当更正。
var partyOrganMark = &rules.Indicator{
	Code:  "party-organ-mark",
	Title: "党政机关网站标识缺失、异常或类型不符",
	Doc:   "The mark is there, is not in error state, and on a portal it is the red one of a party or government organ.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		switch {
		case p.Marks.Conac == "error":
			p.Report(finding(p, "error", "网站底部的党政机关网站标识显示为异常状态。"))
		case p.Marks.Conac == "blue" && p.Site.Kind == govsweep.Portal:
			p.Report(finding(p, "kind", "政府门户网站底部标注的是事业单位网站标识，应为党政机关网站标识。"))
		case p.Marks.Conac == "":
			missing(p, "missing", "网站底部没有党政机关网站标识。")
		}
		return nil
	},
}

// 国办发〔2017〕47号: 规范设置“我为政府网站找错”监督举报平台入口；旧地址已停用。
var errorReportOld = &rules.Indicator{
	Code:  "error-report-old-address",
	Title: "“找错”入口使用旧地址",
	Doc:   "The entry of the error-report platform does not lead to an address that is out of use.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		switch {
		case p.Marks.ErrorReport == "outdated":
			p.Report(finding(p, "outdated", "“我为政府网站找错”入口仍指向已停用的旧地址。"))
		case p.Marks.ErrorReport == "" && unread(p):
			p.NotMeasured(unseenMarks)
		case p.Marks.ErrorReport == "":
			p.NotApplicable("没有读到“我为政府网站找错”入口，是否设置见其他指标")
		}
		return nil
	},
}

type icpParams struct {
	Link string `yaml:"link"`
}

// Validate asks for the host a filing number leads to.
func (i icpParams) Validate() error {
	if i.Link == "" {
		return errors.New("缺少 link")
	}
	return nil
}

// 国办发〔2017〕47号: 网站底部功能区应标注ICP备案编号；备案编号下应链接至备案管理系统网址。
var icpNumber = &rules.Indicator{
	Code:   "icp-number",
	Title:  "ICP备案号缺失或未链接至beian.miit.gov.cn",
	Doc:    "The filing number is printed and leads to the filing system's present address.",
	Needs:  needs,
	Params: func() any { return new(icpParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[icpParams](p)
		if err != nil {
			return err
		}
		number, link := rules.Quote(p.Marks.ICP), p.Marks.ICPLink
		switch {
		case p.Marks.ICP == "":
			missing(p, "missing", "网站底部没有标注ICP备案号。")
		case link == "":
			p.Report(finding(p, "link", "网站底部的ICP备案号"+number+"没有链接至"+params.Link+"。"))
		case !strings.Contains(strings.ToLower(link), params.Link):
			p.Report(finding(p, "link", "网站底部的ICP备案号"+number+"没有链接至"+params.Link+"，而是链接至"+rules.Quote(link)+"。"))
		}
		return nil
	},
}

// 国办发〔2017〕47号: 网站底部功能区应标注公安机关备案标识。
var policeNumber = &rules.Indicator{
	Code:  "police-number",
	Title: "公安备案号缺失",
	Doc:   "The number of the police filing is printed.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		if p.Marks.Police == "" {
			missing(p, "missing", "网站底部没有标注公安备案号。")
		}
		return nil
	},
}

// 国办发〔2017〕47号: 底部功能区至少应列明党政机关网站标识、“我为政府网站找错”监督举报平台
// 入口、网站标识码、网站主办单位及联系方式、ICP备案编号、公安机关备案标识和站点地图等内容。
var ownerContactSitemap = &rules.Indicator{
	Code:   "owner-contact-sitemap",
	Title:  "主办单位、联系方式、网站地图缺失",
	Doc:    "One finding that names which of the three are missing.",
	Needs:  needs,
	Params: func() any { return new(requiredParams) },
	Check:  checkRequired,
}

// 国办秘函〔2019〕19号 扣分指标“功能设计·网站标识”: 底部功能区未标明党政机关网站标识、政府网站
// 标识码、ICP备案编号、公安机关备案标识、站点地图、主办单位、联系方式的，每缺一项扣分。
var siteMarksMissing = &rules.Indicator{
	Code:   "site-marks-missing",
	Title:  "网站标识：底部功能区标识缺失",
	Doc:    "One finding that names the missing marks and is taken once for each.",
	Needs:  needs,
	Params: func() any { return new(requiredParams) },
	Check:  checkRequired,
}

// 国办秘函〔2019〕19号 扣分指标“功能设计·我为政府网站找错”: 未在首页规范添加“我为政府网站找错”
// 入口的。
var errorReportEntry = &rules.Indicator{
	Code:  "error-report-entry",
	Title: "“我为政府网站找错”：入口未设置或设置不规范",
	Doc:   "The home page carries the entry of the error-report platform with its present address.",
	Needs: needs,
	Check: func(p *rules.Pass) error {
		switch p.Marks.ErrorReport {
		case "":
			missing(p, "missing", "首页没有设置“我为政府网站找错”入口。")
		case "outdated":
			p.Report(finding(p, "outdated", "首页“我为政府网站找错”入口设置不规范，仍指向已停用的旧地址。"))
		}
		return nil
	},
}
