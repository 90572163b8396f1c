package crawler

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// A dialer opens connections the guard allows, by the name server of the
// options. Proxy settings of the environment are not read.
type dialer struct {
	net      net.Dialer
	resolver *resolver // nil: the system's
}

func newDialer(o Options) *dialer {
	g := &guard{allow: o.AllowNet}
	d := &dialer{net: net.Dialer{Control: g.control, KeepAlive: 30 * time.Second}}
	if o.Resolver != "" {
		d.resolver = &resolver{server: o.Resolver}
	}
	return d
}

// dial tries the addresses of the name in turn, each with a fair share of the
// time that is left, so that one dead address does not hide a live one.
func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if d.resolver == nil {
		return d.net.DialContext(ctx, network, address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := d.resolver.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	var first error
	for i, ip := range addrs {
		conn, err := d.dialOne(ctx, network, net.JoinHostPort(ip.String(), port), len(addrs)-i)
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

func (d *dialer) dialOne(ctx context.Context, network, address string, left int) (net.Conn, error) {
	if end, ok := ctx.Deadline(); ok && left > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)/time.Duration(left))
		defer cancel()
	}
	return d.net.DialContext(ctx, network, address)
}

// transport is the connection pool of one kind of TLS settings.
func (d *dialer) transport(o Options, settings *tls.Config) *http.Transport {
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            d.dial,
		TLSClientConfig:        settings,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // wire.go decompresses, with caps
		MaxIdleConns:           512,
		MaxIdleConnsPerHost:    o.Parallel,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		ReadBufferSize:         16 << 10,
	}
}

func modernTLS() *tls.Config { return &tls.Config{MinVersion: tls.VersionTLS12} }

// oldTLS takes whatever an old server has to offer, also a certificate that
// does not hold: the page is read, and the try says with which settings.
func oldTLS() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS10, InsecureSkipVerify: true}
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		c.CipherSuites = append(c.CipherSuites, s.ID)
	}
	return c
}
