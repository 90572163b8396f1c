package reports

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// bar is one row of a bar chart.
type bar struct {
	Label string
	Value int
	Kind  string // veto, deduction, norm: the colour
	Y     int
	Width int
}

// chart is a bar chart drawn as SVG.
type chart struct {
	Title  string
	Bars   []bar
	Height int
}

const (
	barStep = 26
	barRoom = 340
)

func barChart(title string, bars []bar) chart {
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	for i := range bars {
		bars[i].Y = i * barStep
		bars[i].Width = bars[i].Value * barRoom / most
		if bars[i].Value > 0 {
			bars[i].Width = max(bars[i].Width, 2)
		}
	}
	return chart{title, bars, max(len(bars), 1) * barStep}
}

// strip is the activity of 52 weeks, the oldest at the left: one path a
// level, because a site may have a thousand columns.
type strip struct {
	Title  string
	Levels [4]string
}

const weekStep = 4

// activity draws the weeks of a column that was read; nil for one that was not.
func activity(c *govsweep.ColumnVerdict) *strip {
	if c.Unread != "" || c.Verdict == govsweep.ColumnUnread || c.State == "" || c.State == govsweep.UnreadList {
		return nil
	}
	s := &strip{}
	busy := 0
	for i := range c.Weeks {
		n := c.Weeks[len(c.Weeks)-1-i]
		if n > 0 {
			busy++
		}
		s.Levels[weekLevel(n)] += fmt.Sprintf("M%d 0h3v14h-3z", i*weekStep)
	}
	s.Title = fmt.Sprintf("近52周共发布%d条，其中%d周有更新", weeksTotal(c), busy)
	return s
}

func weekLevel(n int) int {
	switch {
	case n <= 0:
		return 0
	case n == 1:
		return 1
	case n <= 4:
		return 2
	}
	return 3
}

// gauge sets the age of a column against its limit: the line stands at half.
type gauge struct {
	Title string
	Width int // of 100; the limit is at 50
	Over  bool
}

func gaugeOf(c *govsweep.ColumnVerdict) *gauge {
	limit := limitDays(c.Limit)
	if limit == 0 || c.AgeDays < 0 || c.Newest == "" {
		return nil
	}
	return &gauge{
		Title: fmt.Sprintf("距今%d天，期限%s", c.AgeDays, clean(c.Limit)),
		Width: min(max(c.AgeDays*50/limit, 1), 100),
		Over:  c.Verdict == govsweep.ColumnStale,
	}
}

// limitDays reads 14天, 2周, 6个月, 1年; only the drawing rests on it.
func limitDays(s string) int {
	n, unit := 0, ""
	if _, err := fmt.Sscanf(s, "%d%s", &n, &unit); err != nil || n <= 0 || n > 10000 {
		return 0
	}
	switch unit {
	case "天", "日":
		return n
	case "周":
		return n * 7
	case "个月", "月":
		return n * 61 / 2
	case "年":
		return n * 365
	}
	return 0
}
