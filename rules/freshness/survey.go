package freshness

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 扣分指标“互动交流·征集调查”: 监测时间点前1年内开展的征集调查活动少于6次。
var surveyTooFew = &rules.Indicator{
	Code:   "survey-too-few",
	Title:  "征集调查：1年内开展活动少于6次",
	Doc:    "Counts the dated items of the survey columns within the look-back.",
	Needs:  columnFacts,
	Params: func() any { return new(surveyParams) },
	Check:  checkSurvey,
}

type surveyParams struct {
	LookbackMonths int `yaml:"lookback_months"`
	CountLT        int `yaml:"count_lt"`
}

// Validate asks for both numbers.
func (s surveyParams) Validate() error {
	if s.LookbackMonths < 1 || s.CountLT < 1 {
		return errors.New("lookback_months 和 count_lt 均应不小于1")
	}
	return nil
}

func checkSurvey(p *rules.Pass) error {
	params, err := rules.Params[surveyParams](p)
	if err != nil {
		return err
	}
	var cols, open []*rules.ColumnState
	states := p.Columns()
	for i := range states {
		switch c := &states[i]; {
		case c.Class != govsweep.SurveyColumn, c.OutsideOnly:
		case c.Verdict == govsweep.ColumnUnread:
			open = append(open, c)
		default:
			cols = append(cols, c)
		}
	}
	if len(cols)+len(open) == 0 {
		p.NotApplicable("未发现本站的征集调查栏目，没有可统计的活动")
		return nil
	}
	held, undated := activities(cols, p, params.LookbackMonths)
	switch {
	case held >= params.CountLT:
	case len(open) > 0:
		p.NotMeasured(fmt.Sprintf("已读到%d次活动，另有%d个征集调查栏目未能读取：%s", held, len(open), named(open)))
	default:
		p.Report(surveyFinding(p, cols, held, undated, params))
	}
	return nil
}

// activities counts distinct items inside the look-back, and undated ones.
func activities(cols []*rules.ColumnState, p *rules.Pass, months int) (held, undated int) {
	from := govsweep.MonthsBefore(p.AsOf, months)
	seen := map[string]bool{}
	for _, c := range cols {
		for i, title := range c.Titles {
			date := ""
			if i < len(c.Dates) {
				date = c.Dates[i]
			}
			if key := title + "\x00" + date; seen[key] {
				continue
			} else {
				seen[key] = true
			}
			t, err := govsweep.ParseDate(date)
			switch {
			case err != nil:
				undated++
			case govsweep.DaysBetween(from, t) >= 0 && govsweep.DaysBetween(t, p.AsOf) >= 0:
				held++
			}
		}
	}
	return held, undated
}

func surveyFinding(p *rules.Pass, cols []*rules.ColumnState, held, undated int, params surveyParams) govsweep.Finding {
	f := govsweep.Finding{
		Column: cols[0].Ref(), URL: cols[0].Page(), Locator: "surveys",
		Summary: fmt.Sprintf("%s前%d个月内，征集调查栏目发布的活动共%d次，少于%d次。",
			govsweep.ChineseDate(p.AsOf), params.LookbackMonths, held, params.CountLT),
		Unproven: held+undated >= params.CountLT,
	}
	if undated > 0 {
		f.Detail = append(f.Detail, fmt.Sprintf("另有%d条信息未标明日期，未计入", undated))
	}
	for _, c := range cols {
		f.Unproven = f.Unproven || rules.UnsureClass(p, c)
		f.Pages = append(f.Pages, c.URL)
		f.Detail = append(f.Detail, "栏目路径："+path(c))
		f.Evidence = append(f.Evidence, c.Evidence()...)
	}
	return f
}
