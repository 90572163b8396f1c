package freshness

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 通辽市2020年政务公开工作要点（四）: 按月公开本地区财政收支情况。
var fiscalMonthly = &rules.Indicator{
	Code:   "fiscal-monthly",
	Title:  "财政收支情况未按月公开",
	Doc:    "Every month within the look-back has an item in the column of fiscal revenue and expenditure.",
	Needs:  columnFacts,
	Params: func() any { return new(fiscalParams) },
	Check:  checkFiscal,
}

type fiscalParams struct {
	LagMonths      int `yaml:"lag_months"` // a month may be published this many months after it ended
	LookbackMonths int `yaml:"lookback_months"`
}

// Validate keeps the look-back within what a column's kept titles can show.
func (f fiscalParams) Validate() error {
	if f.LagMonths < 0 || f.LookbackMonths < 1 || f.LookbackMonths > 24 {
		return errors.New("lag_months 应不小于0，lookback_months 应在1至24之间")
	}
	return nil
}

func checkFiscal(p *rules.Pass) error {
	params, err := rules.Params[fiscalParams](p)
	if err != nil {
		return err
	}
	var open []*rules.ColumnState
	seen := 0
	states := p.Columns()
	for i := range states {
		c := &states[i]
		months, monthly := published(c)
		switch {
		case c.Class != govsweep.FiscalColumn, c.OutsideOnly:
			continue
		case c.Verdict == govsweep.ColumnUnread:
			seen, open = seen+1, append(open, c)
			continue
		case !strings.Contains(c.Name, "收支") && monthly < 2:
			continue // budgets and accounts, not the monthly figures
		}
		seen++
		if missing := gaps(months, p.AsOf, params); len(missing) > 0 {
			f := fiscalFinding(c, missing, monthly)
			f.Unproven = rules.UnsureClass(p, c)
			p.Report(f)
		}
	}
	if seen == 0 {
		p.NotApplicable("未发现财政收支栏目，没有可核对的月份")
	}
	askUnread(p, open)
	return nil
}

// month counts months from year 0.
type month int

func monthOf(year, m int) month { return month(year*12 + m - 1) }

// String names the month as an official does.
func (m month) String() string { return fmt.Sprintf("%d年%d月", int(m)/12, int(m)%12+1) }

// gaps lists the months that are due and not there, oldest first. What lies
// before the first month the column has is no gap: the column may be younger.
func gaps(have map[month]bool, asOf time.Time, params fiscalParams) []string {
	now := asOf.In(govsweep.Shanghai)
	due := monthOf(now.Year(), int(now.Month())) - 1 - month(params.LagMonths)
	from := due - month(params.LookbackMonths) + 1
	if len(have) > 0 {
		from = max(from, slices.Min(slices.Collect(maps.Keys(have))))
	}
	var missing []string
	for m := from; m <= due; m++ {
		if !have[m] {
			missing = append(missing, m.String())
		}
	}
	return missing
}

var (
	yearWord  = regexp.MustCompile(`(20\d{2})\s*年`)
	monthWord = regexp.MustCompile(`(?:(\d{1,2})\s*[-—－~至到]\s*)?(\d{1,2})\s*月`)
)

// published reads which months the items of c report on, and how many of the
// items name a month at all.
func published(c *rules.ColumnState) (months map[month]bool, monthly int) {
	months = map[month]bool{}
	for i, title := range c.Titles {
		date := ""
		if i < len(c.Dates) {
			date = c.Dates[i]
		}
		at, err := govsweep.ParseDate(date)
		dated := err == nil
		first, last := monthsIn(title)
		if last == 0 {
			if dated { // no month named: taken for the month before it was published
				months[monthOf(at.Year(), int(at.Month()))-1] = true
			}
			continue
		}
		monthly++
		year, ok := yearIn(title, at, dated, last)
		if !ok {
			continue
		}
		for m := first; m <= last; m++ {
			months[monthOf(year, m)] = true
		}
	}
	return months, monthly
}

// monthsIn reads the months a title stands for. A figure for January to June
// is June's; the one for January and February stands for both.
func monthsIn(title string) (first, last int) {
	if m := monthWord.FindStringSubmatch(title); m != nil {
		last, _ = strconv.Atoi(m[2])
		first, _ = strconv.Atoi(m[1]) // 0 when there is no span
		switch {
		case last < 1 || last > 12:
			return 0, 0
		case first == 1 && last == 2:
			return 1, 2
		}
		return last, last
	}
	for _, span := range spans {
		if strings.Contains(title, span.word) {
			return span.last, span.last
		}
	}
	return 0, 0
}

var spans = []struct {
	word string
	last int
}{
	{"上半年", 6}, {"前三季度", 9}, {"三季度", 9}, {"一季度", 3}, {"二季度", 6}, {"四季度", 12}, {"全年", 12},
}

// yearIn reads the year of a title, or takes it from the date.
func yearIn(title string, at time.Time, dated bool, last int) (int, bool) {
	if m := yearWord.FindStringSubmatch(title); m != nil {
		year, _ := strconv.Atoi(m[1]) // four digits: it is one
		return year, true
	}
	if !dated {
		return 0, false
	}
	if last > int(at.Month()) {
		return at.Year() - 1, true
	}
	return at.Year(), true
}

func fiscalFinding(c *rules.ColumnState, missing []string, monthly int) govsweep.Finding {
	f := finding(c)
	f.Summary = fmt.Sprintf("栏目%s未按月公开财政收支情况，缺少%s，共%d个月。", rules.Quote(c.Name), some(missing), len(missing))
	f.Detail = append(f.Detail, "缺少月份："+strings.Join(missing, "、"))
	f.Scores = len(missing)
	f.NeedsReview = f.NeedsReview || monthly == 0
	return f
}

func some(words []string) string {
	if len(words) > 3 {
		return strings.Join(words[:3], "、") + "等"
	}
	return strings.Join(words, "、")
}
