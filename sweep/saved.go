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

// Check judges saved pages of one site: no network, no database. What only
// a crawl can show is reported as not measured.
func Check(site govsweep.Site, pages []Saved, asOf time.Time, book *rules.Rulebook, set []*rules.Indicator) *govsweep.Inspection {
	about := &facts.Site{Home: site.URL, Hosts: hosts(&site)}
	t := newTally()
	records := make([]*govsweep.Record, 0, len(pages))
	var nav []govsweep.Link
	for _, p := range pages {
		rec := savedRecord(&site, p, about)
		if rec.Visit.Role == govsweep.HomeRole && rec.Facts != nil {
			nav = rec.Facts.Links
		}
		t.add(rec)
		records = append(records, rec)
	}
	s := &govsweep.Sweep{Kind: "check", AsOf: asOf, Started: asOf, Rulebook: book.ID}
	cov := t.coverage(site.Target(), 0, nil)
	cov.Complete = false
	cov.Suspect = cov.Pages.Read == 0
	f := facts.NewFolder(facts.FolderInput{Site: site, AsOf: asOf, Coverage: cov, Nav: nav})
	for _, pass := range []func(*govsweep.Record){f.Fold, f.Resolve} {
		for _, rec := range records {
			pass(rec)
		}
	}
	return Judge(f.Dossier(), book, set, s)
}

func savedRecord(site *govsweep.Site, s Saved, about *facts.Site) *govsweep.Record {
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
	rec := recordOf(p)
	rec.Digest = govsweep.DigestOf(s.Body)
	body, charset := crawler.Decode(s.Body, s.ContentType)
	rec.Facts = facts.Extract(p, body, charset, about)
	if v.Role == govsweep.ArticleRole && rec.Facts.Kind == govsweep.ColumnPage {
		rec.Visit.Role, rec.Visit.Column = govsweep.ColumnRole, s.URL
	}
	ls := leads(rec.Facts)
	rec.LinkKeys = linkKeys(ls)
	return &rec
}
