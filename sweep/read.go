package sweep

import (
	"mime"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/facts"
)

// read turns a captured page into its record and its leads. It is the whole
// work per page: one decoding, one parse, one walk.
func (r *run) read(p *govsweep.Page) finished {
	f := finished{record: recordOf(p)}
	switch p.Visit.Role {
	case govsweep.ProbeRole, govsweep.ImageRole, govsweep.AttachmentRole:
		return f
	case govsweep.SitemapRole:
		f.leads = r.sitemap(p)
		return f
	case govsweep.ListCallRole:
		r.listCall(p, &f)
		return f
	}
	if r.movedOn(p) {
		f.leads = []lead{{key: address.Key(p.FinalURL, ""), url: p.FinalURL, as: asSelf}}
		return f
	}
	if isText(f.record.MediaType) && len(p.Body) > 0 {
		r.page(p, &f)
	}
	return f
}

// page extracts facts, also from an error page: a firewall answers with one.
func (r *run) page(p *govsweep.Page, f *finished) {
	body, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
	pf := r.extract(p, body, charset, r.site.Load())
	f.column = columnOf(p.Visit, pf)
	switch pf.Response {
	case govsweep.Content, govsweep.Shell, govsweep.Truncated:
		f.leads = leads(pf)
		f.record.LinkKeys = linkKeys(f.leads)
	default: // nothing on such a page is the site's own menu
	}
	if p.Visit.Role != govsweep.HomeRole {
		pf.Links = nil // their keys are kept; the home page's are the menu of the site
	}
	f.record.Facts = pf
}

// listCall reads the answer of the data address behind a script-built list.
func (r *run) listCall(p *govsweep.Page, f *finished) {
	if p.Failure != "" || p.Status >= 400 || len(p.Body) == 0 {
		return
	}
	body, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
	pf := &govsweep.PageFacts{URL: p.Visit.URL, Kind: govsweep.ColumnPage, Response: govsweep.Content, Charset: charset}
	list, more, err := facts.ReadListAnswer(govsweep.ListCall{URL: p.Visit.URL, Form: p.Visit.Form, Page: p.Visit.Column}, body)
	if err != nil {
		pf.Response, pf.Reason = govsweep.ErrorPage, "列表数据无法识别"
		f.record.Facts = pf
		return
	}
	pf.List = list
	f.record.Facts = pf
	f.column = p.Visit.Column
	f.leads = leads(pf)
	f.record.LinkKeys = linkKeys(f.leads)
	for _, u := range more {
		f.leads = append(f.leads, lead{key: address.Key(u, p.Visit.Form), url: u, form: p.Visit.Form, as: asCall})
	}
}

func (r *run) sitemap(p *govsweep.Page) []lead {
	if p.Status != 200 || p.Failure != "" {
		return nil
	}
	urls, nested, err := crawler.ReadSitemap(p.Body)
	if err != nil {
		return nil
	}
	out := make([]lead, 0, len(urls)+len(nested))
	for _, raw := range urls {
		if u, err := address.Canonical(raw); err == nil && r.scope.Same(u) {
			out = append(out, lead{key: address.Key(u, ""), url: u, as: asLink})
		}
	}
	for _, raw := range nested {
		if u, err := address.Canonical(raw); err == nil && r.scope.Same(u) && p.Visit.Depth < 3 {
			out = append(out, lead{key: address.Key(u, ""), url: u, as: asSelf})
		}
	}
	return out
}

// movedOn says whether a page only led to another page of the site, which is
// then visited under its own address.
func (r *run) movedOn(p *govsweep.Page) bool {
	return p.FinalURL != "" && p.Status == 200 && p.Visit.Role != govsweep.HomeRole && p.Visit.Role != govsweep.SoftProbeRole &&
		address.Key(p.FinalURL, "") != address.Key(p.Visit.URL, "") && address.Key(p.FinalURL, "") != r.homeKey && r.scope.Same(p.FinalURL)
}

func recordOf(p *govsweep.Page) govsweep.Record {
	rec := govsweep.Record{
		Visit: p.Visit, FinalURL: p.FinalURL, Hops: p.Hops, FetchedAt: p.FetchedAt, Took: p.Took,
		Status: p.Status, Failure: p.Failure, Cause: p.Cause, Truncated: p.Truncated, Tries: p.Tries,
		Length: int64(len(p.Body)),
	}
	if ct := p.Header.Get("Content-Type"); ct != "" {
		if m, _, err := mime.ParseMediaType(ct); err == nil {
			rec.MediaType = m
		} else {
			rec.MediaType, _, _ = strings.Cut(strings.ToLower(ct), ";")
		}
	}
	return rec
}

// isText says whether a body may be a page. Servers that send no type, or a
// wrong one, mostly send pages.
func isText(media string) bool {
	return media == "" || strings.HasPrefix(media, "text/") || strings.Contains(media, "html") || strings.Contains(media, "xml") || media == "application/octet-stream" || media == "application/json"
}
