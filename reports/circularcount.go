package reports

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// count computes every number of the circular, once. The order here is the
// order of the codes.
func (c *Circular) count() {
	c.countSites()
	c.countGroups()
	c.countProblems()
	c.countScores()
	c.countFrame()
	c.countRecheck()
	c.countNotices()
	c.countAccounts()
	c.countFigures()
	c.countSample()
	c.countHistory()
	c.countAwaiting()
}

// countAwaiting counts the sites an overview calls 不合格 and a circular 待核:
// no person has confirmed it. It stands last: the codes before it stay.
func (c *Circular) countAwaiting() {
	c.rows("sites.awaiting", "待核网站中检查结果尚须经检查人员确认的", "个", c.tables.targets, c.where(func(s *siteResult) bool { return s.Result == siteUndecided && s.Why == awaiting }))
}

func (c *Circular) countSites() {
	l := c.tables.targets
	good, bad := c.where(resultIs(siteQualified)), c.where(resultIs(siteUnqualified))
	decided := c.where(resultIs(siteQualified, siteUnqualified))
	checked := c.where(resultIs(siteQualified, siteUnqualified, siteUndecided))
	c.rows("sites.targets", "列入检查网站", "个", l, l.all())
	c.rows("sites.checked", "完成检查网站", "个", l, checked)
	c.rows("sites.failed", "未能检查网站", "个", l, c.where(resultIs(siteUnchecked)))
	c.rows("sites.qualified", "合格网站", "个", l, good)
	c.rows("sites.unqualified", "不合格网站", "个", l, bad)
	c.rows("sites.undecided", "待核网站", "个", l, c.where(resultIs(siteUndecided)))
	c.rows("sites.decided", "已作出合格、不合格结论的网站", "个", l, decided)
	c.share("sites.rate", "网站合格率", l, good, decided)
	c.sum("findings.proposed", "尚未经人工确认、未列入通报的问题", "个", l, "待确认问题", checked)
	counted := c.where(func(s *siteResult) bool { return s.Columns != nil && s.Result != siteUnchecked })
	c.rows("columns.sites", "已统计栏目的网站", "个", l, counted)
	c.sum("columns.total", "已统计的栏目", "个", l, "栏目总数", counted)
	c.sum("columns.unread", "未能读取的栏目", "个", l, "未读栏目", counted)
}

// countGroups gives each part its numbers, out of the list of targets.
func (c *Circular) countGroups() {
	l, g := c.tables.targets, c.tables.groups
	for _, d := range circularDimensions {
		parts := c.groups(d.of)
		if d.Key == "region" {
			rows := g.matching("分类", d.By)
			c.rows("region.all", "涉及地区", "个", g, rows)
			c.rows("region.full", "合格率为100%的地区", "个", g, rowsInBoth(rows, g.matching("合格率", "100%")))
		}
		if len(parts) > maxParts || len(parts) < 2 || d.Key == "region" {
			continue
		}
		for _, p := range parts {
			key := d.Key + "." + p.Name
			c.rows(key+".targets", p.Name+"网站", "个", l, p.All)
			c.rows(key+".undecided", p.Name+"待核和未能检查网站", "个", l, merged(p.Open, p.Failed))
			c.share(key+".rate", p.Name+"网站合格率", l, p.Good, p.Decided)
		}
	}
}

// maxParts is how many levels or platforms a sentence still names.
const maxParts = 6

func merged(a, b []int) []int {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return out
}

func (c *Circular) countProblems() {
	l, t := c.tables.problems, c.tables.targets
	c.rows("findings.confirmed", "已确认问题", "个", l, l.all())
	c.rows("findings.sites", "存在已确认问题的网站", "个", t, c.where(func(s *siteResult) bool { return len(s.Named) > 0 }))
	c.rows("findings.vetoes", "其中单项否决问题", "个", l, l.matching("指标类别", classWord(govsweep.Veto)))
	for i := range c.faults {
		fam := &c.faults[i]
		if len(fam.problems) == 0 {
			continue
		}
		rows, with := []int{}, map[*siteResult]bool{}
		for _, p := range fam.problems {
			rows, with[p.site] = append(rows, p.row), true
		}
		name := c.form.familyName(i)
		fam.sites = c.rows(fmt.Sprintf("family.%d.sites", i+1), name+"涉及网站", "个", t, c.where(func(s *siteResult) bool { return with[s] }))
		fam.count = c.rows(fmt.Sprintf("family.%d.findings", i+1), name+"问题", "个", l, rows)
	}
	c.countCauses(l)
}

