package freshness

import (
	"errors"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 单项否决“栏目不更新”（1）: 监测时间点前2周内的动态、要闻类栏目，以及
// 监测时间点前6个月内的通知公告、政策文件类一级栏目，累计超过（含）5个未更新。
var newsPolicyStaleVeto = &rules.Indicator{
	Code:   "column-news-policy-stale-veto",
	Title:  "动态、要闻类栏目与通知公告、政策文件类一级栏目不更新",
	Doc:    "Counts stale news columns of any level and stale first-level announcement and policy columns.",
	Needs:  columnFacts,
	Params: func() any { return new(newsPolicyParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[newsPolicyParams](p)
		if err != nil {
			return err
		}
		n := split(p.Columns(), func(c *rules.ColumnState) member { return params.member(c, p) })
		n.report(p, params.CountGTE, "column-news-policy-stale",
			"动态、要闻类栏目2周未更新与通知公告、政策文件类一级栏目6个月未更新的")
		return nil
	},
}

type newsPolicyParams struct {
	NewsWindowDays           int `yaml:"news_window_days"`
	NoticePolicyWindowMonths int `yaml:"notice_policy_window_months"`
	NoticePolicyLevel        int `yaml:"notice_policy_level"`
	CountGTE                 int `yaml:"count_gte"`
}

// Validate asks for windows, a level and a count of at least one.
func (n newsPolicyParams) Validate() error {
	if n.NewsWindowDays < 1 || n.NoticePolicyWindowMonths < 1 || n.NoticePolicyLevel < 1 || n.CountGTE < 1 {
		return errors.New("各参数均应不小于1")
	}
	return nil
}

func (n newsPolicyParams) member(c *rules.ColumnState, p *rules.Pass) member {
	w, unsure := window{days: &n.NewsWindowDays}, false
	switch c.Class {
	case govsweep.NewsColumn:
	case govsweep.AnnouncementColumn, govsweep.PolicyColumn:
		w = window{months: &n.NoticePolicyWindowMonths}
		if c.Level > n.NoticePolicyLevel {
			return outside
		}
		unsure = c.Level == 0
	default:
		return outside
	}
	switch {
	case c.Verdict == govsweep.ColumnUnread:
		return unread
	case c.Verdict != govsweep.ColumnStale || !w.over(c, p.AsOf):
		return outside
	case unsure || c.Doubt != "":
		return doubtful
	}
	return counted
}

// 国办秘函〔2019〕19号 单项否决“栏目不更新”（2）: 应更新但长期未更新的栏目数量超过（含）10个。
// 国办发〔2015〕15号 counts 空白栏目 among 应更新未更新; blank_counts switches this.
var columnStaleVeto = &rules.Indicator{
	Code:   "column-stale-veto",
	Title:  "应更新但长期未更新的栏目达10个",
	Doc:    "Counts stale columns of the classes with a cycle and, where the rulebook says so, blank ones.",
	Needs:  columnFacts,
	Params: func() any { return new(staleVetoParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[staleVetoParams](p)
		if err != nil {
			return err
		}
		n := split(p.Columns(), params.member)
		n.report(p, params.CountGTE, "column-stale", "应更新但长期未更新的")
		return nil
	},
}

type staleVetoParams struct {
	CountGTE    int                    `yaml:"count_gte"`
	BlankCounts bool                   `yaml:"blank_counts"`
	Classes     []govsweep.ColumnClass `yaml:"classes"`
}

// Validate asks for a count of at least one.
func (s staleVetoParams) Validate() error { return atLeastOne(s.CountGTE) }

func (s staleVetoParams) member(c *rules.ColumnState) member {
	due := slices.Contains(s.Classes, c.Class)
	switch {
	case c.Verdict == govsweep.ColumnBlank && s.BlankCounts:
	case c.Verdict == govsweep.ColumnUnread && (due || s.BlankCounts):
		return unread
	case c.Verdict != govsweep.ColumnStale || !due || !c.Legal:
		return outside
	}
	if c.Doubt != "" {
		return doubtful
	}
	return counted
}

// 国办秘函〔2019〕19号 单项否决“栏目不更新”（3）: 空白栏目数量超过（含）5个。
var columnBlankVeto = &rules.Indicator{
	Code:   "column-blank-veto",
	Title:  "空白栏目达5个",
	Doc:    "Counts columns that were read often enough and never offered an item.",
	Needs:  columnFacts,
	Params: func() any { return new(blankVetoParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[blankVetoParams](p)
		if err != nil {
			return err
		}
		n := split(p.Columns(), func(c *rules.ColumnState) member {
			switch {
			case c.Verdict == govsweep.ColumnUnread:
				return unread
			case c.Verdict != govsweep.ColumnBlank:
				return outside
			case c.Doubt != "":
				return doubtful
			}
			return counted
		})
		n.report(p, params.CountGTE, "column-blank", "空白")
		return nil
	},
}

type blankVetoParams struct {
	CountGTE int `yaml:"count_gte"`
}

// Validate asks for a count of at least one.
func (b blankVetoParams) Validate() error { return atLeastOne(b.CountGTE) }

func atLeastOne(n int) error {
	if n < 1 {
		return errors.New("count_gte 应不小于1")
	}
	return nil
}

// member is what one column is to a count.
type member int

const (
	outside member = iota
	counted
	doubtful
	unread
)

// columnCount splits the columns of a site for one veto.
type columnCount struct{ sure, doubt, unread []*rules.ColumnState }

func split(cs []rules.ColumnState, of func(*rules.ColumnState) member) columnCount {
	var n columnCount
	for i := range cs {
		c := &cs[i]
		switch of(c) {
		case counted:
			n.sure = append(n.sure, c)
		case doubtful:
			n.doubt = append(n.doubt, c)
		case unread:
			n.unread = append(n.unread, c)
		}
	}
	return n
}

// report is one finding with every column when the line is reached, and a
// question to the inspector when only doubtful or unread columns could reach it.
func (n columnCount) report(p *rules.Pass, line int, locator, what string) {
	if len(n.sure) >= line {
		f := govsweep.Finding{
			URL: n.sure[0].Page(), Locator: locator,
			Summary: fmt.Sprintf("截至%s，网站%s栏目共%d个，达到单项否决标准（%d个）。",
				govsweep.ChineseDate(p.AsOf), what, len(n.sure), line),
		}
		for _, c := range n.sure {
			f.Pages = append(f.Pages, c.URL)
			f.Detail = append(f.Detail, path(c)+"："+c.Why)
			f.Evidence = append(f.Evidence, c.Evidence()...)
		}
		p.Report(f)
		return
	}
	if len(n.doubt)+len(n.unread) == 0 || len(n.sure)+len(n.doubt)+len(n.unread) < line {
		return
	}
	p.AskInspector(fmt.Sprintf("已认定%d个，另有%d个待核、%d个未能读取或认定的栏目，合计可能达到%d个：%s",
		len(n.sure), len(n.doubt), len(n.unread), line, named(append(n.doubt, n.unread...))))
}
