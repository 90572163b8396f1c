package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep/reports/paper"
)

// trends says in one sentence how this period stands against the last one;
// the charts are an annex.
func (w *circularWriter) trends() {
	p := w.last()
	if p == nil {
		return
	}
	t := new(circularText)
	switch {
	case p.Book != w.Book.ID:
		t.say("%s使用的检查规则与本期不同，合格率不作比较。", p.Label)
	default:
		t.say("%s合格率为%s（已作结论网站%s个），本期为%s。", p.Label, w.n("past.rate"), w.n("past.decided"), w.n("sites.rate"))
		if n := w.n("past.open"); n.Value > 0 {
			t.say("上期另有待核和未能检查网站%s个。", n)
		}
	}
	w.add(t.say("历期比较图见附件。"))
}

// Trends are the charts of a circular over its periods, each with the band in
// which the figure would lie if everything not decided or not read were bad,
// or good; then bars by region. What may not be compared is said below.
func (c *Circular) Trends() []paper.Block {
	periods := c.periods()
	out := []paper.Block{c.trend("网站合格率", "%", 100, periods, rateAt)}
	if points, ok := columnPoints(periods, func(n *periodCounts) int { return n.Stale + n.Blank }); ok {
		out = append(out, paper.Trend{Caption: "空白和超期栏目占比（检查所见，含待确认）", Unit: "%", Points: points})
	}
	for i := range c.faults {
		if len(c.faults[i].problems) > 0 {
			out = append(out, c.trend("存在“"+c.form.familyName(i)+"”问题的网站", "个", 0, periods, familyAt(i)))
		}
	}
	out = append(out, c.regionBars())
	if why := incomparable(periods, c.Book.ID); why != "" {
		out = append(out, paper.Para{Flush: true, Small: true, Text: why})
	}
	return append(out, paper.Para{Flush: true, Small: true, Text: "图中浅色带为待核、未能检查或未能读取的部分全部不合格与全部合格时的范围。"})
}

func (c *Circular) trend(caption, unit string, top float64, periods []periodCounts, at func(*periodCounts) paper.Point) paper.Trend {
	t := paper.Trend{Caption: caption, Unit: unit, Max: top}
	for i := range periods {
		p := at(&periods[i])
		p.Label = periods[i].Label
		if periods[i].Book != c.Book.ID {
			p.Label += "※"
		}
		t.Points = append(t.Points, p)
	}
	return t
}

func rateAt(n *periodCounts) paper.Point {
	if n.Targets == 0 {
		return paper.Point{Text: unknown}
	}
	p := paper.Point{Low: 100 * float64(n.Good) / float64(n.Targets), Top: 100 * float64(n.Good+n.Open) / float64(n.Targets), Text: unknown}
	if decided := n.Good + n.Bad; decided > 0 {
		p.Known, p.Value, p.Text = true, 100*float64(n.Good)/float64(decided), percentText(float64(n.Good), float64(decided))
	}
	return p
}

func familyAt(i int) func(*periodCounts) paper.Point {
	return func(n *periodCounts) paper.Point {
		v := float64(n.Families[i])
		if n.Good+n.Bad+n.Families[i] == 0 {
			return paper.Point{Low: 0, Top: float64(n.Targets), Text: unknown}
		}
		return paper.Point{Known: true, Value: v, Low: v, Top: min(v+float64(n.Open), float64(n.Targets)), Text: number(n.Families[i]) + "个"}
	}
}

// columnPoints gives the share of columns; the band takes the unread ones as
// bad, or good.
func columnPoints(periods []periodCounts, bad func(*periodCounts) int) ([]paper.Point, bool) {
	var out []paper.Point
	any := false
	for i := range periods {
		n := &periods[i]
		p := paper.Point{Label: n.Label, Text: unknown}
		if read := n.Columns - n.Unread; n.Counted > 0 && read > 0 {
			any = true
			b := float64(bad(n))
			p.Known, p.Value, p.Text = true, 100*b/float64(read), percentText(b, float64(read))
			p.Low, p.Top = 100*b/float64(n.Columns), 100*(b+float64(n.Unread))/float64(n.Columns)
		}
		out = append(out, p)
	}
	return out, any
}

func (c *Circular) regionBars() paper.Bars {
	bars := paper.Bars{Caption: "各地区网站合格率（按已作结论的网站计算，未定为待核和未能检查）", Max: 100}
	for _, g := range c.groups(regionWord) {
		b := paper.Bar{Label: g.Name, Text: unknown}
		if n := len(g.Decided); n > 0 {
			b.Known, b.Value, b.Text = true, 100*float64(len(g.Good))/float64(n), percentText(float64(len(g.Good)), float64(n))
		}
		if n := len(g.Open) + len(g.Failed); n > 0 {
			b.Text += fmt.Sprintf("（%d个未定）", n)
		}
		bars.Bars = append(bars.Bars, b)
	}
	return bars
}

// incomparable says between which periods the rules or the scope changed.
func incomparable(periods []periodCounts, book string) string {
	var out []string
	for i := range periods {
		n := &periods[i]
		if n.Book != book {
			out = append(out, fmt.Sprintf("带※的%s使用的检查规则与本期不同，不作直接比较。", n.Label))
		}
		if i > 0 && n.Joined+n.Left > 0 {
			out = append(out, fmt.Sprintf("%s的检查范围较上一期新增%d个网站、减少%d个网站。", n.Label, n.Joined, n.Left))
		}
	}
	return strings.Join(out, "")
}

// SiteStrips draws, for each site that was unqualified in some period, one
// cell a period; most sites at most.
func (c *Circular) SiteStrips(most int) []paper.Block {
	periods := c.periods()
	var out []paper.Block
	for i := range c.sites {
		s := &c.sites[i]
		strip := paper.Strip{Caption: siteTitle(&s.Site), From: periods[0].Label, To: periods[len(periods)-1].Label}
		bad := false
		for j := range periods {
			cell := paper.Blank
			if r, ok := periods[j].BySite[s.Site.ID]; ok {
				cell = map[siteOutcome]paper.Cell{siteQualified: paper.Good, siteUnqualified: paper.Bad, siteUndecided: paper.Warn, siteUnchecked: paper.Blank}[r]
			}
			bad = bad || cell == paper.Bad
			strip.Cells = append(strip.Cells, cell)
		}
		if !bad {
			continue
		}
		if len(out) == most {
			return append(out, paper.Para{Flush: true, Small: true, Text: fmt.Sprintf("其余网站的历期结论见随附电子表格“%s”工作表。", c.tables.outcomes.Sheet())})
		}
		if len(out) == 0 {
			strip.Legend = []paper.Key{{Kind: paper.Good, Text: "合格"}, {Kind: paper.Bad, Text: "不合格"}, {Kind: paper.Warn, Text: "待核"}, {Kind: paper.Blank, Text: "未检查"}}
		}
		out = append(out, strip)
	}
	return out
}
