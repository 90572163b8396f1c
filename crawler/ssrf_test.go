package crawler_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
)

// hostVectors are hosts that must not be reached; a port is added to each.
var hostVectors = []string{
	"127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "0177.1", "127.0.0.1.",
	"127.255.255.254", "0.0.0.0", "0", "0x0", "00", "localhost", "LOCALHOST", "localhost.", "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1", "%31%32%37.0.0.1",
	"good.example@127.0.0.1", "good.example:80@127.0.0.1", "127.0.0.1%2f@127.0.0.1",
	"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.255", "169.254.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166",
	"100.100.100.200", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
	"[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:0:7f00:1]",
	"[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:53aa:64c:0:0:80ff:fffe]",
	"[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[100::1]", "[3fff::1]", "[5f00::1]",
	"a4.test", "a6.test", "mapped.test", "alias.test", "metadata.test", "cgnat.test", "zero.test", "both.test", "ulocal.test",
}

// wholeVectors are addresses that must not be followed at all.
var wholeVectors = []string{
	"file:///etc/passwd", "gopher://127.0.0.1:70/_x", "ftp://127.0.0.1/", "data:text/html,x", "view-source:http://127.0.0.1/", "javascript:alert(1)",
	"dict://127.0.0.1:11211/stat", "chrome://settings", "about:blank", "ws://127.0.0.1/", "ldap://127.0.0.1/", "jar:http://127.0.0.1!/",
	"http://open.test:22/", "http://open.test:25/", "http://open.test:3306/", "http://open.test:6379/", "http://open.test:11211/", "http://open.test:0/",
}

var zone = map[string][]string{
	"localhost.": {"127.0.0.1"}, "a4.test.": {"127.0.0.1"}, "a6.test.": {"::1"}, "mapped.test.": {"::ffff:127.0.0.1"},
	"metadata.test.": {"169.254.169.254"}, "cgnat.test.": {"100.64.0.1"}, "zero.test.": {"0.0.0.0"}, "both.test.": {"10.1.1.1", "127.0.0.1"},
	"ulocal.test.": {"fd00::1"}, "open.test.": {"127.0.0.2"},
}

// A nameServer answers from the zone. Names r*.test are rebound: the first
// answer is harmless, later ones are the address asked for in the name.
type nameServer struct {
	mu    sync.Mutex
	asked map[string]int
	bound map[string]string // rebound names → their second address
	addr  string
}

func startNames(t *testing.T) *nameServer {
	n := &nameServer{asked: map[string]int{}, bound: map[string]string{}}
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	started := make(chan struct{})
	server := &dns.Server{PacketConn: conn, Handler: n, NotifyStartedFunc: func() { close(started) }}
	done := make(chan struct{})
	go func() { defer close(done); server.ActivateAndServe() }()
	<-started
	n.addr = conn.LocalAddr().String()
	t.Cleanup(func() { server.Shutdown(); <-done })
	return n
}

func (n *nameServer) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	m := new(dns.Msg).SetReply(q)
	name, kind := q.Question[0].Name, q.Question[0].Qtype
	addrs := zone[name]
	n.mu.Lock()
	if second, ok := n.bound[name]; ok {
		addrs = []string{"127.0.0.2"}
		if n.asked[name] > 0 {
			addrs = []string{second}
		}
		if kind == dns.TypeA {
			n.asked[name]++
		}
	} else if strings.HasPrefix(name, "b") && addrs == nil {
		addrs = []string{"127.0.0.2"}
	}
	n.mu.Unlock()
	if name == "alias.test." {
		m.Answer = append(m.Answer, &dns.CNAME{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeCNAME, Class: dns.ClassINET}, Target: "a4.test."})
		name, addrs = "a4.test.", []string{"127.0.0.1"}
	}
	for _, a := range addrs {
		ip := net.ParseIP(a)
		hdr := dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET}
		if four := strings.Contains(a, "."); four && !strings.Contains(a, ":") && kind == dns.TypeA {
			m.Answer = append(m.Answer, &dns.A{Hdr: hdr, A: ip})
		} else if strings.Contains(a, ":") && kind == dns.TypeAAAA {
			m.Answer = append(m.Answer, &dns.AAAA{Hdr: hdr, AAAA: ip})
		}
	}
	if len(m.Answer) == 0 && addrs == nil {
		m.Rcode = dns.RcodeNameError
	}
	w.WriteMsg(m)
}

// canary listens where nothing may arrive, on the port of the open server.
func canary(t *testing.T, port string) *atomic.Int64 {
	var reached atomic.Int64
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, port))
		if err != nil {
			continue // no IPv6 here, or the port is taken by somebody else
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				reached.Add(1)
				c.Close()
			}
		}()
		t.Cleanup(func() { l.Close(); <-done })
	}
	return &reached
}

type range_ struct {
	names   *nameServer
	port    string
	vectors []string
	reached *atomic.Int64
	opts    crawler.Options
}

// startRange builds an open server on 127.0.0.2 that leads to every vector by
// redirect, by robots.txt and by sitemap, and a canary on 127.0.0.1.
func startRange(t *testing.T) *range_ {
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("no second loopback address on this machine: ", err)
	}
	r := &range_{names: startNames(t)}
	_, r.port, _ = net.SplitHostPort(l.Addr().String())
	for _, h := range hostVectors {
		r.vectors = append(r.vectors, "http://"+h+":"+r.port+"/secret")
	}
	r.vectors = append(r.vectors, wholeVectors...)
	server := httptest.NewUnstartedServer(http.HandlerFunc(r.lead))
	server.Listener.Close()
	server.Listener = l
	server.Start()
	t.Cleanup(server.Close)
	r.reached = canary(t, r.port)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "ALL_PROXY"} {
		t.Setenv(name, "http://127.0.0.1:"+r.port)
	}
	r.opts = crawler.Default()
	r.opts.Rate, r.opts.Parallel, r.opts.Resolver, r.opts.Timeout = -1, 4, r.names.addr, 20*time.Second
	r.opts.AllowNet = []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}
	return r
}

