package reports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// listScores draws up the table of deductions and the ranking where the style
// publishes points. What is not decided yet is never counted against a site.
func (c *Circular) listScores() {
	switch c.Style {
	case ColumnStyle:
		c.listPointsByFault()
	case ScoreStyle:
		c.listPointsByItem()
		c.listRanking()
	}
}

// portal says whether points are a matter for a site at all.
func (s *siteResult) portal() bool {
	return s.Site.Kind == govsweep.Portal || s.Verdict != nil && (s.Verdict.Score != nil || len(s.Verdict.Items) > 0)
}

// unscored says why a site has no points to publish; "" = it has.
func (s *siteResult) unscored() string {
	switch {
	case s.Result == siteUnchecked:
		return "未能检查"
	case s.Result == siteUndecided:
		return "等次待核"
	case len(s.Verdict.Vetoes) > 0:
		return "存在单项否决问题，不再计分"
	case s.Pending > 0:
		return "有扣分问题尚待确认或裁定"
	case len(s.Verdict.Unpriced) > 0:
		return "有扣分项目的分值待录入"
	case s.Verdict.Score == nil:
		return "未取得得分"
	}
	return ""
}

func (c *Circular) listPointsByItem() {
	l := c.newList("扣分表", withSite(Col{Title: "扣分项目", Width: 10}, Col{Title: "项目名称", Width: 20}, Col{Title: "处数", Width: 7, Right: true}, Col{Title: "扣分", Width: 9, Right: true})...)
	c.tables.points = l
	for i := range c.sites {
		s := &c.sites[i]
		if !s.portal() || s.unscored() != "" {
			continue
		}
		for _, it := range s.Verdict.Items {
			l.add(append(siteCells(&s.Site), text(it.ID), text(it.Name), count(it.Places), pointsCell(it.Deducted))...)
		}
	}
}

func pointsCell(p *govsweep.Points) Cell {
	if p == nil {
		return text("待录入")
	}
	return Cell{Text: p.String(), Number: float64(*p) / 10, IsNum: true}
}

// listPointsByFault prices each confirmed fault, site by site; a last line
// says what caps and faults counted once take off again.
func (c *Circular) listPointsByFault() {
	l := c.newList("扣分表", withSite(Col{Title: "栏目路径", Width: 26}, Col{Title: "问题描述", Width: 60}, Col{Title: "指标", Width: 8}, Col{Title: "扣分", Width: 9, Right: true})...)
	c.tables.points, c.tables.pointRows = l, map[govsweep.TargetID][]int{}
	price := map[string]*govsweep.Points{}
	for i := range c.Book.Entries {
		price[c.Book.Entries[i].ID] = c.Book.Entries[i].Points
	}
	for i := range c.sites {
		s := &c.sites[i]
		if !s.portal() || s.unscored() != "" && s.unscored() != "有扣分项目的分值待录入" {
			continue
		}
		from, sum := len(l.Grid.Rows), govsweep.Points(0)
		for j := range s.Named {
			f := &s.Named[j]
			if f.Class != govsweep.Deduction {
				continue
			}
			p := price[f.BookID]
			if p != nil {
				each := *p * govsweep.Points(max(f.Scores, 1))
				sum, p = sum+each, &each
			}
			l.add(append(siteCells(&s.Site), text(columnPath(f.Column)), text(cut(f.Summary, 300)), text(f.BookID), pointsCell(p))...)
		}
		if total, ok := deducted(s.Verdict.Items); ok && total != sum {
			diff := total - sum
			l.add(append(siteCells(&s.Site), text(""), text("按扣分项上限和不重复扣分的规定调整"), text(""), pointsCell(&diff))...)
		}
		for row := from + 1; row <= len(l.Grid.Rows); row++ {
			c.tables.pointRows[s.Site.ID] = append(c.tables.pointRows[s.Site.ID], row)
		}
	}
}

func deducted(items []govsweep.ScoreItem) (sum govsweep.Points, ok bool) {
	for _, it := range items {
		if it.Deducted == nil {
			return 0, false
		}
		sum += *it.Deducted
	}
	return sum, true
}

// rank is the place of a site among those with a score; equal scores share
// a place and the next one follows after all of them.
type rank struct {
	site  *siteResult
	place int // 0 = not ranked
}

func ranking(sites []siteResult) []rank {
	var out, none []rank
	for i := range sites {
		s := &sites[i]
		switch {
		case !s.portal():
		case s.unscored() == "":
			out = append(out, rank{site: s})
		default:
			none = append(none, rank{site: s})
		}
	}
	slices.SortStableFunc(out, func(a, b rank) int { return int(*b.site.Verdict.Score - *a.site.Verdict.Score) })
	for i := range out {
		out[i].place = i + 1
		if i > 0 && *out[i].site.Verdict.Score == *out[i-1].site.Verdict.Score {
			out[i].place = out[i-1].place
		}
	}
	return append(out, none...)
}

func (c *Circular) listRanking() {
	l := c.newList("得分排名", withSite(Col{Title: "得分", Width: 8, Right: true}, Col{Title: "分档", Width: 12}, Col{Title: "名次", Width: 7, Right: true},
		Col{Title: "上期名次", Width: 8, Right: true}, Col{Title: "升降", Width: 8}, Col{Title: "说明", Width: 30})...)
	c.tables.ranking = l
	before := c.placesBefore()
	for _, r := range ranking(c.sites) {
		score, band, place := text(unknown), text(unknown), text(unknown)
		if r.place > 0 {
			score, band, place = scoreCell(r.site.Verdict), text(c.form.band(*r.site.Verdict.Score)), count(r.place)
		}
		last := text(unknown)
		if b := before[r.site.Site.ID]; b > 0 {
			last = count(b)
		}
		l.add(append(siteCells(&r.site.Site), score, band, place, last, text(move(r.place, before, r.site.Site.ID)), text(r.site.unscored()))...)
	}
}

// placesBefore is the ranking of the last period; nil when it stood under
// another rulebook or there was none.
func (c *Circular) placesBefore() map[govsweep.TargetID]int {
	p := c.last()
	if p == nil || p.Book != c.Book.ID {
		return nil
	}
	out := map[govsweep.TargetID]int{}
	for _, r := range ranking(resultsOf(p.Targets)) {
		out[r.site.Site.ID] = r.place
	}
	return out
}

func move(place int, before map[govsweep.TargetID]int, id govsweep.TargetID) string {
	was := before[id]
	switch {
	case place == 0 || before == nil:
		return unknown
	case was == 0:
		return "新列入"
	case place < was:
		return "↑" + strconv.Itoa(was-place)
	case place > was:
		return "↓" + strconv.Itoa(place-was)
	}
	return "持平"
}

// band names the range a score lies in.
func (f *CircularForm) band(p govsweep.Points) string {
	for _, b := range f.Bands {
		if float64(p)/10 >= b.Least {
			return strings.TrimSpace(clean(b.Name))
		}
	}
	return unknown
}

// last is 上期; nil when nothing is known of it.
func (c *Circular) last() *PastPeriod {
	if len(c.in.Past) == 0 {
		return nil
	}
	return &c.in.Past[len(c.in.Past)-1]
}
