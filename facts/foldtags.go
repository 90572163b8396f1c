package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// Bounds of what is kept where clean pages would otherwise pile up.
const (
	optionalPages  = 2_000 // pages listed for a tag nobody must have: most sites lack them
	codePages      = 2_000 // pages listed for one SiteIDCode
	usualCodePages = 20    // pages listed for the code most pages carry
	maxCodes       = 500   // different codes kept
)

var (
	siteTags     = HeadTagNames[0:3]
	columnTags   = HeadTagNames[3:7]
	articleTags  = HeadTagNames[7:10]
	optionalTags = HeadTagNames[10:15]
)

// tagsFold tallies the head tags of 国办发〔2017〕47号.
type tagsFold struct {
	siteName, siteCode              string
	site, column, article, optional tallies
	mismatch                        tallies
	badDate                         tallyFold
	codes                           tallies
}

func newTagsFold(s govsweep.Site) tagsFold {
	return tagsFold{
		siteName: s.Name, siteCode: s.Code,
		site:     newTallies(0, siteTags...),
		column:   newTallies(0, columnTags...),
		article:  newTallies(0, articleTags...),
		optional: newTallies(optionalPages, optionalTags...),
		mismatch: newTallies(0, "title", "time", "source"),
		codes:    tallies{},
	}
}

// fold takes one content page.
func (t *tagsFold) fold(p *seenPage) {
	t.lookFor(t.site, siteTags, p)
	t.foldCode(p)
	switch {
	case p.Facts.Kind == govsweep.ColumnPage && firstPage(&p.Visit):
		t.lookFor(t.column, columnTags, p)
	case isArticle(p.Facts):
		t.lookFor(t.article, articleTags, p)
		t.lookFor(t.optional, optionalTags, p)
		t.foldDate(p)
		t.foldMismatch(p)
	}
}

// firstPage says that a list page is the first of its column.
func firstPage(v *govsweep.Visit) bool {
	return v.Role == govsweep.ColumnRole || v.Role != govsweep.ListRole && (v.Column == "" || v.Column == v.URL)
}

func (t *tagsFold) lookFor(ts tallies, names []string, p *seenPage) {
	for _, name := range names {
		value, printed := p.Facts.HeadTags[name]
		quote := ""
		if printed {
			quote = "值为空"
		}
		ts[name].look(p, strings.TrimSpace(value) == "", quote)
	}
}

func (t *tagsFold) foldCode(p *seenPage) {
	code := strings.TrimSpace(p.Facts.HeadTags["SiteIDCode"])
	if code == "" {
		return
	}
	c := t.codes[code]
	if c == nil {
		if len(t.codes) == maxCodes {
			return
		}
		c = &tallyFold{lister: lister{limit: codePages}}
		t.codes[clip(code, 60)] = c
	}
	c.look(p, true, "")
}

// foldDate looks at the form of PubDate where it has a value.
func (t *tagsFold) foldDate(p *seenPage) {
	value := strings.TrimSpace(p.Facts.HeadTags["PubDate"])
	if value == "" {
		return
	}
	bad, quote := false, ""
	for _, raw := range p.Facts.RawTags {
		if raw.Fault == "bad-date" {
			bad, quote = true, raw.Value
		}
	}
	t.badDate.look(p, bad, quote)
}

// foldMismatch compares tags with what the page shows, where both are there.
func (t *tagsFold) foldMismatch(p *seenPage) {
	f := p.Facts
	t.compare(p, "title", f.HeadTags["ArticleTitle"], f.VisibleTitle, func(a, b string) bool {
		return sameTitle(a, b, firstOf(t.siteName, f.HeadTags["SiteName"]))
	})
	t.compare(p, "time", f.HeadTags["PubDate"], f.VisibleDate, sameDay)
	t.compare(p, "source", f.HeadTags["ContentSource"], f.Source, sameSource)
}

func (t *tagsFold) compare(p *seenPage, key, tag, shown string, same func(a, b string) bool) {
	tag, shown = strings.TrimSpace(tag), strings.TrimSpace(shown)
	if tag == "" || shown == "" {
		return
	}
	if same(tag, shown) {
		t.mismatch[key].look(p, false, "")
		return
	}
	t.mismatch[key].look(p, true, "标签:"+clip(tag, 90)+" 页面:"+clip(shown, 90))
}

// sameDay compares two printed dates by their day; what is no date is not compared.
func sameDay(a, b string) bool {
	if len(a) >= 10 && len(b) >= 10 && a[:10] == b[:10] {
		return true // the usual case: both begin YYYY-MM-DD
	}
	x, ok1 := printedDay(a)
	y, ok2 := printedDay(b)
	return !ok1 || !ok2 || x == y
}

func (t *tagsFold) result() TagTally {
	usual := ""
	for code, c := range t.codes {
		if best := t.codes[usual]; best == nil || c.pages > best.pages || c.pages == best.pages && code < usual {
			usual = code
		}
	}
	if c := t.codes[usual]; c != nil && (t.siteCode == "" || usual == t.siteCode) {
		c.limit = usualCodePages
	}
	return TagTally{
		Site: t.site.result(), Column: t.column.result(), Article: t.article.result(), Optional: t.optional.result(),
		BadDate: t.badDate.tally(), Mismatch: t.mismatch.result(), IDCodes: t.codes.result(),
	}
}
