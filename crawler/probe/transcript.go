package probe

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// A transcript is every question that was put for one report and what came,
// in order: the evidence behind what is said of records and name servers. It
// belongs to one goroutine.
type transcript struct {
	said []exchanged
	wait time.Duration // for one answer; 0: askTimeout
}

type exchanged struct {
	at      time.Time
	took    time.Duration
	network string
	server  string
	asked   *dns.Msg
	raw     []byte // as received
	msg     *dns.Msg
	err     error
}

// maxExchanges and maxTranscript bound what hostile name servers make us keep.
const (
	maxExchanges  = 2000
	maxTranscript = 1 << 20
)

func (t *transcript) note(e exchanged) {
	if len(t.said) < maxExchanges {
		t.said = append(t.said, e)
	}
}

// bytes writes the transcript as text: every answer in the form of a zone
// file and, byte for byte as received, in base64.
func (t *transcript) bytes() []byte {
	var b bytes.Buffer
	for i := range t.said {
		if b.Len() > maxTranscript {
			fmt.Fprintf(&b, "; %d more are left out\n", len(t.said)-i)
			break
		}
		t.said[i].write(&b, i+1)
	}
	return b.Bytes()
}

func (e *exchanged) write(b *bytes.Buffer, n int) {
	q := e.asked.Question[0]
	fmt.Fprintf(b, "; [%d] %s %s asked of %s over %s at %s, recursion %v, checking disabled %v, took %.1f ms\n", n, q.Name, dns.TypeToString[q.Qtype],
		e.server, e.network, e.at.In(govsweep.Shanghai).Format(time.RFC3339Nano), e.asked.RecursionDesired, e.asked.CheckingDisabled, e.took.Seconds()*1000)
	switch {
	case e.err != nil:
		fmt.Fprintf(b, "; no answer: %v\n", e.err)
	case e.msg != nil:
		fmt.Fprintln(b, e.msg.String())
	}
	if len(e.raw) > 0 {
		fmt.Fprintf(b, "; as received: %s\n", base64.StdEncoding.EncodeToString(e.raw))
	}
	b.WriteByte('\n')
}
