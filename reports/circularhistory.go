package reports

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// maxPast is how many earlier periods a circular looks back on.
const maxPast = 12

// past are the periods a trend is drawn over: the earlier ones, then this.
func (c *Circular) past() []PastPeriod {
	earlier := c.in.Past
	if len(earlier) > maxPast {
		earlier = earlier[len(earlier)-maxPast:]
	}
	return append(append([]PastPeriod(nil), earlier...), PastPeriod{Label: c.Period.Label, Book: c.Book.ID, Targets: c.in.Targets})
}

// periodCounts are what one period comes to.
type periodCounts struct {
	Label                                  string
	Book                                   string
	Targets, Good, Bad, Open               int
	Joined, Left                           int // against the period before
	Columns, Stale, Blank, Unread, Counted int // Counted = sites whose columns were counted
	BySite                                 map[govsweep.TargetID]siteOutcome
	Families                               []int // sites with confirmed findings of each kind
}

func (c *Circular) periodOf(p *PastPeriod, before map[govsweep.TargetID]siteOutcome) periodCounts {
	n := periodCounts{Label: clean(p.Label), Book: p.Book, Targets: len(p.Targets), BySite: map[govsweep.TargetID]siteOutcome{}, Families: make([]int, len(c.form.Families)+1)}
	sites := resultsOf(p.Targets)
	for i := range sites {
		s := &sites[i]
		n.BySite[s.Site.ID] = s.Result
		if _, ok := before[s.Site.ID]; before != nil && !ok {
			n.Joined++
		}
		switch s.Result {
		case siteQualified:
			n.Good++
		case siteUnqualified:
			n.Bad++
		default:
			n.Open++
		}
		n.add(c, s)
	}
	for id := range before {
		if _, ok := n.BySite[id]; !ok {
			n.Left++
		}
	}
	return n
}

func (n *periodCounts) add(c *Circular, s *siteResult) {
	if s.Columns != nil && s.Result != siteUnchecked {
		n.Counted++
		n.Columns, n.Stale = n.Columns+s.Columns.Total, n.Stale+s.Columns.Stale
		n.Blank, n.Unread = n.Blank+s.Columns.Blank, n.Unread+s.Columns.Unread
	}
	has := map[int]bool{}
	for i := range s.Named {
		if fam := c.form.family(s.Named[i].BookID); !has[fam] {
			has[fam] = true
			n.Families[fam]++
		}
	}
}

// periods counts this period and those before it.
func (c *Circular) periods() []periodCounts {
	var out []periodCounts
	var before map[govsweep.TargetID]siteOutcome
	for _, p := range c.past() {
		n := c.periodOf(&p, before)
		out, before = append(out, n), n.BySite
	}
	return out
}

// listHistory lists the periods and, site by site, their results.
func (c *Circular) listHistory() {
	if len(c.in.Past) == 0 {
		return
	}
	l := c.newList("历期检查情况", Col{Title: "期间", Width: 18}, Col{Title: "检查规则", Width: 14, Wide: true}, Col{Title: "检查网站", Width: 9, Right: true}, Col{Title: "合格", Width: 8, Right: true},
		Col{Title: "不合格", Width: 8, Right: true}, Col{Title: "已作结论", Width: 9, Right: true, Wide: true}, Col{Title: "待核和未能检查", Width: 10, Right: true}, Col{Title: "合格率", Width: 10, Right: true},
		Col{Title: "待核均不合格时", Width: 10, Right: true}, Col{Title: "待核均合格时", Width: 10, Right: true}, Col{Title: "说明", Width: 36, Wide: true})
	c.tables.history = l
	periods := c.periods()
	for i := range periods {
		n := &periods[i]
		rate, low, top := unknown, unknown, unknown
		if n.Good+n.Bad > 0 {
			rate = percentText(float64(n.Good), float64(n.Good+n.Bad))
		}
		if n.Targets > 0 {
			low, top = percentText(float64(n.Good), float64(n.Targets)), percentText(float64(n.Good+n.Open), float64(n.Targets))
		}
		l.add(text(orUnknown(n.Label)), text(orUnknown(n.Book)), count(n.Targets), count(n.Good), count(n.Bad), count(n.Good+n.Bad), count(n.Open), text(rate), text(low), text(top), text(n.remark(c)))
	}
	c.listResults(periods)
}

// listResults lists the result of every site of this period in each period.
func (c *Circular) listResults(periods []periodCounts) {
	var cols []Col
	for i := range periods {
		cols = append(cols, Col{Title: fmt.Sprintf("第%d期（%s）", i+1, cut(periods[i].Label, 30)), Width: 14})
	}
	l := c.newList("历期结论", withSite(cols...)...)
	c.tables.outcomes = l
	for i := range c.sites {
		s := &c.sites[i].Site
		row := siteCells(s)
		for j := range periods {
			word := unknown
			if r, ok := periods[j].BySite[s.ID]; ok {
				word = r.String()
			}
			row = append(row, text(word))
		}
		l.add(row...)
	}
}

// remark says what keeps a period from being compared as it stands.
func (n *periodCounts) remark(c *Circular) string {
	out := ""
	if n.Book != c.Book.ID {
		out = "检查规则与本期不同，不作直接比较。"
	}
	if n.Joined+n.Left > 0 {
		out += fmt.Sprintf("较上一期新增%d个网站、减少%d个网站。", n.Joined, n.Left)
	}
	return out
}
