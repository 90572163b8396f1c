package probe

import (
	"crypto/x509"
	"errors"
	"net"
	"time"

	"github.com/govsweep/govsweep"
)

const maxNames = 20

// certificate reads what a server showed of itself and names its
// faults at the time of the visit.
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
	if c.Faults = faults(sent, host, roots, at); len(c.Faults) > 0 {
		c.Fault = c.Faults[0]
	}
	return c
}

// faults names what is wrong, the gravest first: its time, its name, its chain,
// each looked at by itself, so that one does not hide another.
func faults(sent []*x509.Certificate, host string, roots *x509.CertPool, at time.Time) []govsweep.CertFault {
	leaf := sent[0]
	var out []govsweep.CertFault
	inTime := at
	switch {
	case at.After(leaf.NotAfter):
		out, inTime = append(out, govsweep.CertExpired), leaf.NotAfter
	case at.Before(leaf.NotBefore):
		out, inTime = append(out, govsweep.CertNotYet), leaf.NotBefore
	}
	if leaf.VerifyHostname(bracketed(host)) != nil {
		out = append(out, govsweep.CertName)
	}
	if f := chainFault(sent, roots, at, inTime); f != "" {
		out = append(out, f)
	}
	if !at.After(leaf.NotAfter) && govsweep.DaysBetween(at, leaf.NotAfter) <= govsweep.ExpiringDays {
		out = append(out, govsweep.CertExpiring)
	}
	return out
}

// chainFault says what is wrong with who stands behind a certificate at inTime,
// when it was valid itself; at is the time of the visit.
func chainFault(sent []*x509.Certificate, roots *x509.CertPool, at, inTime time.Time) govsweep.CertFault {
	leaf, between := sent[0], x509.NewCertPool()
	for _, c := range sent[1:] {
		between.AddCert(c)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: inTime})
	var unknown x509.UnknownAuthorityError
	invalid, _ := errors.AsType[x509.CertificateInvalidError](err)
	switch {
	case err == nil, !inTime.Equal(at) && invalid.Reason == x509.Expired:
		return "" // whoever stands behind it was valid at another time
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
