package facts

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// maxResourceHosts is how many other hosts of one page are kept, the first it names.
const maxResourceHosts = 64

// loads notes the host an element loads from, while the page is read. Most
// elements load nothing and most references name no host.
func (b *builder) loads(n *Node) {
	kind, ref := govsweep.ImageResource, ""
	switch n.Tag {
	case atom.Img:
		ref = n.Attr("src")
	case atom.Script:
		kind, ref = govsweep.ScriptResource, n.Attr("src")
	case atom.Link:
		if kind = linkLoads(n); kind != 0 {
			ref = n.Attr("href")
		}
	case atom.Iframe, atom.Frame:
		kind, ref = govsweep.FrameResource, n.Attr("src")
	case atom.Video, atom.Audio, atom.Source, atom.Embed:
		kind, ref = govsweep.MediaResource, n.Attr("src")
	case atom.Object:
		kind, ref = govsweep.MediaResource, n.Attr("data")
	}
	if ref != "" && n.Hiding&(ByTemplate|ByNoscript) == 0 {
		b.loadsFrom(ref, kind)
	}
}

func linkLoads(n *Node) govsweep.ResourceKinds {
	rel := lower(n.Attr("rel"))
	switch {
	case has(rel, "stylesheet"):
		return govsweep.StyleResource
	case has(rel, "icon"):
		return govsweep.ImageResource
	case has(rel, "preload") && n.Attr("as") == "font":
		return govsweep.FontResource
	}
	return 0
}

// loadsFrom keeps the host of a reference that names one.
func (b *builder) loadsFrom(ref string, kind govsweep.ResourceKinds) {
	host := hostNamed(ref)
	if host == "" {
		return
	}
	list := b.d.loads
	for i := range list {
		if list[i].Host == host {
			list[i].Kinds |= kind
			return
		}
	}
	if len(list) < maxResourceHosts {
		b.d.loads = append(list, govsweep.ResourceHost{Host: host, Kinds: kind})
	}
}

// hostNamed gives the host a reference names, in lower case and without
// port; "" for one that stays on the host of the page, or is no web address.
func hostNamed(ref string) string {
	ref = strings.TrimSpace(ref)
	if len(ref) < 4 || ref[0] != '/' && ref[0]|0x20 != 'h' {
		return ""
	}
	scheme, rest, ok := strings.Cut(ref[:min(len(ref), 300)], "//")
	if !ok || scheme != "" && !strings.EqualFold(scheme, "http:") && !strings.EqualFold(scheme, "https:") {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	if plainHost(rest) {
		return rest
	}
	u, err := address.Canonical("http://" + rest + "/")
	if err != nil {
		return ""
	}
	return strings.Trim(address.Hostname(u), "[]")
}

// plainHost says whether a host is written as addresses write it.
func plainHost(h string) bool {
	if h == "" || len(h) > 253 || !strings.Contains(h, ".") {
		return false
	}
	for i := range len(h) {
		if c := h[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	last := h[len(h)-1]
	return last >= 'a' && last <= 'z' && h[0] != '.'
}

// styleLoads notes the hosts a style sheet in the page loads from.
func (b *builder) styleLoads(css string) {
	for from := 0; from < len(css); {
		i := strings.Index(css[from:], "//")
		if i < 0 {
			return
		}
		at := from + i
		from = at + 2
		start := at
		for start > 0 && at-start < 6 && (css[start-1]|0x20 >= 'a' && css[start-1]|0x20 <= 'z' || css[start-1] == ':') {
			start--
		}
		end := at + 2
		for end < len(css) && end-at < 2000 && !strings.ContainsRune("\"') \t\r\n;", rune(css[end])) {
			end++
		}
		before := lower(strings.TrimRight(css[max(0, start-12):start], " \t\"'"))
		ref := css[start:end]
		switch {
		case has(before, "@import"):
			b.loadsFrom(ref, govsweep.StyleResource)
		case !strings.HasSuffix(before, "url("):
		case strings.Contains(" woff woff2 ttf otf eot ", " "+extension(ref)+" "):
			b.loadsFrom(ref, govsweep.FontResource)
		default:
			b.loadsFrom(ref, govsweep.ImageResource)
		}
	}
}

// resources gives the other hosts the page loads from, in order.
func (d *Document) resources() []govsweep.ResourceHost {
	if len(d.loads) == 0 {
		return nil
	}
	own := strings.Trim(address.Hostname(d.URL), "[]")
	list := slices.DeleteFunc(slices.Clone(d.loads), func(h govsweep.ResourceHost) bool { return h.Host == own })
	if len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, func(a, b govsweep.ResourceHost) int { return strings.Compare(a.Host, b.Host) })
	return list
}
