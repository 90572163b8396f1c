package origin

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
)

// Bounds of what is gathered of one site.
const (
	maxArticles = 50_000
	minTitle    = 4 // characters: a shorter row of a list is a button
)

// After is later than every day: nothing before it was read whole.
const After = "9999-12-31"

// SiteSide is what one sweep knows of the articles of a site.
type SiteSide struct {
	Site     govsweep.Target
	Sweep    int64
	AsOf     time.Time // 监测时间点 of that sweep
	Articles []govsweep.Published
	// Since is the day from which on the lists were read whole; "" when they
	// were read to their end.
	Since string
	// Columns gives by address the day from which on the lists of a column were
	// read whole; "" when they were read to their end, After when no row that
	// was read has a day.
	Columns map[string]string
	// Why says why nothing may be called missing on the site; "" when it may.
	Why string
}

// Gatherer makes the side of a site of the records of one inspection, in
// whatever order they come. It is for one goroutine.
type Gatherer struct {
	since string // articles before that day are not kept
	found map[uint64]*gathered
	lists map[string]*listed // by address of the column
	read  map[uint64]bool    // list pages that were read
	full  bool
}

// gathered is one article: what its page says goes before what a list says.
type gathered struct {
	url, column     string
	title, date     string // of its page
	listed, listDay string // of a row
	sketch          govsweep.TextSketch
}

// listed is what was read of the lists of one column.
type listed struct {
	oldest string // day of a row that is not pinned
	more   map[uint64]bool
}

// NewGatherer starts a side; articles dated before since are left out.
func NewGatherer(since time.Time) *Gatherer {
	return &Gatherer{since: govsweep.DateOf(since), found: map[uint64]*gathered{}, lists: map[string]*listed{}, read: map[uint64]bool{}}
}

// Add takes one record.
func (g *Gatherer) Add(r *govsweep.Record) {
	f := r.Facts
	if r.Failure != "" || r.Truncated || f == nil || f.Response != govsweep.Content && f.List == nil {
		return
	}
	if f.Kind == govsweep.ArticlePage {
		g.addPage(r)
	}
	if f.List == nil || f.List.State == govsweep.UnreadList {
		return
	}
	column := r.Visit.Column
	if column == "" && r.Visit.Role != govsweep.HomeRole {
		column = r.Visit.URL
	}
	of := g.lists[column]
	if of == nil {
		of = &listed{more: map[uint64]bool{}}
		g.lists[column] = of
	}
	g.read[address.Key(r.Visit.URL, r.Visit.Form)] = true
	for _, u := range f.More {
		of.more[address.Key(u, "")] = true
	}
	for i := range f.List.Items {
		g.addRow(&f.List.Items[i], column, of)
	}
}

func (g *Gatherer) addPage(r *govsweep.Record) {
	f := r.Facts
	title := f.VisibleTitle
	if title == "" {
		title = f.HeadTags["ArticleTitle"]
	}
	if title == "" {
		title = f.Title
	}
	it := g.at(r.Visit.URL)
	if it == nil {
		return
	}
	if it.title == "" || title != "" && title < it.title {
		it.title = title
	}
	if f.Published != "" && (it.date == "" || f.Published < it.date) {
		it.date = f.Published
	}
	if f.Sketch.Runes > it.sketch.Runes {
		it.sketch = f.Sketch
	}
}

func (g *Gatherer) addRow(row *govsweep.ListItem, column string, of *listed) {
	if day := dayPart(row.Date); day != "" && !row.Pinned && (of.oldest == "" || day < of.oldest) {
		of.oldest = day
	}
	if len([]rune(strings.TrimSpace(row.Title))) < minTitle || row.URL == "" {
		return
	}
	it := g.at(row.URL)
	if it == nil {
		return
	}
	if len(row.Title) > len(it.listed) || len(row.Title) == len(it.listed) && row.Title < it.listed {
		it.listed = row.Title
	}
	if row.Date != "" && (it.listDay == "" || row.Date < it.listDay) {
		it.listDay = row.Date
	}
	if column != "" && (it.column == "" || column < it.column) {
		it.column = column
	}
}

