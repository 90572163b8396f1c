package facts

import (
	"cmp"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// want is an undated item of some list.
type want struct {
	key uint64
	set *itemSet
}

// wants are the undated items of all lists, in order of key.
type wants []want

// seal ends the first round: from here on undated items are looked up.
func (c *columnsFold) seal() {
	c.want(&c.home.items)
	for _, col := range c.byKey {
		c.want(&col.items)
	}
	slices.SortFunc(c.wants, func(a, b want) int { return cmp.Compare(a.key, b.key) })
}

func (c *columnsFold) want(s *itemSet) {
	s.compact()
	for _, it := range s.items {
		if it.from < fromArticle {
			c.wants = append(c.wants, want{it.key, s})
		}
	}
}

// resolve dates undated items that lead to the page of r.
func (c *columnsFold) resolve(r *govsweep.Record) {
	key := keyOf(r)
	i, ok := slices.BinarySearchFunc(c.wants, key, func(w want, k uint64) int { return cmp.Compare(w.key, k) })
	if !ok || !usable(r) {
		return
	}
	day := dayIn(r.Facts)
	if day == noDay {
		return
	}
	p := r.Facts
	title := clip(firstOf(p.VisibleTitle, p.HeadTags["ArticleTitle"], p.Title), titleRunes)
	for ; i < len(c.wants) && c.wants[i].key == key; i++ {
		c.wants[i].set.date(key, day, dateSource(p), title, r.Visit.URL, c.today)
	}
}

// result gives the columns in order of path, then address.
func (c *columnsFold) result() []govsweep.ColumnActivity {
	var bs []*branch
	named := make(map[string]int)
	for _, col := range c.byKey {
		col.order()
		named[col.crumbPath()]++
	}
	for _, col := range c.byKey {
		path := col.crumbPath()
		if col.isColumn(path != "" && named[path] == 1) {
			bs = append(bs, c.branchOf(col))
		}
	}
	slices.SortFunc(bs, func(a, b *branch) int { return cmp.Compare(a.URL, b.URL) })
	growTree(bs)
	freshen(bs)
	out := make([]govsweep.ColumnActivity, 0, len(bs))
	for _, b := range bs {
		classifyColumn(&b.Column, b.columnType, b.read)
		out = append(out, *b.ColumnActivity)
	}
	slices.SortFunc(out, func(a, b govsweep.ColumnActivity) int {
		return cmp.Or(slices.Compare(a.Path, b.Path), cmp.Compare(a.URL, b.URL))
	})
	return out
}

// order makes the looks independent of the order in which they came.
func (col *columnFold) order() {
	slices.SortFunc(col.fronts, func(a, b front) int {
		return cmp.Or(cmp.Compare(a.look, b.look), cmp.Compare(a.url, b.url), cmp.Compare(a.saw, b.saw), cmp.Compare(a.digest, b.digest))
	})
	slices.SortFunc(col.parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.look, b.look), cmp.Compare(a.saw, b.saw), cmp.Compare(a.why, b.why))
	})
}

// branchOf builds the activity of one column from all that was seen of it.
func (c *columnsFold) branchOf(col *columnFold) *branch {
	f := col.best()
	a := &govsweep.ColumnActivity{Column: c.rowOf(col, f)}
	b := &branch{ColumnActivity: a, base: treeBase(col.url), inNav: col.inNav}
	b.printed = len(a.Path) > 0
	if b.read = f.useful(); b.read {
		b.columnType = f.columnType
	}
	s := col.settle()
	a.State, a.Unread, a.Looks = s.state, s.unread, s.looks
	if s.front != nil {
		a.PageURL, a.Digest = s.front.url, s.front.digest
	}
	c.count(col, a)
	if s.front != nil && s.front.saw == sawArticle && a.Unread == "" {
		c.countArticle(s.front, a)
	}
	c.remark(col, a)
	a.HadContent = a.HadContent || a.Items > 0 || a.Newest != ""
	return b
}

// rowOf gives the row of the register, carried on or new.
func (c *columnsFold) rowOf(col *columnFold, f *front) govsweep.Column {
	row := govsweep.Column{FirstSeen: c.in.AsOf}
	if col.known != nil {
		row = *col.known
	} else if len(col.fronts) > 0 {
		row.FirstSeen = col.fronts[0].at
	}
	row.Site, row.URL = c.in.Site.ID, col.url
	row.Name, row.Source = col.nameOf(f), col.sourceOf(f)
	registered := row.Source == sourceRegister && len(row.Path) > 0
	if !registered && f.useful() && len(f.breadcrumb) > 0 {
		row.Path, row.Level = crumbPath(f, row.Name), 0
	}
	return row
}

// crumbPath is the breadcrumb of a column, ending with its name.
func crumbPath(f *front, name string) []string {
	path := slices.Clone(f.breadcrumb)
	if f.saw == sawArticle && path[len(path)-1] != name {
		if i := slices.Index(path, name); i > 0 {
			return path[:i+1]
		}
	}
	return path
}

// count sums up the items of a column.
func (c *columnsFold) count(col *columnFold, a *govsweep.ColumnActivity) {
	t := col.items.sum(c.today)
	a.Items, a.Undated, a.Future, a.Weeks = t.items, t.undated, t.future, t.weeks
	a.Newest = dateOfDay(t.newest)
	for _, r := range col.items.top(keptTitles) {
		a.Titles = append(a.Titles, r.title)
		a.Dates = append(a.Dates, dateOfDay(r.day))
		if a.NewestFrom == "" && r.day == t.newest && r.day != noDay {
			a.NewestTitle, a.NewestURL, a.NewestFrom = r.title, r.url, r.from.String()
		}
	}
	a.OutsideOnly = t.items > 0 && t.outside == t.items && t.dated == 0
}

// countArticle gives a column that is one article the date of that article.
func (c *columnsFold) countArticle(f *front, a *govsweep.ColumnActivity) {
	switch {
	case f.published == noDay:
	case f.published > c.today:
		a.Future++
	case dateOfDay(f.published) > a.Newest:
		a.Newest, a.NewestTitle, a.NewestURL = dateOfDay(f.published), f.title, f.url
		a.NewestFrom = f.publishedFrom.String()
	}
}

// remark adds what keeps a column from being judged like others.
func (c *columnsFold) remark(col *columnFold, a *govsweep.ColumnActivity) {
	for i := range col.fronts {
		f := &col.fronts[i]
		a.Notice = firstOf(a.Notice, f.notice)
		if a.Phones == nil {
			a.Phones = f.phones
		}
		if f.moved || a.Items == 0 && f.login {
			a.OutsideOnly = true
		}
	}
}

// keyOf gives the identity of a record's address; the second look of an
// address has the identity of the first.
func keyOf(r *govsweep.Record) uint64 {
	if r.Visit.Key != 0 && r.Visit.Look == 0 {
		return r.Visit.Key
	}
	return address.Key(r.Visit.URL, r.Visit.Form)
}
