package farm

import (
	"fmt"
	"path"
	"strings"

	"github.com/govsweep/govsweep"
)

// hex32 is the stable 32-digit name of an item on families that use one.
func (it *item) hex32() string {
	return hexes(it.col.site.dice(fmt.Sprintf("hex%d", it.id)), 32)
}

func (c *column) slugPath() string {
	if c.parent != nil {
		return c.parent.slugPath() + "/" + c.slug
	}
	return c.slug
}

// path is the address of the column's first list page, as its site links it.
func (c *column) path() string {
	switch c.site.family {
	case govsweep.JCMS:
		return fmt.Sprintf("/col/col%d/index.html", c.no)
	case govsweep.TRS:
		return "/" + c.slugPath() + "/"
	case govsweep.UCAP:
		return fmt.Sprintf("/%s/c%d/list.shtml", c.slug, c.no)
	case govsweep.GKMLPT:
		if c.mode == callList {
			return "/" + c.slug + "/gkmlpt/index"
		}
		return "/" + c.slugPath() + "/index.html"
	case govsweep.VSB:
		return "/" + c.slugPath() + ".htm"
	case govsweep.LongXun:
		return fmt.Sprintf("/content/column/%d", c.no)
	case govsweep.JPaaS:
		return "/" + c.slugPath() + "/index.html"
	}
	return "/html/" + c.slug + "/index.html"
}

// pagePath is the address of list page n, counted from 0.
func (c *column) pagePath(n int) string {
	first := c.path()
	if n == 0 {
		return first
	}
	dir := path.Dir(first)
	switch c.site.family {
	case govsweep.JCMS:
		return fmt.Sprintf("%s?uid=%d&pageNum=%d", first, c.no, n+1)
	case govsweep.TRS, govsweep.Platform(""):
		return strings.TrimSuffix(first, "index.html") + fmt.Sprintf("index_%d.html", n)
	case govsweep.UCAP:
		return fmt.Sprintf("%s/list_%d.shtml", dir, n+1)
	case govsweep.VSB:
		return fmt.Sprintf("%s/%d.htm", strings.TrimSuffix(first, ".htm"), c.pageCount()-n)
	case govsweep.LongXun:
		return fmt.Sprintf("%s?pageIndex=%d", first, n+1)
	}
	return fmt.Sprintf("%s/index_%d.html", dir, n)
}

func (c *column) pageCount() int { return max(1, (len(c.items)+c.perPage-1)/c.perPage) }

// path is the address of the article.
func (it *item) path() string {
	c := it.col
	switch c.site.family {
	case govsweep.JCMS:
		return fmt.Sprintf("/art/%d/%d/%d/art_%d_%d.html", it.at.Year(), int(it.at.Month()), it.at.Day(), c.no, it.id)
	case govsweep.JPaaS:
		return fmt.Sprintf("/%s/art/%d/art_%s.html", c.slugPath(), it.at.Year(), it.hex32())
	case govsweep.TRS:
		return fmt.Sprintf("/%s/%s/t%s_%d.html", c.slugPath(), it.at.Format("200601"), it.at.Format("20060102"), it.id)
	case govsweep.UCAP:
		return fmt.Sprintf("/%s/c%d/%s/%s.shtml", c.slug, c.no, it.at.Format("200601"), it.hex32())
	case govsweep.GKMLPT:
		if c.mode == callList {
			return fmt.Sprintf("/%s/gkmlpt/content/%d/%d/post_%d.html", c.slug, it.id/1000000, it.id/1000, it.id)
		}
		return fmt.Sprintf("/%s/content/post_%d.html", c.slugPath(), it.id)
	case govsweep.VSB:
		return fmt.Sprintf("/info/%d/%d.htm", c.no, it.id)
	case govsweep.LongXun:
		return fmt.Sprintf("/content/article/%d", it.id)
	}
	return fmt.Sprintf("/html/%s/%s/content-%d.html", c.slug, it.at.Format("2006-01-02"), it.id)
}

// at gives the absolute address of a path of the site.
func (s *site) at(path string) string {
	a := s.farm.address(s.host, path)
	if s.secure {
		return "https" + strings.TrimPrefix(a, "http")
	}
	return a
}

// address writes http://host:port/path.
func (f *Farm) address(host, path string) string {
	if f.port == 0 || f.port == 80 {
		return "http://" + host + path
	}
	return fmt.Sprintf("http://%s:%d%s", host, f.port, path)
}

// portMark stands for the port in texts that are made before the farm listens.
const portMark = ":FARMPORT"

// abroad is an address on another host of the farm, its port still open.
func abroad(host, path string) string { return "http://" + host + portMark + path }

// ported puts the port into a text.
func (f *Farm) ported(text string) string {
	port := ""
	if f.port != 0 && f.port != 80 {
		port = fmt.Sprintf(":%d", f.port)
	}
	return strings.ReplaceAll(text, portMark, port)
}

// href writes a link from one page to another the way the site's templates do.
func (s *site) href(from, to string) string {
	if strings.Contains(to, "://") {
		return to
	}
	switch s.look.links {
	case 1:
		return s.at(to)
	case 2:
		if from == "" {
			return to // an answer to a list call: it is read from another address
		}
		return relative(from, to)
	}
	return to
}

// relative writes to as seen from the folder of from.
func relative(from, to string) string {
	if strings.ContainsAny(from, "?") {
		from = from[:strings.IndexByte(from, '?')]
	}
	a := strings.Split(from[:strings.LastIndexByte(from, '/')+1], "/")
	b := strings.Split(to, "/")
	a = a[:len(a)-1]
	n := 0
	for n < len(a) && n < len(b)-1 && a[n] == b[n] {
		n++
	}
	up := strings.Repeat("../", len(a)-n)
	if up == "" {
		up = "./"
	}
	return up + strings.Join(b[n:], "/")
}
