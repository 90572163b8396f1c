package probe

import (
	"context"
	"encoding/json"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// The bounds of one look: visits of each family, and hosts of redirects that
// are asked about.
const (
	ipv6Rounds    = 3
	maxIPv6Visits = 20
	maxHosts      = 4
)

// An IPv6Look looks at sites over IPv4 and IPv6 apart. Its fields are set
// once; it may be used by many goroutines.
type IPv6Look struct {
	Prober *Prober
	Server string // the name server that is asked, host:port
	// Controls are home pages known to work over IPv6: unless one opens before
	// and one after, nothing that needs our own IPv6 counts.
	Controls []string
	Rounds   int           // visits of each family; 0 = 3, at most 20. Every usable address is visited at least once.
	Apart    time.Duration // between two visits; 0 = 500 ms
	// Judge says what a page turned out to be; nil: only the status counts.
	Judge func(*govsweep.Page) (govsweep.Response, string)
	// Page is shown what each visit brought, IPv4 and IPv6 by turns; may be nil.
	Page func(r *govsweep.IPv6Report, v *govsweep.ProbeVisit, p *govsweep.Page)
	// Further measures more for the report while our own IPv6 is being
	// watched: behind the visits, before the controls are asked again; may be nil.
	Further func(ctx context.Context, r *govsweep.IPv6Report)
	// Keep keeps evidence and gives its entry; nil: none is kept.
	Keep func(kind govsweep.CaptureKind, url string, at time.Time, body []byte) (govsweep.Evidence, error)

	line ownLine
	tops tops
}

// Site looks at one site: its records, its name servers, and its home page
// over IPv4 and IPv6 apart, by turns. The error is that of Keep, or of ctx.
func (l *IPv6Look) Site(ctx context.Context, s Site) (*govsweep.IPv6Report, error) {
	now := l.Prober.options().Clock
	r := &govsweep.IPv6Report{Target: s.ID, URL: s.URL, Vantage: l.Prober.Vantage, At: now()}
	r.Own.Before, r.Own.Why = l.line.look(ctx, l, now().Add(-time.Minute))
	t := &transcript{wait: l.Prober.DNSWait}
	l.records(ctx, r, t)
	l.visits(ctx, r, t)
	if l.Further != nil && ctx.Err() == nil {
		l.Further(ctx, r)
	}
	if r.Own.Proven() {
		r.Own.After, r.Own.Why = l.line.look(ctx, l, now())
	}
	r.Ended = now()
	settleVisits(r)
	measure(r)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r, l.keep(r, t)
}

// records asks for the addresses of the home page's host and walks its zones.
func (l *IPv6Look) records(ctx context.Context, r *govsweep.IPv6Report, t *transcript) {
	host, _ := hostOf(r.URL)
	n := l.name(ctx, t, host)
	r.Names = append(r.Names, n)
	if _, err := netip.ParseAddr(host); err == nil {
		return
	}
	w := &walk{prober: l.Prober, server: l.Server, six: r.Own.Proven(), t: t, tops: &l.tops}
	r.Chain = w.chain(ctx, host, append(slices.Clone(n.A.Chain), n.AAAA.Chain...))
}

func (l *IPv6Look) name(ctx context.Context, t *transcript, host string) govsweep.IPv6Name {
	n := govsweep.IPv6Name{Host: host}
	if ip, err := netip.ParseAddr(host); err == nil {
		n.A = govsweep.DNSAnswer{Name: host, Type: "A", Outcome: govsweep.DNSNoData}
		n.AAAA = govsweep.DNSAnswer{Name: host, Type: "AAAA", Outcome: govsweep.DNSNoData}
		if ip.Unmap().Is4() {
			n.A.Addrs, n.A.Outcome = []netip.Addr{ip}, govsweep.DNSAnswered
		} else {
			n.AAAA.Addrs, n.AAAA.Outcome = []netip.Addr{ip}, govsweep.DNSAnswered
		}
	} else {
		n.A = t.ask(ctx, l.Server, host, dns.TypeA).DNSAnswer
		n.AAAA = t.ask(ctx, l.Server, host, dns.TypeAAAA).DNSAnswer
	}
	for _, ip := range n.AAAA.Addrs {
		if why := Unusable(ip, l.Prober.Options); why != "" {
			n.Unusable = append(n.Unusable, govsweep.UnusableAAAA{Addr: ip, Why: why})
		}
	}
	return n
}

// visits opens the home page over IPv4 and IPv6 by turns, every usable
// address at least once. Which family is first changes, so that neither gains
// from what the other warmed up.
func (l *IPv6Look) visits(ctx context.Context, r *govsweep.IPv6Report, t *transcript) {
	four, six := r.Names[0].A.Addrs, r.Names[0].Usable()
	if !r.Own.Proven() {
		six = nil
	}
	rounds := l.Rounds
	if rounds <= 0 {
		rounds = ipv6Rounds
	}
	hosts := map[string]bool{r.Names[0].Host: true}
	for i := range min(max(rounds, len(six)), maxIPv6Visits) {
		one := func(f Family, addrs []netip.Addr, to *[]govsweep.ProbeVisit) {
			if len(addrs) == 0 || len(r.V4)+len(r.V6) > 0 && waitFor(ctx, l.apart()) != nil {
				return
			}
			v, page := l.one(ctx, r, f, addrs[i%len(addrs)])
			*to = append(*to, v)
			for _, h := range append(page.Hops, govsweep.Hop{URL: page.FinalURL}) {
				if host, _ := hostOf(h.URL); host != "" && len(hosts) < maxHosts {
					hosts[host] = true
				}
			}
		}
		if i%2 == 0 {
			one(V4, four, &r.V4)
			one(V6, six, &r.V6)
		} else {
			one(V6, six, &r.V6)
			one(V4, four, &r.V4)
		}
	}
	delete(hosts, r.Names[0].Host)
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		r.Names = append(r.Names, l.name(ctx, t, host))
	}
	l.narrow(ctx, r)
}

