package facts

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// maxColumns bounds what a hostile site can make us keep.
const maxColumns = 5_000

// columnsFold gathers everything said about the columns of a site.
type columnsFold struct {
	in      FolderInput
	today   int32
	homeKey uint64
	hosts   map[string]bool // of the site itself
	home    *homeFold
	byKey   map[uint64]*columnFold
	wants   wants
}

// columnFold is one column while it is folded.
type columnFold struct {
	url    string
	key    uint64
	known  *govsweep.Column // nil when it was not known before
	nav    string           // words of the navigation link
	inNav  bool
	fronts []front
	parts  []part
	items  itemSet
}

// front is one look at the first page of a column.
type front struct {
	sight
	url, digest   string
	look          int
	gone          bool // certainly not there
	kind          govsweep.PageKind
	title         string
	breadcrumb    []string
	columnName    string
	columnType    string
	published     int32
	publishedFrom dateFrom
	frames        map[uint64]bool // pages that may hold the list
	calls         bool            // a script fetches the list
	moved, login  bool            // to another host; a log-in form
	notice        string
	phones        []string
	at            time.Time
	own           bool   // a single article that bears the name of its column
	onward        uint64 // where a redirect within the site leads
}

// part is one look at anything else that carries items of a column: a
// further list page, a list call, a frame.
type part struct {
	sight
	key  uint64
	look int
	call bool
}

func newColumnsFold(f *Folder) columnsFold {
	c := columnsFold{
		in: f.in, today: f.today, homeKey: f.homeKey, home: &f.home,
		hosts: ownHosts(&f.in.Site), byKey: make(map[uint64]*columnFold),
	}
	for i := range f.in.Columns {
		if col := c.at(f.in.Columns[i].URL); col != nil {
			col.known = &f.in.Columns[i]
			col.url = col.known.URL
		}
	}
	for i := range f.in.Nav {
		c.addNav(&f.in.Nav[i])
	}
	return c
}

// addNav takes a link of the main navigation for a column.
func (c *columnsFold) addNav(l *govsweep.Link) {
	name := columnWords(l.Text)
	if l.Class != govsweep.NavLink || c.outside(l.URL) || notAColumn[name] {
		return
	}
	col := c.at(l.URL)
	if col == nil {
		return
	}
	col.inNav = true
	if col.nav == "" || name != "" && name < col.nav {
		col.nav = name
	}
}

// at gives the column of an address, nil for the home page.
func (c *columnsFold) at(url string) *columnFold {
	key := address.Key(url, "")
	if key == c.homeKey {
		return nil
	}
	col := c.byKey[key]
	if col == nil {
		if len(c.byKey) >= maxColumns {
			return nil
		}
		col = &columnFold{url: strings.Clone(url), key: key}
		c.byKey[key] = col
	}
	if col.known == nil && betterAddress(url, col.url) {
		col.url = strings.Clone(url)
	}
	return col
}

// betterAddress prefers the spelling the crawl prefers, then the smaller one.
func betterAddress(a, b string) bool {
	if fa, fb := address.Form(a), address.Form(b); fa != fb {
		return fa < fb
	}
	return a < b
}

// fold files one record under its column.
func (c *columnsFold) fold(r *govsweep.Record) {
	v := &r.Visit
	switch v.Role {
	case govsweep.HomeRole:
		if r.Facts != nil {
			for i := range r.Facts.Links {
				c.addNav(&r.Facts.Links[i])
			}
		}
	case govsweep.ColumnRole:
		c.addFront(firstOf(v.Column, v.URL), r)
	case govsweep.ListRole:
		c.addPart(v.Column, r)
	case govsweep.ListCallRole:
		c.addPart(firstOf(v.Column, v.Via), r)
	case govsweep.SecondLookRole:
		c.foldSecondLook(r)
	case govsweep.ArticleRole, doubtfulRole:
		c.foldArticle(r)
	}
}

// foldSecondLook takes a repeat of a first list page or of what carries its
// items; repeats of articles belong to nobody here.
func (c *columnsFold) foldSecondLook(r *govsweep.Record) {
	v := &r.Visit
	switch {
	case v.Column == "":
		if usable(r) && r.Facts.Kind == govsweep.ColumnPage {
			c.addFront(v.URL, r)
		}
	case v.Form == "" && address.Key(v.URL, "") == address.Key(v.Column, ""):
		c.addFront(v.Column, r)
	case r.Facts != nil && r.Facts.List != nil && r.Facts.Kind != govsweep.ArticlePage:
		c.addPart(v.Column, r)
	}
}

// foldArticle takes a page that was visited as an article for a column when
// it proves to be one.
func (c *columnsFold) foldArticle(r *govsweep.Record) {
	v := &r.Visit
	if !usable(r) || r.Facts.Kind != govsweep.ColumnPage {
		return
	}
	if v.Column != "" && pageOf(v.URL, v.Column) {
		c.addPart(v.Column, r)
		return
	}
	c.addFront(v.URL, r)
}

