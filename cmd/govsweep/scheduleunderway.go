package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// tellUnderWay says of every sweep under way that has still to do with a site
// where the site stands in it, and whether there is one.
func (a *app) tellUnderWay(out io.Writer, db *storage.DB, site *govsweep.Site) (bool, error) {
	sweeps, err := db.Sweeps(a.ctx)
	if err != nil {
		return false, err
	}
	sweeps = slices.DeleteFunc(sweeps, func(s govsweep.Sweep) bool {
		return s.State != govsweep.SweepRunning || s.Kind == govsweep.AccountSweep
	})
	found := false
	for i := range sweeps {
		say, err := a.standing(db, sweeps[i].ID, site.ID)
		if err != nil {
			return false, err
		}
		if say == "" {
			continue
		}
		found = true
		if _, err := fmt.Fprintf(out, "第%d次检查正在进行，“%s”%s。\n", sweeps[i].ID, reports.Clean(site.Name), say); err != nil {
			return false, err
		}
	}
	return found, a.tellCutShort(db, sweeps)
}

// standing says where a site stands in a sweep under way; "" when it is not in
// it, or has ended there.
func (a *app) standing(db *storage.DB, sweep int64, site govsweep.TargetID) (string, error) {
	t, err := db.SweepTarget(a.ctx, govsweep.Run{Sweep: sweep, Target: site})
	if govsweep.KindOf(err) == govsweep.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	leases, err := db.Leases(a.ctx, sweep, time.Time{})
	i := slices.IndexFunc(leases, func(l govsweep.Lease) bool { return l.Target.ID == site })
	switch {
	case err != nil:
		return "", err
	case t.State != govsweep.SweepRunning && t.State != govsweep.SweepWaiting:
		return "", nil
	case i >= 0 && leases[i].Waits():
		return "等待采集时段，至" + govsweep.ChineseMinute(leases[i].Opens()), nil
	case i >= 0:
		return "正在读取", nil
	case t.Began.IsZero():
		return "尚未轮到，正在等待", nil
	}
	return "已读取一部分，等待继续", nil
}
