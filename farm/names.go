package farm

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/miekg/dns"
)

// markHosts stand behind the marks of a foot. They are no part of the farm:
// their answer is an address no guard lets through, so that nothing is asked
// of them and nothing may be concluded.
var markHosts = []string{"beian.miit.gov.cn", "www.miitbeian.gov.cn", "www.beian.gov.cn", "bszs.conac.cn", "dcs.conac.cn", "zfwzgl.www.gov.cn", "pucha.kaipuyun.cn"}

func (f *Farm) startDNS(ctx context.Context) error {
	udp, tcp, err := f.bindDNS(ctx)
	if err != nil {
		return fmt.Errorf("listen for names: %w", err)
	}
	f.dnsAddr = udp.LocalAddr().String()
	handler := dns.HandlerFunc(f.answer)
	ready := make(chan struct{}, 2)
	started := func() { ready <- struct{}{} }
	f.names[0] = &dns.Server{PacketConn: udp, Handler: handler, NotifyStartedFunc: started}
	f.names[1] = &dns.Server{Listener: tcp, Handler: handler, NotifyStartedFunc: started}
	for _, s := range f.names {
		f.running.Go(func() { s.ActivateAndServe() }) // returns when shut down
		<-ready
	}
	return nil
}

// bindDNS takes one port for UDP and TCP. A port chosen for the one may be
// taken for the other: then another is tried.
func (f *Farm) bindDNS(ctx context.Context) (net.PacketConn, net.Listener, error) {
	var lc net.ListenConfig
	for try := 0; ; try++ {
		udp, err := lc.ListenPacket(ctx, "udp", orLoopback(f.opt.DNS))
		if err != nil {
			return nil, nil, err
		}
		tcp, err := lc.Listen(ctx, "tcp", udp.LocalAddr().String())
		if err == nil {
			return udp, tcp, nil
		}
		udp.Close()
		if f.opt.DNS != "" || try == 20 {
			return nil, nil, err
		}
	}
}

// answer resolves the farm's names to loopback.
func (f *Farm) answer(w dns.ResponseWriter, q *dns.Msg) {
	m := new(dns.Msg)
	m.SetReply(q)
	m.Authoritative = true
	if len(q.Question) == 1 {
		ask := q.Question[0]
		ip := f.resolve(strings.ToLower(strings.TrimSuffix(ask.Name, ".")))
		switch {
		case ip == nil:
			m.Rcode = dns.RcodeNameError
		case ask.Qtype == dns.TypeA:
			m.Answer = []dns.RR{&dns.A{Hdr: dns.RR_Header{Name: ask.Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 60}, A: ip}}
		}
	}
	w.WriteMsg(m) // a client that went away is no fault of ours
}

func (f *Farm) resolve(name string) net.IP {
	if f.byHost[name] != nil || f.byStray[name] != nil || len(f.accounts) > 0 && name == mediaHost {
		return net.IPv4(127, 0, 0, 1)
	}
	for _, h := range []string{servicePortal, friend, slowHost, casinoHost, goneHost} {
		if h == name {
			return net.IPv4(127, 0, 0, 1)
		}
	}
	for _, h := range markHosts {
		if h == name {
			return net.IPv4(10, 255, 255, 1)
		}
	}
	return nil
}