// countCauses counts root causes where every problem was grouped.
func (c *Circular) countCauses(l *CircularList) {
	first, seen := []int{}, map[string]bool{}
	for i := range c.faults {
		for _, p := range c.faults[i].problems {
			if p.f.Cause == "" {
				return
			}
			if key := string(p.site.Site.ID) + "\x00" + p.f.Cause; !seen[key] {
				seen[key] = true
				first = append(first, p.row)
			}
		}
	}
	if len(first) > 0 {
		c.rows("findings.causes", "归并同一原因后的问题", "项", l, first)
	}
}

func (c *Circular) countScores() {
	if l := c.tables.ranking; l != nil {
		ranked := l.numeric("名次")
		c.rows("ranking.sites", "参加排名的网站", "个", l, ranked)
		c.rows("ranking.none", "未参加排名的网站", "个", l, without(l.all(), ranked))
		for i, b := range c.form.Bands {
			c.rows(fmt.Sprintf("band.%d", i+1), "得分在“"+clean(b.Name)+"”一档的网站", "个", l, l.matching("分档", clean(b.Name)))
		}
	}
	if l := c.tables.points; l != nil && c.Style == ColumnStyle {
		for i := range c.sites {
			s := &c.sites[i]
			if rows := c.tables.pointRows[s.Site.ID]; len(rows) > 0 {
				c.sum("points."+string(s.Site.ID), clean(s.Site.Name)+"扣分", "分", l, "扣分", rows)
			}
		}
	}
}

func (c *Circular) countFrame() {
	l := c.tables.frame
	if l == nil {
		return
	}
	running, done := l.matching("运行状态", "正常运行"), l.matching("本期检查", "已检查")
	c.rows("frame.registered", "在册网站", "个", l, l.all())
	c.rows("frame.running", "正常运行网站", "个", l, running)
	c.rows("frame.out", "正常运行但未列入本期检查的网站", "个", l, rowsInBoth(running, l.matching("本期检查", "未列入")))
	c.share("frame.share", "完成检查的网站占正常运行网站的比例", l, rowsInBoth(running, done), running)
}

func (c *Circular) countRecheck() {
	l := c.tables.recheck
	if l == nil {
		return
	}
	fixed, still := l.matching("复查结果", "已整改"), l.matching("复查结果", "仍存在")
	c.rows("recheck.all", "上期通报的问题", "个", l, l.all())
	c.rows("recheck.fixed", "上期问题已整改", "个", l, fixed)
	c.rows("recheck.still", "上期问题仍存在", "个", l, still)
	c.rows("recheck.unknown", "上期问题未能复查", "个", l, l.matching("复查结果", "未能复查"))
	c.share("recheck.rate", "上期问题整改率", l, fixed, merged(fixed, still))
}

func (c *Circular) countNotices() {
	l := c.tables.notices
	if l == nil {
		return
	}
	yes, no := l.matching("按期回复", "是"), l.matching("按期回复", "否")
	c.rows("notices.issued", "下发的整改通知书和监管提示单", "份", l, l.all())
	c.rows("notices.intime", "按期回复", "份", l, yes)
	c.rows("notices.late", "未按期回复", "份", l, no)
	c.rows("notices.pending", "未到期或期限不明", "份", l, l.matching("按期回复", "未到期", unknown))
	c.share("notices.rate", "按期回复率", l, yes, merged(yes, no))
	closed := l.matching("办理状态", "已销号")
	overdue, escalated := l.matching("曾逾期", "是"), l.matching("曾督办", "是")
	c.rows("notices.closed", "已销号", "份", l, closed)
	c.rows("notices.overdue", "曾逾期", "份", l, overdue)
	c.rows("notices.overdue.closed", "曾逾期、现已整改销号", "份", l, rowsInBoth(overdue, closed))
	c.rows("notices.escalated", "曾督办", "份", l, escalated)
	c.rows("notices.escalated.closed", "曾督办、现已整改销号", "份", l, rowsInBoth(escalated, closed))
}

// numeric gives the rows with a number in col.
func (l *CircularList) numeric(col string) []int {
	rows := []int{}
	at := l.at(col)
	for i, row := range l.Grid.Rows {
		if row[at].IsNum {
			rows = append(rows, i+1)
		}
	}
	return rows
}

func without(all, some []int) []int {
	out := []int{}
	for _, r := range all {
		if !slices.Contains(some, r) {
			out = append(out, r)
		}
	}
	return out
}
