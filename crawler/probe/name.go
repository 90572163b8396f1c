package probe

import (
	"context"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// NameOf says whether a host has addresses of either family: answered,
// nodata when it exists and has neither, nxdomain when it does not exist.
// Whatever else comes says nothing of the name.
func NameOf(ctx context.Context, server, host string) govsweep.DNSOutcome {
	outcome := govsweep.DNSNoData
	for _, kind := range []uint16{dns.TypeA, dns.TypeAAAA} {
		switch a := Ask(ctx, server, host, kind); a.Outcome {
		case govsweep.DNSNoData:
		case govsweep.DNSAnswered, govsweep.DNSNoName:
			return a.Outcome
		default:
			outcome = a.Outcome
		}
	}
	return outcome
}
