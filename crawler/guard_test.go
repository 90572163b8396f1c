package crawler

import (
	"net/netip"
	"testing"
)

func TestGuardLetsPublicAddressesThrough(t *testing.T) {
	g := &guard{}
	for _, s := range []string{"114.114.114.114", "223.5.5.5", "1.1.1.1", "202.106.0.20", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
		"198.17.0.1", "198.20.0.1", "192.0.1.1", "223.255.255.1", "2400:3200::1", "240e::1", "2001:da8::1", "2408:8000::1", "::ffff:114.114.114.114"} {
		if !g.allows(netip.MustParseAddr(s)) {
			t.Errorf("%s is refused", s)
		}
	}
}

func TestGuardAllowsByNetwork(t *testing.T) {
	g := &guard{allow: prefixes("10.20.0.0/16", "fd00::/64")}
	for s, want := range map[string]bool{
		"10.20.3.4": true, "10.21.3.4": false, "::ffff:10.20.3.4": true, "fd00::9": true, "fd00:0:0:1::9": false, "127.0.0.1": false,
	} {
		if g.allows(netip.MustParseAddr(s)) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
	for address, want := range map[string]bool{"10.20.3.4:80": true, "10.20.3.4:22": false, "10.20.3.4:6379": false, "10.20.3.4:8899": true, "10.20.3.4:1": true, "10.20.3.4:9": true, "10.20.3.4:25": false, "114.114.114.114:1": false, "114.114.114.114:80": true, "rubbish": false} {
		if err := g.control("tcp", address, nil); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}
