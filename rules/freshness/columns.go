package freshness

import (
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 国办发〔2015〕15号: 空白栏目，即有栏目无内容，栏目开设以来未提供过任何信息内容。
// 通辽市2020年政务公开工作要点（十四）: 杜绝空白栏目和长期不更新栏目。
var columnBlank = &rules.Indicator{
	Code:  "column-blank",
	Title: "栏目空白",
	Doc:   "One finding for each column that was read as often as the rulebook asks and never offered an item.",
	Needs: columnFacts,
	Check: func(p *rules.Pass) error { reportBlank(p); return nil },
}

// 国办秘函〔2019〕19号 扣分指标“发布解读·其他栏目”: 存在空白栏目的，每个扣分。
var otherColumnBlank = &rules.Indicator{
	Code:  "other-column-blank",
	Title: "其他栏目：存在空白栏目",
	Doc:   "The same columns as column-blank, as a deduction of a portal.",
	Needs: columnFacts,
	Check: func(p *rules.Pass) error { reportBlank(p); return nil },
}

func reportBlank(p *rules.Pass) {
	var open []*rules.ColumnState
	states := p.Columns()
	for i := range states {
		switch c := &states[i]; c.Verdict {
		case govsweep.ColumnBlank:
			p.Report(finding(c))
		case govsweep.ColumnUnread:
			open = append(open, c)
		}
	}
	askUnread(p, open)
}

// 国办发〔2015〕15号: 应更新未更新，包括空白栏目和超过规定更新周期的栏目；动态要闻类2周，
// 通知公告、政策文件类6个月，人事、规划计划类1年。
var columnStale = &rules.Indicator{
	Code:   "column-stale",
	Title:  "栏目超过更新周期未更新",
	Doc:    "One finding for each column whose newest item is older than the cycle of its class.",
	Needs:  columnFacts,
	Params: func() any { return new(staleParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[staleParams](p)
		if err != nil {
			return err
		}
		reportStale(p, func(c *rules.ColumnState) bool {
			return c.CycleDays > 0 || slices.Contains(params.Classes, c.Class)
		})
		return nil
	},
}

type staleParams struct {
	Classes []govsweep.ColumnClass `yaml:"classes"`
}

// 国办秘函〔2019〕19号 扣分指标“发布解读·其他栏目”: 存在应更新未更新栏目的，每个扣分；空白或
// 应更新未更新已按其他指标扣分的不重复扣分。
var otherColumnStale = &rules.Indicator{
	Code:   "other-column-stale",
	Title:  "其他栏目：存在应更新未更新栏目",
	Doc:    "The stale columns that no other deduction is for: news columns and first-level policy columns have their own.",
	Needs:  columnFacts,
	Params: func() any { return new(otherStaleParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[otherStaleParams](p)
		if err != nil {
			return err
		}
		reportStale(p, func(c *rules.ColumnState) bool {
			return (c.Verdict != govsweep.ColumnStale || c.Legal) && params.scores(c)
		})
		return nil
	},
}

type otherStaleParams struct {
	Classes                   []govsweep.ColumnClass `yaml:"classes"`
	FirstLevelPolicyElsewhere bool                   `yaml:"first_level_policy_elsewhere"`
}

func (o otherStaleParams) scores(c *rules.ColumnState) bool {
	switch {
	case c.Class == govsweep.NewsColumn:
		return false
	case c.Class == govsweep.PolicyColumn && c.Level == 1 && o.FirstLevelPolicyElsewhere:
		return false
	}
	return slices.Contains(o.Classes, c.Class)
}

func reportStale(p *rules.Pass, wanted func(*rules.ColumnState) bool) {
	var open []*rules.ColumnState
	states := p.Columns()
	for i := range states {
		c := &states[i]
		switch {
		case !wanted(c):
		case c.Verdict == govsweep.ColumnStale:
			p.Report(finding(c))
		case c.Verdict == govsweep.ColumnUnread:
			open = append(open, c)
		}
	}
	askUnread(p, open)
}
