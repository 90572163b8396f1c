package probe

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// An Answer is a DNSAnswer with the message it was read from.
type Answer struct {
	govsweep.DNSAnswer
	msg *dns.Msg
}

// Ask puts one question to server (host:port): over UDP, twice when nothing
// comes, over TCP when the answer is cut. It always ends within its timeouts.
func Ask(ctx context.Context, server, name string, kind uint16) Answer {
	return new(transcript).ask(ctx, server, name, kind)
}

// ask asks and writes down what was asked and what came.
func (t *transcript) ask(ctx context.Context, server, name string, kind uint16) Answer {
	began := time.Now()
	a := Answer{DNSAnswer: govsweep.DNSAnswer{Name: dns.Fqdn(strings.ToLower(name)), Type: dns.TypeToString[kind], Server: server}}
	msg, tcp, err := t.exchange(ctx, server, question(a.Name, kind, true))
	a.Took, a.TCP = time.Since(began), tcp
	a.read(msg, err, kind)
	if a.Outcome == govsweep.DNSServFail && t.bogus(ctx, &a, kind) {
		a.Outcome = govsweep.DNSBogus
	}
	return a
}

func question(name string, kind uint16, recurse bool) *dns.Msg {
	q := new(dns.Msg).SetQuestion(name, kind)
	q.RecursionDesired = recurse
	return q.SetEdns0(udpSize, false)
}

// udpSize is what fits every path without being cut into fragments.
const udpSize = 1232

// exchange asks over UDP, twice when nothing comes, and over TCP when the
// answer is cut.
func (t *transcript) exchange(ctx context.Context, server string, q *dns.Msg) (msg *dns.Msg, tcp bool, err error) {
	for range 2 {
		if msg, err = t.once(ctx, "udp", server, q); err == nil || !timedOut(err) || ctx.Err() != nil {
			break
		}
	}
	if err == nil && msg.Truncated {
		tcp = true
		msg, err = t.once(ctx, "tcp", server, q)
	}
	return msg, tcp, err
}

// once makes one exchange and keeps the bytes that came.
func (t *transcript) once(ctx context.Context, network, server string, q *dns.Msg) (*dns.Msg, error) {
	began := time.Now()
	raw, msg, err := exchangeOnce(ctx, cmp.Or(t.wait, askTimeout), network, server, q)
	t.note(exchanged{at: began, took: time.Since(began), network: network, server: server, asked: q, raw: raw, msg: msg, err: err})
	return msg, err
}

func exchangeOnce(ctx context.Context, wait time.Duration, network, server string, q *dns.Msg) (raw []byte, msg *dns.Msg, err error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	conn, err := (&dns.Client{Net: network, UDPSize: udpSize}).DialContext(ctx, server)
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // fails only on a closed connection
	defer stop()
	if err = conn.WriteMsg(q); err != nil {
		return nil, nil, err
	}
	for {
		if raw, err = conn.ReadMsgHeader(nil); err != nil {
			return raw, nil, err
		}
		msg = new(dns.Msg)
		err = msg.Unpack(raw)
		if err != nil || msg.Id == q.Id || network == "tcp" {
			return raw, msg, errors.Join(err, mismatch(q, msg, err))
		}
	}
}

var errOther = errors.New("the answer is to another question")

// mismatch says whether an answer that was read is to another question.
func mismatch(q, msg *dns.Msg, err error) error {
	if err != nil || msg.Id == q.Id && (len(msg.Question) == 0 || strings.EqualFold(msg.Question[0].Name, q.Question[0].Name) && msg.Question[0].Qtype == q.Question[0].Qtype) {
		return nil
	}
	return errOther
}

func timedOut(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func (a *Answer) read(msg *dns.Msg, err error, kind uint16) {
	switch {
	case err != nil && (timedOut(err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)):
		a.Outcome = govsweep.DNSNoAnswer
		return
	case err != nil:
		var op *net.OpError
		if a.Outcome = govsweep.DNSMalformed; errors.As(err, &op) {
			a.Outcome = govsweep.DNSNoRoute
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
			a.Chain = append(a.Chain, strings.ToLower(rr.Target))
		}
	}
	a.Addrs, a.Chain = a.Addrs[:min(len(a.Addrs), maxAddrs)], a.Chain[:min(len(a.Chain), maxAddrs)]
	a.Outcome = outcomeOf(msg, kind)
}

// maxAddrs bounds the addresses and aliases of one name that are kept.
const maxAddrs = 32

func outcomeOf(msg *dns.Msg, kind uint16) govsweep.DNSOutcome {
	switch msg.Rcode {
	case dns.RcodeSuccess:
		for _, rr := range msg.Answer {
			if rr.Header().Rrtype == kind {
				return govsweep.DNSAnswered
			}
		}
		return govsweep.DNSNoData
	case dns.RcodeNameError:
		return govsweep.DNSNoName
	case dns.RcodeServerFailure:
		return govsweep.DNSServFail
	case dns.RcodeFormatError, dns.RcodeNotImplemented:
		return govsweep.DNSMalformed
	}
	return govsweep.DNSRefused
}

// bogus asks again without the checking of signatures: an answer then means
// that only the signatures were wrong (RFC 4035, section 3.2.2).
func (t *transcript) bogus(ctx context.Context, a *Answer, kind uint16) bool {
	for _, o := range edeCodes(a.msg) {
		if o == dns.ExtendedErrorCodeDNSBogus || o >= dns.ExtendedErrorCodeSignatureExpired && o <= dns.ExtendedErrorCodeNSECMissing {
			return true
		}
	}
	q := question(a.Name, kind, true)
	q.CheckingDisabled = true
	msg, _, err := t.exchange(ctx, a.Server, q)
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
