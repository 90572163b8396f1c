package freshness

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 扣分指标“发布解读·动态要闻”: 动态要闻类栏目监测时间点前2周内未更新。
var newsColumnStale = classStale("news-column-stale", "动态要闻：2周内未更新")

// 国办秘函〔2019〕19号 扣分指标“发布解读·政策文件”: 政策文件类一级栏目监测时间点前6个月内未
// 更新的，扣5分。
var policyColumnStale = classStale("policy-column-stale", "政策文件：一级栏目6个月内未更新")

// 国办秘函〔2019〕19号 扣分指标“发布解读·政策解读”: 政策解读类栏目监测时间点前6个月内未更新。
var interpretationColumnStale = classStale("interpretation-column-stale", "政策解读：6个月内未更新")

// 国办秘函〔2019〕19号 扣分指标“办事服务·事项公开”: 办事统计数据监测时间点前3个月内未更新的，扣2分。
var serviceStatisticsStale = classStale("service-statistics-stale", "事项公开：办事统计数据3个月内未更新")

// 国办秘函〔2019〕19号 扣分指标“互动交流·留言公开”: 监测时间点前2个月内未更新的，扣3分。 The item
// covers boards that publish no letters at all.
var lettersStale = classStale("letters-stale", "留言公开：2个月内未更新")

// classParams say which columns are looked at and how old they may be.
type classParams struct {
	Class        govsweep.ColumnClass `yaml:"class"`
	WindowDays   *int                 `yaml:"window_days"`
	WindowMonths *int                 `yaml:"window_months"`
	Level        *int                 `yaml:"level"`     // only columns of this level; null or left out: all
	BlankToo     bool                 `yaml:"blank_too"` // an empty column falls under it as well
}

func (c classParams) window() window { return window{c.WindowDays, c.WindowMonths} }

// Validate asks for a class and one window.
func (c classParams) Validate() error {
	if c.Class == govsweep.UnknownColumn {
		return errors.New("缺少 class")
	}
	if c.Level != nil && *c.Level < 1 {
		return errors.New("level 应不小于1，不限级别的不写")
	}
	return c.window().validate()
}

// classStale is a deduction for the stale columns of one class.
func classStale(code govsweep.IndicatorCode, title string) *rules.Indicator {
	return &rules.Indicator{
		Code: code, Title: title,
		Doc:    "One finding for each column of the class without an item inside the window.",
		Needs:  columnFacts,
		Params: func() any { return new(classParams) },
		Check:  checkClass,
	}
}

func checkClass(p *rules.Pass) error {
	params, err := rules.Params[classParams](p)
	if err != nil {
		return err
	}
	var open []*rules.ColumnState
	states := p.Columns()
	seen := 0
	for i := range states {
		c := &states[i]
		if c.Class != params.Class || params.Level != nil && c.Level != *params.Level && c.Level != 0 {
			continue
		}
		seen++
		switch {
		case c.Verdict == govsweep.ColumnUnread:
			open = append(open, c)
		case c.Verdict == govsweep.ColumnBlank && params.BlankToo:
			p.Report(finding(c))
		case c.Verdict == govsweep.ColumnStale && params.window().over(c, p.AsOf):
			f := finding(c)
			f.Unproven = f.Unproven || params.Level != nil && c.Level == 0
			p.Report(f)
		}
	}
	if seen == 0 {
		p.NotApplicable(fmt.Sprintf("未发现%s类栏目，没有可判断更新的对象", rules.ClassName(params.Class)))
	}
	askUnread(p, open)
	return nil
}
