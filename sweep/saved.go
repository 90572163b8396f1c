package sweep

import (
	"bytes"
	"net/http"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Saved is one page of saved material.
type Saved struct {
	URL         string // canonical
	ContentType string // as the server sent it; "" when only a file was kept
	Status      int    // 0 counts as 200
	At          time.Time
	Body        []byte
}

// A Checker judges saved pages of one site: no network, no database. It
// holds what the pages say, not the pages. It belongs to one goroutine.
type Checker struct {
	site    govsweep.Site
	about   *facts.Site
	tally   *tally
	records []*govsweep.Record
	nav     []govsweep.Link // of the home page
}

// NewChecker makes the Checker of a site.
func NewChecker(site govsweep.Site) *Checker {
	return &Checker{site: site, about: &facts.Site{Home: site.URL, Hosts: hosts(&site)}, tally: newTally()}
}

// Add reads one page.
func (c *Checker) Add(s Saved) {
	rec := c.record(s)
	c.tally.add(rec)
	c.records = append(c.records, rec)
	switch {
	case rec.Facts == nil:
	case rec.Visit.Role == govsweep.HomeRole:
		c.nav = rec.Facts.Links
	default:
		rec.Facts.Links = nil // their keys are kept, as in a crawl
	}
}

// Judge folds what was read and judges it. What only a crawl can show is
// reported as not measured.
func (c *Checker) Judge(asOf time.Time, book *rules.Rulebook, set []*rules.Indicator) *govsweep.Inspection {
	s := &govsweep.Sweep{Kind: "check", AsOf: asOf, Started: asOf, Rulebook: book.ID}
	cov := c.tally.coverage(c.site.Target(), 0, nil)
	cov.Complete = false
	cov.Suspect = cov.Pages.Read == 0
	f := facts.NewFolder(facts.FolderInput{Site: c.site, AsOf: asOf, Coverage: cov, Nav: c.nav})
	for _, pass := range []func(*govsweep.Record){f.Fold, f.Resolve} {
		for _, rec := range c.records {
			pass(rec)
		}
	}
	d := f.Dossier()
	notWhole(d)
	return Judge(d, book, set, s, nil)
}

// record reads a saved page; one that crashes a reader is kept as unreadable.
func (c *Checker) record(s Saved) (out *govsweep.Record) {
	site := &c.site
	v := govsweep.Visit{Key: address.Key(s.URL, ""), URL: s.URL, Role: govsweep.ArticleRole}
	switch {
	case v.Key == address.Key(site.URL, ""):
		v.Role = govsweep.HomeRole
	case directoryShape(s.URL):
		v.Role, v.Column = govsweep.ColumnRole, s.URL
	}
	p := &govsweep.Page{Visit: v, FinalURL: s.URL, Status: s.Status, FetchedAt: s.At, Body: bytes.TrimSpace(s.Body), Header: http.Header{}}
	if p.Status == 0 {
		p.Status = http.StatusOK
	}
	if s.ContentType != "" {
		p.Header.Set("Content-Type", s.ContentType)
	}
	defer func() {
		if crash := recover(); crash != nil {
			rec := unreadable(p, crash)
			out = &rec
		}
	}()
	rec := recordOf(p)
	rec.Digest = govsweep.DigestOf(s.Body)
	body, charset := crawler.Decode(s.Body, s.ContentType)
	rec.Facts = facts.Extract(p, body, charset, c.about)
	if v.Role == govsweep.ArticleRole && rec.Facts.Kind == govsweep.ColumnPage {
		rec.Visit.Role, rec.Visit.Column = govsweep.ColumnRole, s.URL
	}
	ls := leads(rec.Facts)
	rec.LinkKeys = linkKeys(ls)
	return &rec
}

// notWhole says of a dossier of saved pages what only a crawl can know: that
// something is nowhere on a site.
func notWhole(d *facts.Dossier) {
	const why = "只检查了保存的网页，没有采集整个网站"
	d.Missing[facts.KindWhole] = why
	if d.Home.NavOnly || d.Home.Undated > 0 {
		d.Home.NavOnly, d.Home.Unread = false, why
	}
}
