package crawler

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// follow takes redirects one by one, so that each passes scope, robots, the
// host's limits and the guard. The time for a page is the time for its chain.
type follow struct {
	next    Fetcher
	maxHops int
	timeout time.Duration
	clock   func() time.Time
}

// A chain is one visit and the redirects on its way.
type chain struct {
	visit  govsweep.Visit // as asked now
	manner manner
	hops   []govsweep.Hop
	tries  []govsweep.Try // of hops that took more than one
	took   time.Duration
	seen   map[string]int // address → cookies known when it was asked
}

// Fetch follows v to its end. A loop is an address asked twice with nothing
// learned in between: a server may set a cookie and lead back to the same page.
func (f *follow) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	c := chain{visit: v, manner: mannerOf(ctx)}
	for {
		p, err := f.next.Fetch(ctx, c.visit)
		if err != nil {
			return nil, err
		}
		target, ok := f.target(p)
		if !ok {
			return f.dated(c.end(p, v)), nil
		}
		c.add(p)
		if cause := f.refuse(&c, target); cause != "" {
			return c.stop(p, v, govsweep.FailLoop, cause), nil
		}
		if f.timeout > 0 && c.took >= f.timeout {
			return c.stop(p, v, govsweep.FailTimeout, "多次跳转，在规定时间内没有打开。"), nil
		}
		c.step(p, target)
		if f.timeout > 0 {
			c.manner.left = f.timeout - c.took
		}
		ctx = withManner(ctx, c.manner)
	}
}

// dated gives a page that no layer sent the time at which that was decided.
func (f *follow) dated(p *govsweep.Page) *govsweep.Page {
	if p.FetchedAt.IsZero() && f.clock != nil {
		p.FetchedAt = f.clock()
	}
	return p
}

// target gives the address p redirects to. A redirect without a usable
// address is the end of the chain as it stands.
func (f *follow) target(p *govsweep.Page) (string, bool) {
	switch p.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return "", false
	}
	where := p.Header.Get("Location")
	if p.Failure != "" || where == "" {
		return "", false
	}
	u, err := urls.ParseRef(p.FinalURL, escapeBytes(where))
	if err != nil {
		p.Failure, p.Cause = govsweep.FailProtocol, "服务器要求跳转到一个不合规范的网址。"
		return "", false
	}
	if s := u.Scheme(); s != "http" && s != "https" {
		p.Failure, p.Cause = govsweep.FailGuard, "服务器要求跳转到网页以外的协议，未跟随。"
		return "", false
	}
	return u.Href(true), true
}

var urls = whatwg.NewParser()

// escapeBytes percent-encodes bytes beyond ASCII one by one where they are no
// UTF-8: a GBK address in a Location stays the address the server means.
func escapeBytes(s string) string {
	if strings.ToValidUTF8(s, "") == s {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(s) {
		if c < 0x80 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func (f *follow) refuse(c *chain, target string) string {
	if n, ok := c.seen[target]; ok && n == c.cookies(target) {
		return "网址循环跳转，无法打开。"
	}
	if len(c.hops) > f.maxHops {
		return "网址跳转次数过多，无法打开。"
	}
	return ""
}

// add notes a redirect and the cookies it sets.
func (c *chain) add(p *govsweep.Page) {
	if c.seen == nil {
		c.seen = map[string]int{}
	}
	c.seen[c.visit.URL] = c.cookies(c.visit.URL)
	c.hops = append(c.hops, govsweep.Hop{URL: canonical(p.FinalURL), Status: p.Status})
	c.took += p.Took
	if len(p.Tries) > 1 {
		c.tries = append(c.tries, p.Tries...)
	}
	if len(p.Header.Values("Set-Cookie")) == 0 {
		return
	}
	if c.manner.cookies == nil {
		c.manner.cookies, _ = cookiejar.New(nil) // never fails without options
	}
	if u, err := url.Parse(p.FinalURL); err == nil {
		c.manner.cookies.SetCookies(u, (&http.Response{Header: p.Header}).Cookies())
	}
}

func (c *chain) cookies(where string) int {
	u, err := url.Parse(where)
	if c.manner.cookies == nil || err != nil {
		return 0
	}
	return len(c.manner.cookies.Cookies(u))
}

func (c *chain) step(p *govsweep.Page, target string) {
	c.visit.URL = target
	if p.Status < http.StatusTemporaryRedirect {
		c.visit.Form = "" // as browsers do: the next request is a GET
	}
}

// stop ends the chain at p, which is already counted as a hop.
func (c *chain) stop(p *govsweep.Page, asked govsweep.Visit, why govsweep.Failure, cause string) *govsweep.Page {
	p.Failure, p.Cause, p.Body, p.Took = why, cause, nil, 0
	if len(p.Tries) > 1 {
		c.tries = c.tries[:len(c.tries)-len(p.Tries)]
	}
	return c.end(p, asked)
}

func (c *chain) end(p *govsweep.Page, asked govsweep.Visit) *govsweep.Page {
	p.Visit, p.Hops = asked, c.hops
	p.Took += c.took
	if len(c.tries) > 0 {
		p.Tries = append(c.tries, p.Tries...)
	}
	if p.FinalURL != asked.URL {
		p.FinalURL = canonical(p.FinalURL)
	}
	return p
}

func canonical(u string) string {
	if c, err := address.Canonical(u); err == nil {
		return c
	}
	return u
}
