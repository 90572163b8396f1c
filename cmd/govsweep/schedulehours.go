package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// warnHours says which sites a run begun by hand asks outside the hours that
// are registered for them. Only schedules wait for those: a person who begins
// a run now means now.
func (a *app) warnHours(db *storage.DB, targets []govsweep.Target) error {
	hours, err := db.Hours(a.ctx)
	if err != nil || len(hours) == 0 {
		return err
	}
	open, err := a.siteHours(db)
	if err != nil {
		return err
	}
	sites, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	asked := map[govsweep.TargetID]bool{}
	for i := range targets {
		asked[targets[i].ID] = true
	}
	n, first, now := 0, "", time.Now()
	for i := range sites {
		opens := open.Next(&sites[i], now)
		if !asked[sites[i].ID] || !opens.After(now) {
			continue
		}
		if n++; n == 1 {
			first = "如“" + reports.Clean(sites[i].Name) + "”，" + opensSay(opens, now)
		}
	}
	if n > 0 {
		fmt.Fprintf(a.stderr, "注意：%d个网站现在不在登记的采集时段内（%s）。由人启动的检查不等待采集时段，立即进行；只在时段内采集的，请加 --window，或者交由计划检查。\n", n, first)
	}
	return nil
}

// setHours keeps hours of a scope. What the person did not name stays as it
// was, and is said.
func (a *app) setHours(db *storage.DB, h *govsweep.SiteHours) error {
	all, err := db.Hours(a.ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x govsweep.SiteHours) bool { return x.Scope == h.Scope })
	if i >= 0 {
		a.keepHours(h, &all[i])
	}
	if err := db.SaveHours(a.ctx, []govsweep.SiteHours{*h}); err != nil {
		return err
	}
	return a.warnEmpty(db, nil, []govsweep.SiteHours{*h})
}

func (a *app) keepHours(h, before *govsweep.SiteHours) {
	if h.Window == "" && before.Window != "" {
		h.Window = before.Window
		fmt.Fprintf(a.stderr, "采集时段%s保持不变；不再需要的，先用 --remove 删除该范围，再重新登记。\n", h.Window)
	}
	if len(h.Blackout) == 0 && len(before.Blackout) > 0 {
		h.Blackout = before.Blackout
		fmt.Fprintln(a.stderr, "已登记的停用日保持不变；不再需要的，先用 --remove 删除该范围，再重新登记。")
	}
	if h.Why == "" {
		h.Why = before.Why
	}
}

// opensSay says when a site may be asked; hours are looked at two days ahead.
func opensSay(opens, now time.Time) string {
	if opens.Sub(now) >= 48*time.Hour {
		return "两日内都不在时段内"
	}
	return govsweep.ChineseMinute(opens) + "起可以采集"
}
