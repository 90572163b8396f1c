package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What one address may ask for, and how many addresses are remembered.
const (
	perSecond     = 20
	burst         = 80
	mostAddresses = 10000
)

// limits keeps the rate of every address.
type limits struct {
	now func() time.Time
	mu  sync.Mutex
	of  map[string]*rate.Limiter
}

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, of: map[string]*rate.Limiter{}}
}

func (l *limits) allow(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	one := l.of[address]
	if one == nil {
		if len(l.of) >= mostAddresses {
			l.forget(now)
		}
		one = rate.NewLimiter(perSecond, burst)
		l.of[address] = one
	}
	return one.AllowN(now, 1)
}

// forget drops those that have their whole burst again, or all.
func (l *limits) forget(now time.Time) {
	for a, one := range l.of {
		if one.TokensAt(now) >= burst {
			delete(l.of, a)
		}
	}
	if len(l.of) >= mostAddresses {
		clear(l.of)
	}
}

// address is where a request comes from. What a proxy says is believed only of
// the proxies that were named; of an IPv6 address the first half counts.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(at); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = before
	}
	at = at.Unmap().WithZone("")
	if at.Is6() && !at.IsLoopback() {
		p, err := at.Prefix(64)
		if err == nil {
			return p.String()
		}
	}
	return at.String()
}

func (s *Server) trusted(a netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
