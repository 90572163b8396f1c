package account

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 国办函〔2026〕12号: 政务应用程序 are filed and numbered, and show their number.
var appNotFiled = &rules.Indicator{
	Code:    "app-not-filed",
	Title:   "政务应用程序未备案或未展示备案编号",
	For:     govsweep.AccountTarget,
	Doc:     "Reads filing and number off the register; whether the number is shown a person answers.",
	Params:  func() any { return new(Questions) },
	Applies: isApp,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[Questions](p)
		if err != nil {
			return err
		}
		a := &p.Account.Account
		if a.Filing == govsweep.Unfiled {
			p.Report(finding(p, named(p)+"登记为未备案。"))
			return nil
		}
		if judgeAnswers(p, params); a.Filing == govsweep.FilingUnsaid {
			p.NotMeasured("账号名录未载明备案状态")
		} else if a.FilingCode == "" {
			p.NotMeasured("账号名录登记为已备案，但未载明备案编号，须核对")
		}
		return nil
	},
}

// 国办函〔2026〕12号: 县以下（不含县级）不得建设.
var belowCounty = &rules.Indicator{
	Code:    "app-below-county",
	Title:   "县级以下（不含县级）单位自建政务应用程序",
	For:     govsweep.AccountTarget,
	Doc:     "Reads the level of the unit off the register.",
	Applies: isApp,
	Check: func(p *rules.Pass) error {
		a := &p.Account.Account
		switch a.Level {
		case "":
			p.NotMeasured("账号名录未载明层级")
		case "乡级", "村级":
			f := finding(p, named(p)+"登记的层级为"+a.Level+"，属县级以下单位自建。")
			f.NeedsReview = true
			p.Report(f)
		}
		return nil
	},
}