// at gives the article of an address; nil when there are too many.
func (g *Gatherer) at(url string) *gathered {
	key := address.Key(url, "")
	it := g.found[key]
	if it == nil {
		if len(g.found) >= maxArticles {
			g.full = true
			return nil
		}
		it = &gathered{url: url}
		g.found[key] = it
	}
	if url < it.url {
		it.url = url
	}
	return it
}

// Side gives what was gathered. d is the dossier of the same inspection: it
// says which columns could not be read.
func (g *Gatherer) Side(d *facts.Dossier, sweep int64) *SiteSide {
	s := &SiteSide{Site: d.Site.Target(), Sweep: sweep, AsOf: d.AsOf, Why: whyNotWhole(d), Columns: map[string]string{}}
	for _, key := range slices.Sorted(maps.Keys(g.found)) {
		if p, ok := g.found[key].published(); ok && (p.At.IsZero() || govsweep.DateOf(p.At) >= g.since) {
			s.Articles = append(s.Articles, p)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(g.lists)) {
		of := g.lists[column]
		if column == "" {
			continue
		}
		if g.readAll(of) {
			s.Columns[column] = ""
			continue
		}
		s.Columns[column] = of.oldest
		if of.oldest == "" {
			s.Columns[column] = After
		}
		if of.oldest == "" && s.Why == "" {
			s.Why = "网站有栏目的列表没有读到最后一页，已读部分又没有日期，不能认定账号信息未在网站发布。"
		}
		s.Since = max(s.Since, of.oldest)
	}
	if g.full && s.Why == "" {
		s.Why = fmt.Sprintf("网站信息超过%d条，只比对了一部分，不能认定账号信息未在网站发布。", maxArticles)
	}
	return s
}

func (g *Gatherer) readAll(of *listed) bool {
	for key := range of.more {
		if !g.read[key] {
			return false
		}
	}
	return true
}

func (it *gathered) published() (govsweep.Published, bool) {
	p := govsweep.Published{Title: it.title, URL: it.url, Place: it.column, Sketch: it.sketch}
	if p.Title == "" {
		p.Title = it.listed
	}
	date := it.date
	if date == "" {
		date = it.listDay
	}
	p.At, p.DayOnly = timeOf(date)
	return p, p.Title != "" && !facts.IsSiteMap(p.Title)
}

// timeOf reads a date as facts hold it.
func timeOf(s string) (at time.Time, dayOnly bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.In(govsweep.Shanghai), false
	}
	t, err := time.ParseInLocation("2006-01-02", s, govsweep.Shanghai)
	if err != nil {
		return time.Time{}, false
	}
	return t, true
}

func dayPart(date string) string {
	if len(date) < len("2006-01-02") {
		return ""
	}
	return date[:len("2006-01-02")]
}

// whyNotWhole says why a site was not read whole; "" when it was.
func whyNotWhole(d *facts.Dossier) string {
	for _, k := range []facts.FactKind{facts.KindHome, facts.KindColumns, facts.KindListings} {
		if why := d.Missing[k]; why != "" {
			return "网站栏目未能读取：" + why
		}
	}
	if d.Coverage.Suspect {
		return "网站大量页面未能读取，不能认定账号信息未在网站发布。"
	}
	unread, example := 0, ""
	for i := range d.Columns {
		if c := &d.Columns[i]; c.Unread != "" && !c.OutsideOnly {
			if unread++; example == "" {
				example = c.Name
			}
		}
	}
	if unread > 0 {
		return fmt.Sprintf("网站有%d个栏目未能读取（如“%s”），不能认定账号信息未在网站发布。", unread, example)
	}
	return ""
}
