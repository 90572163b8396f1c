package service

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/workday"
)

// WatchStore is what Eyes look at in the database.
type WatchStore interface {
	schedule.Store
	Beats(ctx context.Context) (map[string]time.Time, error)
	// Here gives why the database is not the one that was opened any more.
	Here() error
	SweepHealth(ctx context.Context, sweep int64) (*govsweep.SweepHealth, error)
}

// Eyes look at what can be alarming: on this machine, and in what all machines
// share. The fields are set once; one goroutine looks.
type Eyes struct {
	Store   WatchStore // nil: the database could not be opened
	Closed  string     // why, a Chinese sentence
	Lost    bool       // it is certain that it is gone: told at once
	Data    string     // the data directory
	Least   uint64     // bytes that are to be free on its disk
	Host    string     // this machine
	Control []string   // control sites; when none can be reached it is our line
	Days    func() (*workday.Calendar, error)
	Now     func() time.Time
	Free    func(dir string) (uint64, bool) // nil: of the system
	Reach   func(ctx context.Context, home string) error
	Browser func(ctx context.Context) error // starts a browser; nil: it is not looked at

	suspects []alarm.Observation
	judged   time.Time
}

// Looks are the looks at this machine: database, disk, line and browser.
func (e *Eyes) Looks() []*alarm.Look {
	looks := []*alarm.Look{{Run: e.database}, {Run: e.disk}, {Every: 2 * time.Minute, Run: e.uplink}}
	if e.Browser != nil {
		looks = append(looks, &alarm.Look{Every: 5 * time.Minute, Run: e.browsers})
	}
	return looks
}
