package crawler

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"

	"github.com/govsweep/govsweep"
)

// DialControl is the guard of these options for a net.Dialer of a probe: it
// sees the final address and refuses what a crawl may not dial either.
func (o Options) DialControl() func(network, address string, c syscall.RawConn) error {
	return (&guard{allow: o.AllowNet}).control
}

// Dial opens a connection as a crawl does: by the name server of these options
// and past their guard, over the addresses of the name in turn.
func (o Options) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return newDialer(o).dial(ctx, network, address)
}

// MayDial says whether the guard of these options lets an address be dialled.
func (o Options) MayDial(ip netip.Addr) bool { return (&guard{allow: o.AllowNet}).allows(ip) }

// MayAsk refuses other schemes and ports of other protocols, as a crawl does.
func MayAsk(req *http.Request) bool { return allowedTarget(req) }

// ErrGuard is what a dial ends with that the guard refused.
func ErrGuard() error { return errGuard }

// Explain turns what the wire says into a Failure and its Chinese sentence,
// which never names an address. answered says that headers had arrived.
func Explain(err error, answered bool) (govsweep.Failure, string) { return classify(err, answered) }

// ExplainStatus is the Chinese sentence for a status of 400 and above.
func ExplainStatus(status int) string { return statusCause(status) }

// LenientTLS takes what any server has to offer, also a certificate that does
// not hold; who uses it looks at the certificate itself.
func LenientTLS() *tls.Config { return oldTLS() }

// Agent is the User-Agent header as a crawl sends it.
func (o Options) Agent() string { return o.filled().agent() }

// ReadBody reads an answer's body with the caps of a crawl: decompressed, up
// to limit bytes, no further than ratio times what was received. It gives the
// bytes received and whether the body was cut.
func ReadBody(r io.Reader, encodings []string, limit, ratio int64) (data []byte, wire int64, cut bool, err error) {
	b := body{limit: limit, ratio: ratio}
	data, err = b.read(r, encodings)
	return data, b.wire, b.cut, err
}

// DialControlOn is DialControl for the server of another protocol, as mail: its
// ports may be dialled besides, the addresses are the same.
func (o Options) DialControlOn(ports ...uint16) func(network, address string, c syscall.RawConn) error {
	g := &guard{allow: o.AllowNet}
	return func(network, address string, c syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err == nil && slices.Contains(ports, ap.Port()) && g.allows(ap.Addr()) {
			return nil
		}
		return g.control(network, address, c)
	}
}
