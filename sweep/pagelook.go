package sweep

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
)

// PageStore is what a look at the pages of a site reads.
type PageStore interface {
	Graph
	Site(ctx context.Context, id govsweep.TargetID) (*govsweep.Site, error)
	LastDossier(ctx context.Context, t govsweep.TargetID, before int64) ([]byte, error)
}

// A PageLook looks at the pages of sites for their IPv6 reports: Page and
// Further are hooks of probe.IPv6Look. The home page is compared from the
// visits that are made anyway; links and hosts are those of the newest
// inspection. Its fields are set once; it may be used by many goroutines.
type PageLook struct {
	Store PageStore
	Look  *probe.IPv6Look // whose prober, judge and evidence are used
	Hosts *probe.Hosts
	Links int           // of each level are opened over IPv6; 0 = 20; below 0: judged by the records of their host alone
	Apart time.Duration // between two visits; 0 = 500 ms

	mu    sync.Mutex
	homes map[*govsweep.IPv6Report]*homePages
	err   error
}

// homePages are the visits of one home page that are compared.
type homePages struct{ v4, again, v6 *govsweep.Page }

// The bounds of one look at links.
const (
	linksDrawn   = 20
	linksApart   = 500 * time.Millisecond
	mostInVain   = 3 // timeouts in a row of one host, then it is left alone
	namedDossier = math.MaxInt64
)

// Page takes what a visit brought: the first two pages over IPv4 and the
// first over IPv6, those that opened before others.
func (l *PageLook) Page(r *govsweep.IPv6Report, v *govsweep.ProbeVisit, p *govsweep.Page) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.homes[r]
	if h == nil {
		if l.homes == nil {
			l.homes = map[*govsweep.IPv6Report]*homePages{}
		}
		h = &homePages{}
		l.homes[r] = h
	}
	better := func(old *govsweep.Page) bool { return old == nil || !opened(old) && opened(p) }
	switch {
	case v.Family == 6 && better(h.v6):
		h.v6 = p
	case v.Family == 6:
	case better(h.v4):
		h.v4 = p
	case h.again == nil && opened(p):
		h.again = p
	}
}

func opened(p *govsweep.Page) bool { return p.Failure == "" && p.Status > 0 && p.Status < 400 }

// Further enters what the pages show into the report.
func (l *PageLook) Further(ctx context.Context, r *govsweep.IPv6Report) {
	l.mu.Lock()
	h := l.homes[r]
	delete(l.homes, r)
	l.mu.Unlock()
	r.Pages = &govsweep.IPv6Pages{}
	if err := errors.Join(l.home(r, h), l.crawled(ctx, r)); err != nil && ctx.Err() == nil {
		l.mu.Lock()
		l.err = errors.Join(l.err, err)
		l.mu.Unlock()
	}
}

// Err gives what went wrong with store and evidence.
func (l *PageLook) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// home compares the home page and keeps what was compared.
func (l *PageLook) home(r *govsweep.IPv6Report, h *homePages) error {
	if h == nil || h.v4 == nil || h.v6 == nil {
		return nil
	}
	r.Pages.Home = facts.CompareHomes(captured(h.v4, 4), captured(h.again, 4), captured(h.v6, 6))
	if l.Look.Keep == nil {
		return nil
	}
	for _, p := range []struct {
		kind govsweep.CaptureKind
		page *govsweep.Page
	}{{govsweep.HomeV4Capture, h.v4}, {govsweep.HomeV4Capture, h.again}, {govsweep.HomeV6Capture, h.v6}} {
		if p.page == nil || len(p.page.Body) == 0 {
			continue
		}
		e, err := l.Look.Keep(p.kind, p.page.FinalURL, p.page.FetchedAt, p.page.Body)
		if err != nil {
			return err
		}
		r.Evidence = append(r.Evidence, e)
	}
	return nil
}

func captured(p *govsweep.Page, family int) *facts.HomeCapture {
	if p == nil {
		return nil
	}
	body, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
	return &facts.HomeCapture{Page: p, Body: body, Charset: charset, Family: family}
}
