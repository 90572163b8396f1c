package facts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// What a list of items keeps: a day for every item, words for few.
const (
	keptTitles = 40     // of the newest items, printed
	keptRows   = 96     // rows with words, so that keptTitles remain after doubles are out
	maxItems   = 50_000 // of one column; a longer list is counted no further
	titleRunes = 120
)

// dateFrom says where the date of an item was found; a greater one is better.
type dateFrom uint8

const (
	fromNowhere dateFrom = iota
	fromURL
	fromArticle
	fromList
)

// String gives the words of ColumnActivity.NewestFrom.
func (d dateFrom) String() string { return [...]string{"", "url", "article", "list"}[d] }

// item is one item of a list: 16 bytes, whatever its title.
type item struct {
	key     uint64
	day     int32
	from    dateFrom
	outside bool // leads to another host
}

// row is an item with its words.
type row struct {
	item
	title, url string
	page       string // the list page, its place in order: earlier pages first
	n          int    // row number there
}

// itemSet is the items of one column or of the home page, each address once.
type itemSet struct {
	items  []item
	tidy   int   // how many of them are sorted and single
	newest []row // rows with a date not after today, best first after trim
	plain  []row // rows without a date, first on the page first
}

// add takes the rows of one list. page orders lists: the first list page
// comes first.
func (s *itemSet) add(list *govsweep.List, page string, today int32, outside func(string) bool) {
	for n := range list.Items {
		s.addRow(&list.Items[n], page, n, today, outside)
	}
	if len(s.items) > 2*s.tidy+256 {
		s.compact()
	}
	s.trim()
}

func (s *itemSet) addRow(li *govsweep.ListItem, page string, n int, today int32, outside func(string) bool) {
	it := item{key: address.Key(li.URL, ""), day: noDay, outside: outside(li.URL)}
	if day, ok := dayNumber(li.Date); ok {
		it.day, it.from = day, fromList
	} else if day, ok := addressDay(li.URL); ok {
		it.day, it.from = day, fromURL
	}
	if len(s.items) < maxItems {
		s.items = append(s.items, it)
	}
	r := row{item: it, title: li.Title, url: li.URL, page: page, n: n}
	if it.from != fromList {
		s.plain = append(s.plain, r)
	}
	if it.day != noDay && it.day <= today {
		s.newest = append(s.newest, r)
	}
}

// compact sorts the items and keeps of each address the best date.
func (s *itemSet) compact() {
	slices.SortFunc(s.items, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.from, a.from), cmp.Compare(b.day, a.day))
	})
	s.items = slices.CompactFunc(s.items, func(a, b item) bool { return a.key == b.key })
	s.tidy = len(s.items)
}

// trim bounds the rows kept with words.
func (s *itemSet) trim() {
	if len(s.newest) > 2*keptRows {
		s.newest = trimRows(s.newest, newerRow)
	}
	if len(s.plain) > 2*keptRows {
		s.plain = trimRows(s.plain, earlierRow)
	}
}

func trimRows(rows []row, order func(a, b row) int) []row {
	slices.SortFunc(rows, order)
	rows = onceEach(rows)
	if len(rows) > keptRows {
		clear(rows[keptRows:])
		rows = rows[:keptRows]
	}
	for i := range rows {
		rows[i].title, rows[i].url = clip(rows[i].title, titleRunes), strings.Clone(rows[i].url)
	}
	return rows
}

// onceEach keeps of rows that say the same of one address the first.
func onceEach(rows []row) []row {
	seen := make(map[item]bool, len(rows))
	return slices.DeleteFunc(rows, func(r row) bool {
		double := seen[r.item]
		seen[r.item] = true
		return double
	})
}

func newerRow(a, b row) int {
	return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(b.from, a.from), earlierRow(a, b))
}

func earlierRow(a, b row) int {
	return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.n, b.n), cmp.Compare(a.url, b.url), cmp.Compare(a.title, b.title))
}

// find gives the place of key among the items; they are compact.
func (s *itemSet) find(key uint64) (int, bool) {
	return slices.BinarySearchFunc(s.items, key, func(it item, k uint64) int { return cmp.Compare(it.key, k) })
}

// date gives an item the date of the page behind it, unless it has a better one.
func (s *itemSet) date(key uint64, day int32, from dateFrom, title, url string, today int32) {
	i, ok := s.find(key)
	if !ok || s.items[i].from > from || s.items[i].from == from && s.items[i].day >= day {
		return
	}
	s.items[i].day, s.items[i].from = day, from
	if day <= today {
		s.newest = append(s.newest, row{item: s.items[i], title: title, url: url})
		s.trim()
	}
}

// sums are the figures of a set.
type sums struct {
	items, undated, future int
	dated, outside         int // rows that carry their own date; items on other hosts
	newest                 int32
	weeks                  activity
}

func (s *itemSet) sum(today int32) sums {
	s.compact()
	t := sums{items: len(s.items), newest: noDay}
	for _, it := range s.items {
		if it.outside {
			t.outside++
		}
		if it.from == fromList {
			t.dated++
		}
		switch {
		case it.day == noDay:
			t.undated++
		case it.day > today:
			t.future++
		default:
			t.newest = max(t.newest, it.day)
			t.weeks.add(it.day, today)
		}
	}
	return t
}

// top gives the newest rows, then those without a date, at most n.
func (s *itemSet) top(n int) []row {
	words := make(map[uint64]string, len(s.plain))
	slices.SortFunc(s.plain, earlierRow)
	for _, r := range slices.Backward(s.plain) {
		words[r.key] = r.title
	}
	slices.SortFunc(s.newest, newerRow)
	seen := make(map[uint64]bool)
	var out []row
	keep := func(r row) {
		i, ok := s.find(r.key)
		if !ok || seen[r.key] || len(out) == n || s.items[i].day != r.day {
			return
		}
		seen[r.key] = true
		if w := words[r.key]; w != "" {
			r.title = w
		}
		r.title = clip(r.title, titleRunes)
		out = append(out, r)
	}
	for _, r := range s.newest {
		keep(r)
	}
	for _, r := range s.plain {
		keep(r)
	}
	return out
}

// addressDay reads the day many systems write into an address.
func addressDay(url string) (int32, bool) {
	if h, ok := urlDate(url); ok {
		return dayNumber(h.Day())
	}
	return noDay, false
}
