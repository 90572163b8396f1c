// Package fakedns is a world of DNS on loopback for tests: zones, each held
// by name servers of their own addresses, and a resolver that finds its way
// through them. Answers are right unless a test plants a fault.
package fakedns

import (
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/miekg/dns"
)

// A World is every zone and what is wrong with it. It is set up before Start.
type World struct {
	Codes  map[string]int  // names answered with a code instead, with the final dot
	Silent map[string]bool // names nobody answers about
	Bogus  map[string]bool // names whose signatures do not hold: SERVFAIL unless checking is disabled
	Cut    bool            // answers over UDP are cut: only TCP tells
	Mute   map[string]bool // addresses whose server never answers
	Deaf   map[string]bool // names nobody answers about over IPv6

	Asked atomic.Int64 // questions answered or not

	zones map[string]*zone
}

type zone struct {
	origin string
	rrs    []dns.RR
	at     []string // addresses of its servers; empty: every address
}

// Zone adds a zone in the form of a zone file, held by the servers at the
// addresses; none: by all.
func (w *World) Zone(t testing.TB, origin, text string, at ...string) {
	t.Helper()
	origin = dns.Fqdn(origin)
	z := &zone{origin: origin, at: at}
	p := dns.NewZoneParser(strings.NewReader("$TTL 60\n"+text), origin, "")
	for rr, ok := p.Next(); ok; rr, ok = p.Next() {
		rr.Header().Name = strings.ToLower(rr.Header().Name)
		z.rrs = append(z.rrs, rr)
	}
	if err := p.Err(); err != nil {
		t.Fatalf("zone %s: %v", origin, err)
	}
	if w.zones == nil {
		w.zones = map[string]*zone{}
	}
	w.zones[origin] = z
}

// Start serves the world over UDP and TCP at every address, all on one port,
// and gives that port.
func (w *World) Start(t testing.TB, at ...string) (port string) {
	t.Helper()
	for range 20 { // a port free at one address may be taken at another
		if port, ok := w.try(t, at); ok {
			return port
		}
	}
	t.Fatalf("no port is free at all of %v", at)
	return ""
}

func (w *World) try(t testing.TB, at []string) (string, bool) {
	var servers []*dns.Server
	port := "0"
	for _, ip := range at {
		pc, err := net.ListenPacket("udp", net.JoinHostPort(ip, port))
		if err == nil {
			_, port, _ = net.SplitHostPort(pc.LocalAddr().String())
			servers = append(servers, &dns.Server{PacketConn: pc, Handler: server{w, ip}})
			var l net.Listener
			if l, err = net.Listen("tcp", net.JoinHostPort(ip, port)); err == nil {
				servers = append(servers, &dns.Server{Listener: l, Handler: server{w, ip}})
			}
		}
		if err != nil {
			for _, s := range servers {
				closeServer(s)
			}
			return "", false
		}
	}
	for _, s := range servers {
		ready := make(chan struct{})
		s.NotifyStartedFunc = func() { close(ready) }
		go func() { _ = s.ActivateAndServe() }() // ends with an error when it is shut down
		<-ready
		t.Cleanup(func() { _ = s.Shutdown() }) // the test is over either way
	}
	return port, true
}

func closeServer(s *dns.Server) {
	if s.PacketConn != nil {
		s.PacketConn.Close()
	}
	if s.Listener != nil {
		s.Listener.Close()
	}
}

type server struct {
	w  *World
	ip string
}

// ServeDNS answers as the server at one address.
func (s server) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	s.w.Asked.Add(1)
	m := new(dns.Msg).SetReply(q)
	name, kind := strings.ToLower(q.Question[0].Name), q.Question[0].Qtype
	_, udp := w.RemoteAddr().(*net.UDPAddr)
	code, coded := s.w.Codes[name]
	switch {
	case s.w.Silent[name] || s.w.Mute[s.ip] || s.w.Deaf[name] && strings.Contains(s.ip, ":"):
		return
	case s.w.Bogus[name] && !q.CheckingDisabled:
		m.Rcode = dns.RcodeServerFailure
	case coded:
		m.Rcode = code
	case s.w.Cut && udp:
		m.Truncated = true
	case q.RecursionDesired:
		s.w.resolve(m, name, kind)
	default:
		s.w.refer(m, s.ip, name, kind)
	}
	_ = w.WriteMsg(m) // a client that is gone
}

// resolve finds the answer as a resolver does, following aliases.
func (w *World) resolve(m *dns.Msg, name string, kind uint16) {
	m.RecursionAvailable = true
	for range 8 {
		z := w.zoneOf(name, nil)
		if z == nil {
			m.Rcode = dns.RcodeRefused
			return
		}
		rrs, exists := z.find(name)
		next := ""
		for _, rr := range rrs {
			if alias, ok := rr.(*dns.CNAME); ok && kind != dns.TypeCNAME {
				m.Answer, next = append(m.Answer, rr), strings.ToLower(alias.Target)
			} else if rr.Header().Rrtype == kind {
				m.Answer = append(m.Answer, rr)
			}
		}
		if next == "" {
			if !exists {
				m.Rcode = dns.RcodeNameError
			}
			return
		}
		name = next
	}
}

// refer answers as the server at an address does without recursion: with
// authority for its own zones, with a referral for what lies below them.
func (w *World) refer(m *dns.Msg, ip, name string, kind uint16) {
	z := w.zoneOf(name, func(z *zone) bool { return len(z.at) == 0 || slices.Contains(z.at, ip) })
	if z == nil {
		m.Rcode = dns.RcodeRefused
		return
	}
	for cut := name; dns.IsSubDomain(z.origin, cut) && cut != z.origin; cut = parent(cut) {
		rrs, _ := z.find(cut)
		for _, rr := range rrs {
			if ns, ok := rr.(*dns.NS); ok {
				m.Ns = append(m.Ns, ns)
				glue, _ := z.find(strings.ToLower(ns.Ns))
				m.Extra = append(m.Extra, glue...)
			}
		}
		if len(m.Ns) > 0 {
			return
		}
	}
	m.Authoritative = true
	rrs, exists := z.find(name)
	for _, rr := range rrs {
		if rr.Header().Rrtype == kind {
			m.Answer = append(m.Answer, rr)
		}
	}
	if !exists {
		m.Rcode = dns.RcodeNameError
	}
}

func parent(name string) string {
	if i := strings.IndexByte(name, '.'); i >= 0 && i+1 < len(name) {
		return name[i+1:]
	}
	return "."
}

// zoneOf gives the zone nearest to a name, of those that may be asked.
func (w *World) zoneOf(name string, may func(*zone) bool) *zone {
	for ; ; name = parent(name) {
		if z := w.zones[name]; z != nil && (may == nil || may(z)) {
			return z
		}
		if name == "." {
			return nil
		}
	}
}

// find gives the records of a name, and whether it exists; a wildcard stands
// in where there is no name.
func (z *zone) find(name string) (rrs []dns.RR, exists bool) {
	var wild []dns.RR
	for _, rr := range z.rrs {
		switch owner := rr.Header().Name; {
		case owner == name:
			rrs, exists = append(rrs, rr), true
		case dns.IsSubDomain(name, owner):
			exists = true
		case owner == "*."+parent(name):
			wild = append(wild, rr)
		}
	}
	if !exists && len(wild) > 0 {
		for _, rr := range wild {
			c := dns.Copy(rr)
			c.Header().Name = name
			rrs = append(rrs, c)
		}
		return rrs, true
	}
	return rrs, exists
}
