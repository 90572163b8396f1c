package main

import (
	"context"
	"net"
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
	return p.of[bare(host)]
}

// bare is a host without its port: the servers are the same.
func bare(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}

func platformsOf(sites []govsweep.Site) map[string]string {
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

// defaultPlatformRate is how many requests a second the servers of a platform
// get from everybody.
const defaultPlatformRate = 8

// takeTurns makes every request of this process take its turn with those of
// all processes on the database.
func (a *app) takeTurns(db *storage.DB) {
	rate := float64(defaultPlatformRate)
	if named := a.settings.file.PlatformRate; named != 0 {
		rate = named
	}
	p := &platforms{db: db, ctx: a.ctx}
	a.turns = &schedule.Turns{Store: a.turnStore(db), Platform: between(rate), Of: p.host}
}

// endTurns lets go of what stands for the turns of this process.
func (a *app) endTurns() {
	if a.turns == nil {
		return
	}
	if l, ok := a.turns.Store.(*loneTurns); ok {
		l.end()
	}
}

// between gives the time between two requests; 0 for no limit.
func between(rate float64) time.Duration {
	if rate <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / rate)
}
