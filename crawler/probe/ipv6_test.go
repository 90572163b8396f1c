package probe_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep/crawler/probe"
)

// A nameserver answers over UDP and TCP on loopback from records as a zone
// file writes them; names in codes get that code instead, names in silent nothing.
type nameserver struct {
	records []string
	codes   map[string]int
	silent  map[string]bool
	cut     bool // UDP answers are cut: only TCP tells
	bogus   bool // SERVFAIL unless signatures are not to be checked
	glue    []string
}

func (n *nameserver) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	m := new(dns.Msg).SetReply(q)
	name, kind := strings.ToLower(q.Question[0].Name), q.Question[0].Qtype
	_, udp := w.RemoteAddr().(*net.UDPAddr)
	exists := false
	switch code, coded := n.codes[name]; {
	case n.silent[name]:
		return
	case n.bogus && !q.CheckingDisabled:
		m.Rcode = dns.RcodeServerFailure
	case coded:
		m.Rcode = code
	case n.cut && udp:
		m.Truncated = true
	default:
		for _, r := range n.records {
			rr, err := dns.NewRR(r)
			if err != nil {
				panic(err)
			}
			if owner := rr.Header().Name; owner == name || strings.HasSuffix(owner, "."+name) {
				exists = true
				if owner == name && rr.Header().Rrtype == kind {
					m.Answer = append(m.Answer, rr)
				}
			}
		}
		if !exists {
			m.Rcode = dns.RcodeNameError
		}
	}
	if !q.RecursionDesired { // the zone above refers
		for _, g := range n.glue {
			rr, err := dns.NewRR(g)
			if err != nil {
				panic(err)
			}
			m.Extra = append(m.Extra, rr)
		}
	}
	w.WriteMsg(m)
}

func (n *nameserver) start(t *testing.T) string {
	t.Helper()
	for range 20 { // a port free for UDP may be taken for TCP
		pc, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp", pc.LocalAddr().String())
		if err != nil {
			pc.Close()
			continue
		}
		for _, s := range []*dns.Server{{PacketConn: pc, Handler: n}, {Listener: l, Handler: n}} {
			ready := make(chan struct{})
			s.NotifyStartedFunc = func() { close(ready) }
			go s.ActivateAndServe()
			<-ready
			t.Cleanup(func() { s.Shutdown() })
		}
		return pc.LocalAddr().String()
	}
	t.Fatal("no port free for UDP and TCP")
	return ""
}

func TestDNSAnswersAreToldApart(t *testing.T) {
	records := []string{"a.test. 60 IN AAAA ::1", "a.test. 60 IN A 127.0.0.1", "four.test. 60 IN A 127.0.0.1", "mapped.test. 60 IN AAAA ::ffff:192.0.2.1"}
	for name, test := range map[string]struct {
		ns   nameserver
		ask  string
		want probe.DNSOutcome
		n    int
	}{
		"a record":                         {nameserver{records: records}, "a.test", probe.Answered, 1},
		"a name without one":               {nameserver{records: records}, "four.test", probe.NoData, 0},
		"no such name":                     {nameserver{records: records}, "none.test", probe.NoName, 0},
		"an answer cut over UDP":           {nameserver{records: records, cut: true}, "a.test", probe.Answered, 1},
		"a server that fails":              {nameserver{records: records, codes: map[string]int{"a.test.": dns.RcodeServerFailure}}, "a.test", probe.ServFail, 0},
		"signatures that do not hold":      {nameserver{records: records, bogus: true}, "a.test", probe.Bogus, 0},
		"a server that refuses":            {nameserver{records: records, codes: map[string]int{"a.test.": dns.RcodeRefused}}, "a.test", probe.Refused, 0},
		"an IPv4-mapped address stays one": {nameserver{records: records}, "mapped.test", probe.Answered, 1},
	} {
		t.Run(name, func(t *testing.T) {
			a := probe.Ask(t.Context(), test.ns.start(t), test.ask, dns.TypeAAAA)
			if a.Outcome != test.want || len(a.Addrs) != test.n || a.TCP != test.ns.cut {
				t.Errorf("%s with %v, TCP %v; want %s", a.Outcome, a.Addrs, a.TCP, test.want)
			}
			if test.ask == "mapped.test" && !a.Addrs[0].Is4In6() {
				t.Errorf("read as %v", a.Addrs[0])
			}
		})
	}
}

