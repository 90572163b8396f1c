package reports

import (
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// How the items of a column were brought into months.
const (
	countedByDate = "按日期" // the date of every item is known
	countedByWeek = "按周"  // only items a week: each week counts where its last day lies
	notCounted    = "未计入"
	twiceCounted  = "不重复计算" // its items stand in sub-columns
)

// listColumns lists every column of every site with its items by month.
func (a *Annex) listColumns() {
	cols := append(annexSiteCols(), Col{Title: "栏目路径", Width: 30}, Col{Title: "栏目类别", Width: 12})
	cols = append(cols, a.monthCols(len(a.months) > 4)...)
	a.columns = a.newList("栏目发布信息", append(cols, Col{Title: "统计期合计", Width: 10, Right: true}, Col{Title: "计数方式", Width: 10},
		Col{Title: "监测时间点", Width: 12}, Col{Title: "说明", Width: 40})...)
	slices.SortStableFunc(a.in.Sites, func(x, y AnnexSite) int { return strings.Compare(orderKey(&x.Site), orderKey(&y.Site)) })
	a.siteRows = map[govsweep.TargetID][]int{}
	for i := range a.in.Sites {
		s := &a.in.Sites[i]
		for _, key := range columnKeys(s) {
			a.siteRows[s.Site.ID] = append(a.siteRows[s.Site.ID], a.listColumn(s, key))
		}
	}
}

// annexSiteCols leaves the unit to the workbook: months need the room.
func annexSiteCols() []Col {
	cols := slices.Clone(siteCols)
	cols[2].Wide = true
	return cols
}

func (a *Annex) monthCols(wide bool) []Col {
	var cols []Col
	for _, m := range a.months {
		cols = append(cols, Col{Title: m.label, Width: 9, Right: true, Wide: wide})
	}
	return cols
}

// columnKeys are the addresses of all columns any inspection saw, in order
// of the newest inspection first, then address.
func columnKeys(s *AnnexSite) []string {
	slices.SortStableFunc(s.Inspections, func(x, y AnnexInspection) int { return x.AsOf.Compare(y.AsOf) })
	seen := map[string]bool{}
	var keys []string
	for i := len(s.Inspections) - 1; i >= 0; i-- {
		for j := range s.Inspections[i].Columns {
			if url := s.Inspections[i].Columns[j].URL; !seen[url] {
				seen[url] = true
				keys = append(keys, url)
			}
		}
	}
	return keys
}

// sighting is a column as one inspection saw it.
type sighting struct {
	asOf time.Time
	c    *govsweep.ColumnVerdict
}

func sightings(s *AnnexSite, url string) []sighting {
	var out []sighting
	for i := range s.Inspections {
		in := &s.Inspections[i]
		for j := range in.Columns {
			if in.Columns[j].URL == url {
				out = append(out, sighting{in.AsOf, &in.Columns[j]})
			}
		}
	}
	return out
}

// listColumn adds the row of one column and gives its number.
func (a *Annex) listColumn(s *AnnexSite, url string) int {
	seen := sightings(s, url)
	last := seen[len(seen)-1]
	path := orUnknown(notedOr(pathOf(last.c), url))
	row := append(siteCells(&s.Site), text(path), text(columnClassWord(last.c.Class)))
	how, why := countedByDate, ""
	sum, any := 0, false
	skip := len(last.c.Children) > 0 || last.c.OutsideOnly
	for _, m := range a.months {
		n, by, ok := itemsIn(seen, m)
		if skip || !ok {
			row = append(row, text(unknown))
			continue
		}
		row, sum, any = append(row, count(n)), sum+n, true
		if by == countedByWeek {
			how = countedByWeek
		}
		if last.asOf.Before(m.to) {
			a.unfinished[m.label] = true
		}
	}
	total := count(sum)
	switch {
	case len(last.c.Children) > 0:
		how, why, total = twiceCounted, "有下级栏目，信息在下级栏目中统计。", text(unknown)
	case last.c.OutsideOnly:
		how, why, total = notCounted, "只链接到其他网站，没有自己的信息。", text(unknown)
	case !any:
		how, why, total = notCounted, orUnknown(notedOr(last.c.Unread, "统计期不在检查所覆盖的52周之内，或栏目没有列表。")), text(unknown)
	case last.c.Undated > 0:
		why = "另有" + number(last.c.Undated) + "条信息没有日期，未计入。"
	}
	return a.columns.add(append(row, total, text(how), text(circularDay(last.asOf)), text(why))...)
}

// itemsIn counts the items of one month. It goes by the first inspection
// after the month that read the column and still looks back on all of it; a
// month that is not over yet is counted up to the last check point.
func itemsIn(seen []sighting, m annexMonth) (n int, how string, ok bool) {
	for i, s := range seen {
		last := i == len(seen)-1
		start := s.asOf.AddDate(0, 0, -52*7)
		if s.c.Unread != "" || s.c.State == "" || s.c.State == govsweep.UnreadList || s.c.Verdict == govsweep.ColumnUnread || start.After(m.from) || s.asOf.Before(m.from) {
			continue
		}
		if s.asOf.Before(m.to) && !last && readLater(seen[i+1:]) {
			continue
		}
		n, how = itemsOf(s, m)
		return n, how, true
	}
	return 0, "", false
}

func readLater(seen []sighting) bool {
	return slices.ContainsFunc(seen, func(s sighting) bool { return s.c.Unread == "" && s.c.State != "" && s.c.State != govsweep.UnreadList })
}

// itemsOf counts by the dates of the items where all of the last 52 weeks
// are known, else by weeks.
func itemsOf(s sighting, m annexMonth) (int, string) {
	from, to, start := govsweep.DateOf(m.from), govsweep.DateOf(m.to), govsweep.DateOf(s.asOf.AddDate(0, 0, -52*7+1))
	dated, within := 0, 0
	for _, d := range s.c.Dates {
		if len(d) < len("2006-01-02") {
			continue
		}
		d = d[:len("2006-01-02")]
		if d >= start && d <= govsweep.DateOf(s.asOf) {
			dated++
		}
		if d >= from && d <= to && d <= govsweep.DateOf(s.asOf) {
			within++
		}
	}
	if dated == weeksTotal(s.c) {
		return within, countedByDate
	}
	sum := 0
	for i, n := range s.c.Weeks {
		if end := govsweep.DateOf(s.asOf.AddDate(0, 0, -7*i)); end >= from && end <= to {
			sum += n
		}
	}
	return sum, countedByWeek
}
