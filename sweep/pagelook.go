package sweep

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
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

// crawled looks at what the newest inspection of the site knows of links and hosts.
func (l *PageLook) crawled(ctx context.Context, r *govsweep.IPv6Report) error {
	raw, err := l.Store.LastDossier(ctx, r.Target, namedDossier)
	if err != nil || raw == nil {
		return err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return fmt.Errorf("read the last dossier of %s: %w", r.Target, err)
	}
	site, err := l.Store.Site(ctx, r.Target)
	if err != nil {
		return err
	}
	levels, err := LevelsOf(ctx, l.Store, govsweep.Run{Sweep: d.Coverage.Sweep, Target: r.Target}, crawler.NewScope(site.URL, site.Domains))
	if err != nil {
		return err
	}
	for _, level := range []struct {
		n     int
		links []string
		to    **govsweep.LinkSupport
	}{{2, levels.Second, &r.Pages.Second}, {3, levels.Third, &r.Pages.Third}} {
		if *level.to, err = l.support(ctx, r, level.n, level.links, d.Coverage.Sweep); err != nil {
			return err
		}
	}
	l.gaps(ctx, r.Pages, &d)
	return nil
}

// support says how many links of a level open over IPv6.
func (l *PageLook) support(ctx context.Context, r *govsweep.IPv6Report, level int, links []string, sweep int64) (*govsweep.LinkSupport, error) {
	s := &govsweep.LinkSupport{Level: level, Sweep: sweep, Known: len(links), Visited: l.Links >= 0 && r.Own.Proven()}
	if len(links) == 0 {
		s.Why = fmt.Sprintf("第%d次检查没有读到本网站的%s链接。", sweep, govsweep.LinkLevel(level))
		return s, nil
	}
	n := 0
	if s.Visited {
		n = cmp.Or(l.Links, linksDrawn)
	}
	seed := fmt.Sprintf("%d-%s-%d", sweep, r.Target, level)
	list, drawn, err := DrawLinks(links, n, seed)
	if err != nil {
		return nil, err
	}
	if s.Drawn = len(list); drawn {
		s.Seed = seed
	}
	o := &opener{look: l, report: r, vain: map[string]int{}}
	for _, u := range list {
		state, why := l.Hosts.Ask(ctx, address.Hostname(u))
		if state == govsweep.HostV6 && s.Visited {
			state, why = o.open(ctx, u)
		}
		switch state {
		case govsweep.HostV6:
			s.Good++
		case govsweep.HostNoV6:
			if s.Bad++; len(s.Faults) < govsweep.MaxLinkFaults {
				s.Faults = append(s.Faults, govsweep.LinkFault{URL: u, Why: why})
			}
		default:
			s.Unknown++
			s.Why = cmp.Or(s.Why, why)
		}
	}
	return s, nil
}

// opener opens the links of one site over IPv6, never two in haste.
type opener struct {
	look   *PageLook
	report *govsweep.IPv6Report
	vain   map[string]int // timeouts in a row, by host
}

// open opens one link. What IPv4 does not open either is no fault of IPv6.
func (o *opener) open(ctx context.Context, url string) (govsweep.HostIPv6, string) {
	host := address.Host(url)
	if o.vain[host] >= mostInVain {
		return govsweep.HostUnknown, fmt.Sprintf("同一主机连续%d条链接超时，其余链接没有再访问。", mostInVain)
	}
	v, err := o.visit(ctx, url, probe.V6)
	if err != nil {
		return govsweep.HostUnknown, "访问被中止。"
	}
	o.vain[host]++
	if v.Failure != govsweep.FailTimeout {
		o.vain[host] = 0
	}
	switch v.Result {
	case govsweep.ProbeOpened:
		return govsweep.HostV6, ""
	case govsweep.ProbeFailed:
	default:
		return govsweep.HostUnknown, v.Cause
	}
	four, err := o.visit(ctx, url, probe.V4)
	if err != nil || four.Result != govsweep.ProbeOpened {
		return govsweep.HostUnknown, "有的链接通过IPv4也打不开，不计。"
	}
	return govsweep.HostNoV6, cmp.Or(v.Cause, "通过IPv6没有打开。")
}

func (o *opener) visit(ctx context.Context, url string, f probe.Family) (govsweep.ProbeVisit, error) {
	t := time.NewTimer(cmp.Or(o.look.Apart, linksApart))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return govsweep.ProbeVisit{}, ctx.Err()
	}
	v, page := o.look.Look.Prober.Visit(ctx, probe.Request{Target: o.report.Target, Series: govsweep.IPv6Series, URL: url, Family: f})
	if o.look.Look.Judge != nil && page.Failure == "" {
		said, why := o.look.Look.Judge(page)
		probe.Settle(&v, said, why)
	}
	return v, ctx.Err()
}

// gaps asks about the hosts the pages of the site load from.
func (l *PageLook) gaps(ctx context.Context, p *govsweep.IPv6Pages, d *facts.Dossier) {
	if d.Resources == nil {
		return
	}
	p.Sweep, p.Hosts = d.Coverage.Sweep, len(d.Resources)
	names := make([]string, len(d.Resources))
	for i := range d.Resources {
		names[i] = d.Resources[i].Host
	}
	l.Hosts.AskAll(ctx, names)
	for _, use := range d.Resources {
		if state, why := l.Hosts.Ask(ctx, use.Host); state != govsweep.HostV6 {
			p.Gaps = append(p.Gaps, govsweep.HostGap{HostUse: use, State: state, Why: why})
		}
	}
	slices.SortStableFunc(p.Gaps, func(a, b govsweep.HostGap) int {
		return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(b.Pages, a.Pages))
	})
	p.Gaps = p.Gaps[:min(len(p.Gaps), govsweep.MaxHostGaps)]
}