func TestAddressesThatLeadNowhereAreNamed(t *testing.T) {
	o := prober().Options
	for addr, want := range map[string]string{
		"::ffff:127.0.0.1": "映射", "::ffff:8.8.8.8": "映射", "2001:db8::1": "文档", "3fff::1": "文档", "fd00:43:1::51": "ULA", "fe80::1": "链路", "fec0::1": "站点本地",
		"64:ff9b::1": "NAT64", "2002::1": "6to4", "2001::1": "Teredo", "ff02::1": "组播", "::": "未指定", "::7f00:1": "未指定",
		"::1": "", "2400:3200::1": "", "240e::1": "",
	} {
		if got := probe.Unusable(netip.MustParseAddr(addr), o); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
}

// twoFamilies serves one page on 127.0.0.1 and another on ::1, on one port.
func twoFamilies(t *testing.T, four, six http.HandlerFunc) (port string) {
	t.Helper()
	l6, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 on loopback here: ", err)
	}
	_, port, _ = net.SplitHostPort(l6.Addr().String())
	l4, err := net.Listen("tcp4", "127.0.0.1:"+port)
	if err != nil {
		l6.Close()
		return twoFamilies(t, four, six)
	}
	for l, h := range map[net.Listener]http.HandlerFunc{l4: four, l6: six} {
		if h == nil {
			l.Close()
			continue
		}
		s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
		s.Start()
		t.Cleanup(s.Close)
	}
	return port
}

const good = "gov.test. 60 IN NS ns.gov.test.|ns.gov.test. 60 IN AAAA ::1|ns.gov.test. 60 IN A 127.0.0.1"

