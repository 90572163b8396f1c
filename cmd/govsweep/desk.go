package main

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
)

// What the desk needs of storage is stated there and held here.
var (
	_ casework.Store           = (*storage.DB)(nil)
	_ casework.CircularStore   = papersOf{}
	_ casework.AnnexStore      = papersOf{}
	_ casework.StatisticsStore = papersOf{}
	_ casework.LookBackStore   = papersOf{}
)

// papersOf gives what papers are gathered from, without the filters of storage.
type papersOf struct{ *storage.DB }

// SitesOf lists the sites of a region; "" for all.
func (p papersOf) SitesOf(ctx context.Context, region string) ([]govsweep.Site, error) {
	return p.Sites(ctx, storage.SiteFilter{Region: region})
}

// AccountsOf lists the accounts of a region and a unit; "" for all.
func (p papersOf) AccountsOf(ctx context.Context, region, host string) ([]govsweep.Account, error) {
	return p.Accounts(ctx, storage.AccountFilter{Region: region, Host: host})
}

// NoticesOf lists the notices of a year, or with year 0 of a sweep.
func (p papersOf) NoticesOf(ctx context.Context, year int, sweep int64) ([]govsweep.Notice, error) {
	return p.Notices(ctx, storage.NoticeFilter{Year: year, Sweep: sweep})
}

// Answers lists what inspections of a target answered since a time.
func (p papersOf) Answers(ctx context.Context, target govsweep.TargetID, since time.Time) ([]casework.Answered, error) {
	rows, err := p.DB.Answers(ctx, target, since)
	out := make([]casework.Answered, len(rows))
	for i := range rows {
		out[i] = casework.Answered(rows[i])
	}
	return out, err
}

// desk is the inspector's desk over a database, with the bureau's calendar.
func (a *app) desk(db *storage.DB) (*casework.Desk, error) {
	cal, err := a.calendar()
	return &casework.Desk{Store: db, Calendar: cal, Now: time.Now}, err
}

// calendar is the table of days off: the bureau's file over the one that
// comes with the program.
func (a *app) calendar() (*workday.Calendar, error) {
	name := a.settings.file.Holidays
	if name == "" {
		return workday.Default(), nil
	}
	f, err := namedfile.Open("节假日表", name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return workday.Load(f)
}
