package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/sweep"
)

// probe makes the visits of the day that are due until the time is up.
func (s *process) probe(ctx context.Context, r *govsweep.ScheduleRun, _ int, until time.Time) (bool, error) {
	end := govsweep.EndOfDay(r.Due)
	if !time.Now().Before(end) {
		return false, nil
	}
	o, err := s.db.Schedule(ctx, r.Schedule)
	if err != nil {
		return false, err
	}
	found, _, err := s.maker.Sites(ctx, o, r.Due)
	if err != nil || len(found) == 0 {
		return false, err
	}
	sites := make([]probe.Site, len(found))
	for i := range found {
		sites[i] = probe.Site{ID: found[i].ID, URL: found[i].URL}
	}
	w, err := s.dayWatch(o)
	if err != nil {
		return false, err
	}
	w.busy.Lock()
	defer w.busy.Unlock()
	h, err := s.app.holdWork(s.db, "probe "+o.Name)
	if err != nil {
		return false, err
	}
	if h == nil {
		return false, fmt.Errorf("series of %s: another process has it: %w", o.Name, govsweep.ErrLeaseLost)
	}
	defer h.let()
	w.Log = h.db
	if until.After(end) {
		until = end
	}
	err = h.run(ctx, func(ctx context.Context) error { return w.Run(ctx, sites, until) })
	return until.Before(end), ended(err)
}

// A dayWatch is the watch of a schedule: it knows the plan of the day from
// one piece to the next.
type dayWatch struct {
	*probe.Watch
	busy sync.Mutex // one run at a time
}

// dayWatch gives the watch of a schedule.
func (s *process) dayWatch(o *govsweep.Schedule) (*dayWatch, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w := s.watches[o.Name]; w != nil && slices.Equal(w.Controls, o.Control) {
		return w, nil
	}
	c := probeRunCmd{Visits: 24, Family: "any", Parallel: 16, Contact: s.flags.Contact, Control: o.Control}
	w, err := c.watch(s.app, s.db)
	if err != nil {
		return nil, err
	}
	s.watches[o.Name] = &dayWatch{Watch: w}
	return s.watches[o.Name], nil
}

// ended takes the end of the context for the end of the work.
func ended(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// accounts reads and judges accounts until the time is up; what is done stays.
// Another process that works on the same sweep is left to it.
func (s *process) accounts(ctx context.Context, r *govsweep.ScheduleRun, _ int, until time.Time) (bool, error) {
	sw, err := s.db.Sweep(ctx, r.Sweep)
	if err != nil || sw.State != govsweep.SweepRunning {
		return false, err
	}
	j, err := s.jobOf(sw)
	if err != nil {
		return false, err
	}
	if j.held, err = s.app.holdSweep(s.db, sw.ID); err != nil {
		return false, others(err)
	}
	defer j.held.let()
	stack, in, err := j.accountSweep()
	if err != nil {
		return false, err
	}
	defer stack.Close()
	if in.Sync, err = s.app.syncer(s.db, sw.AsOf); err != nil {
		return false, err
	}
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	err = j.held.run(ctx, func(ctx context.Context) error { return in.Run(ctx, sw, func(sweep.Result) {}) })
	return ctx.Err() != nil, others(ended(err))
}

// others takes it for no fault that another process has the work: a tick adds
// the piece again.
func others(err error) error {
	if govsweep.KindOf(err) == govsweep.Conflict {
		return nil
	}
	return err
}

// notices does what is due for notices, in order, until the time is up.
func (s *process) notices(ctx context.Context, r *govsweep.ScheduleRun, _ int, until time.Time) (bool, error) {
	a := *s.app
	a.ctx, a.stdout, a.stderr = ctx, io.Discard, io.Discard
	desk, err := a.desk(s.db)
	if err != nil {
		return false, err
	}
	o := &office{s.db, desk}
	c := noticeDueCmd{Out: filepath.Join(a.settings.data, "notices")}
	c.Contact = s.flags.Contact
	ids, err := c.ids(&a, o)
	if err != nil {
		return false, err
	}
	slices.Sort(ids)
	for _, id := range ids {
		switch {
		case id <= r.Cursor:
			continue
		case ctx.Err() != nil || !time.Now().Before(until):
			return true, nil
		}
		if _, err := c.one(&a, o, id); err != nil && ctx.Err() == nil {
			s.app.log.Error("notice not dealt with", "notice", id, "error", err)
			r.Note += "文书" + id + "未能办理：" + said(err)
		}
		if ctx.Err() == nil {
			r.Cursor = id
		}
	}
	return false, nil
}
