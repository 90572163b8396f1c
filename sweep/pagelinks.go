package sweep

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
)

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
	if d.Coverage.Pages.Read == 0 && len(d.Resources) == 0 {
		p.Why = fmt.Sprintf("第%d次检查没有读到本网站的任何网页，引用了哪些外部主机不得而知。", d.Coverage.Sweep)
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
