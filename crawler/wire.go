package crawler

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/govsweep/govsweep"
)

// An exchange is one request as the wire answers it. It travels in the
// context of the request: colly sees an empty answer and so cannot cut,
// decompress or re-encode the body.
type exchange struct {
	manner manner
	page   *govsweep.Page
	limit  int64 // bytes of body to keep, after decompression
	head   bool  // only the head of the body is wanted: reaching limit is no truncation
	began  time.Time
	answer bool  // headers arrived
	err    error // why there is no page, or why its body may not be used
}

type exchangeKey struct{}

// wire is the RoundTripper under colly: guard, caps, decompression, timings.
type wire struct {
	modern, old *http.Transport
	maxRatio    int64
	requests    atomic.Int64
	bytes       atomic.Int64
}

func newWire(o Options) *wire {
	d := newDialer(o)
	return &wire{modern: d.transport(o, modernTLS()), old: d.transport(o, oldTLS()), maxRatio: o.MaxRatio}
}

func (w *wire) close() {
	w.modern.CloseIdleConnections()
	w.old.CloseIdleConnections()
}

// RoundTrip sends req and puts the answer into the exchange of its context.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	x := req.Context().Value(exchangeKey{}).(*exchange)
	if !allowedTarget(req) {
		x.err = errGuard
		return nil, errGuard
	}
	if x.manner.cookies != nil {
		for _, c := range x.manner.cookies.Cookies(req.URL) {
			req.AddCookie(c)
		}
	}
	t := w.modern
	if x.manner.oldTLS {
		t = w.old
	}
	w.requests.Add(1)
	x.began = time.Now()
	resp, err := t.RoundTrip(req)
	x.page.FirstByte = time.Since(x.began)
	if err != nil {
		x.err = err
		return nil, err
	}
	w.read(x, req, resp)
	return &http.Response{StatusCode: resp.StatusCode, Proto: resp.Proto, Body: http.NoBody, Request: req}, nil
}

func (w *wire) read(x *exchange, req *http.Request, resp *http.Response) {
	defer resp.Body.Close()
	x.answer = true
	p := x.page
	p.Status, p.Header = resp.StatusCode, resp.Header
	p.NotModified = resp.StatusCode == http.StatusNotModified
	if req.Method == http.MethodHead {
		return
	}
	b := body{limit: x.limit, ratio: w.maxRatio}
	p.Body, x.err = b.read(resp.Body, resp.Header.Values("Content-Encoding"))
	p.WireBytes = b.wire
	p.Truncated = b.cut && !x.head
	w.bytes.Add(b.wire)
}

// allowedTarget refuses what no dial would show: other schemes and, for
// connections already open, ports of other protocols.
func allowedTarget(req *http.Request) bool {
	if s := req.URL.Scheme; s != "http" && s != "https" {
		return false
	}
	switch port := req.URL.Port(); port {
	case "", "80", "443", "8080":
		return true
	default:
		n := portNumber(port)
		return n == 1 || n == 9 || allowedPort(n) // of the first two the dial decides
	}
}

func portNumber(s string) uint16 {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || n > 65535 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	if n > 65535 {
		return 0
	}
	return uint16(n)
}