func (l *IPv6Look) one(ctx context.Context, r *govsweep.IPv6Report, f Family, ip netip.Addr) (govsweep.ProbeVisit, *govsweep.Page) {
	v, page := l.Prober.Visit(ctx, Request{Target: r.Target, Series: govsweep.IPv6Series, URL: r.URL, Family: f, Address: ip})
	if l.Judge != nil && page.Failure == "" {
		said, why := l.Judge(page)
		Settle(&v, said, why)
	}
	if l.Page != nil {
		l.Page(r, &v, page)
	}
	return v, page
}

func (l *IPv6Look) apart() time.Duration {
	if l.Apart > 0 {
		return l.Apart
	}
	return sameHostApart
}

// narrow looks for a path that swallows packets of more than 1280 bytes
// without a word 路径MTU黑洞: visits that connected and then waited in vain,
// and one that asks for small packets opens.
func (l *IPv6Look) narrow(ctx context.Context, r *govsweep.IPv6Report) {
	i := slices.IndexFunc(r.V6, func(v govsweep.ProbeVisit) bool {
		return v.Address != "" && v.Failure == govsweep.FailTimeout
	})
	if i < 0 || slices.ContainsFunc(r.V6, func(v govsweep.ProbeVisit) bool { return v.Result == govsweep.ProbeOpened }) || waitFor(ctx, l.apart()) != nil {
		return
	}
	ip, err := netip.ParseAddr(r.V6[i].Address)
	if err != nil {
		return
	}
	v, _ := l.Prober.Visit(ctx, Request{Target: r.Target, Series: govsweep.IPv6Series, URL: r.URL, Family: V6, Address: ip, Segment: narrowSegment})
	r.Narrow = &v
}

// narrowSegment is what a packet of 1280 bytes carries: every IPv6 path must
// take those (RFC 8200, section 5).
const narrowSegment = 1280 - 40 - 20

// keep hands the evidence over: the DNS answers and the visits.
func (l *IPv6Look) keep(r *govsweep.IPv6Report, t *transcript) error {
	if l.Keep == nil {
		return nil
	}
	visits, err := json.MarshalIndent(struct {
		URL    string                `json:"url"`
		Own    govsweep.OwnIPv6      `json:"own"`
		V4     []govsweep.ProbeVisit `json:"v4"`
		V6     []govsweep.ProbeVisit `json:"v6"`
		Narrow *govsweep.ProbeVisit  `json:"narrow,omitempty"`
	}{r.URL, r.Own, r.V4, r.V6, r.Narrow}, "", " ")
	if err != nil {
		return err
	}
	for kind, body := range map[govsweep.CaptureKind][]byte{govsweep.DNSCapture: t.bytes(), govsweep.VisitsCapture: visits} {
		if len(body) == 0 {
			continue
		}
		e, err := l.Keep(kind, r.URL, r.At, body)
		if err != nil {
			return err
		}
		r.Evidence = append(r.Evidence, e)
	}
	slices.SortFunc(r.Evidence, func(a, b govsweep.Evidence) int { return strings.Compare(a.Kind, b.Kind) })
	return nil
}

// All looks at many sites, several at the same time, of one host one after
// another. told gets every report, one at a time; its error ends the run.
func (l *IPv6Look) All(ctx context.Context, sites []Site, parallel int, told func(*govsweep.IPv6Report) error) error {
	byHost := map[string][]Site{}
	for _, s := range sites {
		byHost[address.Host(s.URL)] = append(byHost[address.Host(s.URL)], s)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	var group sync.WaitGroup
	slots := make(chan struct{}, max(parallel, 1))
	for _, host := range slices.Sorted(maps.Keys(byHost)) {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-slots }()
			for _, s := range byHost[host] {
				r, err := l.Site(ctx, s)
				if err == nil {
					mu.Lock()
					err = told(r)
					mu.Unlock()
				}
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

func waitFor(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// SystemServer is the first name server the system is set to.
func SystemServer() (string, error) {
	c, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil || len(c.Servers) == 0 {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "没有找到本机的域名服务器，请用 --resolver 写明", Err: err}
	}
	return net.JoinHostPort(c.Servers[0], c.Port), nil
}
