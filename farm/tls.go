package farm

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"time"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// selfSigned makes a certificate nobody signed: what many small sites show.
func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	t := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "*.gov.cn"}, DNSNames: []string{"*.gov.cn"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// sniff tells TLS from plain HTTP by the first byte of a connection, so that
// both are served on one port.
func (f *Farm) sniff(ln net.Listener) net.Listener {
	return &sniffer{Listener: ln, config: &tls.Config{GetCertificate: f.certificate}}
}

var errNoTLS = errors.New("this site has no working TLS")

func (f *Farm) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if s := f.byHost[hello.ServerName]; s != nil && (s.trouble == plainOnly || s.trouble == tlsBroken) {
		return nil, errNoTLS
	}
	return &f.cert, nil
}

type sniffer struct {
	net.Listener
	config *tls.Config
}

// Accept hands out connections that find out themselves what they are.
func (s *sniffer) Accept() (net.Conn, error) {
	c, err := s.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &sniffed{Conn: c, buf: bufio.NewReader(c), config: s.config}, nil
}

// A sniffed connection decides at its first read whether it speaks TLS.
type sniffed struct {
	net.Conn
	buf    *bufio.Reader
	config *tls.Config
	tls    *tls.Conn
	known  bool
}

// Read reads plain text or what TLS makes of it.
func (c *sniffed) Read(b []byte) (int, error) {
	if !c.known {
		first, err := c.buf.Peek(1)
		if err != nil {
			return 0, err
		}
		c.known = true
		if first[0] == 0x16 {
			c.tls = tls.Server(&replayed{c.Conn, c.buf}, c.config)
		}
	}
	if c.tls != nil {
		return c.tls.Read(b)
	}
	return c.buf.Read(b)
}

// Write answers in the language of the request.
func (c *sniffed) Write(b []byte) (int, error) {
	if c.tls != nil {
		return c.tls.Write(b)
	}
	return c.Conn.Write(b)
}

// replayed gives back what was peeked at.
type replayed struct {
	net.Conn
	buf *bufio.Reader
}

// Read reads through the buffer.
func (r *replayed) Read(b []byte) (int, error) { return r.buf.Read(b) }
