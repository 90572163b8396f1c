package farm

import (
	"math/rand/v2"

	"github.com/govsweep/govsweep"
)

const (
	portal = govsweep.Portal
	office = govsweep.DepartmentSite
)

// parts is the cast of the farm; a larger farm plays it again with other
// names, families and places. Clean sites carry nothing at all.
var parts = []part{
	{"clean", portal, nil, 0, 0},
	{"mixed", portal, mixed, 36, 28},
	{"blank-veto", portal, func(s *site, r *rand.Rand) { s.blank(r, 6) }, 24, 26},
	{"clean", office, nil, 0, 0},
	{"news-stale-veto", portal, newsStaleVeto, 24, 26},
	{"column-edges", portal, columnEdges, 20, 32},
	{"stale-veto", portal, staleVeto, 24, 26},
	{"home-stale", portal, func(s *site, r *rand.Rand) { s.home.frozen = true }, 24, 26},
	{"foot-missing", office, footMissing, 24, 26},
	{"columns-missing", portal, columnsMissing, 20, 26},
	{"foot-outdated", portal, footOutdated, 24, 26},
	{"foot-script", portal, footScript, 24, 26},
	{"tags-template", portal, tagsTemplate, 20, 26},
	{"metadata", portal, func(s *site, r *rand.Rand) { s.futureHome(r) }, 44, 26},
	{"clean-looks", portal, nil, 0, 64},
	{"links", portal, homeLinks, 30, 30},
	{"soft-404", office, func(s *site, r *rand.Rand) { s.soften("page"); datesOnly(s, r) }, 24, 26},
	{"home-404", portal, home404, 24, 26},
	{"domain-suffix", portal, domainSuffix, 20, 26},
	{"domain-structure", portal, domainStructure, 20, 26},
	{"challenged", portal, wholeSite(challenged), 0, 0},
	{"part-challenged", portal, columnTroubles, 20, 28},
	{"tls-fault", office, func(s *site, r *rand.Rand) { s.trouble, s.secure = plainOnly, true }, 20, 26},
	{"duties", portal, duties, 20, 28},
	{"duty-edges", portal, dutyEdges, 20, 32},
	{"mongolian", portal, mongolian, 0, 8},
	{"traditional", office, traditionalSite, 20, 26},
	{"traps", portal, trapped, 20, 26},
	{"busy", portal, busyEntrance, 20, 26},
	{"home-edges", portal, homeEdges, 20, 30},
	{"utf-16", office, staleNine, 20, 28},
	{"down", office, wholeSite(serverError), 0, 0},
}

func wholeSite(t trouble) func(*site, *rand.Rand) {
	return func(s *site, r *rand.Rand) { s.trouble = t }
}

// mixed is a portal with a little of everything.
func mixed(s *site, r *rand.Rand) {
	s.blank(r, 2)
	s.aged(s.column("bmdt"), 40)
	s.aged(s.column("rsxx"), 430)
	columnTagFaults(s, r, 3)
}

// blank empties n columns whose class has no cycle.
func (s *site) blank(r *rand.Rand, n int) {
	words := []string{"", "暂无内容", "暂无信息", "", "栏目内容正在建设中", "没有找到相关数据"}
	done := 0
	for _, i := range r.Perm(len(s.columns)) {
		c := s.columns[i]
		if done == n {
			return
		}
		if c.class != govsweep.ExpectedColumn || c.planted || len(c.items) == 0 {
			continue
		}
		c.items, c.planted, c.blankWord = nil, true, pick(r, words)
		done++
	}
}

// aged shifts all items of a column back so that its newest one is age days old.
func (s *site) aged(c *column, age int) {
	if c == nil || len(c.items) == 0 {
		return
	}
	c.planted = true
	s.shift(c, govsweep.DaysBetween(c.newest(), s.farm.opt.AsOf)-age)
}

// shift moves every item of a column by days.
func (s *site) shift(c *column, days int) {
	for _, it := range c.items {
		it.at = it.at.AddDate(0, 0, days)
		if d := it.doc; d != nil {
			s.makeDocument(s.dice(it.title), it)
		}
	}
}

