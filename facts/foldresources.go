package facts

import (
	"maps"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// What of the hosts the pages of a site load from is kept.
const (
	maxSiteHosts = 2_000
	hostExamples = 5
)

// resourcesFold counts the pages that load from each other host.
type resourcesFold struct{ hosts map[string]*hostFold }

type hostFold struct {
	kinds govsweep.ResourceKinds
	home  bool
	pages lister
}

// fold takes one content page.
func (r *resourcesFold) fold(p *seenPage) {
	for _, h := range p.Facts.Resources {
		u := r.hosts[h.Host]
		if u == nil {
			if len(r.hosts) == maxSiteHosts {
				continue
			}
			if r.hosts == nil {
				r.hosts = map[string]*hostFold{}
			}
			u = &hostFold{pages: lister{limit: hostExamples}}
			r.hosts[strings.Clone(h.Host)] = u
		}
		u.kinds |= h.Kinds
		u.home = u.home || p.Visit.Role == govsweep.HomeRole
		u.pages.add(p, "")
	}
}

// result is never nil: no host is an answer too.
func (r *resourcesFold) result() []govsweep.HostUse {
	out := make([]govsweep.HostUse, 0, len(r.hosts))
	for _, host := range slices.Sorted(maps.Keys(r.hosts)) {
		u := r.hosts[host]
		refs, more := u.pages.result()
		use := govsweep.HostUse{Host: host, Kinds: u.kinds, Pages: len(refs) + more, OnHome: u.home}
		for _, ref := range refs {
			use.Examples = append(use.Examples, ref.URL)
		}
		out = append(out, use)
	}
	return out
}
