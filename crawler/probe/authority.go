package probe

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// A NameServer is one 权威域名服务器 of a zone.
type NameServer struct {
	Name   string       `json:"name"`
	V6     []netip.Addr `json:"v6,omitempty"`
	V4     []netip.Addr `json:"v4,omitempty"`
	Faults []string     `json:"faults,omitempty"` // Chinese
	OK     bool         `json:"ok"`               // can be found and asked over IPv6 alone
}

// A Zone is one cut of the chain from the top down to the site.
type Zone struct {
	Name    string       `json:"name"`
	Servers []NameServer `json:"servers"`
	Said    DNSOutcome   `json:"said"` // how the question for its servers ended
	OK      bool         `json:"ok"`   // some server can be found and asked over IPv6 alone
}

// maxServers bounds the name servers of one zone that are looked at.
const maxServers = 13

// Chain walks the zones that lead to host, from the top: every cut, its name
// servers, their addresses, and for servers that lie within their own zone
// the glue the zone above hands out. clean is false when a question did not
// end, so that nothing may be concluded from what is missing.
func (p *Prober) Chain(ctx context.Context, server, host string) (zones []Zone, clean bool) {
	clean = true
	labels := dns.SplitDomainName(host)
	for i := len(labels) - 1; i >= 0; i-- {
		name := dns.Fqdn(strings.Join(labels[i:], "."))
		a := Ask(ctx, server, name, dns.TypeNS)
		switch a.Outcome {
		case NoData:
			continue
		case Answered:
		case NoName:
			return zones, clean
		default:
			return append(zones, Zone{Name: name, Said: a.Outcome}), false
		}
		z := Zone{Name: name, Said: a.Outcome}
		for _, rr := range a.msg.Answer {
			if ns, ok := rr.(*dns.NS); ok && strings.EqualFold(ns.Hdr.Name, name) && len(z.Servers) < maxServers {
				n, ended := p.nameServer(ctx, server, strings.ToLower(ns.Ns))
				clean = clean && ended
				z.Servers = append(z.Servers, n)
			}
		}
		if len(z.Servers) == 0 {
			continue // an alias: the servers are those of another name
		}
		if len(zones) > 0 {
			p.glue(ctx, &zones[len(zones)-1], &z)
		}
		z.OK = slices.ContainsFunc(z.Servers, func(n NameServer) bool { return n.OK })
		zones = append(zones, z)
	}
	return zones, clean
}

func (p *Prober) nameServer(ctx context.Context, server, name string) (n NameServer, ended bool) {
	six, four := Ask(ctx, server, name, dns.TypeAAAA), Ask(ctx, server, name, dns.TypeA)
	n = NameServer{Name: name, V4: four.Addrs}
	for _, ip := range six.Addrs {
		if why := Unusable(ip, p.Options); why != "" {
			n.Faults = append(n.Faults, "AAAA记录"+ip.String()+why)
			continue
		}
		n.V6 = append(n.V6, ip)
	}
	switch {
	case len(n.V6) > 0:
		n.OK = true
	case six.Outcome == NoData, six.Outcome == NoName, six.Outcome == Answered:
		n.Faults = append(n.Faults, "没有可用的AAAA记录")
	default:
		n.Faults = append(n.Faults, six.Outcome.Say())
		return n, false
	}
	return n, true
}

// glue asks the zone above for the addresses of servers that lie within their
// own zone: without an AAAA there, nobody finds them over IPv6 alone.
func (p *Prober) glue(ctx context.Context, above, z *Zone) {
	within := slices.ContainsFunc(z.Servers, func(n NameServer) bool { return n.OK && dns.IsSubDomain(z.Name, n.Name) })
	if !within {
		return
	}
	for _, up := range above.Servers {
		for _, ip := range append(slices.Clone(up.V4), up.V6...) {
			if !p.Options.MayDial(ip) {
				continue
			}
			msg, _, err := exchange(ctx, net.JoinHostPort(ip.String(), p.dnsPort()), question(z.Name, dns.TypeNS, false))
			if err != nil || msg.Rcode != dns.RcodeSuccess || msg.Authoritative && len(msg.Ns) == 0 {
				continue // not a referral: this server may hold both zones
			}
			z.withoutGlue(msg)
			return
		}
	}
}

func (z *Zone) withoutGlue(referral *dns.Msg) {
	for i := range z.Servers {
		n := &z.Servers[i]
		has := slices.ContainsFunc(referral.Extra, func(rr dns.RR) bool {
			six, ok := rr.(*dns.AAAA)
			return ok && strings.EqualFold(six.Hdr.Name, n.Name)
		})
		if n.OK && dns.IsSubDomain(z.Name, n.Name) && !has {
			n.OK = false
			n.Faults = append(n.Faults, "上级域没有提供它的IPv6胶水记录")
		}
	}
}

func (p *Prober) dnsPort() string {
	if p.DNSPort != "" {
		return p.DNSPort
	}
	return "53"
}
