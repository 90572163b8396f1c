package casework

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

// AnnexStore is what a statistical annex is gathered from.
type AnnexStore interface {
	Inspected
	Registered
	Columns
	Published
}

// Columns keeps what inspections said of columns.
type Columns interface {
	ColumnVerdicts(ctx context.Context, of govsweep.Run) ([]govsweep.ColumnVerdict, error)
}

// Published keeps what accounts published and how their sources were; both
// since a time, the zero time for all.
type Published interface {
	Readings(ctx context.Context, account govsweep.TargetID, since time.Time) ([]govsweep.Reading, error)
	Posts(ctx context.Context, account govsweep.TargetID, since time.Time) ([]govsweep.Post, error)
}

// Annex gathers what the statistical annex of a unit or region is made of.
type Annex struct {
	Store        AnnexStore
	Judge        func(ctx context.Context, rulebook string) (Judge, error)
	Unit, Region string // "" = all
	AsOf         time.Time
}

// Fill asks storage for sites and accounts, where in names the months. The
// figures of accounts that in has stay as they are.
func (g *Annex) Fill(ctx context.Context, in *reports.AnnexInput) error {
	var err error
	if in.Sites, err = g.sites(ctx); err != nil {
		return err
	}
	return g.accounts(ctx, in)
}

// sites gives the sites of the unit or region with all their inspections.
func (g *Annex) sites(ctx context.Context) ([]reports.AnnexSite, error) {
	registered, err := g.Store.SitesOf(ctx, g.Region)
	if err != nil {
		return nil, err
	}
	sweeps, err := g.Store.Sweeps(ctx)
	if err != nil {
		return nil, err
	}
	var out []reports.AnnexSite
	for _, site := range govsweep.RegisteredSites(registered) {
		if g.Unit != "" && g.Unit != site.Host || register.Twin(site, registered) {
			continue
		}
		inspections, err := inspectionsOf(ctx, g.Store, sweeps, site.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, reports.AnnexSite{Site: site, Inspections: inspections})
	}
	return out, nil
}

// inspectionsOf gives what every full inspection of a site saw of its columns.
func inspectionsOf(ctx context.Context, store Columns, sweeps []govsweep.Sweep, site govsweep.TargetID) ([]reports.AnnexInspection, error) {
	var out []reports.AnnexInspection
	for _, s := range sweeps {
		if s.Kind == govsweep.RetestSweep {
			continue
		}
		columns, err := store.ColumnVerdicts(ctx, govsweep.Run{Sweep: s.ID, Target: site})
		if govsweep.KindOf(err) == govsweep.NotFound {
			continue // the sweep did not look at this site
		}
		if err != nil {
			return nil, err
		}
		if len(columns) > 0 {
			out = append(out, reports.AnnexInspection{Sweep: s.ID, AsOf: s.AsOf, Columns: columns})
		}
	}
	return out, nil
}