// foldNamed takes a single article for a column when the navigation or the
// register says it is one. All of both are known only in the second round.
func (c *columnsFold) foldNamed(r *govsweep.Record) {
	v := &r.Visit
	if v.Look > 0 || v.Role != govsweep.ArticleRole && v.Role != doubtfulRole || !usable(r) || r.Facts.Kind == govsweep.ColumnPage {
		return
	}
	col := c.byKey[keyOf(r)]
	if col == nil && namesItself(r) && !c.outside(v.URL) {
		col = c.at(v.URL)
	}
	if col == nil || !col.inNav && col.known == nil && !namesItself(r) {
		return
	}
	f := c.frontOf(r)
	f.list = nil
	col.fronts = append(col.fronts, f)
}

// namesItself says whether a single article is a column of its own: the
// breadcrumb ends with its headline, short as a name, under an address no
// article of the list above it has.
func namesItself(r *govsweep.Record) bool {
	p := r.Facts
	if len(p.Breadcrumb) < 2 {
		return false
	}
	name := nowhite(p.Breadcrumb[len(p.Breadcrumb)-1])
	title := nowhite(firstOf(p.VisibleTitle, p.Title))
	if name == "" || name != title || utf8.RuneCountInString(name) > maxNavName {
		return false
	}
	return isColumnURL(r.Visit.URL) || nowhite(p.HeadTags["ColumnName"]) == name
}

func (c *columnsFold) addFront(url string, r *govsweep.Record) {
	if c.outside(url) {
		return
	}
	col := c.at(url)
	if col == nil {
		return
	}
	f := c.frontOf(r)
	if f.list != nil {
		col.items.add(f.list, "0", c.today, c.outside)
		f.list = nil
	}
	col.fronts = append(col.fronts, f)
}

// addPart takes what carries items of a column, or of the home page, which
// is no column.
func (c *columnsFold) addPart(column string, r *govsweep.Record) {
	if column == "" {
		return
	}
	v := &r.Visit
	p := part{sight: sightOf(r), key: address.Key(v.URL, v.Form), look: v.Look}
	p.call = v.Role == govsweep.ListCallRole || v.Role == govsweep.SecondLookRole
	list := p.list
	p.list = nil
	col := c.at(column)
	if col == nil {
		if list != nil && address.Key(column, "") == c.homeKey {
			c.home.called = true
			c.home.items.add(list, "1"+v.URL, c.today, c.outside)
		}
		return
	}
	if list != nil {
		rank := "2"
		if p.call {
			rank = "1"
		}
		col.items.add(list, rank+v.URL+v.Form, c.today, c.outside)
	}
	col.parts = append(col.parts, p)
}

// frontOf keeps what a column needs of its first page.
func (c *columnsFold) frontOf(r *govsweep.Record) front {
	f := front{sight: sightOf(r), url: r.Visit.URL, look: r.Visit.Look, gone: gone(r), at: r.FetchedAt}
	if !r.Digest.IsZero() {
		f.digest = r.Digest.String()
	}
	if movedInside(r) {
		f.onward = address.Key(r.FinalURL, "")
	}
	f.moved = r.Failure == govsweep.FailScope || r.FinalURL != "" && c.outside(r.FinalURL)
	p := r.Facts
	if p == nil {
		return f
	}
	f.own = f.saw == sawArticle && namesItself(r)
	f.kind, f.login, f.notice, f.phones = p.Kind, p.Login, p.Notice, p.Phones
	f.calls = len(p.ListCalls) > 0
	for _, u := range p.Frames {
		if f.frames == nil {
			f.frames = make(map[uint64]bool)
		}
		f.frames[address.Key(u, "")] = true
	}
	if !usable(r) {
		return f
	}
	f.title = clip(firstOf(p.VisibleTitle, p.HeadTags["ArticleTitle"], p.Title), titleRunes)
	f.breadcrumb = cleanCrumbs(p.Breadcrumb)
	f.columnName = strings.TrimSpace(p.HeadTags["ColumnName"])
	f.columnType = strings.TrimSpace(p.HeadTags["ColumnType"])
	f.published, f.publishedFrom = dayIn(p), dateSource(p)
	return f
}

// dateSource says where a page had its date from.
func dateSource(p *govsweep.PageFacts) dateFrom {
	switch p.PublishedFrom {
	case "url":
		return fromURL
	}
	return fromArticle
}

// outside says that an address is on none of the site's hosts.
func (c *columnsFold) outside(url string) bool {
	return !c.hosts[bareHost(address.Host(url))]
}

// ownHosts are the registered hosts of a site, without www.
func ownHosts(s *govsweep.Site) map[string]bool {
	hosts := map[string]bool{bareHost(address.Host(s.URL)): true}
	for _, d := range s.Domains {
		if !strings.Contains(d, "://") {
			d = "http://" + d
		}
		if u, err := address.Canonical(d); err == nil {
			hosts[bareHost(address.Host(u))] = true
		}
	}
	return hosts
}

func bareHost(host string) string { return strings.TrimPrefix(host, "www.") }
