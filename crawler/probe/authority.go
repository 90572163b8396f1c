package probe

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// The bounds of a walk: name servers of one zone, zones of one name, aliases
// of a host that are walked too, servers of one zone asked over IPv6.
const (
	maxServers  = 13
	maxLabels   = 10
	maxAliases  = 3
	maxAskedSix = 4
)

// A walk is one walk down the zones that lead to a site.
type walk struct {
	prober *Prober
	server string // the name server that is asked, host:port
	six    bool   // our own IPv6 opened a control: servers may be asked over it
	t      *transcript
	tops   *tops
	zones  []govsweep.IPv6Zone
	why    string // a question that did not end
}

// Chain walks the zones that lead to host and to what it is an alias of, from
// the top: every cut, its name servers, their addresses, and for servers that
// lie within their own zone the glue the zone above hands out. Where six says
// that our own IPv6 works, servers are asked over it too.
func (p *Prober) Chain(ctx context.Context, server, host string, aliases []string, six bool) govsweep.IPv6Chain {
	w := &walk{prober: p, server: server, six: six, t: &transcript{wait: p.DNSWait}, tops: new(tops)}
	return w.chain(ctx, host, aliases)
}

func (w *walk) chain(ctx context.Context, host string, aliases []string) govsweep.IPv6Chain {
	w.down(ctx, host, "")
	for _, alias := range aliases[:min(len(aliases), maxAliases)] {
		if w.why == "" {
			w.down(ctx, alias, strings.TrimSuffix(alias, "."))
		}
	}
	w.settle()
	return govsweep.IPv6Chain{Zones: w.zones, Why: w.why}
}

// down walks to one name; zones that were passed before are not looked at again.
func (w *walk) down(ctx context.Context, host, alias string) {
	labels := dns.SplitDomainName(strings.ToLower(host))
	var above *govsweep.IPv6Zone
	for i := len(labels) - 1; i >= max(0, len(labels)-maxLabels) && w.why == ""; i-- {
		name := dns.Fqdn(strings.Join(labels[i:], "."))
		at := slices.IndexFunc(w.zones, func(z govsweep.IPv6Zone) bool { return z.Name == name })
		if at < 0 {
			z, cut := w.tops.look(ctx, w, name, above)
			if !cut {
				continue
			}
			z.Alias = alias
			at, w.zones = len(w.zones), append(w.zones, z)
		}
		zone := w.zones[at]
		above = &zone
	}
}

// look looks at one name: whether a zone begins there, its servers, how the
// zone above refers to it and whether it answers over IPv6.
func (w *walk) look(ctx context.Context, name string, above *govsweep.IPv6Zone) (govsweep.IPv6Zone, bool) {
	z, cut := w.zone(ctx, name)
	if cut && above != nil {
		w.refer(ctx, above, &z)
	}
	if cut {
		w.askSix(ctx, &z)
	}
	return z, cut
}

// zone asks whether a zone begins at name, and for its name servers. A name
// that is said not to exist may have names below it all the same: some
// servers deny what only lies on the way.
func (w *walk) zone(ctx context.Context, name string) (z govsweep.IPv6Zone, cut bool) {
	a := w.t.ask(ctx, w.server, name, dns.TypeNS)
	z = govsweep.IPv6Zone{Name: name, Said: a.Outcome}
	switch a.Outcome {
	case govsweep.DNSNoData, govsweep.DNSNoName:
		return z, false
	case govsweep.DNSAnswered:
	default:
		w.why = "查询“" + name + "”的域名服务器时，" + a.Outcome.Say()
		return z, true
	}
	for _, rr := range a.msg.Answer {
		if ns, ok := rr.(*dns.NS); ok && strings.EqualFold(ns.Hdr.Name, name) && len(z.Servers) < maxServers {
			z.Servers = append(z.Servers, w.nameServer(ctx, strings.ToLower(ns.Ns)))
		}
	}
	return z, len(z.Servers) > 0 // none: an alias, the servers are those of another name
}

