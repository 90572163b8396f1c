package main

import (
	"context"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// platforms knows the platform of every registered host, as the register has
// it at most a minute ago.
type platforms struct {
	db  *storage.DB
	ctx context.Context

	mu   sync.Mutex
	of   map[string]string
	read time.Time
}

func (p *platforms) host(host string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.read) > time.Minute {
		if sites, err := p.db.Sites(p.ctx, storage.SiteFilter{}); err == nil { // else what was known a minute ago
			p.of = platformsOf(sites)
		}
		p.read = time.Now()
	}
	return p.of[host]
}

func platformsOf(sites []govsweep.Site) map[string]string {
	of := map[string]string{}
	for i := range sites {
		if sites[i].Platform == "" {
			continue
		}
		of[address.Host(sites[i].URL)] = sites[i].Platform
		for _, d := range sites[i].Domains {
			of[d] = sites[i].Platform
		}
	}
	return of
}

// turns are the limits all processes share: the rate to a host as configured,
// and that to the servers of a platform.
func (s *service) turns(platformRate float64) *schedule.Turns {
	rate := s.app.settings.file.Rate
	if rate == 0 {
		rate = 2
	}
	p := &platforms{db: s.db, ctx: s.app.ctx}
	return &schedule.Turns{Store: s.db, Host: between(rate), Platform: between(platformRate), Of: p.host}
}

// between gives the time between two requests; 0 for no limit.
func between(rate float64) time.Duration {
	if rate <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / rate)
}
