package probe_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/internal/fakedns"
)

func TestHostsAreAskedAboutOnceAndToldApart(t *testing.T) {
	w := &fakedns.World{Silent: map[string]bool{"mute.test.": true}, Codes: map[string]int{"broken.test.": dns.RcodeServerFailure}}
	w.Zone(t, "test.", "@ SOA ns. h. 1 1 1 1 1\nsix AAAA ::1\nfour A 127.0.0.1\nmapped AAAA ::ffff:127.0.0.1\nshown AAAA 2001:db8::1\nalias CNAME six\n")
	port := w.Start(t, "127.0.0.1")
	p := prober()
	p.DNSWait = 200 * time.Millisecond
	h := &probe.Hosts{Prober: p, Server: "127.0.0.1:" + port}
	for host, test := range map[string]struct {
		want govsweep.HostIPv6
		says string
	}{
		"six.test": {govsweep.HostV6, ""}, "alias.test": {govsweep.HostV6, ""}, "four.test": {govsweep.HostNoV6, "没有AAAA记录"},
		"mapped.test": {govsweep.HostNoV6, "映射"}, "shown.test": {govsweep.HostNoV6, "文档"}, "none.test": {govsweep.HostGone, "NXDOMAIN"},
		"mute.test": {govsweep.HostUnknown, "没有应答"}, "broken.test": {govsweep.HostUnknown, "SERVFAIL"},
		"127.0.0.1": {govsweep.HostNoV6, "IPv4地址"}, "::1": {govsweep.HostV6, ""}, "[::1]": {govsweep.HostV6, ""},
	} {
		got, why := h.Ask(t.Context(), host)
		if got != test.want || (why == "") != (test.says == "") || !strings.Contains(why, test.says) {
			t.Errorf("%s: %s %q, want %s", host, got, why, test.want)
		}
	}
	asked := w.Asked.Load()
	h.AskAll(t.Context(), []string{"six.test", "SIX.test.", "four.test", "mute.test", "broken.test"})
	if again := w.Asked.Load(); again != asked {
		t.Errorf("%d questions about hosts that are known", again-asked)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	h.AskAll(stopped, []string{"a.test", "b.test"})
	if got, _ := h.Ask(stopped, "c.test"); got != govsweep.HostUnknown {
		t.Errorf("stopped, and yet %s", got)
	}
}
