package crawler

import (
	"context"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// Scope is what belongs to one site: its registered hosts, where a domain is
// given with a path only what lies below it. The zero Scope holds everything.
type Scope struct {
	parts []part
}

// part is one host (without www. and default port) and the path below which
// addresses belong to the site; path begins and ends with a slash.
type part struct {
	host, path string
}

// NewScope gives the scope of a site from the address of its home page and
// its further domains, each a host that may carry a sub-path, with or without
// scheme. The home page stands for its whole host unless a domain of the same
// host narrows it to a path.
func NewScope(home string, domains []string) Scope {
	var s Scope
	for _, d := range domains {
		if p, ok := partOf(d); ok {
			s.parts = append(s.parts, p)
		}
	}
	if p, ok := partOf(address.Host(canonical(home))); ok && !s.narrows(p.host) {
		s.parts = append(s.parts, p)
	}
	return s
}

func (s Scope) narrows(host string) bool {
	for _, p := range s.parts {
		if p.host == host {
			return true
		}
	}
	return false
}

func partOf(domain string) (part, bool) {
	domain = strings.TrimSpace(domain)
	if domain == "" {
		return part{}, false
	}
	if !strings.Contains(domain, "://") {
		domain = "http://" + domain
	}
	c, err := address.Canonical(domain)
	if err != nil {
		return part{}, false
	}
	path := address.Path(c)
	return part{host: siteHost(address.Host(c)), path: path[:strings.LastIndexByte(path, '/')+1]}, true
}

// siteHost folds what names the same site: www.x.gov.cn and x.gov.cn.
func siteHost(host string) string { return strings.TrimPrefix(host, "www.") }

// Same says whether url, canonical, belongs to the site.
func (s Scope) Same(url string) bool {
	if len(s.parts) == 0 {
		return true
	}
	host, path := siteHost(address.Host(url)), address.Path(url)
	for _, p := range s.parts {
		if p.host == host && (p.path == "/" || strings.HasPrefix(path, p.path) || path+"/" == p.path) {
			return true
		}
	}
	return false
}

// scoped refuses what does not belong to the site. Other hosts are only asked
// whether an address is there, for an attachment or for the data of a list.
type scoped struct {
	next  Fetcher
	scope Scope
}

// Fetch passes v on when it may be read.
func (s *scoped) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	if len(s.scope.parts) == 0 || visitsAbroad(v.Role) || s.scope.Same(v.URL) || s.scope.Same(canonical(v.URL)) {
		return s.next.Fetch(ctx, v)
	}
	return unfetched(v, govsweep.FailScope, "网址跳转到本网站以外，未跟随。"), ctx.Err()
}

func visitsAbroad(r govsweep.Role) bool {
	switch r {
	case govsweep.ProbeRole, govsweep.ImageRole, govsweep.AttachmentRole, govsweep.ListCallRole:
		return true
	}
	return false
}

// unfetched is the page of a request that was not sent.
func unfetched(v govsweep.Visit, f govsweep.Failure, cause string) *govsweep.Page {
	return &govsweep.Page{Visit: v, FinalURL: v.URL, Failure: f, Cause: cause}
}
