package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// gapLimit is 两周: how many days an account may stay silent.
const gapLimit = 14

// calendar is the strip of a year, a month a row and a day a cell. What no
// source covers is hatched: it is not known to be silent.
type calendar struct {
	Title  string
	Rows   []calendarRow
	Height int
}

type calendarRow struct {
	Label, Total string
	Y, Text      int
	Cells        []calendarCell
}

type calendarCell struct {
	X, Text int
	Kind    string // d0 known and silent, d1 to d3 busier, none unknown
	Count   string
	Gap     bool // within a gap beyond the limit
	Tip     string
}

const (
	cellStep     = 19
	calendarStep = 22
	cellStart    = 74
)

// calendarOf draws the window of a; nil where nothing was counted.
func calendarOf(in *govsweep.Inspection, a *govsweep.AccountActivity) *calendar {
	if a == nil || len(a.Posts) == 0 || len(a.Posts) > 400 {
		return nil
	}
	c := &calendar{}
	silent := provenSilence(in, a)
	late := lateDays(a, silent)
	known := 0
	for i, n := range a.Posts {
		day := a.Day(i)
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return nil
		}
		if label := t.Format("2006-01"); len(c.Rows) == 0 || c.Rows[len(c.Rows)-1].Label != label {
			y := 24 + calendarStep*len(c.Rows)
			c.Rows = append(c.Rows, calendarRow{Label: label, Y: y, Text: y + 14})
		}
		r := &c.Rows[len(c.Rows)-1]
		x := cellStart + cellStep*(t.Day()-1)
		cell := calendarCell{X: x, Text: x + 8, Kind: "none", Gap: late[i], Tip: day + " 未知"}
		switch {
		case n > 0:
			cell.Kind, cell.Count, cell.Tip = fmt.Sprintf("d%d", weekLevel(n)), fmt.Sprint(min(n, 99)), fmt.Sprintf("%s 发布%d条", day, n)
			known++
		case a.IsKnown(day) || silent != "" && day > silent:
			cell.Kind, cell.Tip = "d0", day+" 未发布"
			known++
		}
		r.Cells = append(r.Cells, cell)
	}
	totals(c, a)
	c.Height = 30 + calendarStep*len(c.Rows)
	c.Title = fmt.Sprintf("%s至%s每日发布条数：有来源可证的%d天，未知的%d天；超过%d天未发布的间隔：%s", dateWord(a.From), dateWord(a.To), known, len(a.Posts)-known, gapLimit, longGaps(a, runningSilence(in, a)))
	return c
}

// totals writes beside each month how many posts are known of it.
func totals(c *calendar, a *govsweep.AccountActivity) {
	for i := range c.Rows {
		r := &c.Rows[i]
		sum, blind := 0, false
		for j, n := range a.Posts {
			if strings.HasPrefix(a.Day(j), r.Label) {
				sum += n
			}
		}
		for _, cell := range r.Cells {
			blind = blind || cell.Kind == "none"
		}
		switch {
		case !blind:
			r.Total = fmt.Sprintf("%d条", sum)
		case sum > 0:
			r.Total = fmt.Sprintf("至少%d条", sum)
		default:
			r.Total = unknown
		}
		r.Label = chineseMonth(r.Label)
	}
}

// provenSilence gives the day after which a finding proves that nothing was
// published until the check point; "" when none does. Without any post it is
// the day before the window of two weeks.
func provenSilence(in *govsweep.Inspection, a *govsweep.AccountActivity) string {
	silences := []govsweep.IndicatorCode{"account-stale-veto", "account-zombie"}
	if !slices.ContainsFunc(in.Findings, func(f govsweep.Finding) bool { return slices.Contains(silences, f.Indicator) }) {
		return ""
	}
	if a.Last != nil {
		return govsweep.DateOf(a.Last.At)
	}
	to, err := govsweep.ParseDate(a.To)
	if err != nil {
		return ""
	}
	return govsweep.DateOf(to.AddDate(0, 0, -gapLimit-1))
}

// runningSilence gives the days from the newest post, or from the window of
// two weeks where there is none, to the check point; 0 where no finding proves
// that nothing was published in them.
func runningSilence(in *govsweep.Inspection, a *govsweep.AccountActivity) int {
	from, err := govsweep.ParseDate(provenSilence(in, a))
	to, err2 := govsweep.ParseDate(a.To)
	if err != nil || err2 != nil {
		return 0
	}
	return govsweep.DaysBetween(from, to)
}

// longGaps counts the proven gaps longer than the limit and their days, with
// the running silence, and says which of them it is.
func longGaps(a *govsweep.AccountActivity, running int) string {
	n, days := 0, 0
	for _, g := range a.Gaps() {
		if g.Days > gapLimit {
			n, days = n+1, days+g.Days
		}
	}
	if running <= gapLimit {
		if n == 0 {
			return "已知的没有"
		}
		return fmt.Sprintf("%d段，合计%d天", n, days)
	}
	if a.Last == nil {
		return fmt.Sprintf("%d段，合计至少%d天，其中监测时间点前至少%d天", n+1, days+running, running)
	}
	return fmt.Sprintf("%d段，合计%d天，其中最近一条信息之后至监测时间点%d天", n+1, days+running, running)
}

// overdue counts the days beyond the limit, before and after the newest post.
func overdue(a *govsweep.AccountActivity, running int) string {
	_, known := a.LongestGap()
	before, after := a.Over(gapLimit), max(0, running-gapLimit)
	switch {
	case after > 0 && a.Last == nil:
		return fmt.Sprintf("至少%d天", before+after)
	case after > 0 && known:
		return fmt.Sprintf("%d天（最近一条信息之前%d天，之后%d天）", before+after, before, after)
	case after > 0:
		return fmt.Sprintf("%d天（均在最近一条信息之后，此前未知）", after)
	case known && a.SinceLast() > gapLimit:
		return fmt.Sprintf("%d天（最近一条信息之后未能证实，未计入）", before)
	case known:
		return fmt.Sprintf("%d天", before)
	}
	return unknown
}

// lateDays says which days lie within a proven gap longer than the limit.
func lateDays(a *govsweep.AccountActivity, silent string) map[int]bool {
	out := map[int]bool{}
	mark := func(from, to string) {
		for i := range a.Posts {
			if day := a.Day(i); day > from && day < to {
				out[i] = true
			}
		}
	}
	for _, g := range a.Gaps() {
		if g.Days > gapLimit {
			mark(g.From, g.To)
		}
	}
	if last := a.SinceLast(); silent != "" && (last < 0 || last > gapLimit) {
		mark(silent, "9999")
	}
	return out
}

// dateWord prints 2026-03-02 as 2026年3月2日.
func dateWord(s string) string {
	if t, err := govsweep.ParseDate(s); err == nil {
		return govsweep.ChineseDate(t)
	}
	return clean(s)
}
