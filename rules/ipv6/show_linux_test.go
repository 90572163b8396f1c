package ipv6_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/internal/fakedns"
	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/ipv6"
)

// A situation is a site and the world around it, and what every indicator
// must say of it: from the wire to the outcome.
type situation struct {
	xCut, x  string // records of the delegation and of the zone; "" are good ones
	plant    func(w *fakedns.World)
	four     http.HandlerFunc // nil: the page
	six      http.HandlerFunc // nil: the page
	dead     bool             // nobody listens at ::1
	https    bool
	plainSix bool // over IPv6 the port of HTTPS speaks plain HTTP
	rounds   int
	control  string // "": works; "none": not set; "dead": does not open
	network  string // the networks made for it; "": loopback
	want     string // outcomes of IP-01 to IP-04, IP-08 and DE-38
	pages    string // outcomes of IP-05 to IP-07
	says     string // among what the outcomes say
	differs  bool   // the home page over IPv6 is another one
}

// One letter an outcome: P passed, F found, A not applicable, U not measured,
// R passed, but a person has to look.
var letters = map[govsweep.OutcomeStatus]string{govsweep.Passed: "P", govsweep.Found: "F", govsweep.NotApplicable: "A", govsweep.NotMeasured: "U"}

var page = body("首页", 60)

func body(word string, n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><head><title>某某市人民政府</title></head><body>")
		for i := range n {
			fmt.Fprintf(w, `<ul><li><a href="/%s/%d.html">关于%s第%d号工作安排的通知</a></li></ul><p>%s</p>`, word, i, word, i, strings.Repeat(word, 120))
		}
		fmt.Fprint(w, "</body></html>")
	}
}

func late(w http.ResponseWriter, r *http.Request) {
	<-time.After(400 * time.Millisecond)
	page(w, r)
}

// everyOther breaks the connection of every second visit.
func everyOther() http.HandlerFunc {
	var n atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1)%2 == 0 {
			panic(http.ErrAbortHandler)
		}
		page(w, r)
	}
}

const (
	goodCut = "x NS ns.x\nns.x A 127.0.0.3\nns.x AAAA ::1\n"
	servers = "@ NS ns\nns A 127.0.0.3\nns AAAA ::1\n"
	both    = "www A 127.0.0.1\nwww AAAA ::1\n"
)

