// Package freshness checks that home page and columns are alive: blank and
// stale columns one by one, the vetoes that count them, and the column
// deductions.
package freshness

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{
	homeStaleVeto, newsPolicyStaleVeto, columnStaleVeto, columnBlankVeto,
	newsColumnStale, policyColumnStale, interpretationColumnStale,
	otherColumnBlank, otherColumnStale, serviceStatisticsStale, lettersStale,
	surveyTooFew, columnBlank, columnStale, fiscalMonthly,
}

var columnFacts = []facts.FactKind{facts.KindHome, facts.KindColumns, facts.KindListings}

// window says how old the newest item of a column may be.
type window struct{ days, months *int }

func (w window) over(c *rules.ColumnState, asOf time.Time) bool {
	if c.NoDates {
		return true
	}
	newest, err := govsweep.ParseDate(c.Newest)
	if err != nil {
		return c.Future > 0 // nothing but dates to come: no update
	}
	if w.days != nil {
		return rules.OverDays(newest, asOf, *w.days)
	}
	return w.months != nil && rules.OverMonths(newest, asOf, *w.months)
}

func (w window) validate() error {
	if (w.days == nil) == (w.months == nil) {
		return errors.New("应给出天数或月数之一")
	}
	if w.days != nil && *w.days < 1 || w.months != nil && *w.months < 1 {
		return errors.New("天数、月数应不小于1")
	}
	return nil
}

// finding is the finding of one column.
func finding(c *rules.ColumnState) govsweep.Finding {
	return govsweep.Finding{
		Column: c.Ref(), URL: c.Page(), Pages: []string{c.URL},
		Summary: c.Why, Detail: detail(c), Evidence: c.Evidence(),
		NeedsReview: c.NoDates, Unproven: c.Doubt != "",
	}
}

// detail quotes what was measured and what was expected.
func detail(c *rules.ColumnState) []string {
	out := []string{"栏目路径：" + path(c)}
	if c.NewestTitle != "" {
		out = append(out, "最近一条信息："+rules.Quote(c.NewestTitle))
	}
	if c.Newest != "" {
		out = append(out, fmt.Sprintf("最近日期：%s，距监测时间点%d天", govsweep.ChineseDay(c.Newest), c.AgeDays))
	}
	if c.Limit != "" && c.Verdict == govsweep.ColumnStale {
		out = append(out, "更新周期："+c.Limit+"（"+c.Clause+"）")
	}
	out = append(out, "读到信息："+items(c.Items, c.Undated))
	if c.Doubt != "" {
		out = append(out, "待核："+c.Doubt)
	}
	return out
}

// items says how many items were read and how many of them bear no date,
// where any does.
func items(all, undated int) string {
	if undated == 0 {
		return fmt.Sprintf("%d条", all)
	}
	return fmt.Sprintf("%d条，其中未标日期%d条", all, undated)
}

func path(c *rules.ColumnState) string {
	if len(c.Path) == 0 {
		return rules.Clip(c.Name, 60)
	}
	parts := make([]string, len(c.Path))
	for i, p := range c.Path {
		parts[i] = rules.Clip(p, 40)
	}
	return rules.Clip(strings.Join(parts, " > "), 200)
}

// named lists at most five columns.
func named(cs []*rules.ColumnState) string {
	var names []string
	for i, c := range cs {
		if i == 5 {
			return strings.Join(names, "") + "等"
		}
		names = append(names, rules.Quote(c.Name))
	}
	return strings.Join(names, "")
}

// askUnread tells the inspector which columns may still hold a fault.
func askUnread(p *rules.Pass, unread []*rules.ColumnState) {
	if len(unread) > 0 {
		p.AskInspector(fmt.Sprintf("%d个栏目未能读取或认定，须人工核查：%s", len(unread), named(unread)))
	}
}
