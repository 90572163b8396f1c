package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"syscall"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
)

// A trip is one visit under way: one goroutine drives it, the transport's
// dials are made for it one at a time.
type trip struct {
	prober   *Prober
	options  crawler.Options
	request  Request
	visit    *govsweep.ProbeVisit
	page     *govsweep.Page
	began    time.Time
	noTurn   error // why a request got no turn
	answered bool
}

var errHops = errors.New("too many redirects")

// run asks for the home page and what it redirects to.
func (t *trip) run(whole context.Context) error {
	transport := t.transport()
	defer transport.CloseIdleConnections()
	url := t.request.URL
	for hop := range t.options.MaxHops + 1 {
		if hop > 0 {
			if err := t.turn(whole, url); err != nil {
				return err
			}
		}
		ctx, cancel := context.WithDeadline(whole, t.began.Add(t.options.Timeout))
		defer cancel() // the body is read below
		resp, err := t.ask(ctx, transport, url)
		if err != nil {
			return err
		}
		next := location(resp, url)
		if next == "" {
			t.page.FinalURL = url
			if url != t.request.URL {
				t.visit.FinalURL = url
			}
			return t.read(resp)
		}
		resp.Body.Close()
		t.page.Hops = append(t.page.Hops, govsweep.Hop{URL: url, Status: resp.StatusCode})
		url, t.answered = next, false
	}
	return errHops
}

// turn waits for the turn of a further request. The clock of the visit stands
// still meanwhile: it measures the site.
func (t *trip) turn(ctx context.Context, url string) error {
	from := time.Now()
	t.noTurn = t.options.TakeTurn(ctx, url)
	t.began = t.began.Add(time.Since(from))
	return t.noTurn
}

func (t *trip) ask(ctx context.Context, transport *http.Transport, url string) (*http.Response, error) {
	trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { t.visit.FirstByte = time.Since(t.began) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if !crawler.MayAsk(req) {
		return nil, crawler.ErrGuard()
	}
	req.Header.Set("User-Agent", t.options.Agent())
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept-Language", "zh-CN,zh;q=0.9")
	return transport.RoundTrip(req)
}

func (t *trip) read(resp *http.Response) error {
	defer resp.Body.Close()
	t.answered = true
	t.visit.Status, t.page.Header = resp.StatusCode, resp.Header
	var err error
	t.page.Body, t.visit.Bytes, t.page.Truncated, err = crawler.ReadBody(resp.Body, resp.Header.Values("Content-Encoding"), t.options.MaxBody, t.options.MaxRatio)
	t.page.WireBytes = t.visit.Bytes
	return err
}

// location gives the address a redirect leads to; "" for any other answer.
func location(resp *http.Response, from string) string {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return ""
	}
	base, err := address.NewBase(from)
	if err != nil {
		return ""
	}
	to, ok := base.Resolve(resp.Header.Get("Location"))
	if !ok || resp.Header.Get("Location") == "" {
		return ""
	}
	return to
}

func (t *trip) transport() *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, hostPort string) (net.Conn, error) { return t.dial(ctx, hostPort) },
		DialTLSContext: func(ctx context.Context, _, hostPort string) (net.Conn, error) {
			conn, err := t.dial(ctx, hostPort)
			if err != nil {
				return nil, err
			}
			return t.handshake(ctx, conn, hostPort)
		},
		DisableCompression: true, MaxResponseHeaderBytes: 256 << 10, MaxIdleConnsPerHost: 1,
	}
}

// dial finds the addresses of the family and tries them in turn, each with a
// fair share of the time that is left.
func (t *trip) dial(ctx context.Context, hostPort string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, err
	}
	list, err := t.find(ctx, host)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{Control: t.control(), FallbackDelay: -1}
	var first error
	for i, ip := range list {
		conn, err := t.connect(ctx, &d, ip, port, len(list)-i)
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// control is what is done to a socket before it connects: the guard looks at
// the final address, and small segments are asked for where the request says so.
func (t *trip) control() func(network, address string, c syscall.RawConn) error {
	guard := t.options.DialControl()
	if t.request.Segment <= 0 {
		return guard
	}
	return func(network, address string, c syscall.RawConn) error {
		if err := guard(network, address, c); err != nil {
			return err
		}
		var set error
		if err := c.Control(func(fd uintptr) { set = setSegment(fd, t.request.Segment) }); err != nil {
			return err
		}
		return set
	}
}

// maxTried bounds the addresses of one name that are tried.
const maxTried = 8

func (t *trip) find(ctx context.Context, host string) ([]netip.Addr, error) {
	home, _ := hostOf(t.request.URL)
	if t.request.Address.IsValid() && host == home {
		return []netip.Addr{t.request.Address}, nil
	}
	began := time.Now()
	list, err := t.prober.addresses(ctx, host, t.request.Family)
	t.visit.DNS += time.Since(began)
	return list[:min(len(list), maxTried)], err
}

func (t *trip) connect(ctx context.Context, d *net.Dialer, ip netip.Addr, port string, left int) (net.Conn, error) {
	if end, ok := ctx.Deadline(); ok && left > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)/time.Duration(left))
		defer cancel()
	}
	if t.visit.Family = 6; ip.Unmap().Is4() {
		t.visit.Family = 4
	}
	began := time.Now()
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(ip.String(), port))
	t.visit.Connect += time.Since(began)
	if err == nil {
		t.visit.Address = ip.String()
	}
	return conn, err
}

func (t *trip) handshake(ctx context.Context, conn net.Conn, hostPort string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(hostPort) // dial has split it
	settings := crawler.LenientTLS()
	settings.ServerName, settings.NextProtos = host, []string{"http/1.1"}
	settings.VerifyConnection = func(state tls.ConnectionState) error {
		t.visit.Cert = certificate(state.PeerCertificates, host, t.prober.Roots, t.visit.At)
		return nil
	}
	began := time.Now()
	secure := tls.Client(conn, settings)
	err := secure.HandshakeContext(ctx)
	t.visit.TLS += time.Since(began)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}
