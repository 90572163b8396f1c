package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// DNSOutcome says what a question ended with. NODATA and NXDOMAIN are two
// answers, and a server that does not answer is neither.
type DNSOutcome string

// The outcomes.
const (
	Answered DNSOutcome = "answered" // records of the asked type
	NoData   DNSOutcome = "nodata"   // the name exists and has none of the asked type
	NoName   DNSOutcome = "nxdomain" // the name does not exist
	ServFail DNSOutcome = "servfail"
	Bogus    DNSOutcome = "dnssec"  // SERVFAIL that is gone when signatures are not checked, or said so
	Refused  DNSOutcome = "refused" // REFUSED, NOTAUTH and whatever else a server declines with
	NoAnswer DNSOutcome = "timeout" // nothing came, also asked twice
	NoRoute  DNSOutcome = "unreachable"
	Broken   DNSOutcome = "malformed"
)

// Say is the outcome as a sentence prints it.
func (o DNSOutcome) Say() string {
	switch o {
	case Answered:
		return "有记录"
	case NoData:
		return "域名存在，但没有该类记录（NODATA）"
	case NoName:
		return "域名不存在（NXDOMAIN）"
	case ServFail:
		return "域名服务器未能完成解析（SERVFAIL）"
	case Bogus:
		return "域名的DNSSEC签名验证失败"
	case Refused:
		return "域名服务器拒绝答复"
	case NoRoute:
		return "域名服务器无法到达"
	case Broken:
		return "域名服务器的答复不合规范"
	}
	return "域名服务器没有应答"
}

// A DNSAnswer is what one server said to one question.
type DNSAnswer struct {
	Name    string        `json:"name"`
	Type    string        `json:"type"`
	Server  string        `json:"server"`
	Outcome DNSOutcome    `json:"outcome"`
	Addrs   []netip.Addr  `json:"addrs,omitempty"`
	Chain   []string      `json:"chain,omitempty"` // names of CNAMEs on the way
	Took    time.Duration `json:"took_ns"`
	TCP     bool          `json:"tcp,omitempty"`   // the UDP answer was cut and TCP was used
	Extra   string        `json:"extra,omitempty"` // the server's own words of its error (RFC 8914)

	msg *dns.Msg
}

// Ask puts one question to server (host:port): over UDP, twice when nothing
// comes, over TCP when the answer is cut. It always ends within its timeouts.
func Ask(ctx context.Context, server, name string, kind uint16) DNSAnswer {
	began := time.Now()
	a := DNSAnswer{Name: dns.Fqdn(strings.ToLower(name)), Type: dns.TypeToString[kind], Server: server}
	msg, tcp, err := exchange(ctx, server, question(a.Name, kind, true))
	a.Took, a.TCP = time.Since(began), tcp
	a.read(msg, err, kind)
	if a.Outcome == ServFail && a.bogus(ctx, kind) {
		a.Outcome = Bogus
	}
	return a
}

func question(name string, kind uint16, recurse bool) *dns.Msg {
	q := new(dns.Msg).SetQuestion(name, kind)
	q.RecursionDesired = recurse
	return q.SetEdns0(1232, false)
}

func exchange(ctx context.Context, server string, q *dns.Msg) (msg *dns.Msg, tcp bool, err error) {
	client := dns.Client{Timeout: askTimeout}
	for range 2 {
		if msg, _, err = client.ExchangeContext(ctx, q, server); err == nil || !timedOut(err) || ctx.Err() != nil {
			break
		}
	}
	if err == nil && msg.Truncated {
		client.Net, tcp = "tcp", true
		msg, _, err = client.ExchangeContext(ctx, q, server)
	}
	return msg, tcp, err
}

func timedOut(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func (a *DNSAnswer) read(msg *dns.Msg, err error, kind uint16) {
	switch {
	case err != nil && (timedOut(err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)):
		a.Outcome = NoAnswer
		return
	case err != nil:
		var op *net.OpError
		if a.Outcome = Broken; errors.As(err, &op) {
			a.Outcome = NoRoute
		}
		return
	}
	a.msg = msg
	a.Extra = extendedError(msg)
	for _, rr := range msg.Answer {
		switch rr := rr.(type) {
		case *dns.A:
			if ip, ok := netip.AddrFromSlice(rr.A.To4()); ok && kind == dns.TypeA {
				a.Addrs = append(a.Addrs, ip)
			}
		case *dns.AAAA: // as sent: an IPv4-mapped address stays one
			if ip, ok := netip.AddrFromSlice(rr.AAAA.To16()); ok && kind == dns.TypeAAAA {
				a.Addrs = append(a.Addrs, ip)
			}
		case *dns.CNAME:
			a.Chain = append(a.Chain, rr.Target)
		}
	}
	a.Outcome = outcomeOf(msg, kind)
}

func outcomeOf(msg *dns.Msg, kind uint16) DNSOutcome {
	switch msg.Rcode {
	case dns.RcodeSuccess:
		for _, rr := range msg.Answer {
			if rr.Header().Rrtype == kind {
				return Answered
			}
		}
		return NoData
	case dns.RcodeNameError:
		return NoName
	case dns.RcodeServerFailure:
		return ServFail
	case dns.RcodeFormatError, dns.RcodeNotImplemented:
		return Broken
	}
	return Refused
}

// bogus asks again without the checking of signatures: an answer then means
// that only the signatures were wrong (RFC 4035, section 3.2.2).
func (a *DNSAnswer) bogus(ctx context.Context, kind uint16) bool {
	for _, o := range edeCodes(a.msg) {
		if o == dns.ExtendedErrorCodeDNSBogus || o >= dns.ExtendedErrorCodeSignatureExpired && o <= dns.ExtendedErrorCodeNSECMissing {
			return true
		}
	}
	q := question(a.Name, kind, true)
	q.CheckingDisabled = true
	msg, _, err := exchange(ctx, a.Server, q)
	return err == nil && (msg.Rcode == dns.RcodeSuccess || msg.Rcode == dns.RcodeNameError)
}

func edeCodes(msg *dns.Msg) []uint16 {
	var codes []uint16
	if opt := msg.IsEdns0(); opt != nil {
		for _, o := range opt.Option {
			if e, ok := o.(*dns.EDNS0_EDE); ok {
				codes = append(codes, e.InfoCode)
			}
		}
	}
	return codes
}

func extendedError(msg *dns.Msg) string {
	for _, code := range edeCodes(msg) {
		return dns.ExtendedErrorCodeToString[code]
	}
	return ""
}
