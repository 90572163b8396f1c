package account

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// gaps gives the gaps that are proven: one working source is complete over
// the whole of each. What lies between two sources may have been published.
func gaps(d *facts.Dossier) []govsweep.Gap {
	return govsweep.GapsOf(d.Account.Days, facts.KnownDays(d.Account.Readings))
}

func longest(d *facts.Dossier) (govsweep.Gap, bool) {
	var most govsweep.Gap
	for _, g := range gaps(d) {
		if g.Days > most.Days {
			most = g
		}
	}
	return most, most.Days > 0
}

// 乌兰察布市2025年第一季度通报: 卡点更新, publishing again and again just before the limit.
var lastMinute = &rules.Indicator{
	Code:    "account-last-minute",
	Title:   "卡点更新（更新间隔长期接近14天）",
	For:     govsweep.AccountTarget,
	Doc:     "Finds accounts that again and again publish just before the limit of two weeks.",
	Params:  func() any { return new(lastMinuteParams) },
	Applies: posting,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[lastMinuteParams](p)
		if err != nil {
			return err
		}
		since := govsweep.DateOf(govsweep.MonthsBefore(p.AsOf, params.Months))
		all := gaps(p.Dossier)
		var detail []string
		for _, g := range all {
			if g.From >= since && g.Days >= params.GapDaysFrom && g.Days <= params.GapDaysTo {
				detail = append(detail, fmt.Sprintf("%s至%s，间隔%d天", govsweep.ChineseDay(g.From), govsweep.ChineseDay(g.To), g.Days))
			}
		}
		switch {
		case len(detail) >= params.RepeatGTE:
			f := finding(p, fmt.Sprintf("%s在监测时间点%s前%d个月内有%d次更新间隔在%d至%d天之间，属卡点更新。", named(p), govsweep.ChineseDate(p.AsOf),
				params.Months, len(detail), params.GapDaysFrom, params.GapDaysTo), detail...)
			f.Evidence = capturesFrom(p.Dossier, since)
			p.Report(f)
		case len(all) == 0:
			p.NotMeasured("没有来源能够完整反映账号一段时间内的发布情况，未能计算更新间隔")
		}
		return nil
	},
}

type lastMinuteParams struct {
	GapDaysFrom int `yaml:"gap_days_from"`
	GapDaysTo   int `yaml:"gap_days_to"`
	RepeatGTE   int `yaml:"repeat_gte"`
	Months      int `yaml:"months"`
}

// Validate asks for a range of days, a number of times and of months.
func (l lastMinuteParams) Validate() error {
	if l.GapDaysFrom < 1 || l.GapDaysTo < l.GapDaysFrom || l.RepeatGTE < 1 || l.Months < 1 || l.Months > 12 {
		return errors.New("各参数均应不小于1，gap_days_to 不小于 gap_days_from，months 不超过12")
	}
	return nil
}