func TestSituationsOfASiteOverIPv6(t *testing.T) {
	page := answer(200, strings.Repeat("首页", 500))
	late := func(w http.ResponseWriter, r *http.Request) { <-time.After(80 * time.Millisecond); page(w, r) }
	control := "http://[::1]:" + twoFamilies(t, page, page) + "/"
	dead := "http://[::1]:" + twoFamilies(t, page, nil) + "/"
	both := "www.gov.test. 60 IN A 127.0.0.1|www.gov.test. 60 IN AAAA ::1|"
	glue := []string{"ns.gov.test. 60 IN AAAA ::1"}
	type states = [3]probe.MeasureState
	yes, no, unknown := probe.MeasurePassed, probe.MeasureFailed, probe.MeasureUnknown
	for name, test := range map[string]struct {
		ns       nameserver
		six      http.HandlerFunc
		control  string
		want     states // AAAA, home page, authority
		says     string
		slower   bool
		compared bool
	}{
		"ready":                       {nameserver{records: split(both + good), glue: glue}, page, control, states{yes, yes, yes}, "", false, true},
		"slower over IPv6":            {nameserver{records: split(both + good), glue: glue}, late, control, states{yes, yes, yes}, "", true, true},
		"no AAAA":                     {nameserver{records: split("www.gov.test. 60 IN A 127.0.0.1|" + good), glue: glue}, page, control, states{no, no, yes}, "NODATA", false, false},
		"the AAAA leads to nobody":    {nameserver{records: split(both + good), glue: glue}, nil, control, states{yes, no, yes}, "拒绝连接", false, false},
		"the AAAA is a mapped IPv4":   {nameserver{records: split("www.gov.test. 60 IN A 127.0.0.1|www.gov.test. 60 IN AAAA ::ffff:127.0.0.1|" + good), glue: glue}, page, control, states{no, no, yes}, "映射", false, false},
		"an address for documents":    {nameserver{records: split("www.gov.test. 60 IN A 127.0.0.1|www.gov.test. 60 IN AAAA 2001:db8::1|" + good), glue: glue}, page, control, states{no, no, yes}, "文档", false, false},
		"a server error over IPv6":    {nameserver{records: split(both + good), glue: glue}, answer(502, ""), control, states{yes, no, yes}, "502", false, false},
		"name servers without IPv6":   {nameserver{records: split(both + "gov.test. 60 IN NS ns.gov.test.|ns.gov.test. 60 IN A 127.0.0.1")}, page, control, states{yes, yes, no}, "gov.test", false, true},
		"one name server without":     {nameserver{records: split(both + good + "|gov.test. 60 IN NS old.gov.test.|old.gov.test. 60 IN A 127.0.0.1"), glue: glue}, page, control, states{yes, yes, yes}, "old.gov.test", false, true},
		"a name server that fails":    {nameserver{records: split(both + good), glue: glue, codes: map[string]int{"ns.gov.test.": dns.RcodeServerFailure}}, page, control, states{yes, yes, unknown}, "", false, true},
		"AAAA could not be asked":     {nameserver{records: split(good), codes: map[string]int{"www.gov.test.": dns.RcodeServerFailure}}, page, control, states{unknown, unknown, unknown}, "SERVFAIL", false, false},
		"no IPv6 on the prober":       {nameserver{records: split(both + good), glue: glue}, nil, dead, states{yes, unknown, yes}, "对照网站", false, false},
		"nothing proves the prober's": {nameserver{records: split(both + good), glue: glue}, nil, "", states{yes, unknown, yes}, "没有设置", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := prober()
			server := test.ns.start(t)
			_, p.DNSPort, _ = net.SplitHostPort(server)
			p.Options.Resolver = server
			var controls []string
			if test.control != "" {
				controls = []string{test.control}
			}
			r := p.IPv6(t.Context(), server, probe.Site{ID: "T", URL: "http://www.gov.test:" + twoFamilies(t, page, test.six) + "/"}, controls)
			said := ""
			for i, m := range r.Measures {
				said += m.Why
				if i < 3 && m.State != test.want[i] {
					t.Errorf("%s is %s (%s), want %s", m.Name, m.State, m.Why, test.want[i])
				}
				if i >= 4 && (m.State == probe.MeasureShown) != test.compared {
					t.Errorf("%s is %s (%s)", m.Name, m.State, m.Why)
				}
			}
			if !strings.Contains(said, test.says) {
				t.Errorf("says %s, want %s", said, test.says)
			}
			if m := r.Measures[5]; test.slower && (m.Ratio == nil || *m.Ratio < 1) {
				t.Errorf("80 ms later is a ratio of %v", m.Ratio)
			}
			if len(r.Measures) != 8 {
				t.Errorf("%d measurements", len(r.Measures))
			}
		})
	}
}

func TestGlueThatIsMissingBreaksTheChain(t *testing.T) {
	top := "test. 60 IN NS top.other.|top.other. 60 IN AAAA ::1|top.other. 60 IN A 127.0.0.1|www.gov.test. 60 IN A 127.0.0.1|"
	for name, test := range map[string]struct {
		glue []string
		ok   bool
	}{
		"the zone above hands it out": {[]string{"ns.gov.test. 60 IN AAAA ::1", "ns.gov.test. 60 IN A 127.0.0.1"}, true},
		"only of IPv4":                {[]string{"ns.gov.test. 60 IN A 127.0.0.1"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			ns := nameserver{records: split(top + good), glue: test.glue}
			p := prober()
			server := ns.start(t)
			_, p.DNSPort, _ = net.SplitHostPort(server)
			zones, clean := p.Chain(t.Context(), server, "www.gov.test")
			if len(zones) != 2 || !clean || !zones[0].OK || zones[1].OK != test.ok {
				t.Errorf("clean %v: %+v", clean, zones)
			}
		})
	}
}

func split(s string) []string { return strings.Split(s, "|") }
