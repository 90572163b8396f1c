package crawler

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// A resolver asks one name server and keeps its answers for their time to
// live, at most five minutes. What it answers is not trusted: the guard looks
// at the address that is dialled.
type resolver struct {
	server string
	mu     sync.Mutex
	kept   map[string]answer
}

type answer struct {
	addrs []netip.Addr
	until time.Time
}

const (
	mostAnswers   = 4096
	longestAnswer = 5 * time.Minute
)

// lookup gives the IPv4 addresses of host, and where there are none the IPv6 ones.
func (r *resolver) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	name := dns.Fqdn(strings.ToLower(host))
	r.mu.Lock()
	a, ok := r.kept[name]
	r.mu.Unlock()
	if ok && time.Now().Before(a.until) {
		return a.addrs, nil
	}
	a, err := r.ask(ctx, name)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil || len(r.kept) >= mostAnswers {
		r.kept = map[string]answer{}
	}
	r.kept[name] = a
	return a.addrs, nil
}

func (r *resolver) ask(ctx context.Context, name string) (answer, error) {
	var addrs []netip.Addr
	var failed error
	ttl := longestAnswer
	for _, kind := range []uint16{dns.TypeA, dns.TypeAAAA} {
		msg, err := r.exchange(ctx, name, kind)
		if err != nil {
			failed = err
			continue
		}
		for _, rr := range msg.Answer {
			if ip, ok := addressOf(rr); ok {
				addrs = append(addrs, ip)
				ttl = min(ttl, time.Duration(rr.Header().Ttl)*time.Second)
			}
		}
		if len(addrs) > 0 {
			break
		}
	}
	switch {
	case len(addrs) > 0:
		return answer{addrs: addrs, until: time.Now().Add(ttl)}, nil
	case failed != nil:
		return answer{}, failed
	}
	return answer{}, &net.DNSError{Err: "no address", Name: name, IsNotFound: true}
}

func (r *resolver) exchange(ctx context.Context, name string, kind uint16) (*dns.Msg, error) {
	q := new(dns.Msg).SetQuestion(name, kind)
	q.SetEdns0(1232, false)
	client := dns.Client{Timeout: 5 * time.Second}
	msg, _, err := client.ExchangeContext(ctx, q, r.server)
	if err == nil && msg.Truncated {
		client.Net = "tcp"
		msg, _, err = client.ExchangeContext(ctx, q, r.server)
	}
	switch {
	case err != nil:
		return nil, &net.DNSError{Err: "no answer", Name: name, IsTimeout: true, IsTemporary: true}
	case msg.Rcode == dns.RcodeSuccess:
		return msg, nil
	case msg.Rcode == dns.RcodeNameError:
		return nil, &net.DNSError{Err: "no such name", Name: name, IsNotFound: true}
	}
	return nil, &net.DNSError{Err: dns.RcodeToString[msg.Rcode], Name: name, IsTemporary: true}
}

func addressOf(rr dns.RR) (netip.Addr, bool) {
	switch rr := rr.(type) {
	case *dns.A:
		return netip.AddrFromSlice(rr.A.To4())
	case *dns.AAAA:
		return netip.AddrFromSlice(rr.AAAA.To16())
	}
	return netip.Addr{}, false
}
