package crawler

import (
	"errors"
	"net/netip"
	"syscall"
)

// errGuard is all a refused dial says: it names no address, so that nobody
// learns from our reports what a name resolves to inside a network.
var errGuard = errors.New("address not allowed")

// A guard decides at dial time, on the final address, what may be reached.
// Redirects, robots.txt, sitemaps and attachments all pass it, and a name
// that resolves differently at the second look gains nothing.
type guard struct {
	allow []netip.Prefix
}

// forbidden are the networks no inspection has business in: the IANA
// special-purpose registries, and the metadata services of clouds, which lie
// in them (169.254.169.254, 100.100.100.200).
var forbidden = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96",                          // unspecified, loopback, IPv4-compatible
	"::ffff:0:0/96",                  // IPv4-mapped; unmapped before the look-up
	"::ffff:0:0:0/96",                // IPv4-translated
	"64:ff9b::/96", "64:ff9b:1::/48", // NAT64
	"100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48",
	"3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, s := range texts {
		list[i] = netip.MustParsePrefix(s)
	}
	return list
}

// control is net.Dialer.Control: address is what will really be dialled.
func (g *guard) control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || !g.allows(ap.Addr()) || !g.allowsPort(ap) {
		return errGuard
	}
	return nil
}

func (g *guard) allows(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	return ip.IsValid() && (within(g.allow, ip) || !within(forbidden, ip))
}

func within(list []netip.Prefix, ip netip.Addr) bool {
	for _, p := range list {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// allowsPort lets the two ports of networks allowed by name be dialled where
// nothing answers: 1 and 9. A link to a closed port is a dead link, no secret.
func (g *guard) allowsPort(ap netip.AddrPort) bool {
	p := ap.Port()
	return allowedPort(p) || (p == 1 || p == 9) && within(g.allow, ap.Addr().Unmap().WithZone(""))
}

// allowedPort refuses the well-known ports of other protocols, as browsers
// do; government sites stand on many odd ports, so the rest is open.
func allowedPort(port uint16) bool {
	switch port {
	case 0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
		101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 138, 139, 143, 161, 162, 179,
		389, 427, 445, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 623, 631, 636,
		873, 989, 990, 993, 995, 1080, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380,
		3268, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379, 6443, 6566,
		6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 9200, 9300, 10250, 11211, 27017, 27018, 50070:
		return false
	}
	return true
}