var situations = map[string]situation{
	"00 ready":                                     {want: "PPPPPP", pages: "PPP"},
	"01 the AAAA leads to nobody":                  {dead: true, want: "PFFPUF", pages: "AAA", says: "服务器拒绝连接"},
	"02 the AAAA is a mapped IPv4":                 {x: servers + "www A 127.0.0.1\nwww AAAA ::ffff:127.0.0.1\n", want: "FAAPUF", pages: "AAA", says: "是映射的IPv4地址"},
	"03 the AAAA is an address of documents":       {x: servers + "www A 127.0.0.1\nwww AAAA 2001:db8::1\n", want: "FAAPUF", pages: "AAA", says: "是文档示例用的地址"},
	"04 no AAAA at all":                            {x: servers + "www A 127.0.0.1\n", want: "FAAPUF", pages: "AAA", says: "没有AAAA记录（NODATA）"},
	"05 one name server of two without IPv6":       {xCut: goodCut + "x NS old.x\nold.x A 127.0.0.3\n", x: servers + "@ NS old\nold A 127.0.0.3\n" + both, want: "PPPPPP", pages: "PPP"},
	"06 no name server with IPv6":                  {xCut: "x NS ns.x\nns.x A 127.0.0.3\n", x: "@ NS ns\nns A 127.0.0.3\n" + both, want: "PPPFPR", pages: "PPP", says: "ns.x.gov.test没有可用的AAAA记录"},
	"07 the zone above hands out no glue of IPv6":  {xCut: "x NS ns.x\nns.x A 127.0.0.3\n", want: "PPPFPR", pages: "PPP", says: "在上级域没有IPv6胶水记录"},
	"08 another page over IPv6":                    {six: body("旧版", 60), differs: true, want: "PPPPPP", pages: "FPP"},
	"09 slower over IPv6":                          {six: late, want: "PPPPFP", pages: "PPP", says: "首页响应时延"},
	"10 IPv6 fails every second time":              {six: everyOther(), rounds: 4, want: "PPFPUP", pages: "PFF", says: "通过IPv6访问首页4次，打开2次，成功率50%"},
	"11 TLS fails over IPv6 alone":                 {https: true, plainSix: true, want: "PFFPUF", pages: "AAA", says: "握手没有完成"},
	"12 the name servers fail":                     {plant: func(w *fakedns.World) { w.Codes = map[string]int{"www.x.gov.test.": dns.RcodeServerFailure} }, want: "UUUUUU", pages: "UUU", says: "SERVFAIL"},
	"13 signatures do not hold":                    {plant: func(w *fakedns.World) { w.Bogus = map[string]bool{"www.x.gov.test.": true} }, want: "UUUUUU", pages: "UUU", says: "DNSSEC"},
	"14 the site is down over both":                {four: broken, six: broken, want: "PUUPUU", pages: "UUU", says: "应为网站整体无法访问"},
	"15 nothing proves our own IPv6":               {control: "none", dead: true, want: "UUUUUU", pages: "UUU", says: "没有设置IPv6对照网站"},
	"16 the control does not open either":          {control: "dead", dead: true, want: "UUUUUU", pages: "UUU", says: "对照网站通过IPv6打不开"},
	"17 a path that swallows more than 1280 bytes": {network: "hole", want: "PFFPUF", pages: "AAA", says: "路径MTU黑洞"},
	"18 a narrow path that says so":                {network: "narrow", want: "PPPPPP", pages: "PPP"},
	"19 the site's address is unreachable":         {network: "unreachable", want: "PFFPUF", pages: "AAA", says: "无法建立连接"},
	"20 the prober has no route for IPv6":          {network: "no route", want: "UUUUUU", pages: "UUU", says: "对照网站通过IPv6打不开"},
	"21 IPv6 is switched off on the prober":        {network: "off", want: "UUUUUU", pages: "UUU", says: "对照网站通过IPv6打不开"},
}

func broken(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }

const inside = "GOVSWEEP_TEST_SITUATION"

// TestShowSituations is the second show of issue 4; -v prints the table.
func TestShowSituations(t *testing.T) {
	if name := os.Getenv(inside); name != "" {
		situations[name].run(t, name)
		return
	}
	for name, s := range situations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if s.network != "" {
				inNetworks(t, name, s.network)
				return
			}
			s.run(t, name)
		})
	}
}

// lines gives what the indicators say of a report, their letters and all words.
func outcomes(t *testing.T, r *govsweep.IPv6Report) (got, pages, words string) {
	d := rulestest.Dossier(t, []byte(`{"site": {"kind": "portal", "level": "县级"}, "home": {"reached": true}, "coverage": {"complete": true}, "columns": []}`))
	d.Site.URL, d.AsOf = r.URL, r.Ended.Add(time.Minute)
	d.IPv6 = facts.NewIPv6(r, append(r.V4, r.V6...), nil)
	params := map[govsweep.IndicatorCode]string{
		"ipv6-success-low": `{"within_days": 30, "success_ratio_min": 0.9, "visits_min": 2, "window_days": 30, "interval": "plain"}`,
		"ipv6-degraded":    `{"within_days": 30, "ratio_gt": 1, "ignore_under_ms": 200, "ignore_over_kbs": 1, "visits_min": 3}`,
	}
	for _, ind := range ipv6.Indicators {
		one := rulestest.Book(t).Only(ind.Code)
		if p := params[ind.Code]; p != "" {
			var err error
			if one, err = one.WithParams(ind, []byte(p)); err != nil {
				t.Fatal(err)
			}
		}
		o := rules.Inspect(d, one, []*rules.Indicator{ind})[0]
		if strings.Contains("IP-05 IP-06 IP-07", o.BookID) {
			pages += letters[o.Status]
		}
		if words += o.Reason + o.Review; strings.Contains("IP-01 IP-02 IP-03 IP-04 IP-08 DE-38", o.BookID) {
			if got += letters[o.Status]; o.Status == govsweep.Passed && o.Review != "" {
				got = got[:len(got)-1] + "R"
			}
		}
		for _, f := range o.Findings {
			words += f.Summary + strings.Join(f.Detail, "")
		}
	}
	return got, pages, words
}

