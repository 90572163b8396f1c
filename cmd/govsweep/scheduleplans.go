package main

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// planned is a schedule that covers a site, and when it looks at it next: not
// before a moment from which the site is to be looked at, and within the hours
// of both. The zero time: while it is paused, or not within two years.
type planned struct {
	of    govsweep.Schedule
	next  time.Time
	fault string // why it cannot run; whether it covers the site may not be known
}

// plansOf lists the schedules that inspect a site, the next one first. look is
// from when the columns of the site are due.
func (a *app) plansOf(db *storage.DB, site *govsweep.Site, look, now time.Time) ([]planned, error) {
	all, err := db.Schedules(a.ctx)
	if err != nil {
		return nil, err
	}
	open, err := a.siteHours(db)
	if err != nil {
		return nil, err
	}
	var out []planned
	for i := range all {
		s := &all[i]
		if fault := a.unreadable(s); fault != nil {
			out = append(out, planned{of: *s, fault: said(fault)})
			continue
		}
		covers, err := a.covers(db, s, site)
		if err != nil {
			return nil, err
		}
		if !covers {
			continue
		}
		after := now
		if s.Kind == govsweep.ColumnsSchedule && look.After(now) {
			after = look.Add(-time.Millisecond) // due at the moment itself counts
		}
		next, err := a.nextTime(s, after)
		if err != nil {
			return nil, err
		}
		if next, err = bothOpen(s, open, site, next); err != nil {
			return nil, err
		}
		out = append(out, planned{of: *s, next: next})
	}
	slices.SortStableFunc(out, func(x, y planned) int {
		if x.next.IsZero() != y.next.IsZero() {
			return map[bool]int{true: 1, false: -1}[x.next.IsZero()]
		}
		return x.next.Compare(y.next)
	})
	return out, nil
}

// unreadable says why a schedule that could inspect a site cannot run; nil
// when it can.
func (a *app) unreadable(s *govsweep.Schedule) error {
	if !inspectsSites(s.Kind) && s.Unread == "" {
		return nil
	}
	_, err := a.nextTime(s, time.Now())
	if err == nil {
		_, err = parseScope(s.Scope)
	}
	return err
}

func inspectsSites(k govsweep.ScheduleKind) bool {
	return k == govsweep.ColumnsSchedule || k == govsweep.FullSchedule || k == govsweep.SampleSchedule
}

func (a *app) siteHours(db *storage.DB) (*schedule.SiteHours, error) {
	kept, err := db.Hours(a.ctx)
	if err != nil {
		return nil, err
	}
	return schedule.NewSiteHours(kept)
}

// covers says whether a schedule inspects a site; a sample may.
func (a *app) covers(db *storage.DB, s *govsweep.Schedule, site *govsweep.Site) (bool, error) {
	if !inspectsSites(s.Kind) {
		return false, nil
	}
	filter, err := parseScope(s.Scope)
	if err != nil {
		return false, err
	}
	known, err := db.Sites(a.ctx, filter)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(register.Running(known), func(x govsweep.Site) bool { return x.ID == site.ID }), nil
}

// bothOpen gives the first moment from t on within the hours of a schedule and
// of a site; the zero time when none comes within two years.
func bothOpen(s *govsweep.Schedule, open *schedule.SiteHours, site *govsweep.Site, t time.Time) (time.Time, error) {
	h, err := schedule.ParseHours(s.Window, s.Blackout)
	if err != nil {
		return time.Time{}, err
	}
	for end := t.AddDate(2, 0, 0); !t.IsZero() && t.Before(end); {
		later := h.Next(t)
		if later.IsZero() {
			return later, nil
		}
		if later = open.Next(site, later); later.Equal(t) {
			return t, nil
		}
		t = later
	}
	return time.Time{}, nil
}
