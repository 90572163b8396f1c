package probe

import (
	"crypto/x509"
	"errors"
	"net"
	"time"

	"github.com/govsweep/govsweep"
)

const maxNames = 20

// certificate reads what a server showed of itself and names its gravest
// fault at the time of the visit.
func certificate(sent []*x509.Certificate, host string, roots *x509.CertPool, at time.Time) *govsweep.Certificate {
	if len(sent) == 0 {
		return nil
	}
	leaf := sent[0]
	c := &govsweep.Certificate{Subject: clip(leaf.Subject.String()), Issuer: clip(leaf.Issuer.String()),
		NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter, Sent: len(sent)}
	for _, n := range leaf.DNSNames[:min(len(leaf.DNSNames), maxNames)] {
		c.Names = append(c.Names, clip(n))
	}
	c.Fault = fault(sent, host, roots, at)
	return c
}

func fault(sent []*x509.Certificate, host string, roots *x509.CertPool, at time.Time) govsweep.CertFault {
	leaf := sent[0]
	switch {
	case at.After(leaf.NotAfter):
		return govsweep.CertExpired
	case at.Before(leaf.NotBefore):
		return govsweep.CertNotYet
	case leaf.VerifyHostname(bracketed(host)) != nil:
		return govsweep.CertName
	}
	between := x509.NewCertPool()
	for _, c := range sent[1:] {
		between.AddCert(c)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at})
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return ""
	case leaf.CheckSignatureFrom(leaf) == nil || leaf.Subject.String() == leaf.Issuer.String():
		return govsweep.CertSelf
	case errors.As(err, &unknown) && len(sent) == 1:
		return govsweep.CertChain
	}
	return govsweep.CertAuthority
}

func bracketed(host string) string {
	if net.ParseIP(host) != nil {
		return "[" + host + "]"
	}
	return host
}

func clip(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200])
	}
	return s
}
