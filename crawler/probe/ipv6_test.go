package probe_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/internal/fakedns"
)

func TestDNSAnswersAreToldApart(t *testing.T) {
	zone := "a AAAA ::1\na A 127.0.0.1\nfour A 127.0.0.1\nmapped AAAA ::ffff:192.0.2.1\nalias CNAME a\n"
	for name, test := range map[string]struct {
		w    *fakedns.World
		ask  string
		want govsweep.DNSOutcome
		n    int
	}{
		"a record":                         {&fakedns.World{}, "a.test", govsweep.DNSAnswered, 1},
		"a name without one":               {&fakedns.World{}, "four.test", govsweep.DNSNoData, 0},
		"no such name":                     {&fakedns.World{}, "none.test", govsweep.DNSNoName, 0},
		"an alias":                         {&fakedns.World{}, "alias.test", govsweep.DNSAnswered, 1},
		"an answer cut over UDP":           {&fakedns.World{Cut: true}, "a.test", govsweep.DNSAnswered, 1},
		"a server that fails":              {&fakedns.World{Codes: map[string]int{"a.test.": dns.RcodeServerFailure}}, "a.test", govsweep.DNSServFail, 0},
		"signatures that do not hold":      {&fakedns.World{Bogus: map[string]bool{"a.test.": true}}, "a.test", govsweep.DNSBogus, 0},
		"a server that refuses":            {&fakedns.World{Codes: map[string]int{"a.test.": dns.RcodeRefused}}, "a.test", govsweep.DNSRefused, 0},
		"an IPv4-mapped address stays one": {&fakedns.World{}, "mapped.test", govsweep.DNSAnswered, 1},
	} {
		t.Run(name, func(t *testing.T) {
			test.w.Zone(t, "test", zone)
			a := probe.Ask(t.Context(), "127.0.0.1:"+test.w.Start(t, "127.0.0.1"), test.ask, dns.TypeAAAA)
			if a.Outcome != test.want || len(a.Addrs) != test.n || a.TCP != test.w.Cut {
				t.Errorf("%s with %v, TCP %v; want %s", a.Outcome, a.Addrs, a.TCP, test.want)
			}
			if test.ask == "mapped.test" && !a.Addrs[0].Is4In6() {
				t.Errorf("read as %v", a.Addrs[0])
			}
		})
	}
	t.Run("nobody is there", func(t *testing.T) {
		if a := probe.Ask(t.Context(), closedPort(t), "a.test", dns.TypeAAAA); a.Outcome != govsweep.DNSNoRoute {
			t.Errorf("%s", a.Outcome)
		}
	})
	t.Run("a server that says nothing until we stop", func(t *testing.T) {
		w := fakedns.World{Mute: map[string]bool{"127.0.0.1": true}}
		w.Zone(t, "test", zone)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if a := probe.Ask(ctx, "127.0.0.1:"+w.Start(t, "127.0.0.1"), "a.test", dns.TypeAAAA); a.Outcome != govsweep.DNSNoAnswer || a.Took > 20*time.Second {
			t.Errorf("%s after %s", a.Outcome, a.Took)
		}
	})
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

// A chain of three zones, each on a server of its own: test. on .1, gov.test.
// on .2 and x.gov.test. on .3; over IPv6 all of them are ::1.
const (
	top    = "@ NS a.top.\n"
	tops   = "a A 127.0.0.1\na AAAA ::1\n"
	govCut = "gov NS ns.gov\nns.gov A 127.0.0.2\nns.gov AAAA ::1\n"
	gov    = "@ NS ns\nns A 127.0.0.2\nns AAAA ::1\n"
	xCut   = "x NS ns.x\nns.x A 127.0.0.3\nns.x AAAA ::1\n"
	x      = "@ NS ns\nns A 127.0.0.3\nns AAAA ::1\nwww A 127.0.0.1\nwww AAAA ::1\n"
)

type zones struct{ top, gov, x string }

func (z zones) world(t *testing.T) *fakedns.World {
	w := new(fakedns.World)
	w.Zone(t, "top", tops)
	w.Zone(t, "test", z.top, "127.0.0.1", "::1")
	w.Zone(t, "gov.test", z.gov, "127.0.0.2", "::1")
	w.Zone(t, "x.gov.test", z.x, "127.0.0.3", "::1")
	return w
}

var allServers = []string{"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"}

func TestAChainHoldsOnlyWhereEveryZoneIsFoundOverIPv6Alone(t *testing.T) {
	ready := zones{top + govCut, gov + xCut, x}
	for name, test := range map[string]struct {
		zones zones
		plant func(w *fakedns.World)
		bad   string // the zone that does not hold; "" for none
		says  string // among the faults of servers
		why   string // a question did not end
	}{
		"every zone has a server with glue": {zones: ready},
		"the site's servers have no AAAA":   {zones: zones{ready.top, gov + "x NS ns.x\nns.x A 127.0.0.3\n", "@ NS ns\nns A 127.0.0.3\nwww AAAA ::1\n"}, bad: "x.gov.test.", says: "没有可用的AAAA记录"},
		"one of two servers has none":       {zones: zones{ready.top, gov + xCut + "x NS old.x\nold.x A 127.0.0.3\n", x + "@ NS old\nold A 127.0.0.3\n"}, says: "没有可用的AAAA记录"},
		"the zone above has no server":      {zones: zones{top + "gov NS ns.gov\nns.gov A 127.0.0.2\n", "@ NS ns\nns A 127.0.0.2\n" + xCut, x}, bad: "gov.test.", says: "没有可用的AAAA记录"},
		"the zone above hands out no glue of IPv6": {zones: zones{ready.top, gov + "x NS ns.x\nns.x A 127.0.0.3\n", x}, bad: "x.gov.test.",
			says: "在上级域没有IPv6胶水记录"},
		"a server elsewhere needs no glue": {zones: zones{ready.top, gov + "x NS a.top.\n", "@ NS a.top.\nwww AAAA ::1\n"}},
		"the server has a private address": {zones: zones{ready.top, gov + "x NS ns.x\nns.x A 127.0.0.3\nns.x AAAA fd00::1\n", "@ NS ns\nns A 127.0.0.3\nns AAAA fd00::1\nwww AAAA ::1\n"},
			bad: "x.gov.test.", says: "是内部网络的地址"},
		"only a server the zone above does not name has one": {zones: zones{ready.top, gov + "x NS old.x\nold.x A 127.0.0.3\n", x + "@ NS old\nold A 127.0.0.3\n"},
			bad: "x.gov.test.", says: "没有列入上级域的授权"},
		"a server only the zone above names counts": {zones: zones{ready.top, gov + xCut + "x NS old.x\nold.x A 127.0.0.3\n", "@ NS old\nold A 127.0.0.3\nns A 127.0.0.3\nns AAAA ::1\nwww AAAA ::1\n"},
			says: "只列在上级域的授权中"},
		"a server that is asked about in vain": {zones: ready, plant: func(w *fakedns.World) { w.Codes = map[string]int{"ns.x.gov.test.": dns.RcodeServerFailure} }, bad: "x.gov.test.",
			why: "查询域名服务器“ns.x.gov.test.”的AAAA记录时，域名服务器未能完成解析（SERVFAIL）"},
		"a zone that is asked about in vain": {zones: ready, plant: func(w *fakedns.World) { w.Codes = map[string]int{"gov.test.": dns.RcodeRefused} }, bad: "gov.test.",
			why: "查询“gov.test.”的域名服务器时，域名服务器拒绝答复"},
		"a name on the way is denied": {zones: ready, plant: func(w *fakedns.World) { w.Codes = map[string]int{"gov.test.": dns.RcodeNameError} }},
		"no server above can be asked, so nothing is said of glue": {zones: zones{ready.top, gov + "x NS ns.x\nns.x A 127.0.0.3\n", x},
			plant: func(w *fakedns.World) { w.Codes = map[string]int{"x.gov.test.": dns.RcodeRefused} }, bad: "x.gov.test.", why: "拒绝答复"},
	} {
		t.Run(name, func(t *testing.T) {
			w := test.zones.world(t)
			if test.plant != nil {
				test.plant(w)
			}
			p := prober()
			p.DNSPort = w.Start(t, allServers...)
			c := p.Chain(t.Context(), "127.0.0.1:"+p.DNSPort, "www.x.gov.test", nil, true)
			if !strings.Contains(c.Why, test.why) || (c.Why == "") != (test.why == "") {
				t.Errorf("ended with %q, want %q", c.Why, test.why)
			}
			said := ""
			for _, z := range c.Zones {
				if z.OK == (z.Name == test.bad) {
					t.Errorf("%s holds: %v: %+v", z.Name, z.OK, z.Servers)
				}
				for _, n := range z.Servers {
					for _, f := range n.Faults {
						said += n.Name + f + "\n"
					}
				}
			}
			if !strings.Contains(said, test.says) || test.says == "" && test.why == "" && said != "" {
				t.Errorf("says %q, want %q", said, test.says)
			}
		})
	}
}

func TestAServerThatIsDeafOverIPv6(t *testing.T) {
	w := zones{top + govCut, gov + xCut, x}.world(t)
	w.Deaf = map[string]bool{"x.gov.test.": true}
	p := prober()
	p.DNSWait = 300 * time.Millisecond
	p.DNSPort = w.Start(t, allServers...)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := p.Chain(ctx, "127.0.0.1:"+p.DNSPort, "www.x.gov.test", nil, true)
	last := c.Zones[len(c.Zones)-1]
	if last.OK || !c.Zones[1].Servers[0].Asked.Settled() || !slices.Contains(last.Servers[0].Faults, "有AAAA记录，但通过IPv6询问没有应答") {
		t.Errorf("another answered, and this one: %+v", last)
	}
	c = p.Chain(ctx, "127.0.0.1:"+p.DNSPort, "www.x.gov.test", nil, false)
	if last = c.Zones[len(c.Zones)-1]; !last.OK || last.Servers[0].Asked != "" {
		t.Errorf("without an IPv6 of our own: %+v", last)
	}
}

func TestAnAliasIsWalkedToo(t *testing.T) {
	w := zones{top + govCut, gov + xCut, x + "cdn CNAME site.cdn.test.\n"}.world(t)
	w.Zone(t, "cdn.test", "@ NS ns\nns A 127.0.0.1\nsite AAAA ::1\n")
	p := prober()
	p.DNSPort = w.Start(t, allServers...)
	c := p.Chain(t.Context(), "127.0.0.1:"+p.DNSPort, "cdn.x.gov.test", []string{"site.cdn.test."}, true)
	if n := len(c.Zones); n != 4 || c.Zones[3].Name != "cdn.test." || c.Zones[3].OK || c.Zones[3].Alias != "site.cdn.test" || !c.Zones[2].OK {
		t.Errorf("%d zones: %+v", n, c.Zones)
	}
}

// shared finds the material that lies beside the repository.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GOVSWEEP_SHARED")
	for at, _ := os.Getwd(); dir == "" && at != filepath.Dir(at); at = filepath.Dir(at) {
		if s := filepath.Join(at, "shared"); exists(s) {
			dir = s
		}
	}
	if dir = filepath.Join(dir, "data", "ipv6_dns"); !exists(dir) {
		t.Skip("the broken zones of data/ipv6_dns are not here: NOT tested")
	}
	return dir
}

