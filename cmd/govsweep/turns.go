package main

import (
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

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
	p := &schedule.Platforms{Sites: func() ([]govsweep.Site, error) { return db.Sites(a.ctx, storage.SiteFilter{}) }}
	a.turns = &schedule.Turns{Store: a.turnStore(db), Platform: between(rate), Of: p.Of}
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
