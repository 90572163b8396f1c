package main

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// six shows what is kept of sites over IPv6: one line a site, or the eight
// measurements of one.
func (c *probeShowCmd) six(a *app, db *storage.DB) error {
	to := a.asOf().Add(time.Second)
	from := to.AddDate(0, 0, -c.Days)
	if c.Site != "" {
		known, err := db.Sites(a.ctx, storage.SiteFilter{})
		if err != nil {
			return err
		}
		s, ok := findSite(known, c.Site)
		if !ok {
			return &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有“" + c.Site + "”"}
		}
		r, err := db.IPv6Report(a.ctx, s.ID, from, to)
		if err != nil || r == nil {
			if err == nil {
				err = &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("“%s”最近%d日没有IPv6测量记录，请先运行 govsweep probe ipv6 %s", s.Name, c.Days, c.Site)}
			}
			return err
		}
		if err := a.ipv6Lines(db, []govsweep.TargetID{s.ID}); err != nil || a.format() != "table" {
			return err
		}
		return reports.IPv6Differences(a.stdout, r)
	}
	ids, err := db.IPv6Targets(a.ctx, from, to)
	if err != nil {
		return err
	}
	var list []reports.IPv6SiteLine
	for _, id := range ids {
		r, err := db.IPv6Report(a.ctx, id, from, to)
		if err != nil {
			return err
		}
		visits, err := db.Probed(a.ctx, id, from, to)
		if err != nil {
			return err
		}
		f := facts.NewIPv6(r, visits, nil)
		count := f.Success(from)
		list = append(list, reports.IPv6SiteLine{Target: a.nameOf(db, id), Report: r.Shown(), Visits: count.Visits, Opened: count.Opened})
	}
	if len(list) == 0 {
		fmt.Fprintf(a.stderr, "最近%d日没有IPv6测量记录，请先运行 govsweep probe ipv6\n", c.Days)
	}
	return a.grid(reports.IPv6SiteGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) })
}
