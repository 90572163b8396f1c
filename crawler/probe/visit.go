package probe

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
)

// Line is the law's line: a home page that is not open by then did not open.
const Line = 15 * time.Second

// A Prober makes single visits. Its fields are set once; it may be used by
// many goroutines. Every dial passes the guard of Options.
type Prober struct {
	Options crawler.Options // guard, name server, contact, Timeout (0 = 15 s), MaxBody, Clock
	Roots   *x509.CertPool  // nil: the system's
	Vantage string          // the place probed from, printed where there are several
	DNSPort string          // of name servers asked directly; "" = 53
	DNSWait time.Duration   // for one answer of a name server; 0 = 4 s, asked twice
}

// A Request names what to visit.
type Request struct {
	Target  govsweep.TargetID
	Series  govsweep.ProbeSeries
	URL     string // canonical
	Family  Family
	Address netip.Addr // of the home page's host, instead of asking for one; zero: ask
	Segment int        // bytes of the largest TCP segment we announce to take; 0: the system's
}

// Visit opens the home page once: names, addresses of the family in turn,
// connection, TLS, redirects, body, all within the 15 seconds. Each request
// takes its turn with those of others; the wait for it counts nowhere. It
// never fails: what went wrong is in the visit, which is cancelled when there
// was no turn to be had. Page is what came, for a Judge; until one has judged
// it, a visit that got a page counts by its status.
func (p *Prober) Visit(ctx context.Context, r Request) (govsweep.ProbeVisit, *govsweep.Page) {
	o := p.options()
	turn := o.TakeTurn(ctx, r.URL)
	v := govsweep.ProbeVisit{Target: r.Target, Series: r.Series, Vantage: p.Vantage, URL: r.URL, At: o.Clock(), Slot: -1}
	page := &govsweep.Page{Visit: govsweep.Visit{URL: r.URL, Role: govsweep.HomeRole}, FinalURL: r.URL, FetchedAt: v.At}
	t := &trip{prober: p, options: o, request: r, visit: &v, page: page, began: time.Now(), noTurn: turn}
	err := turn
	if err == nil {
		err = t.run(ctx)
	}
	v.Total = time.Since(t.began)
	page.Took, page.FirstByte, page.Status = v.Total, v.FirstByte, v.Status
	if err != nil {
		v.Failure, v.Cause = crawler.Explain(err, t.answered)
		switch {
		case ctx.Err() != nil:
			v.Failure, v.Cause = govsweep.FailCancelled, "访问被中止。"
		case t.noTurn != nil:
			v.Failure, v.Cause, v.NoTurn = govsweep.FailCancelled, "没有取得访问次序，没有访问。", t.noTurn
		case errors.Is(err, errHops):
			v.Failure, v.Cause = govsweep.FailLoop, "网页反复跳转，没有打开。"
		}
	}
	if v.Failure == "" && v.Status >= 400 {
		v.Cause = crawler.ExplainStatus(v.Status)
	}
	page.Failure, page.Cause = v.Failure, v.Cause
	v.Result = resultOf(&v)
	return v, page
}

func (p *Prober) options() crawler.Options {
	o := p.Options
	d := crawler.Default()
	if o.Timeout <= 0 {
		o.Timeout = Line
	}
	if o.MaxBody <= 0 {
		o.MaxBody = d.MaxBody
	}
	if o.MaxRatio <= 0 {
		o.MaxRatio = d.MaxRatio
	}
	if o.MaxHops <= 0 {
		o.MaxHops = d.MaxHops
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}

// resultOf says what a visit counts as by failure and status alone.
func resultOf(v *govsweep.ProbeVisit) govsweep.ProbeResult {
	switch {
	case v.Failure.Unseen():
		return govsweep.ProbeUnmeasured
	case v.Failure != "":
		return govsweep.ProbeFailed
	case v.Status == http.StatusTooManyRequests:
		return govsweep.ProbeUnmeasured
	case v.Status == http.StatusUnauthorized, v.Status == http.StatusForbidden:
		return govsweep.ProbeDoubtful
	case v.Status >= 400:
		return govsweep.ProbeFailed
	}
	return govsweep.ProbeOpened
}

// Settle enters what a Judge saw in the body. A shield's page is no answer of
// the site and counts nowhere; an error page behind a good status is doubtful.
func Settle(v *govsweep.ProbeVisit, r govsweep.Response, why string) {
	v.Response = r
	switch {
	case v.Failure != "":
		return
	case r == govsweep.Challenge:
		v.Result, v.Cause = govsweep.ProbeUnmeasured, "访问被防护系统拦截，未能看到首页："+ended(why)
	case v.Result == govsweep.ProbeOpened && (r == govsweep.ErrorPage || r == govsweep.Soft404):
		v.Result, v.Cause = govsweep.ProbeDoubtful, "状态码正常，但返回的不像是首页："+ended(why)
	}
}

func ended(s string) string {
	if s == "" {
		return "原因不明。"
	}
	if last := []rune(s); last[len(last)-1] != '。' {
		return s + "。"
	}
	return s
}

// hostOf gives the host and port an address is dialled at.
func hostOf(url string) (host, port string) {
	host = address.Host(url)
	if h, p, err := net.SplitHostPort(host); err == nil {
		return h, p
	}
	port = "80"
	if len(url) > 5 && url[:5] == "https" {
		port = "443"
	}
	return trimBrackets(host), port
}

func trimBrackets(h string) string {
	if len(h) > 1 && h[0] == '[' && h[len(h)-1] == ']' {
		return h[1 : len(h)-1]
	}
	return h
}