func (s situation) run(t *testing.T, name string) {
	r := s.report(t)
	got, pages, words := outcomes(t, r)
	if got != s.want {
		t.Errorf("IP-01 IP-02 IP-03 IP-04 IP-08 DE-38 are %s, want %s: %s", got, s.want, words)
	}
	if pages != s.pages {
		t.Errorf("IP-05 IP-06 IP-07 are %s, want %s: %s", pages, s.pages, words)
	}
	if !strings.Contains(words, s.says) {
		t.Errorf("says %s\nwant %s", words, s.says)
	}
	if r.Pages != nil && (r.Pages.Home.Similarity < 0.9) != s.differs {
		t.Errorf("the home pages are alike to %.2f", r.Pages.Home.Similarity)
	}
	t.Logf("%-46s IP-01 %c  IP-02 %c  IP-03 %c  IP-04 %c  IP-05 %c  IP-06 %c  IP-07 %c  IP-08 %c  DE-38 %c  %s",
		name, got[0], got[1], got[2], got[3], pages[0], pages[1], pages[2], got[4], got[5], s.says)
}

// report builds the world and looks at the site once.
func (s situation) report(t *testing.T) *govsweep.IPv6Report {
	four, six := s.four, s.six
	if four == nil {
		four = page
	}
	if six == nil {
		six = page
	}
	at := siteAddress(s.network)
	port := s.serve(t, four, six, at)
	w := new(fakedns.World)
	w.Zone(t, "top", "a A 127.0.0.1\na AAAA ::1\n")
	w.Zone(t, "test", "@ NS a.top.\ngov NS ns.gov\nns.gov A 127.0.0.2\nns.gov AAAA ::1\n", "127.0.0.1", "::1")
	xCut, x := s.xCut, s.x
	if xCut == "" {
		xCut = goodCut
	}
	if x == "" {
		x = servers + strings.ReplaceAll(both, "::1", at)
	}
	w.Zone(t, "gov.test", "@ NS ns\nns A 127.0.0.2\nns AAAA ::1\n"+xCut, "127.0.0.2", "::1")
	w.Zone(t, "x.gov.test", x, "127.0.0.3", "::1")
	if s.plant != nil {
		s.plant(w)
	}
	listen := []string{"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"}
	if s.network == "off" {
		listen = listen[:3]
	}
	o := crawler.Options{AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}, Timeout: 3 * time.Second}
	if s.network == "hole" {
		o.Timeout = time.Second
	}
	p := &probe.Prober{Options: o, DNSPort: w.Start(t, listen...), DNSWait: time.Second}
	p.Options.Resolver = "127.0.0.1:" + p.DNSPort
	l := &probe.IPv6Look{Prober: p, Server: p.Options.Resolver, Apart: time.Millisecond, Rounds: s.rounds, Page: compare()}
	l.Further = func(ctx context.Context, r *govsweep.IPv6Report) { openLinks(ctx, p, r) }
	switch s.control {
	case "":
		l.Controls = []string{"http://" + control(t, s.network) + "/"}
	case "dead":
		l.Controls = []string{"http://[::1]:1/"}
	}
	scheme := "http"
	if s.https {
		scheme = "https"
	}
	r, err := l.Site(t.Context(), probe.Site{ID: "1507830002", URL: scheme + "://www.x.gov.test:" + port + "/"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// openLinks opens a few links of each level, where the home page opened.
func openLinks(ctx context.Context, p *probe.Prober, r *govsweep.IPv6Report) {
	opens := func(u string, f probe.Family) bool {
		v, _ := p.Visit(ctx, probe.Request{Target: r.Target, Series: govsweep.IPv6Series, URL: u, Family: f})
		return v.Result == govsweep.ProbeOpened
	}
	if !slices.ContainsFunc(r.V6, func(v govsweep.ProbeVisit) bool { return v.Result == govsweep.ProbeOpened }) {
		return
	}
	if r.Pages == nil {
		r.Pages = &govsweep.IPv6Pages{}
	}
	for level, to := range map[int]**govsweep.LinkSupport{2: &r.Pages.Second, 3: &r.Pages.Third} {
		s := &govsweep.LinkSupport{Level: level, Known: 4, Drawn: 4, Visited: true}
		for i := range s.Drawn {
			switch u := fmt.Sprintf("%sl%d/%d.html", r.URL, level, i); {
			case opens(u, probe.V6):
				s.Good++
			case opens(u, probe.V4):
				s.Bad++
			default:
				s.Unknown++
			}
		}
		*to = s
	}
}

// compare holds the home page over IPv6 against those over IPv4.
func compare() func(*govsweep.IPv6Report, *govsweep.ProbeVisit, *govsweep.Page) {
	var seen struct{ four, again, six *facts.HomeCapture }
	return func(r *govsweep.IPv6Report, v *govsweep.ProbeVisit, p *govsweep.Page) {
		if v.Result != govsweep.ProbeOpened {
			return
		}
		text, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
		c := &facts.HomeCapture{Page: p, Body: text, Charset: charset}
		switch {
		case v.Family == 6:
			seen.six = c
		case seen.four == nil:
			seen.four = c
		default:
			seen.again = c
		}
		if seen.six != nil && seen.again != nil {
			r.Pages = &govsweep.IPv6Pages{Home: facts.CompareHomes(seen.four, seen.again, seen.six)}
		}
	}
}

// serve serves the site over both families on one port.
func (s situation) serve(t *testing.T, four, six http.HandlerFunc, at string) (port string) {
	t.Helper()
	if s.network != "" {
		return s.serveInside(t, at)
	}
	for range 50 {
		l4, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ = net.SplitHostPort(l4.Addr().String())
		l6, err := net.Listen("tcp6", "[::1]:"+port)
		if err != nil {
			l4.Close()
			continue
		}
		start(t, l4, four, s.https)
		if s.dead {
			l6.Close()
		} else {
			start(t, l6, six, s.https && !s.plainSix)
		}
		return port
	}
	t.Fatal("no port is free over both families: is there IPv6 on loopback?")
	return ""
}

func start(t *testing.T, l net.Listener, h http.Handler, secure bool) {
	srv := &httptest.Server{Listener: l, Config: &http.Server{Handler: h, ErrorLog: nil}, TLS: &tls.Config{MinVersion: tls.VersionTLS12}}
	if secure {
		srv.StartTLS()
	} else {
		srv.Start()
	}
	t.Cleanup(srv.Close)
}

// The addresses inside networks of the test's own are public ones outside;
// nothing leaves those networks.
const (
	insidePort  = "8080"
	controlSix  = "2400:3200::2"
	siteSix     = "2400:3200::1"
	siteAcross  = "2400:3200:0:1::1"
	proberThere = "2400:3200:0:1::c"
)

func siteAddress(network string) string {
	switch network {
	case "":
		return "::1"
	case "hole":
		return siteAcross
	}
	return siteSix
}

func control(t *testing.T, network string) string {
	if network != "" {
		return "[" + controlSix + "]:" + insidePort
	}
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Fatal(err)
	}
	start(t, l, page, false)
	return l.Addr().String()
}

// serveInside serves what is on this side: the site over IPv4, the control,
// and, unless it lies across, the site over IPv6.
func (s situation) serveInside(t *testing.T, at string) string {
	addr := "[::]:" + insidePort
	if s.network == "off" {
		addr = "127.0.0.1:" + insidePort
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	start(t, l, page, false)
	return insidePort
}

var once sync.Once

// inNetworks makes the networks of a situation, runs it inside and takes them
// away again.
func inNetworks(t *testing.T, name, network string) {
	once.Do(func() {
		if os.Getuid() != 0 {
			t.Log("network namespaces need root: the situations in networks of their own are NOT tested here")
		}
	})
	if os.Getuid() != 0 {
		t.Skip("NOT tested: network namespaces need root")
	}
	space := func(n string) string {
		return fmt.Sprintf("gs%d%s%s", os.Getpid(), strings.ReplaceAll(network, " ", ""), n)
	}
	prober := space("p")
	ip := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
			t.Fatalf("ip %v: %v %s", args, err, out)
		}
	}
	add := func(n string) {
		t.Helper()
		if out, err := exec.Command("ip", "netns", "add", n).CombinedOutput(); err != nil {
			t.Skipf("NOT tested: network namespaces cannot be made here: %v %s", err, out)
		}
		t.Cleanup(func() {
			if out, err := exec.Command("ip", "netns", "del", n).CombinedOutput(); err != nil {
				t.Errorf("%s is left behind: %v %s", n, err, out)
			}
		})
		ip("-n", n, "link", "set", "lo", "up")
	}
	add(prober)
	local := func(a string) { ip("-n", prober, "addr", "add", a+"/128", "dev", "lo", "nodad") }
	switch network {
	case "narrow":
		local(siteSix)
		local(controlSix)
		ip("-n", prober, "link", "set", "lo", "mtu", "1280")
	case "unreachable":
		local(controlSix)
		ip("-n", prober, "-6", "route", "add", "unreachable", siteSix)
	case "off":
		ip("netns", "exec", prober, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1")
	case "hole":
		local(controlSix)
		wire, site := space("w"), space("s")
		add(wire)
		add(site)
		// A bridge drops what is too large for a port of it, and tells nobody.
		ip("-n", wire, "link", "add", "br0", "type", "bridge")
		ip("-n", wire, "link", "add", "toprober", "type", "veth", "peer", "name", "up0", "netns", prober)
		ip("-n", wire, "link", "add", "tosite", "type", "veth", "peer", "name", "up0", "netns", site)
		ip("-n", site, "link", "set", "dev", "up0", "gso_max_segs", "1")
		ip("-n", wire, "link", "set", "dev", "toprober", "mtu", "1280", "master", "br0", "up")
		ip("-n", wire, "link", "set", "dev", "tosite", "master", "br0", "up")
		ip("-n", wire, "link", "set", "dev", "br0", "up")
		ip("-n", prober, "addr", "add", proberThere+"/64", "dev", "up0", "nodad")
		ip("-n", site, "addr", "add", siteAcross+"/64", "dev", "up0", "nodad")
		ip("-n", prober, "link", "set", "dev", "up0", "up")
		ip("-n", site, "link", "set", "dev", "up0", "up")
		serveAcross(t, site)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), "ip", "netns", "exec", prober, self, "-test.run=^TestShowSituations$", "-test.v")
	child.Env = append(os.Environ(), inside+"="+name)
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Errorf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "IP-01") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

// serveAcross serves the site on the far side of the wire.
func serveAcross(t *testing.T, space string) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	far := exec.Command("ip", "netns", "exec", space, self, "-test.run=^TestServeTheFarSide$", "-test.v")
	far.Env, far.Stderr = append(os.Environ(), inside+"=far"), &said
	ready, err := far.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := far.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = far.Process.Kill() // it may be gone already
		_ = far.Wait()         // says that it was killed
	})
	seen := make([]byte, 0, 4096)
	for !bytes.Contains(seen, []byte("serving")) {
		chunk := make([]byte, 512)
		n, err := ready.Read(chunk)
		if err != nil {
			t.Fatalf("the far side does not serve: %v %s%s", err, seen, said.String())
		}
		seen = append(seen, chunk[:n]...)
	}
}

// TestServeTheFarSide is no test: it is the server of the situation with a
// wire between, run in its namespace until it is killed.
func TestServeTheFarSide(t *testing.T) {
	if os.Getenv(inside) != "far" {
		t.Skip("runs only as the far side of TestShowSituations")
	}
	l, err := net.Listen("tcp6", "[::]:"+insidePort)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("serving")
	t.Fatal(http.Serve(l, page)) // until the other side kills it
}
