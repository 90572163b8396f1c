package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/sampling"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// process is one that works on schedules.
type process struct {
	app    *app
	db     *storage.DB
	flags  *serviceFlags
	engine *schedule.Engine
	load   *schedule.Load
	now    func() time.Time
	ended  func()        // lets the lock go that says that this process lives
	looks  time.Duration // between two looks at the version of the database

	maker  *service.Maker
	worker *service.Worker

	mu      sync.Mutex
	tools   map[string]*tools    // by what toolsKey gives
	watches map[string]*dayWatch // by schedule
}

// tools are what sweeps of the same options share in this process: one stack,
// so that each host's limits hold over all of them.
type tools struct {
	job   *job
	stack *crawler.Stack
	in    *sweep.Inspector
}

func newService(a *app, db *storage.DB, f *serviceFlags) (*process, error) {
	days, err := a.calendar()
	if err != nil {
		return nil, err
	}
	name, gone, ended, err := a.workerName()
	if err != nil {
		return nil, err
	}
	if gone != nil && a.databaseFile() != "" { // it lives on one machine
		gone = orOfEarlierBoot(gone)
	}
	s := &process{app: a, db: db, flags: f, ended: ended, now: time.Now, looks: versionEvery, tools: map[string]*tools{}, watches: map[string]*dayWatch{}}
	if f.PlatformRate != nil {
		a.turns.Platform = between(*f.PlatformRate)
	}
	s.load = &schedule.Load{Dir: a.settings.data, Least: uint64(f.MinFree) << 20, Log: a.log, Now: time.Now,
		Ask: func(ctx context.Context) error { _, err := db.Beats(ctx); return err }, Here: db.Here}
	s.maker = &service.Maker{Frame: frameOf{db}, Sweep: s.sweepOf}
	s.worker = &service.Worker{Store: db, Tools: s.siteTools, Owner: name, Gone: gone, Now: func() time.Time { return s.now() }, Log: a.log}
	s.engine = &schedule.Engine{Store: db, Slots: f.Slots, Hold: s.load.Why, Name: lockName(name), Gone: gone,
		Planner: &schedule.Planner{Store: db, Make: s.maker.Make, Days: days, Now: time.Now, Log: a.log, Hold: s.load.Why},
		Workers: map[govsweep.ScheduleKind]schedule.Worker{
			govsweep.FullSchedule: s.worker.Slice, govsweep.SampleSchedule: s.worker.Slice, govsweep.ColumnsSchedule: s.worker.Slice,
			govsweep.AvailabilitySchedule: s.probe, govsweep.AccountsSchedule: s.accounts, govsweep.NoticesSchedule: s.notices,
		}}
	return s, nil
}

// state says how the installation is, seen from this process.
func (s *process) state() *service.State {
	st := &service.State{Store: s.db, Engine: s.engine, Load: s.load, Days: s.app.calendar, Standing: func() []govsweep.Alarm { return s.app.alarmsStanding(s.db) },
		Data: s.app.settings.data, Database: "SQLite", Version: version, Slots: s.flags.Slots}
	if _, postgres := s.db.Lend(); postgres {
		st.Database = "PostgreSQL"
	}
	return st
}

func (s *process) close() {
	for _, t := range s.tools {
		t.stack.Close()
	}
	s.ended()
}

// sweepOf begins the record of the sweep of an order, with what its resume
// needs of the options.
func (s *process) sweepOf(o *govsweep.Schedule, kind, scope string, draw *sampling.Draw) (*govsweep.Sweep, error) {
	options := kept{crawlFlags: crawlFlags{Contact: s.flags.Contact, FailOn: "none"}, AllowNet: s.app.settings.allowNet, Resolver: s.app.settings.resolver}
	if kind == govsweep.AccountSweep {
		options.RSSHub = s.app.settings.file.RSSHub
	} else {
		options.MaxPages, options.Control, options.Draw = o.MaxPages, o.Control, draw
	}
	if o.Kind == govsweep.ColumnsSchedule {
		options.MaxAttachments, options.MaxImages, options.MaxProbes = -1, -1, -1
	}
	book, _, err := s.app.loadBook("")
	if err != nil {
		return nil, err
	}
	options.Rulebook = firstOf(options.Rulebook, s.app.settings.file.Rulebook)
	raw, err := json.Marshal(options)
	if err != nil {
		return nil, fmt.Errorf("write the options of the sweep: %w", err)
	}
	now := s.now().Truncate(time.Millisecond)
	return &govsweep.Sweep{Kind: kind, Scope: scope, Rulebook: book.ID, AsOf: now, Started: now, State: govsweep.SweepRunning, Options: string(raw)}, nil
}

// siteTools gives what inspects the sites of a sweep.
func (s *process) siteTools(sw *govsweep.Sweep) (*service.Tools, error) {
	t, err := s.toolsOf(sw)
	if err != nil {
		return nil, err
	}
	return &service.Tools{Inspector: t.in, Control: t.job.flags.Control}, nil
}

// toolsOf gives what sweeps of these options share.
func (s *process) toolsOf(sw *govsweep.Sweep) (*tools, error) {
	key, err := toolsKey(sw)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tools[key]; t != nil {
		return t, nil
	}
	j, err := s.jobOf(sw)
	if err != nil {
		return nil, err
	}
	t := &tools{job: j}
	if t.stack, t.in, err = j.inspector(); err != nil {
		return nil, err
	}
	s.tools[key] = t
	return t, nil
}

// toolsKey is the same for sweeps that share tools: what was drawn for a
// sample is left out, for each sample would leave tools behind for ever.
func toolsKey(sw *govsweep.Sweep) (string, error) {
	var k kept
	if err := json.Unmarshal([]byte(sw.Options), &k); err != nil {
		return "", fmt.Errorf("options of sweep %d: %w", sw.ID, err)
	}
	k.Draw = nil
	raw, err := json.Marshal(k)
	if err != nil {
		return "", fmt.Errorf("options of sweep %d: %w", sw.ID, err)
	}
	return sw.Rulebook + " " + string(raw), nil
}

func (s *process) jobOf(sw *govsweep.Sweep) (*job, error) {
	var begun kept
	if err := json.Unmarshal([]byte(sw.Options), &begun); err != nil {
		return nil, fmt.Errorf("options of sweep %d: %w", sw.ID, err)
	}
	j := &job{app: s.app, db: s.db, kind: sw.Kind, scope: sw.Scope, flags: begun.crawlFlags, total: 8 * s.flags.Slots}
	j.flags.Rulebook = firstOf(j.flags.Rulebook, sw.Rulebook)
	return j, nil
}
