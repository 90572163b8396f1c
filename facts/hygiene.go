package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// Hygiene 名录核查 compares a register with what a sweep saw: one dossier
// after the other, so that memory holds hosts, not dossiers. What could not
// be looked at is named as unknown, never as a fault.
type Hygiene struct {
	register []govsweep.Site
	hosts    map[string]bool // registered, without www. and port
	domains  map[string]bool // registrable domains of registered sites
	linked   map[string]*linkedAll
	notes    []govsweep.RegisterNote
}

// linkedAll is one host nobody registered over all sites.
type linkedAll struct {
	LinkedHost
	sites int
}

// NewHygiene starts a comparison with a register.
func NewHygiene(register []govsweep.Site) *Hygiene {
	h := &Hygiene{register: register, hosts: map[string]bool{}, domains: map[string]bool{}, linked: map[string]*linkedAll{}}
	for i := range register {
		s := &register[i]
		if s.Media != "" {
			continue
		}
		for _, host := range append([]string{address.Host(s.URL)}, s.Domains...) {
			if name := nakedHost(host); name != "" {
				h.hosts[name] = true
				h.domains[Registrable(name)] = true
			}
		}
	}
	return h
}

// nakedHost is a registered host without scheme, path, www. and port.
func nakedHost(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	return strings.TrimPrefix(portless(s), "www.")
}

// Registrable gives the part of a host that its owner registered: the label
// before .gov.cn, .com.cn and their like, or before the last one. An address
// stays whole.
func Registrable(host string) string {
	host = portless(strings.ToLower(host))
	labels := strings.Split(host, ".")
	n := len(labels)
	if n <= 2 || strings.Trim(host, "0123456789.") == "" {
		return host
	}
	keep := 2
	if labels[n-1] == "cn" && slices.Contains([]string{"gov", "com", "net", "org", "edu", "ac", "mil"}, labels[n-2]) {
		keep = 3
	}
	return strings.Join(labels[max(0, n-keep):], ".")
}

// Add takes the dossier of one site of the sweep.
func (h *Hygiene) Add(d *Dossier) {
	if d.Site.Media != "" || d.Account != nil {
		return
	}
	for _, n := range d.AgainstRegister() {
		if n.Kind == govsweep.SiteMoved {
			final := address.Host(d.Home.FinalURL)
			n.Summary = fmt.Sprintf("首页转向其他域名“%s”%s。", final, h.registered(final))
		}
		h.notes = append(h.notes, n)
	}
	h.code(d)
	for i := range d.Links.Hosts {
		h.link(&d.Links.Hosts[i])
	}
}

func (h *Hygiene) registered(host string) string {
	if h.hosts[strings.TrimPrefix(portless(host), "www.")] {
		return "（该域名在名录中另有登记）"
	}
	return "（该域名未登记）"
}

// code compares the identity code of the foot with that of the register.
func (h *Hygiene) code(d *Dossier) {
	seen, listed := strings.ToLower(d.Marks.SiteIDCode), strings.ToLower(d.Site.Code)
	if seen == "" || seen == listed || d.Home.Parked != "" {
		return
	}
	summary := "网站底部标注的标识码“" + clip(seen, 30) + "”与名录中的“" + listed + "”不一致"
	if listed == "" {
		summary = "名录中没有该网站的标识码，网站底部标注为“" + clip(seen, 30) + "”"
	}
	for i := range h.register {
		if s := &h.register[i]; s.Code != "" && strings.ToLower(s.Code) == seen && s.ID != d.Site.ID {
			summary += "，后者在名录中属于“" + clip(s.Name, 40) + "”"
			if listed != "" {
				summary = strings.Replace(summary, "，后者", "，前者", 1)
			}
		}
	}
	n := d.registerNote(govsweep.CodeDiffers, d.Site.Code, clip(d.Marks.SiteIDCode, 30), summary+"。")
	n.From = []string{d.Marks.Page.URL}
	h.notes = append(h.notes, n)
}

func (h *Hygiene) link(l *LinkedHost) {
	name := strings.TrimPrefix(portless(l.Host), "www.")
	if h.hosts[name] || !governmental(l.Host) { // a dossier of before may still name a common one
		return
	}
	all := h.linked[name]
	if all == nil {
		all = &linkedAll{LinkedHost: LinkedHost{Host: l.Host, URL: l.URL}}
		h.linked[name] = all
	}
	all.sites++
	all.Pages += l.Pages
	all.OnHome = all.OnHome || l.OnHome
	if all.Text == "" || l.Text != "" && l.Text < all.Text {
		all.Text = l.Text
	}
	for _, url := range l.From {
		all.From = firstFew(all.From, url)
	}
}

// Notes gives what differs: by kind, then by site or host. Hosts nobody
// registered come with the most linked first.
func (h *Hygiene) Notes() []govsweep.RegisterNote {
	out := slices.Clone(h.notes)
	for name, l := range h.linked {
		n := govsweep.RegisterNote{Kind: govsweep.LinkedStranger, Host: l.Host, Seen: l.URL, Pages: l.Pages, Sites: l.sites, From: l.From}
		if h.domains[Registrable(name)] {
			n.Kind = govsweep.Unregistered
		}
		where := ""
		if l.OnHome {
			where = "，其中有网站首页"
		}
		called := ""
		if l.Text != "" {
			called = "（链接文字为“" + l.Text + "”）"
		}
		n.Summary = fmt.Sprintf("%d个网站的%d个页面链接到“%s”%s%s，名录中没有登记。", l.sites, l.Pages, l.Host, called, where)
		out = append(out, n)
	}
	order := []govsweep.RegisterKind{govsweep.NameGone, govsweep.NameEmpty, govsweep.SiteParked, govsweep.SiteMoved, govsweep.CodeDiffers, govsweep.TitleDiffers,
		govsweep.OwnerDiffers, govsweep.Unregistered, govsweep.LinkedStranger, govsweep.RegisterUnread}
	slices.SortFunc(out, func(a, b govsweep.RegisterNote) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), b.Sites-a.Sites, b.Pages-a.Pages,
			cmp.Compare(a.Target.ID, b.Target.ID), cmp.Compare(a.Host, b.Host))
	})
	return out
}
