package reports

import (
	"regexp"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// ofClass counts by month the items in the columns of one class.
func (u *UnitStatistics) ofClass(group, item, unit string, class govsweep.ColumnClass, given *int) {
	var all []tallied
	for _, m := range u.months {
		f := u.classMonth(class, m)
		all = append(all, f)
		u.add(group, item, statisticsTotal, m.key(), unit, f)
	}
	u.add(group, item, statisticsTotal, "", unit, u.periodOf(all).or(given))
}

// periodOf adds months up and keeps the reason where all have the same.
func (u *UnitStatistics) periodOf(all []tallied) tallied {
	sum := together(all)
	if same := !slices.ContainsFunc(all, func(f tallied) bool { return f.note != all[0].note }); same {
		sum.note = all[0].note
	}
	return sum
}

// classColumn is a column of a class: what inspections saw of it, and the day
// down to which the last one read it whole; "" = to its end.
type classColumn struct {
	seen  []sighting
	since string
}

// classColumns gives the columns of a class as the inspections saw them, and
// why there may be more.
func (u *UnitStatistics) classColumns(class govsweep.ColumnClass) (out []classColumn, why string) {
	for i := range u.in.Sites {
		s := &u.in.Sites[i]
		if len(s.Inspections) == 0 {
			why = "有网站尚未检查栏目。"
			continue
		}
		site := AnnexSite{Site: s.Site, Inspections: slices.Clone(s.Inspections)}
		for _, key := range columnKeys(&site) {
			seen := sightings(&site, key)
			if last := seen[len(seen)-1].c; last.Class == class && len(last.Children) == 0 && !last.OutsideOnly {
				since, listed := s.Columns[key]
				if !listed {
					since = s.Since
				}
				out = append(out, classColumn{seen, since})
			}
		}
	}
	if len(out) == 0 && why == "" {
		why = "网站未识别出“" + columnClassWord(class) + "”栏目。"
	}
	return out, why
}

// classMonth counts one month of the columns of a class. Only a month that
// every one of them was read over is exact.
func (u *UnitStatistics) classMonth(class govsweep.ColumnClass, m annexMonth) tallied {
	columns, why := u.classColumns(class)
	var all []tallied
	weeks, undated := false, 0
	for _, c := range columns {
		f := tallied{state: StatisticsUnknown}
		last := c.seen[len(c.seen)-1]
		if n, how, ok := itemsIn(c.seen, m); ok {
			f = tallied{n: n, state: StatisticsExact, source: fromInspection}
			weeks, undated = weeks || how == countedByWeek, undated+last.c.Undated
			if m.to.After(govsweep.EndOfDay(last.asOf)) || c.since >= govsweep.DateOf(m.from) {
				f.state = StatisticsAtLeast
			}
		}
		all = append(all, f)
	}
	if why != "" {
		all = append(all, tallied{state: StatisticsUnknown})
	}
	sum := together(all)
	if sum.note != "" || why != "" {
		if sum.note = why; why == "" {
			sum.note = "有“" + columnClassWord(class) + "”栏目未能读取，或者其列表没有读到该月每一天。"
		}
	}
	if weeks && sum.state != StatisticsUnknown {
		sum.note += "部分信息按周归入月份，月初月末可能有出入。"
	}
	if undated > 0 {
		sum.note += "另有" + number(undated) + "条信息没有日期，未计入。"
	}
	return sum
}

const gazetteGroup = "政府公报"

// issueWords find the number of an issue in a title: 2026年第3期.
var issueWords = regexp.MustCompile(`(?:(20[0-9]{2})\s*年)?\s*[（(]?第\s*([0-9]{1,3}|[〇零一二三四五六七八九十]{1,4})\s*[期号]`)

// gazette counts the issues of the gazette that columns show in the period.
func (u *UnitStatistics) gazette() {
	var months []tallied
	for _, m := range u.months {
		months = append(months, u.classMonth(govsweep.GazetteColumn, m))
	}
	items := u.periodOf(months)
	columns, _ := u.classColumns(govsweep.GazetteColumn)
	issues, told, untold := map[string]bool{}, 0, 0
	for _, c := range columns {
		a, b := u.issuesOf(c.seen[len(c.seen)-1], issues)
		told, untold = told+a, untold+b
	}
	f := tallied{n: len(issues), state: StatisticsExact, source: fromInspection, note: items.note}
	switch {
	case items.state == StatisticsUnknown && len(issues) == 0:
		f.state = StatisticsUnknown
	case items.state == StatisticsExact && untold == 0 && told == items.n:
	case len(issues) == 0:
		f.state, f.note = StatisticsUnknown, "政府公报栏目发布信息"+number(items.n)+"条，标题未载明期号，期数不能认定。"+items.note
	default:
		f.state, f.note = StatisticsAtLeast, items.note+"按标题载明的期号统计，有信息未载明期号或者未能读到。"
	}
	u.add(gazetteGroup, "公报期数", statisticsTotal, "", "期", f.or(u.in.Given.gazette()))
}

// issuesOf enters the issues a column shows in the period, and counts the
// items that name one and those that do not.
func (u *UnitStatistics) issuesOf(s sighting, issues map[string]bool) (told, untold int) {
	from, to := govsweep.DateOf(u.months[0].from), govsweep.DateOf(u.months[len(u.months)-1].to)
	to = min(to, govsweep.DateOf(s.asOf))
	for i, day := range s.c.Dates {
		if i >= len(s.c.Titles) || len(day) < len(time.DateOnly) || day[:10] < from || day[:10] > to {
			continue
		}
		found := issueWords.FindStringSubmatch(s.c.Titles[i])
		if found == nil {
			untold++
			continue
		}
		told++
		issues[first(found[1], day[:4])+"-"+found[2]] = true
	}
	return told, untold
}

// letters prints what only the unit knows of messages.
func (u *UnitStatistics) letters() {
	received, answered := u.in.Given.messages()
	none := nobodyKnows("公开网页上没有可供统计的内容，请在数据文件中填写。")
	u.add("网民留言答复", "收到网民留言", statisticsTotal, "", "件", none.orOnly(received))
	u.add("网民留言答复", "答复网民留言", statisticsTotal, "", "件", none.orOnly(answered))
}

// orOnly is or for a number that no inspection ever counts.
func (f tallied) orOnly(given *int) tallied {
	f.note = map[bool]string{true: f.note}[given == nil]
	return f.or(given)
}
