package probe

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// Family is an address family. Both means IPv4 first, IPv6 where there is none.
type Family int

// The families.
const (
	Both Family = 0
	V4   Family = 4
	V6   Family = 6
)

// addresses gives the addresses of host in one family, in the order of the
// answer. Without a name server of its own it asks the system.
func (p *Prober) addresses(ctx context.Context, host string, f Family) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		if is4 := ip.Unmap().Is4(); f == V4 && !is4 || f == V6 && is4 {
			return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
		}
		return []netip.Addr{ip}, nil
	}
	if f == Both {
		list, err := p.addresses(ctx, host, V4)
		if len(list) == 0 {
			if six, err6 := p.addresses(ctx, host, V6); err6 == nil {
				return six, nil
			}
		}
		return list, err
	}
	if p.Options.Resolver == "" {
		return net.DefaultResolver.LookupNetIP(ctx, map[Family]string{V4: "ip4", V6: "ip6"}[f], host)
	}
	return p.asked(ctx, host, f)
}

// asked puts the question to the chosen name server.
func (p *Prober) asked(ctx context.Context, host string, f Family) ([]netip.Addr, error) {
	kind := dns.TypeA
	if f == V6 {
		kind = dns.TypeAAAA
	}
	a := Ask(ctx, p.Options.Resolver, host, kind)
	if len(a.Addrs) > 0 {
		return a.Addrs, nil
	}
	e := &net.DNSError{Err: string(a.Outcome), Name: host}
	switch a.Outcome {
	case govsweep.DNSNoData, govsweep.DNSNoName:
		e.IsNotFound = true
	case govsweep.DNSNoAnswer:
		e.IsTimeout, e.IsTemporary = true, true
	default:
		e.IsTemporary = true
	}
	return nil, e
}

// askTimeout is how long one question waits for one answer; two are asked.
const askTimeout = 4 * time.Second
