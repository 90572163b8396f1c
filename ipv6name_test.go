package govsweep

import (
	"net/netip"
	"strings"
	"testing"
)

func TestAHostThatIsNoPublicNameIsNotHeldAgainstItsRecords(t *testing.T) {
	six := DNSAnswer{Outcome: DNSAnswered, Addrs: []netip.Addr{netip.MustParseAddr("2400:3200::1")}}
	for name, test := range map[string]struct {
		host string
		aaaa DNSAnswer
		want string
	}{
		"an IPv4 address":              {"127.0.0.1", DNSAnswer{Outcome: DNSNoData}, "没有域名"},
		"a name of one label":          {"localhost", DNSAnswer{Outcome: DNSNoName}, "不是公共域名"},
		"a public name without one":    {"www.a.example", DNSAnswer{Outcome: DNSNoData}, ""},
		"an IPv6 address":              {"2400:3200::1", six, ""},
		"a name of one label with one": {"intranet", six, ""},
	} {
		t.Run(name, func(t *testing.T) {
			n := IPv6Name{Host: test.host, AAAA: test.aaaa}
			if got := n.Unnamed(); (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
				t.Errorf("%q", got)
			}
		})
	}
}
