package farm

import (
	"time"

	"github.com/govsweep/govsweep"
)

// Names of indicators the farm speaks of more than once.
const (
	columnBlank   = govsweep.IndicatorCode("column-blank")
	columnStale   = govsweep.IndicatorCode("column-stale")
	anyIndicator  = govsweep.IndicatorCode("*")
	marksMissing  = govsweep.IndicatorCode("site-marks-missing")
	tagsImproper  = govsweep.IndicatorCode("page-tags-improper")
	innerLinkDead = govsweep.IndicatorCode("inner-link-broken")
)

// judge works out, from the model alone, what follows from the state of the
// columns: blank, stale, the vetoes, and the deductions of portals.
func (s *site) judge() {
	if s.trouble == challenged || s.unreachable() {
		s.alike(anyIndicator, "/", "整站被防护或无法访问：不得据此认定任何问题")
		return
	}
	for _, code := range []govsweep.IndicatorCode{"tag-column-name", "tag-column-description", "tag-column-keywords", "tag-column-type"} {
		s.tolerate(code, "/wzdt.html", "网站地图页是否算栏目页，文件未明确")
	}
	s.alike("tag-article-title", "/wzdt.html", "网站地图不是内容页")
	s.alike("source-missing", "/wzdt.html", "网站地图不是内容页")
	s.alike(columnBlank, "/wzdt.html", "网站地图不是栏目")
	var news, cycle, blanks []any
	for _, c := range s.columns {
		switch {
		case !c.readable() || c.mode == landing:
		case c.blank():
			blanks = append(blanks, c)
			s.judgeBlank(c)
		case c.over():
			cycle = append(cycle, c)
			s.judgeStale(c)
			if c.class == govsweep.NewsColumn || c.level == 1 {
				news = append(news, c)
			}
		}
		s.judgeAge(c)
	}
	s.judgeParents()
	s.veto("column-news-policy-stale-veto", news, 5)
	s.veto("column-stale-veto", append(cycle, blanks...), 10)
	s.veto("column-blank-veto", blanks, 5)
	s.judgeHome()
}

func (s *site) unreachable() bool {
	switch s.trouble {
	case tlsBroken, hangs, garbled, serverError, redirectLoop:
		return true
	}
	return false
}

// readable says whether anything may be concluded about the column's list.
func (c *column) readable() bool {
	switch c.mode {
	case outsideList, loginForm, closedNote, scriptList, singleText:
		return false
	}
	switch c.trouble {
	case noTrouble, busyOnce, slowAnswer:
		return !c.site.mongol
	}
	return false
}

func (c *column) blank() bool { return len(c.items) == 0 && len(c.children) == 0 }

// newest is the newest date not after the check point, of the column or the
// freshest of its sub-columns.
func (c *column) newest() time.Time {
	var t time.Time
	for _, it := range c.items {
		if it.at.After(t) && !it.at.After(c.site.farm.opt.AsOf) {
			t = it.at
		}
	}
	for _, k := range c.children {
		if n := k.newest(); n.After(t) {
			t = n
		}
	}
	return t
}

// monthsOf are the cycles in months; news has 14 days.
var monthsOf = map[govsweep.ColumnClass]int{
	govsweep.AnnouncementColumn: 6, govsweep.PolicyColumn: 6, govsweep.PersonnelColumn: 12, govsweep.PlanColumn: 12, govsweep.AnnualReportColumn: 12,
}

// over says whether the column exceeds the cycle of its class.
func (c *column) over() bool {
	asOf := c.site.farm.opt.AsOf
	if c.class == govsweep.NewsColumn {
		return govsweep.DaysBetween(c.newest(), asOf) > 14
	}
	n, ok := monthsOf[c.class]
	return ok && c.older(n)
}

// older says whether the newest item lies more than n calendar months back.
func (c *column) older(n int) bool {
	limit := govsweep.MonthsBefore(c.site.farm.opt.AsOf, n)
	return govsweep.DaysBetween(c.newest(), limit) > 0
}