// lead answers /to/N and the robots.txt of host bN.test with vector N.
func (r *range_) lead(w http.ResponseWriter, q *http.Request) {
	w.Header().Set("Connection", "close")
	host, _, _ := strings.Cut(q.Host, ".")
	switch n, ok := strings.CutPrefix(q.URL.Path, "/to/"); {
	case q.URL.Path == "/robots.txt" && strings.HasPrefix(host, "b"):
		i, _ := strconv.Atoi(host[1:])
		w.Header().Set("Location", r.vectors[i])
		w.WriteHeader(http.StatusFound)
	case q.URL.Path == "/robots.txt":
		http.NotFound(w, q)
	case ok:
		i, _ := strconv.Atoi(n)
		w.Header().Set("Location", r.vectors[i])
		w.WriteHeader(http.StatusMovedPermanently)
	case q.URL.Path == "/again":
		w.Header().Set("Location", "http://"+q.Host+"/secret")
		w.WriteHeader(http.StatusFound)
	case q.URL.Path == "/sitemap.xml":
		fmt.Fprint(w, "<urlset>")
		for _, v := range r.vectors {
			fmt.Fprintf(w, "<url><loc>%s</loc></url>", v)
		}
		fmt.Fprint(w, "</urlset>")
	default:
		fmt.Fprint(w, "open")
	}
}

// blocked says whether p shows nothing of what lies behind, in words too.
func blocked(t *testing.T, way, vector string, p *govsweep.Page, err error) int {
	t.Helper()
	if err != nil || p.Failure == "" || p.Status == 200 || len(p.Body) > 0 {
		t.Errorf("%s %s was not blocked: %+v %v", way, vector, p, err)
		return 0
	}
	if strings.ContainsAny(p.Cause, "0123456789[") {
		t.Errorf("%s %s: the cause tells an address: %s", way, vector, p.Cause)
		return 0
	}
	return 1
}

func TestNothingForbiddenIsReached(t *testing.T) {
	r := startRange(t)
	s, err := crawler.New(r.opts)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	base := "http://open.test:" + r.port
	if p, err := s.Fetch(t.Context(), govsweep.Visit{URL: base + "/", Role: govsweep.ArticleRole}); err != nil || p.Status != 200 {
		t.Fatalf("the open server is not reached: %+v %v", p, err)
	}
	good, all := 0, 0
	for i, v := range r.vectors {
		all += 4
		p, err := s.Fetch(t.Context(), govsweep.Visit{URL: v, Role: govsweep.AttachmentRole})
		good += blocked(t, "fetch", v, p, err)
		p, err = s.Fetch(t.Context(), govsweep.Visit{URL: base + "/to/" + strconv.Itoa(i), Role: govsweep.ArticleRole})
		good += blocked(t, "redirect", v, p, err)
		host := fmt.Sprintf("b%d.test:%s", i, r.port)
		if _, err = s.Fetch(t.Context(), govsweep.Visit{URL: "http://" + host + "/", Role: govsweep.ArticleRole}); err != nil {
			t.Error(err)
		}
		if read, ok := s.Robots(host); ok && (read.Failure != "" || read.Status >= 300) && read.Text == "" {
			good++
		} else {
			t.Errorf("robots %s: %+v", v, read)
		}
		good += r.rebind(t, s, i, v)
	}
	n := r.sitemap(t, s, base)
	good, all = good+n, all+len(r.vectors)
	t.Logf("%d of %d blocked (%d vectors: fetch, redirect, robots, rebinding, sitemap), %d connections reached the canary", good, all, len(r.vectors), r.reached.Load())
	if r.reached.Load() != 0 {
		t.Error("the canary was reached")
	}
}

// rebind asks a name whose second answer is the vector's address.
func (r *range_) rebind(t *testing.T, s *crawler.Stack, i int, vector string) int {
	second := "127.0.0.1"
	if c, err := address.Canonical(vector); err == nil {
		if ip, err := netip.ParseAddr(address.Hostname(c)); err == nil {
			second = ip.String()
		}
	}
	name := fmt.Sprintf("r%d.test", i)
	r.names.mu.Lock()
	r.names.bound[name+"."] = second
	r.names.mu.Unlock()
	p, err := s.Fetch(t.Context(), govsweep.Visit{URL: "http://" + name + ":" + r.port + "/again", Role: govsweep.ProbeRole})
	if err == nil && len(p.Hops) != 1 {
		t.Errorf("%s was not rebound: %+v", name, p)
	}
	return blocked(t, "rebinding", second, p, err)
}

func (r *range_) sitemap(t *testing.T, s *crawler.Stack, base string) (good int) {
	p, err := s.Fetch(t.Context(), govsweep.Visit{URL: base + "/sitemap.xml", Role: govsweep.SitemapRole})
	if err != nil {
		t.Fatal(err)
	}
	urls, _, err := crawler.ReadSitemap(p.Body)
	if err != nil || len(urls) != len(r.vectors) {
		t.Fatalf("%d addresses, %v", len(urls), err)
	}
	for _, u := range urls {
		c, err := address.Canonical(u)
		if err != nil {
			good++ // it never becomes a visit
			continue
		}
		p, err := s.Fetch(t.Context(), govsweep.Visit{URL: c, Role: govsweep.SitemapRole})
		good += blocked(t, "sitemap", u, p, err)
	}
	return good
}
