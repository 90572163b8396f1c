package account

import (
	"errors"
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 杨陵区2025年通报要求: every account that is kept publishes at least one original item a month.
var originalLow = &rules.Indicator{
	Code:    "account-original-low",
	Title:   "每月原创信息少于1篇",
	For:     govsweep.AccountTarget,
	Doc:     "Counts originals of the last whole months; a month counts against the account only where a source is complete and says of every item what it is.",
	Params:  func() any { return new(originalParams) },
	Applies: posting,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[originalParams](p)
		if err != nil {
			return err
		}
		if p.Account.Activity == nil {
			p.NotMeasured("没有账号逐月发布情况的统计")
			return nil
		}
		var short, unsure []string
		for n := 1; n <= params.Months; n++ {
			name := govsweep.DateOf(govsweep.MonthsBefore(p.AsOf, n))[:7]
			m, known := monthOf(p.Account.Activity, name)
			switch opened := p.Account.Account.Opened; {
			case len(opened) >= 7 && opened[:7] >= name:
			case !known || m.Originals < params.PerMonthMin && (!m.Whole || m.Unsaid > 0):
				unsure = append(unsure, govsweep.ChineseDay(name))
			case m.Originals < params.PerMonthMin:
				short = append(short, fmt.Sprintf("%s发布%d条，其中原创%d条", govsweep.ChineseDay(name), m.Posts, m.Originals))
			}
		}
		if len(short) > 0 {
			p.Report(finding(p, fmt.Sprintf("%s在监测时间点%s前%d个月中有%d个月原创信息少于%d篇。", named(p), govsweep.ChineseDate(p.AsOf), params.Months, len(short), params.PerMonthMin), short...))
		}
		if len(unsure) > 0 {
			p.NotMeasured("信息来源没有完整反映" + strings.Join(unsure, "、") + "的发布情况，或未载明是否原创")
		}
		return nil
	},
}

func monthOf(a *govsweep.AccountActivity, name string) (govsweep.AccountMonth, bool) {
	for _, m := range a.Months {
		if m.Month == name {
			return m, true
		}
	}
	return govsweep.AccountMonth{}, false
}

type originalParams struct {
	PerMonthMin int `yaml:"per_month_min"`
	Months      int `yaml:"months"`
}

// Validate asks for a number of items and of months.
func (o originalParams) Validate() error {
	if o.PerMonthMin < 1 || o.Months < 1 || o.Months > 11 {
		return errors.New("per_month_min 应不小于1，months 应在1至11之间")
	}
	return nil
}

// 内蒙古自治区2022年政务公开工作要点（十六）: 原则上只转载党委和政府网站以及有关主管部门确定的稿源单位发布的信息.
var reprintSource = &rules.Indicator{
	Code:    "account-source-improper",
	Title:   "转载非规定稿源信息",
	For:     govsweep.AccountTarget,
	Doc:     "Holds the sources of reprints against the list of sources; units of party and government need not be on it.",
	Applies: posting,
	Check: func(p *rules.Pass) error {
		a := p.Account
		said, act := 0, a.Activity
		for _, r := range a.Reprints {
			said += r.Posts
			if !r.Approved && a.ReprintList {
				f := finding(p, fmt.Sprintf("%s转载%s的信息%d条，该来源不在规定稿源名单内，最近一条为%s的%s。", named(p), rules.Quote(r.From), r.Posts,
					govsweep.ChineseDate(r.Newest.At), rules.Quote(r.Newest.Title)))
				if r.Newest.URL != "" {
					f.URL = r.Newest.URL
				}
				f.Locator += "#" + r.From
				p.Report(f)
			}
		}
		switch {
		case act == nil || act.Total() == 0:
			p.NotMeasured("没有账号发布的信息可供核对")
		case !a.ReprintList && anyOpen(p):
			p.NotMeasured("没有导入规定稿源名单，未核对转载来源")
		case said == 0 && originals(act) < act.Total():
			p.NotMeasured("信息来源没有载明转载来源")
		case said+originals(act) < act.Total():
			p.AskInspector(fmt.Sprintf("另有%d条信息未载明是否转载、转载自何处，须抽查", act.Total()-said-originals(act)))
		}
		return nil
	},
}

func anyOpen(p *rules.Pass) bool {
	for _, r := range p.Account.Reprints {
		if !r.Approved {
			return true
		}
	}
	return false
}

func originals(a *govsweep.AccountActivity) int {
	n := 0
	for _, m := range a.Months {
		n += m.Originals
	}
	return n
}