func newsStaleVeto(s *site, r *rand.Rand) {
	for _, slug := range []string{"bmdt", "zjdt", "tpxw", "gzdt"} {
		s.aged(s.column(slug), between(r, 17, 60))
	}
	s.aged(s.column("tzgg"), between(r, 200, 300))
}

// staleVeto reaches ten over the classes without reaching five of any other veto.
func staleVeto(s *site, r *rand.Rand) {
	for _, slug := range []string{"bmdt", "zjdt", "tpxw"} {
		s.aged(s.column(slug), between(r, 20, 90))
	}
	s.aged(s.column("zcwj"), between(r, 200, 280))
	s.aged(s.column("rsxx"), between(r, 380, 500))
	s.aged(s.column("ghjh"), between(r, 380, 500))
	s.aged(s.column("zfxxgknb"), between(r, 400, 500))
	s.aged(s.column("zcjd"), between(r, 200, 260))
	s.blank(r, 4)
}

// staleNine stays one below every line, on a department site.
func staleNine(s *site, r *rand.Rand) {
	for _, slug := range []string{"jcdt", "hyyw", "tpxw"} {
		s.aged(s.column(slug), between(r, 20, 90))
	}
	s.aged(s.column("tzgg"), between(r, 200, 280))
	s.blank(r, 4)
	s.aged(s.column("rsxx"), between(r, 380, 500))
}

func columnsMissing(s *site, r *rand.Rand) {
	gone := []struct {
		slug, name string
		codes      []govsweep.IndicatorCode
	}{
		{"gk", "概况", []govsweep.IndicatorCode{"overview-column-missing"}}, {"jgzn", "机构职能", []govsweep.IndicatorCode{"functions-column-missing"}},
		{"ldxx", "领导信息", []govsweep.IndicatorCode{"leaders-column-missing"}}, {"zcjd", "政策解读", []govsweep.IndicatorCode{"interpretation-column-missing"}},
		{"zfxxgkzd", "政府信息公开制度", []govsweep.IndicatorCode{"disclosure-system-missing"}}, {"zfxxgknb", "年报", []govsweep.IndicatorCode{"annual-report-column-missing"}},
		{"zfgb", "政府公报", []govsweep.IndicatorCode{"gazette-missing"}},
	}
	for _, g := range gone {
		s.remove(g.slug)
		for _, code := range g.codes {
			s.plantWide(code, "/", "未开设"+g.name+"栏目")
		}
	}
	s.tolerateWide("survey-channel-missing", "")
	for _, it := range s.column("zcwj").items {
		it.related = nil
	}
	s.dropEntrance()
}

// dropEntrance takes the column that introduces the place off as well, so
// that nothing on the site is an overview.
func (s *site) dropEntrance() { s.remove("zj") }

func columnTagFaults(s *site, r *rand.Rand, n int) {
	tags := []struct {
		tag  string
		code govsweep.IndicatorCode
	}{{"ColumnName", "tag-column-name"}, {"ColumnDescription", "tag-column-description"}, {"ColumnKeywords", "tag-column-keywords"}, {"ColumnType", "tag-column-type"}}
	for i, k := range r.Perm(len(s.columns)) {
		c := s.columns[k]
		if n == 0 {
			break
		}
		if c.mode != plainList || len(c.drop) > 0 || c.trouble != noTrouble {
			continue
		}
		t := tags[i%len(tags)]
		c.drop[t.tag] = true
		s.plant(t.code, c, "栏目页缺少"+t.tag+"标签")
		n--
	}
	if s.portal() {
		s.tolerateWide(tagsImproper, "个别页面缺少标签，抽查规则未明确")
	}
}

// busyEntrance is a site that asks to come back later, behind a home page
// that only leads on.
func busyEntrance(s *site, r *rand.Rand) {
	s.trouble, s.home.navOnly = busyOnce, true
	s.alike("home-stale-veto", "/", "导航式首页，二级页面均有更新")
}
