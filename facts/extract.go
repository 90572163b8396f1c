package facts

import (
	"github.com/govsweep/govsweep"
)

// Extract reads one page: body is its body in UTF-8, charset the one it came
// in, site what is known of the site (nil: nothing). The page is parsed once
// and every extractor reads the same document. The words of the facts lie in
// body: it must not change any more.
func Extract(p *govsweep.Page, body []byte, charset string, site *Site) *govsweep.PageFacts {
	b := builders.Get().(*builder)
	f := b.read(p, body, site).facts(p, charset)
	b.release() // not when an extractor panics: then the page is dropped as a whole
	return f
}

// facts lets every extractor read the document.
func (d *Document) facts(p *govsweep.Page, charset string) *govsweep.PageFacts {
	d.charset = charset
	f := &govsweep.PageFacts{Charset: charset, URL: d.URL, Platform: govsweep.UnknownPlatform}
	if p != nil {
		f.URL = p.Visit.URL
	}
	d.enterSurface(f)
	d.enterHead(f)
	spots := dateSpots(d)
	head := d.findHeadline()
	seen, _ := d.publishLine(head)
	f.Kind = d.pageKind(head, seen, f.TextRunes, spots)
	f.Breadcrumb = d.breadcrumb()
	f.Title = d.pageTitle(f.Kind, head, f.Breadcrumb)
	if f.Kind == govsweep.ArticlePage {
		d.enterArticle(f, head, seen)
	}
	if f.Kind == govsweep.ColumnPage || f.Kind == govsweep.HomePage {
		f.List = d.columnList(f, spots)
		f.More = d.morePages()
	}
	d.enterCalls(f)
	f.Response, f.Reason = d.response(f)
	d.finishList(f)
	if f.Kind == govsweep.HomePage || d.Page != nil && d.Page.Visit.Role == govsweep.HomeRole {
		f.Parked = d.parked(f)
	}
	d.enterLinks(f)
	return f
}

// enterSurface enters what every page has.
func (d *Document) enterSurface(f *govsweep.PageFacts) {
	f.TextRunes, f.TextHash = d.textSums()
	f.Structure = d.structure()
	f.Mongolian = d.mongolian()
	f.Frames = d.frameAddresses()
	f.Resources = d.resources()
	f.MetaRefresh = d.redirectTarget(f.TextRunes)
	f.Phones = d.phones()
}

// enterArticle enters what an article prints of itself.
func (d *Document) enterArticle(f *govsweep.PageFacts, head headline, seen dateHit) {
	f.VisibleTitle = head.text
	f.Sketch = d.sketch(head)
	tag, _ := d.tagDate()
	var meta dateHit
	if v, ok := f.CoreMetadata[govsweep.MetaPubDate]; ok {
		meta, _ = parseDate(v.Value)
	}
	url, _ := urlDate(d.URL)
	setPublished(f, tag, seen, meta, url)
	if f.Source = d.visibleSource(head); f.Source == "" {
		f.Source = tagText(d.MetaContent("ContentSource"))
	}
}

// finishList settles the state of a list once the response is known.
func (d *Document) finishList(f *govsweep.PageFacts) {
	switch f.Response {
	case govsweep.Content, govsweep.Truncated, govsweep.Shell:
	default:
		f.List, f.More = nil, nil
		return
	}
	if f.Kind != govsweep.ColumnPage && !(f.Kind == govsweep.OtherPage && f.Response == govsweep.Shell) {
		return
	}
	f.Notice, f.Login = d.notice(), d.asksLogin()
	if f.List == nil {
		f.List = d.emptyList(f)
	}
	if f.List == nil && f.Response == govsweep.Shell {
		f.List = &govsweep.List{State: govsweep.UnreadList, Reason: f.Reason}
	}
}
