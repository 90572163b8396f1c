package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/govsweep/govsweep"
)

type overviewPage struct {
	common
	Schedules []Schedule
	Running   []progress
	Failed    []govsweep.Control // of sweeps under way
	Alarms    []govsweep.Alarm
}

// progress is how far a sweep has come.
type progress struct {
	govsweep.Sweep
	Done, Failed, Waiting, Total int
	Leases                       []govsweep.Lease
}

// Percent is the share that has ended.
func (p progress) Percent() int { return 100 * (p.Done + p.Failed) / max(p.Total, 1) }

// Runs says whether the sweep is under way.
func (p progress) Runs() bool { return p.State == govsweep.SweepRunning }

// Busy gives the targets that are being read, then those that wait for their
// hours, as many as a page shows.
func (p progress) Busy() []govsweep.Lease {
	all := slices.Clone(p.Leases)
	slices.SortStableFunc(all, func(a, b govsweep.Lease) int {
		switch {
		case a.Waits() == b.Waits():
			return 0
		case a.Waits():
			return 1
		}
		return -1
	})
	return all[:min(len(all), pageRows)]
}

// Parked counts the targets that wait for their hours.
func (p progress) Parked() int {
	n := 0
	for _, l := range p.Leases {
		if l.Waits() {
			n++
		}
	}
	return n
}

// Read counts the targets that are being read.
func (p progress) Read() int { return len(p.Leases) - p.Parked() }

// mostRunning bounds how many sweeps are looked into.
const mostRunning = 20

func (s *Server) overview(w http.ResponseWriter, r *http.Request) error {
	if userOf(r).Role == govsweep.OwnerRole {
		http.Redirect(w, r, "/sites", http.StatusSeeOther)
		return nil
	}
	c, all, err := s.commonOf(r, "运行总览", "overview")
	if err != nil {
		return err
	}
	page := overviewPage{common: c, Schedules: all}
	if page.Alarms, err = s.Operations.Alarms(r.Context()); err != nil {
		return err
	}
	sweeps, err := s.Results.Sweeps(r.Context())
	if err != nil {
		return err
	}
	for i := range sweeps {
		if sweeps[i].State != govsweep.SweepRunning || len(page.Running) == mostRunning {
			continue
		}
		p, controls, err := s.progressOf(r.Context(), &sweeps[i])
		if err != nil {
			return err
		}
		page.Running = append(page.Running, p)
		for _, one := range controls {
			if !one.OK {
				page.Failed = append(page.Failed, one)
			}
		}
	}
	return s.pages.write(w, http.StatusOK, "overview", page)
}

func (s *Server) progressOf(ctx context.Context, sw *govsweep.Sweep) (progress, []govsweep.Control, error) {
	p := progress{Sweep: *sw}
	counts, err := s.Results.SweepCounts(ctx, sw.ID)
	if err != nil {
		return p, nil, err
	}
	for state, n := range counts {
		p.Total += n
		switch state {
		case govsweep.SweepDone:
			p.Done = n
		case govsweep.SweepFailed:
			p.Failed = n
		default:
			p.Waiting += n
		}
	}
	if p.Leases, err = s.Results.Leases(ctx, sw.ID, s.Now()); err != nil {
		return p, nil, err
	}
	h, err := s.Results.SweepHealth(ctx, sw.ID)
	if err != nil {
		return p, nil, err
	}
	return p, h.Controls, nil
}
