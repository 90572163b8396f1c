package crawler

import (
	"context"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// down remembers other hosts that could not be reached several times running
// and does not wait out the limit for each further address of theirs: a dead
// host with two hundred links would hold the workers for an hour.
type down struct {
	next  Fetcher
	mu    sync.Mutex
	hosts map[string]*outage
}

// outage is what is known of one host.
type outage struct {
	failures int
	why      govsweep.Failure
	cause    string // as the last real try gave it
	last     time.Time
}

const (
	downAfter     = 3
	downFor       = 10 * time.Minute
	mostDownHosts = 4096
	noteDown      = "该主机连续多次无法连接，本次未再访问"
)

// Fetch passes v on, unless it only asks after a host that is known to be down.
func (d *down) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	if v.Role != govsweep.ProbeRole {
		return d.next.Fetch(ctx, v)
	}
	host := address.Host(v.URL)
	if why, cause := d.known(host); why != "" {
		p := unfetched(v, why, cause) // the same words whichever address was asked first
		p.Tries = []govsweep.Try{{At: time.Now(), Failure: why, Note: noteDown}}
		return p, ctx.Err()
	}
	p, err := d.next.Fetch(ctx, v)
	if err == nil {
		d.learn(host, p)
	}
	return p, err
}

func (d *down) known(host string) (why govsweep.Failure, cause string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.hosts[host]
	if o == nil || o.failures < downAfter || time.Since(o.last) > downFor {
		return "", ""
	}
	return o.why, o.cause
}

// learn counts failures of the host itself; any answer of it ends the count.
func (d *down) learn(host string, p *govsweep.Page) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch p.Failure {
	case govsweep.FailDNS, govsweep.FailRefused, govsweep.FailTimeout:
	default:
		delete(d.hosts, host)
		return
	}
	if p.Status != 0 {
		delete(d.hosts, host)
		return
	}
	if d.hosts == nil || len(d.hosts) >= mostDownHosts {
		d.hosts = map[string]*outage{}
	}
	o := d.hosts[host]
	if o == nil {
		o = &outage{}
		d.hosts[host] = o
	}
	o.failures++
	o.why, o.cause, o.last = p.Failure, p.Cause, time.Now()
}