func exists(p string) bool { _, err := os.Stat(p); return err == nil }

func TestTheBrokenZonesOfTheConformanceSet(t *testing.T) {
	dir := shared(t)
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return "@ 60 IN " + strings.TrimLeft(string(b), " \t\n")
	}
	w := new(fakedns.World)
	// Without its comment the first record of the zone stands for its origin.
	child := strings.SplitN(read("bad-ipv6-ns.test.zone"), "\n", 2)[1]
	w.Zone(t, "test", read("test.zone")+"\n@ NS ns.root.\n")
	w.Zone(t, "bad-ipv6-ns.test", "@ 60 IN "+strings.TrimLeft(child, " \t\n"))
	w.Zone(t, "root", "ns AAAA ::1\nns A 127.0.0.1\n")
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1", "::1")
	p := prober()
	_, p.DNSPort, _ = net.SplitHostPort(server)
	c := p.Chain(t.Context(), server, "www.bad-ipv6-ns.test", nil, true)
	bad := c.Zones[len(c.Zones)-1]
	if c.Why != "" || bad.Name != "bad-ipv6-ns.test." || bad.OK || !c.Zones[0].OK || len(bad.Servers) != 3 {
		t.Fatalf("%+v", c)
	}
	for _, n := range bad.Servers { // every address of them is a private one
		if n.OK || len(n.Faults) == 0 || !strings.Contains(n.Faults[0], "ULA") && !strings.Contains(n.Faults[0], "没有可用的AAAA") {
			t.Errorf("%+v", n)
		}
	}
	if c = p.Chain(t.Context(), server, "target.test", nil, true); len(c.Zones) != 1 || !c.Zones[0].OK {
		t.Errorf("the good one: %+v", c)
	}
	for name, want := range map[string]govsweep.DNSOutcome{"www.internet.test": govsweep.DNSAnswered, "mx.mail-target.test": govsweep.DNSAnswered,
		"any.target.test": govsweep.DNSAnswered, "nothing.nowhere.test": govsweep.DNSNoName, "x.mail-target.test": govsweep.DNSNoData} {
		if a := probe.Ask(t.Context(), server, name, dns.TypeAAAA); a.Outcome != want {
			t.Errorf("%s: %s, want %s", name, a.Outcome, want)
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

// look is ready to look at sites of the world.
func look(t *testing.T, w *fakedns.World, controls ...string) *probe.IPv6Look {
	p := prober()
	p.DNSPort = w.Start(t, allServers...)
	p.Options.Resolver = "127.0.0.1:" + p.DNSPort
	return &probe.IPv6Look{Prober: p, Server: p.Options.Resolver, Controls: controls, Apart: time.Millisecond}
}

func TestManySitesShareWhatIsAboveThem(t *testing.T) {
	page := answer(200, strings.Repeat("首页", 10000)) // large enough for a speed
	port := twoFamilies(t, page, page)
	w := zones{top + govCut, gov + xCut, x + "* A 127.0.0.1\n* AAAA ::1\n"}.world(t)
	l := look(t, w, "http://[::1]:"+port+"/")
	var sites []probe.Site
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		sites = append(sites, probe.Site{ID: govsweep.TargetID(n), URL: "http://" + n + ".x.gov.test:" + port + "/"})
	}
	kept := 0
	l.Keep = func(k govsweep.CaptureKind, url string, at time.Time, body []byte) (govsweep.Evidence, error) {
		if kept++; k == govsweep.DNSCapture && strings.Count(string(body), "as received") < 10 {
			t.Errorf("%s kept %s", url, body)
		}
		return govsweep.Evidence{Kind: string(k), Digest: url}, nil
	}
	l.Judge = nil
	var asked []int64
	seen := map[govsweep.TargetID]*govsweep.IPv6Report{}
	err := l.All(t.Context(), sites, 1, func(r *govsweep.IPv6Report) error {
		seen[r.Target] = r
		asked = append(asked, w.Asked.Load())
		return nil
	})
	if err != nil || len(seen) != len(sites) || kept != 2*len(sites) {
		t.Fatalf("%v, %d of %d reports, %d captures", err, len(seen), len(sites), kept)
	}
	for id, r := range seen {
		for _, m := range r.Measures {
			if m.State != govsweep.MeasurePassed && m.State != govsweep.MeasureShown {
				t.Errorf("%s: %s is %s: %s", id, m.Name, m.State, m.Why)
			}
		}
		if len(r.Chain.Zones) != 3 || len(r.Evidence) != 2 || len(r.V4) != 3 || len(r.V6) != 3 {
			t.Errorf("%s: %d zones, %d captures, %d and %d visits", id, len(r.Chain.Zones), len(r.Evidence), len(r.V4), len(r.V6))
		}
	}
	if first, second := asked[0], asked[1]-asked[0]; second >= first {
		t.Errorf("%d questions for the first site and %d for the second", first, second)
	}
}

func TestAFaultOfKeepingEndsTheRun(t *testing.T) {
	page := answer(200, "首页")
	port := twoFamilies(t, page, page)
	l := look(t, zones{top + govCut, gov + xCut, x}.world(t), "http://[::1]:"+port+"/")
	full := &govsweep.Error{Say: "磁盘已满"}
	l.Keep = func(govsweep.CaptureKind, string, time.Time, []byte) (govsweep.Evidence, error) {
		return govsweep.Evidence{}, full
	}
	err := l.All(t.Context(), []probe.Site{{ID: "A", URL: "http://www.x.gov.test:" + port + "/"}}, 4, func(*govsweep.IPv6Report) error { return nil })
	if err != full {
		t.Errorf("%v", err)
	}
}

func TestAControlWithoutATurnSaysNothingOfOurIPv6(t *testing.T) {
	l := look(t, zones{top + govCut, gov + xCut, x + "* A 127.0.0.1\n"}.world(t), "http://[::1]:9/")
	l.Prober.Options.Turns = noTurns{errors.New("database gone")}
	r, err := l.Site(t.Context(), probe.Site{ID: "A", URL: "http://a.x.gov.test:9/"})
	if err != nil || !strings.Contains(r.Own.Why, "没有访问成") {
		t.Errorf("%+v %v", r, err)
	}
}

// A control in a network nobody has allowed was called a fault of our line.
func TestAControlTheGuardHoldsBackSaysNothingOfOurIPv6(t *testing.T) {
	dead := "http://" + strings.Replace(closedPort(t), "127.0.0.1", "[::1]", 1) + "/"
	for name, c := range map[string]struct {
		controls []string
		says     string
	}{
		"none is allowed":                {[]string{"http://[fd00::1]:9/"}, "对照网站没有访问（该地址不在允许访问的网络范围内，未访问），无法证明"},
		"one is allowed and is not open": {[]string{"http://[fd00::1]:9/", dead}, "对照网站通过IPv6打不开（"},
		"one is not open, then a guard":  {[]string{dead, "http://[fd00::1]:9/"}, "对照网站通过IPv6打不开（"},
	} {
		l := look(t, zones{top + govCut, gov + xCut, x + "* A 127.0.0.1\n"}.world(t), c.controls...)
		r, err := l.Site(t.Context(), probe.Site{ID: "A", URL: "http://a.x.gov.test:9/"})
		if err != nil || !strings.Contains(r.Own.Why, c.says) || strings.Contains(r.Own.Why, "不正常") {
			t.Errorf("%s: %s %v", name, r.Own.Why, err)
		}
	}
}
