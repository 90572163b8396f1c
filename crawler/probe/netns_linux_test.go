package probe_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/crawler/probe"
)

// Inside a network of the test's own the prober has the IPv6 a situation
// gives it, with addresses that are public ones outside.
const (
	situationKey = "GOVSWEEP_TEST_NETWORK"
	siteSix      = "2400:3200::1"
	controlSix   = "2400:3200::2"
)

var networks = map[string]struct {
	setup    [][]string
	listens  bool
	home     probe.MeasureState
	ownLine  bool // our own IPv6 is proven
	compared probe.MeasureState
}{
	"IPv6 works": {[][]string{{"ip", "addr", "add", siteSix + "/128", "dev", "lo"}, {"ip", "addr", "add", controlSix + "/128", "dev", "lo"}},
		true, probe.MeasurePassed, true, probe.MeasureShown},
	"a narrow path of 1280 bytes": {[][]string{{"ip", "addr", "add", siteSix + "/128", "dev", "lo"}, {"ip", "addr", "add", controlSix + "/128", "dev", "lo"},
		{"ip", "link", "set", "lo", "mtu", "1280"}}, true, probe.MeasurePassed, true, probe.MeasureShown},
	"the site's address is unreachable, the control's is not": {[][]string{{"ip", "addr", "add", controlSix + "/128", "dev", "lo"},
		{"ip", "-6", "route", "add", "unreachable", siteSix + "/128"}}, true, probe.MeasureFailed, true, probe.MeasureUnknown},
	"the prober has no route for IPv6": {nil, true, probe.MeasureUnknown, false, probe.MeasureUnknown},
	"IPv6 is switched off on the prober": {[][]string{{"sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"}},
		false, probe.MeasureUnknown, false, probe.MeasureUnknown},
}

func TestNetworksOfTheTestsOwn(t *testing.T) {
	if os.Getenv(situationKey) != "" {
		within(t, os.Getenv(situationKey))
		return
	}
	if os.Getuid() != 0 {
		t.Skip("network namespaces need root: the situations of the prober's own IPv6 are NOT tested here")
	}
	i := 0
	for name, n := range networks {
		i++
		space := fmt.Sprintf("govsweep-%d-%d", os.Getpid(), i)
		t.Run(name, func(t *testing.T) {
			if out, err := exec.Command("ip", "netns", "add", space).CombinedOutput(); err != nil {
				t.Skipf("network namespaces cannot be made here, NOT tested: %v %s", err, out)
			}
			defer func() {
				if out, err := exec.Command("ip", "netns", "del", space).CombinedOutput(); err != nil {
					t.Errorf("%s is left behind: %v %s", space, err, out)
				}
			}()
			in := func(args ...string) *exec.Cmd {
				return exec.Command("ip", append([]string{"netns", "exec", space}, args...)...)
			}
			for _, args := range append([][]string{{"ip", "link", "set", "lo", "up"}}, n.setup...) {
				if out, err := in(args...).CombinedOutput(); err != nil {
					t.Fatalf("%v: %v %s", args, err, out)
				}
			}
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			child := in(self, "-test.run=^TestNetworksOfTheTestsOwn$", "-test.v")
			child.Env = append(os.Environ(), situationKey+"="+name)
			if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// within runs in the network of the situation.
func within(t *testing.T, situation string) {
	want := networks[situation]
	l, err := net.Listen("tcp", "[::]:0")
	if !want.listens {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	s := &http.Server{Handler: answer(200, strings.Repeat("首页", 50_000))}
	go s.Serve(l)
	defer s.Close()
	ns := nameserver{records: []string{"www.gov.test. 60 IN A 127.0.0.1", "www.gov.test. 60 IN AAAA " + siteSix}}
	p := prober()
	p.Options.Resolver = ns.start(t)
	r := p.IPv6(t.Context(), p.Options.Resolver, probe.Site{ID: "T", URL: "http://www.gov.test:" + port + "/"}, []string{"http://[" + controlSix + "]:" + port + "/"})
	if m := r.Measures[0]; m.State != probe.MeasurePassed {
		t.Errorf("%s is %s: %s", m.Name, m.State, m.Why)
	}
	if m := r.Measures[1]; m.State != want.home {
		t.Errorf("%s is %s (%s), want %s", m.Name, m.State, m.Why, want.home)
	}
	if m := r.Measures[6]; m.State != want.compared {
		t.Errorf("%s is %s (%s), want %s", m.Name, m.State, m.Why, want.compared)
	}
	if (r.OwnLine == "") != want.ownLine {
		t.Errorf("our own IPv6: %q", r.OwnLine)
	}
}
