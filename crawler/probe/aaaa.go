package probe

import (
	"net/netip"

	"github.com/govsweep/govsweep/crawler"
)

// unusable are the networks no public home page can have an IPv6 address in,
// and what an official reads of them.
var unusable = []struct {
	net netip.Prefix
	say string
}{
	{netip.MustParsePrefix("::ffff:0:0/96"), "是映射的IPv4地址，不是IPv6地址"},
	{netip.MustParsePrefix("2001:db8::/32"), "是文档示例用的地址"},
	{netip.MustParsePrefix("3fff::/20"), "是文档示例用的地址"},
	{netip.MustParsePrefix("fc00::/7"), "是内部网络的地址（ULA）"},
	{netip.MustParsePrefix("fe80::/10"), "是链路本地地址"},
	{netip.MustParsePrefix("fec0::/10"), "是已废止的站点本地地址"},
	{netip.MustParsePrefix("::1/128"), "是本机地址"},
	{netip.MustParsePrefix("::/96"), "是未指定或已废止的地址"},
	{netip.MustParsePrefix("64:ff9b::/96"), "是NAT64转换用的地址"},
	{netip.MustParsePrefix("2002::/16"), "是6to4过渡地址"},
	{netip.MustParsePrefix("2001::/32"), "是Teredo过渡地址"},
	{netip.MustParsePrefix("ff00::/8"), "是组播地址"},
}

// Unusable says in Chinese why an AAAA record leads nobody to a site; "" when
// it may. An IPv4-mapped address is never one; other special networks are
// fine where the options allow them by name.
func Unusable(ip netip.Addr, o crawler.Options) string {
	for _, u := range unusable {
		if u.net.Contains(ip) && (ip.Is4In6() || !o.MayDial(ip)) {
			return u.say
		}
	}
	return ""
}