func (s *site) judgeBlank(c *column) {
	s.plant(columnBlank, c, "空白栏目")
	if s.portal() {
		s.plant("other-column-blank", c, "空白栏目（门户扣分）")
	}
	if _, ok := monthsOf[c.class]; ok || c.class == govsweep.NewsColumn {
		s.tolerate(columnStale, c, "空白栏目是否另按超期计，文件未明确")
	}
	s.tolerate("other-column-stale", c, "空白栏目是否另按超期计，文件未明确")
}

func (s *site) judgeStale(c *column) {
	switch {
	case c.class == govsweep.PolicyColumn && c.level > 1:
		s.tolerate(columnStale, c, "政策文件下级栏目的周期文件未明确")
		s.tolerate("policy-column-stale", c, "政策文件下级栏目的周期文件未明确")
		s.tolerate("other-column-stale", c, "政策文件下级栏目的周期文件未明确")
		return
	default:
		s.plant(columnStale, c, "超过更新周期："+govsweep.DateOf(c.newest()))
	}
	if !s.portal() {
		return
	}
	switch c.class {
	case govsweep.NewsColumn:
		s.plant("news-column-stale", c, "动态要闻2周未更新")
	case govsweep.PolicyColumn:
		s.plant("policy-column-stale", c, "政策文件一级栏目6个月未更新")
	case govsweep.AnnouncementColumn:
		s.tolerate("other-column-stale", c, "通知公告超期是否计入其他栏目，文件未明确")
	default:
		s.plant("other-column-stale", c, "应更新未更新（门户扣分）")
	}
}

// judgeAge judges the classes whose cycle stands in an item of its own.
func (s *site) judgeAge(c *column) {
	if !s.portal() || !c.readable() || c.blank() {
		return
	}
	switch {
	case c.class == govsweep.InterpretationColumn && c.older(6):
		s.plant("interpretation-column-stale", c, "政策解读6个月未更新")
		s.tolerate(columnStale, c, "政策解读的周期未经确认")
		s.tolerate("other-column-stale", c, "政策解读已按其他指标扣分")
	case c.class == govsweep.StatisticsColumn && c.older(3):
		s.plant("service-statistics-stale", c, "办事统计数据3个月未更新")
	case c.class == govsweep.LettersColumn && c.older(2):
		s.plant("letters-stale", c, "留言公开2个月未更新")
	case c.class == govsweep.SurveyColumn && c.within(12) < 6:
		s.plant("survey-too-few", c, "1年内征集调查少于6次")
	}
}

// within counts the items of the last n months.
func (c *column) within(n int) int {
	limit, k := govsweep.MonthsBefore(c.site.farm.opt.AsOf, n), 0
	for _, it := range c.items {
		if it.at.After(limit) {
			k++
		}
	}
	return k
}

// judgeParents leaves open whether a parent without a list of its own is
// stale beside its stale sub-columns.
func (s *site) judgeParents() {
	for _, c := range s.columns {
		if c.level == 1 && len(c.children) > 0 && !c.newest().IsZero() && govsweep.DaysBetween(c.newest(), s.farm.opt.AsOf) > 14 {
			for _, code := range []govsweep.IndicatorCode{columnStale, "news-column-stale", "other-column-stale"} {
				s.tolerate(code, c, "下级栏目均已超期，上级栏目随之超期")
			}
		}
	}
}

func (s *site) veto(code govsweep.IndicatorCode, columns []any, line int) {
	switch {
	case len(columns) >= line:
		s.farm.notes = append(s.farm.notes, note{site: s, code: code, where: "/", also: columns, kind: Planted, wide: true, text: "达到单项否决数量"})
	case len(columns) == line-1:
		s.alike(code, "/", "差一个达到单项否决数量")
	}
}

// judgeHome judges whether the home page shows an update within two weeks;
// where it only leads on, whether any column does.
func (s *site) judgeHome() {
	var newest time.Time
	shown := s.homeShown()
	if s.home.navOnly {
		shown = s.columns
	}
	for i, c := range shown {
		items := c.items
		if !s.home.navOnly {
			items = s.homeItems(c, i == 1)
		}
		for _, it := range items {
			if it.at.After(newest) && !it.at.After(s.farm.opt.AsOf) {
				newest = it.at
			}
		}
	}
	if govsweep.DaysBetween(newest, s.farm.opt.AsOf) > 14 {
		s.plantWide("home-stale-veto", "/", "首页2周内无更新："+govsweep.DateOf(newest))
	}
}
