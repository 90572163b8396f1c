package probe

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// maxReferrals bounds the servers of the zone above that are tried.
const maxReferrals = 3

// refer asks the zone above how it refers to z: which servers it names, and
// the addresses it hands out of those that lie within their own zone. Without
// an AAAA there nobody finds them over IPv6 alone. Where no server of the
// zone above can be asked from here, nothing is concluded.
func (w *walk) refer(ctx context.Context, above, z *govsweep.IPv6Zone) {
	if len(z.Servers) == 0 {
		return
	}
	tried := 0
	for _, up := range above.Servers {
		for _, ip := range slices.Concat(up.V4, w.sixOf(up)) {
			if !w.prober.Options.MayDial(ip) {
				continue
			}
			if tried++; tried > maxReferrals || !w.tops.mayAsk() {
				return
			}
			msg, _, err := w.t.exchange(ctx, w.at(ip), question(z.Name, dns.TypeNS, false))
			w.tops.told(err == nil)
			if err == nil && referral(msg, z.Name) {
				w.read(ctx, z, msg)
				return
			}
		}
	}
}

func (w *walk) sixOf(n govsweep.IPv6Server) []netip.Addr {
	if w.six {
		return n.V6
	}
	return nil
}

func (w *walk) at(ip netip.Addr) string {
	if w.prober.DNSPort != "" {
		return net.JoinHostPort(ip.String(), w.prober.DNSPort)
	}
	return net.JoinHostPort(ip.String(), "53")
}

// referral says whether msg refers to the zone: a server that holds both
// zones answers with authority instead and says nothing of glue.
func referral(msg *dns.Msg, zone string) bool {
	return msg.Rcode == dns.RcodeSuccess && !msg.Authoritative && slices.ContainsFunc(msg.Ns, func(rr dns.RR) bool {
		ns, ok := rr.(*dns.NS)
		return ok && strings.EqualFold(ns.Hdr.Name, zone)
	})
}

// read enters what the zone above says: glue, and servers that only one of
// the two names. One the zone above does not name is never found on the way
// down.
func (w *walk) read(ctx context.Context, z *govsweep.IPv6Zone, msg *dns.Msg) {
	var named []string
	for _, rr := range msg.Ns {
		if ns, ok := rr.(*dns.NS); ok && strings.EqualFold(ns.Hdr.Name, z.Name) {
			named = append(named, strings.ToLower(ns.Ns))
		}
	}
	for i := range z.Servers {
		n := &z.Servers[i]
		if !slices.Contains(named, n.Name) {
			n.Faults, n.Glue = append(n.Faults, "没有列入上级域的授权"), govsweep.GlueMissing
			continue
		}
		w.glue(z.Name, n, msg)
	}
	for _, name := range named {
		if len(z.Servers) < maxServers && !slices.ContainsFunc(z.Servers, func(n govsweep.IPv6Server) bool { return n.Name == name }) {
			n := w.nameServer(ctx, name)
			n.Faults = append(n.Faults, "只列在上级域的授权中，本域没有列出")
			w.glue(z.Name, &n, msg)
			z.Servers = append(z.Servers, n)
		}
	}
}

func (w *walk) glue(zone string, n *govsweep.IPv6Server, msg *dns.Msg) {
	if len(n.V6) == 0 || !dns.IsSubDomain(zone, n.Name) {
		return
	}
	n.Glue = govsweep.GlueMissing
	for _, rr := range msg.Extra {
		if six, ok := rr.(*dns.AAAA); ok && strings.EqualFold(six.Hdr.Name, n.Name) {
			n.Glue = govsweep.GlueGiven
			return
		}
	}
	n.Faults = append(n.Faults, "在上级域没有IPv6胶水记录")
}

// askSix asks servers of the zone over IPv6, the first few that have one.
func (w *walk) askSix(ctx context.Context, z *govsweep.IPv6Zone) {
	asked := 0
	for i := range z.Servers {
		n := &z.Servers[i]
		if !w.six || asked == maxAskedSix || len(n.V6) == 0 || !w.prober.Options.MayDial(n.V6[0]) || !w.tops.mayAsk() {
			continue
		}
		asked++
		var a Answer
		msg, _, err := w.t.exchange(ctx, w.at(n.V6[0]), question(z.Name, dns.TypeSOA, false))
		a.read(msg, err, dns.TypeSOA)
		n.Asked = a.Outcome
		w.tops.told(!silent(a.Outcome))
	}
}
