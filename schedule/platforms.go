package schedule

import (
	"net"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// Platforms knows the 集约化平台 of every registered host, as the register has
// it at most a minute ago. It is safe for many goroutines.
type Platforms struct {
	// Sites gives the register; when it fails, what was known before counts.
	Sites func() ([]govsweep.Site, error)

	mu   sync.Mutex
	of   map[string]string
	read time.Time
}

// Of gives the platform of a host, with or without its port; "" for none.
func (p *Platforms) Of(host string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.read) > time.Minute {
		if sites, err := p.Sites(); err == nil { // else what was known a minute ago
			p.of = PlatformsOf(sites)
		}
		p.read = time.Now()
	}
	return p.of[bare(host)]
}

// bare is a host without its port: the servers are the same.
func bare(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}

// PlatformsOf gives the platform of every host of the sites that have one.
func PlatformsOf(sites []govsweep.Site) map[string]string {
	of := map[string]string{}
	for i := range sites {
		if sites[i].Platform == "" {
			continue
		}
		of[bare(address.Host(sites[i].URL))] = sites[i].Platform
		for _, d := range sites[i].Domains {
			of[bare(d)] = sites[i].Platform
		}
	}
	return of
}
