package web

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// Users is what the room needs to know who asks.
type Users interface {
	User(ctx context.Context, name string) (*govsweep.User, error)
	Users(ctx context.Context) ([]govsweep.User, error)
	TokenByHash(ctx context.Context, hash string) (*govsweep.AccessToken, error)
	BeginLogin(ctx context.Context, keys []string, now time.Time, wait func(key string, failures int) time.Duration) (time.Time, error)
	EndLogin(ctx context.Context, clear []string, line govsweep.AuditLine) error
}

// Results is what the room shows of inspections.
type Results interface {
	Sweeps(ctx context.Context) ([]govsweep.Sweep, error)
	Sweep(ctx context.Context, id int64) (*govsweep.Sweep, error)
	SweepCounts(ctx context.Context, id int64) (map[govsweep.SweepState]int, error)
	Leases(ctx context.Context, sweep int64, now time.Time) ([]govsweep.Lease, error)
	SweepHealth(ctx context.Context, sweep int64) (*govsweep.SweepHealth, error)
	Verdicts(ctx context.Context, sweep int64) ([]govsweep.Verdict, error)
	Verdict(ctx context.Context, of govsweep.Run) (*govsweep.Verdict, error)
	Finding(ctx context.Context, id string) (*govsweep.Finding, error)
	Site(ctx context.Context, id govsweep.TargetID) (*govsweep.Site, error)
	LastJudged(ctx context.Context, target govsweep.TargetID) (*govsweep.Sweep, error)
	// FindingsPage gives findings of a sweep behind a cursor, and the next cursor.
	FindingsPage(ctx context.Context, sweep int64, target govsweep.TargetID, after string, limit int) ([]govsweep.Finding, string, error)
	// SitesPage gives sites behind one.
	SitesPage(ctx context.Context, after govsweep.TargetID, limit int) ([]govsweep.Site, error)
	Account(ctx context.Context, id govsweep.TargetID) (*govsweep.Account, error)
	// AccountsPage gives accounts of the units behind one, in order of id; nil: of all units.
	AccountsPage(ctx context.Context, units []string, after govsweep.TargetID, limit int) ([]govsweep.Account, error)
	// LastDoneSweeps gives, for every kind of sweep, when one was last done.
	LastDoneSweeps(ctx context.Context) (map[string]time.Time, error)
}

// Log is the audit log as pages show it.
type Log interface {
	AuditPage(ctx context.Context, before int64, limit int) ([]govsweep.AuditLine, error)
	AuditHead(ctx context.Context) (govsweep.AuditHead, error)
}

// Operations is what runs by itself.
type Operations interface {
	Schedules(ctx context.Context) ([]Schedule, error)
	Runs(ctx context.Context, schedule string, most int) ([]govsweep.ScheduleRun, error)
	Health(ctx context.Context) (Health, error)
	// Alarms gives the alarms that stand.
	Alarms(ctx context.Context) ([]govsweep.Alarm, error)
	// Command does what a person asked: pause, resume, run or cancel.
	Command(ctx context.Context, schedule, what string) error
}

// Schedule is a schedule with where it stands.
type Schedule struct {
	govsweep.Schedule
	Next    time.Time             `json:"next,omitzero"`   // zero while paused, and with a fault
	Fault   string                `json:"fault,omitempty"` // why its next time cannot be told
	Last    *govsweep.ScheduleRun `json:"last,omitempty"`
	Success time.Time             `json:"last_success,omitzero"` // end of the last run that was done
	Running *govsweep.ScheduleRun `json:"running,omitempty"`
}

// Health is how this process and what it stands on are.
type Health struct {
	OK       bool      `json:"ok"`
	Say      string    `json:"state"`          // one sentence
	Held     string    `json:"held,omitempty"` // why no work is done just now
	Tick     time.Time `json:"tick,omitzero"`  // when the timetable was last looked at by any process
	DiskFree uint64    `json:"disk_free"`      // bytes; 0 when it is not known
	Database string    `json:"database"`       // SQLite or PostgreSQL
	Busy     int64     `json:"busy"`           // pieces under way in this process
	Failures int64     `json:"failures"`       // pieces that failed since it began
	Slots    int       `json:"slots"`          // pieces at the same time in this process
	Version  string    `json:"version,omitempty"`
}
