package facts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// LinkedHost is one government host outside the site that its pages point at.
type LinkedHost struct {
	Host   string   `json:"host"`
	URL    string   `json:"url"`            // the first address linked, in order
	Text   string   `json:"text,omitempty"` // words of a link to it on the home page
	Pages  int      `json:"pages"`          // that point at it
	OnHome bool     `json:"on_home,omitempty"`
	From   []string `json:"from,omitempty"` // at most five of them, in order
}

// Bounds of what a page full of links can make us keep.
const (
	maxHosts    = 1_000
	maxHostFrom = 5
)

// hostsFold counts the pages that point at other government hosts. What leads
// there is known from the visits of outside links and from the home page.
type hostsFold struct {
	outside func(string) bool
	hosts   map[string]*LinkedHost
	keys    map[uint64]*LinkedHost
}

func newHostsFold(outside func(string) bool, home []govsweep.Link) hostsFold {
	h := hostsFold{outside: outside, hosts: map[string]*LinkedHost{}, keys: map[uint64]*LinkedHost{}}
	for i := range home {
		h.meet(home[i].URL, home[i].Text)
	}
	return h
}

func (h *hostsFold) fold(r *govsweep.Record) {
	if r.Visit.Role == govsweep.ProbeRole {
		h.meet(r.Visit.URL, "")
	}
}

func (h *hostsFold) meet(url, words string) {
	host := address.Host(url)
	if !governmental(host) || !h.outside(url) {
		return
	}
	l := h.hosts[host]
	if l == nil {
		if len(h.hosts) == maxHosts {
			return
		}
		l = &LinkedHost{Host: strings.Clone(host), URL: strings.Clone(url)}
		h.hosts[l.Host] = l
	}
	if url < l.URL {
		l.URL = strings.Clone(url)
	}
	if words = strings.TrimSpace(words); words != "" && (l.Text == "" || words < l.Text) {
		l.Text = clip(words, 60)
	}
	h.keys[address.Key(url, "")] = l
}

// governmental says whether a host is a government's; commonHosts are none
// that a bureau registers.
func governmental(host string) bool {
	for _, common := range commonHosts {
		if host == common || strings.HasSuffix(host, "."+common) {
			return false
		}
	}
	return strings.HasSuffix(portless(host), ".gov.cn") || strings.HasSuffix(portless(host), ".xn--zfr164b")
}

// portless is a host without its port.
func portless(host string) string {
	if h, port, ok := strings.Cut(host, ":"); ok && !strings.Contains(port, ":") {
		return h
	}
	return host
}

func (h *hostsFold) resolve(r *govsweep.Record) {
	if len(h.keys) == 0 || r.Visit.Look > 0 {
		return
	}
	var met []*LinkedHost
	for _, key := range r.LinkKeys {
		if l := h.keys[key]; l != nil && !slices.Contains(met, l) {
			met = append(met, l)
			l.Pages++
			l.OnHome = l.OnHome || r.Visit.Role == govsweep.HomeRole
			l.From = firstFew(l.From, r.Visit.URL)
		}
	}
}

// firstFew keeps the first few addresses in order, each once.
func firstFew(list []string, url string) []string {
	at, known := slices.BinarySearch(list, url)
	if known || at >= maxHostFrom {
		return list
	}
	list = slices.Insert(list, at, strings.Clone(url))
	return list[:min(len(list), maxHostFrom)]
}

// result lists the hosts some page points at, in order of host.
func (h *hostsFold) result() []LinkedHost {
	var out []LinkedHost
	for _, l := range h.hosts {
		if l.Pages > 0 {
			out = append(out, *l)
		}
	}
	slices.SortFunc(out, func(a, b LinkedHost) int { return cmp.Compare(a.Host, b.Host) })
	return out
}
