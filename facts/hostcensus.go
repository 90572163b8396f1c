package facts

import (
	"cmp"
	"maps"
	"slices"

	"github.com/govsweep/govsweep"
)

// A HostCensus 外部资源普查 counts over the sites of a sweep which hosts their
// pages load from. It keeps at most 20,000 hosts. It is for one goroutine.
type HostCensus struct {
	Sites  int // that were counted
	Unread int // of an inspection that did not look
	Left   int // uses of hosts beyond those kept
	hosts  map[string]*censusHost
}

type censusHost struct {
	govsweep.CensusHost
	top []siteUse
}

type siteUse struct {
	name  string
	pages int
}

const (
	maxCensusHosts = 20_000
	censusExamples = 5
)

// Add counts the hosts of one site.
func (c *HostCensus) Add(site *govsweep.Site, uses []govsweep.HostUse) {
	if uses == nil {
		c.Unread++
		return
	}
	c.Sites++
	for i := range uses {
		u := &uses[i]
		h := c.hosts[u.Host]
		if h == nil {
			if len(c.hosts) == maxCensusHosts {
				c.Left++
				continue
			}
			if c.hosts == nil {
				c.hosts = map[string]*censusHost{}
			}
			h = &censusHost{CensusHost: govsweep.CensusHost{Host: u.Host, IPv6: govsweep.HostUnknown}}
			c.hosts[u.Host] = h
		}
		h.count(site, u)
	}
}

func (h *censusHost) count(site *govsweep.Site, u *govsweep.HostUse) {
	h.Kinds |= u.Kinds
	h.Sites++
	h.Pages += u.Pages
	if u.OnHome {
		h.Homes++
	}
	h.top = append(h.top, siteUse{firstOf(site.Name, site.URL), u.Pages})
	slices.SortFunc(h.top, func(a, b siteUse) int { return cmp.Or(cmp.Compare(b.pages, a.pages), cmp.Compare(a.name, b.name)) })
	h.top = h.top[:min(len(h.top), censusExamples)]
}

// Names gives the hosts, in order.
func (c *HostCensus) Names() []string { return slices.Sorted(maps.Keys(c.hosts)) }

// Result gives the hosts as ask answers of them: those without IPv6 first, then
// those nobody answered about, the most used first.
func (c *HostCensus) Result(ask func(host string) (govsweep.HostIPv6, string)) []govsweep.CensusHost {
	out := make([]govsweep.CensusHost, 0, len(c.hosts))
	for _, name := range c.Names() {
		h := c.hosts[name]
		h.IPv6, h.Why = ask(name)
		h.Examples = nil
		for _, s := range h.top {
			h.Examples = append(h.Examples, s.name)
		}
		out = append(out, h.CensusHost)
	}
	slices.SortStableFunc(out, func(a, b govsweep.CensusHost) int {
		return cmp.Or(cmp.Compare(a.IPv6, b.IPv6), cmp.Compare(b.Sites, a.Sites), cmp.Compare(b.Pages, a.Pages)) // no, unknown, yes
	})
	return out
}
