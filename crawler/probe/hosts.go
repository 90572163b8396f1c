package probe

import (
	"context"
	"net/netip"
	"strings"
	"sync"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// Hosts says of hosts whether they have IPv6, by their records. Each host is
// asked about once. Its fields are set once; it may be used by many
// goroutines.
type Hosts struct {
	Prober *Prober
	Server string // the name server that is asked, host:port

	mu    sync.Mutex
	known map[string]*hostAnswer
}

type hostAnswer struct {
	done  chan struct{}
	state govsweep.HostIPv6
	why   string
}

// Ask says whether a host (without port) has an AAAA record that may be used,
// and why not in a Chinese sentence. What no server answered is unknown.
func (h *Hosts) Ask(ctx context.Context, host string) (govsweep.HostIPv6, string) {
	host = strings.TrimSuffix(trimBrackets(strings.ToLower(host)), ".")
	h.mu.Lock()
	a := h.known[host]
	if a == nil {
		a = &hostAnswer{done: make(chan struct{})}
		if h.known == nil {
			h.known = map[string]*hostAnswer{}
		}
		h.known[host] = a
		h.mu.Unlock()
		a.state, a.why = h.look(ctx, host)
		close(a.done)
		return a.state, a.why
	}
	h.mu.Unlock()
	select {
	case <-a.done:
		return a.state, a.why
	case <-ctx.Done():
		return govsweep.HostUnknown, "查询被中止。"
	}
}

func (h *Hosts) look(ctx context.Context, host string) (govsweep.HostIPv6, string) {
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Is4() {
			return govsweep.HostNoV6, "引用的是IPv4地址，IPv6用户无法访问。"
		}
		return h.usable(ip.String(), []netip.Addr{ip})
	}
	t := &transcript{wait: h.Prober.DNSWait}
	switch a := t.ask(ctx, h.Server, host, dns.TypeAAAA); {
	case a.Outcome == govsweep.DNSAnswered && len(a.Addrs) > 0:
		return h.usable("AAAA记录", a.Addrs)
	case a.Outcome == govsweep.DNSNoData, a.Outcome == govsweep.DNSAnswered:
		return govsweep.HostNoV6, "域名没有AAAA记录。"
	case a.Outcome == govsweep.DNSNoName:
		return t.gone(ctx, h.Server, host)
	default:
		return govsweep.HostUnknown, a.Outcome.Say() + "，未能查到。"
	}
}

// gone says of a name that is not there for AAAA whether it is there for A: a
// name that does not exist is no fault of IPv6.
func (t *transcript) gone(ctx context.Context, server, host string) (govsweep.HostIPv6, string) {
	switch t.ask(ctx, server, host, dns.TypeA).Outcome {
	case govsweep.DNSNoName:
		return govsweep.HostGone, "域名不存在（NXDOMAIN），通过IPv4也打不开，不是IPv6的问题。"
	case govsweep.DNSAnswered:
		return govsweep.HostNoV6, "域名有A记录，查询AAAA记录时域名服务器却答复域名不存在（NXDOMAIN），前后不一致。"
	}
	return govsweep.HostUnknown, "查询AAAA记录时域名服务器答复域名不存在（NXDOMAIN），A记录没有查到，不作结论。"
}

// usable judges the addresses of one host.
func (h *Hosts) usable(what string, addrs []netip.Addr) (govsweep.HostIPv6, string) {
	why := ""
	for _, ip := range addrs {
		w := Unusable(ip, h.Prober.Options)
		if w == "" {
			return govsweep.HostV6, ""
		}
		why = what + "不可用：" + ip.String() + w + "。"
	}
	return govsweep.HostNoV6, why
}

// AskAll asks about many hosts, up to 16 at the same time.
func (h *Hosts) AskAll(ctx context.Context, hosts []string) {
	var group sync.WaitGroup
	slots := make(chan struct{}, 16)
	for _, host := range hosts {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-slots }()
			h.Ask(ctx, host)
		})
	}
	group.Wait()
}