func (w *walk) nameServer(ctx context.Context, name string) govsweep.IPv6Server {
	n := govsweep.IPv6Server{Name: name}
	six := w.t.ask(ctx, w.server, name, dns.TypeAAAA)
	if six.Outcome.Settled() {
		n.V4 = w.t.ask(ctx, w.server, name, dns.TypeA).Addrs
	}
	for _, ip := range six.Addrs {
		if why := Unusable(ip, w.prober.Options); why != "" {
			n.Faults = append(n.Faults, "的AAAA记录"+ip.String()+why)
			continue
		}
		n.V6 = append(n.V6, ip)
	}
	switch {
	case len(n.V6) > 0:
	case six.Outcome.Settled():
		n.Faults = append(n.Faults, "没有可用的AAAA记录")
	default:
		n.Faults = append(n.Faults, "的AAAA记录没有问到结果："+six.Outcome.Say())
		w.why = "查询域名服务器“" + name + "”的AAAA记录时，" + six.Outcome.Say()
	}
	return n
}

// settle says of every server and zone whether it can be found and asked over
// IPv6 alone. That a server did not answer over IPv6 counts only when another
// one did: else the way to name servers may be closed for us.
func (w *walk) settle() {
	answered := slices.ContainsFunc(w.zones, func(z govsweep.IPv6Zone) bool {
		return slices.ContainsFunc(z.Servers, func(n govsweep.IPv6Server) bool { return n.Asked != "" && !silent(n.Asked) })
	})
	for i := range w.zones {
		z := &w.zones[i]
		z.Servers = slices.Clone(z.Servers) // those of a top zone are shared
		for j := range z.Servers {
			n := &z.Servers[j]
			n.OK = len(n.V6) > 0 && n.Glue != govsweep.GlueMissing
			if n.OK && answered && silent(n.Asked) {
				n.OK, n.Faults = false, append(slices.Clone(n.Faults), "有AAAA记录，但通过IPv6询问没有应答")
			}
			z.OK = z.OK || n.OK
		}
	}
}

func silent(o govsweep.DNSOutcome) bool {
	return o == govsweep.DNSNoAnswer || o == govsweep.DNSNoRoute
}

// tops remembers the zones high up, which all sites of a run share, so that
// their servers are asked about once, and whether name servers can be asked
// directly from here at all.
type tops struct {
	mu     sync.Mutex
	known  map[string]*top
	lost   int // direct questions in a row that nobody answered
	direct bool
}

type top struct {
	once sync.Once
	z    govsweep.IPv6Zone
	cut  bool
	t    transcript
	why  string
}

// maxTopLabels is how many labels the name of a shared zone has at most.
const maxTopLabels = 2

func (s *tops) look(ctx context.Context, w *walk, name string, above *govsweep.IPv6Zone) (govsweep.IPv6Zone, bool) {
	if dns.CountLabel(name) > maxTopLabels {
		return w.look(ctx, name, above)
	}
	e := s.of(name)
	e.once.Do(func() {
		sub := *w
		e.t.wait = w.t.wait
		sub.t, sub.why = &e.t, ""
		e.z, e.cut = sub.look(ctx, name, above)
		e.why = sub.why
	})
	w.t.said = append(w.t.said, e.t.said...)
	if w.why = e.why; e.why != "" { // asked again for the next site
		s.mu.Lock()
		delete(s.known, name)
		s.mu.Unlock()
	}
	z := e.z
	z.Servers = slices.Clone(z.Servers)
	return z, e.cut
}

func (s *tops) of(name string) *top {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) > 10_000 {
		s.known = map[string]*top{}
	}
	if s.known[name] == nil {
		s.known[name] = new(top)
	}
	return s.known[name]
}

// mayAsk says whether it is worth asking name servers directly: not when
// nobody ever answered.
func (s *tops) mayAsk() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.direct || s.lost < 6
}

func (s *tops) told(answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lost++; answered {
		s.direct, s.lost = true, 0
	}
}
