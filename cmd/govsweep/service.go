package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/register"
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
	looks  time.Duration // between two looks at the version of the database

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
	s := &process{app: a, db: db, flags: f, now: time.Now, looks: versionEvery, tools: map[string]*tools{}, watches: map[string]*dayWatch{}}
	if f.PlatformRate != nil {
		a.turns.Platform = between(*f.PlatformRate)
	}
	s.load = &schedule.Load{Dir: a.settings.data, Least: uint64(f.MinFree) << 20, Log: a.log, Now: time.Now,
		Ask: func(ctx context.Context) error { _, err := db.Beats(ctx); return err }}
	s.engine = &schedule.Engine{Store: db, Slots: f.Slots, Hold: s.load.Why,
		Planner: &schedule.Planner{Store: db, Make: s.make, Days: days, Now: time.Now, Log: a.log, Hold: s.load.Why},
		Workers: map[govsweep.ScheduleKind]schedule.Worker{
			govsweep.FullSchedule: s.slice, govsweep.SampleSchedule: s.slice, govsweep.ColumnsSchedule: s.slice,
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
}

// make turns a due order into its sweep.
func (s *process) make(ctx context.Context, o *govsweep.Schedule, due time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
	switch o.Kind {
	case govsweep.AvailabilitySchedule, govsweep.NoticesSchedule:
		return nil, nil, "", nil
	case govsweep.AccountsSchedule:
		return s.makeAccounts(ctx, o)
	}
	sites, why, err := s.sitesOf(ctx, o, due)
	if err != nil || why != "" {
		return nil, nil, why, err
	}
	k := kept{crawlFlags: crawlFlags{MaxPages: o.MaxPages, Contact: s.flags.Contact, Control: o.Control, FailOn: "none"},
		AllowNet: s.app.settings.allowNet, Resolver: s.app.settings.resolver}
	scope := firstOf(strings.Join(o.Scope, " "), "全部在册网站")
	switch o.Kind {
	case govsweep.SampleSchedule:
		if sites, k.Draw, err = drawSample(sites, o, due); err != nil {
			return nil, nil, "", err
		}
		scope += fmt.Sprintf(" 抽样%s%%（%s） 种子%s", k.Draw.Percent, k.Draw.Taken(), k.Draw.Seed)
	case govsweep.ColumnsSchedule:
		k.MaxAttachments, k.MaxImages, k.MaxProbes = -1, -1, -1
	}
	platform := map[govsweep.TargetID]string{}
	targets := make([]govsweep.Target, len(sites))
	for i := range sites {
		targets[i] = sites[i].Target()
		platform[sites[i].ID] = sites[i].Platform
	}
	targets = schedule.Order(targets, func(t govsweep.Target) string { return platform[t.ID] }, due)
	sw, err := s.sweepOf("sweep", fmt.Sprintf("%s（计划“%s”）", scope, o.Name), k)
	return sw, targets, "", err
}

func (s *process) sweepOf(kind, scope string, options kept) (*govsweep.Sweep, error) {
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

// sitesOf gives the sites of an order; why says that there are none.
func (s *process) sitesOf(ctx context.Context, o *govsweep.Schedule, due time.Time) (sites []govsweep.Site, why string, err error) {
	filter, err := parseScope(o.Scope)
	if err != nil {
		return nil, "", err
	}
	known, err := s.db.Sites(ctx, filter)
	if err != nil {
		return nil, "", err
	}
	sites = register.Running(known)
	if len(sites) == 0 {
		return nil, "该范围内没有在册的正常运行网站。", nil
	}
	if o.Kind != govsweep.ColumnsSchedule {
		return sites, "", nil
	}
	rest, err := s.db.NotDue(ctx, due)
	if err != nil {
		return nil, "", err
	}
	sites = slices.DeleteFunc(sites, func(x govsweep.Site) bool { return rest[x.ID] })
	if len(sites) == 0 {
		return nil, "没有网站的栏目到了查看日期。", nil
	}
	return sites, "", nil
}

// drawSample draws the sample of an order; its seed is the order and the day, so
// that anyone can draw it again.
func drawSample(sites []govsweep.Site, o *govsweep.Schedule, due time.Time) ([]govsweep.Site, *sampling.Draw, error) {
	members := make([]sampling.Member, len(sites))
	for i, x := range sites {
		members[i] = sampling.Member{ID: string(x.ID), Level: x.Level, Platform: x.Platform}
	}
	d, err := sampling.Sample(members, o.Sample, o.Name+" "+govsweep.DateOf(due))
	if err != nil {
		return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: err.Error()}
	}
	drawn := map[string]bool{}
	for _, id := range d.IDs {
		drawn[id] = true
	}
	return slices.DeleteFunc(sites, func(x govsweep.Site) bool { return !drawn[string(x.ID)] }), d, nil
}

func (s *process) makeAccounts(ctx context.Context, o *govsweep.Schedule) (*govsweep.Sweep, []govsweep.Target, string, error) {
	_, words := ofAccounts(o.Scope)
	f, err := accountScope(words)
	if err != nil {
		return nil, nil, "", err
	}
	all, err := s.db.Accounts(ctx, f)
	if err != nil {
		return nil, nil, "", err
	}
	if len(all) == 0 {
		return nil, nil, "该范围内没有在册的账号。", nil
	}
	targets := make([]govsweep.Target, len(all))
	for i := range all {
		targets[i] = all[i].Target()
	}
	sw, err := s.sweepOf(govsweep.AccountSweep, fmt.Sprintf("%s（计划“%s”）", strings.Join(append([]string{"kind=account"}, words...), " "), o.Name),
		kept{crawlFlags: crawlFlags{Contact: s.flags.Contact, FailOn: "none"}, AllowNet: s.app.settings.allowNet, Resolver: s.app.settings.resolver,
			accountOptions: accountOptions{RSSHub: s.app.settings.file.RSSHub}})
	return sw, targets, "", err
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
