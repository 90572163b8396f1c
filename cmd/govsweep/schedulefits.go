package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// warnEmpty says which schedules and hours fit nothing that is registered now.
func (a *app) warnEmpty(db *storage.DB, schedules []govsweep.Schedule, hours []govsweep.SiteHours) error {
	for i := range schedules {
		if err := a.warnScope(db, "计划“"+schedules[i].Name+"”", schedules[i].Scope, schedules[i].Kind == govsweep.AccountsSchedule); err != nil {
			return err
		}
	}
	for _, h := range hours {
		if h.Scope == "" {
			continue
		}
		if err := a.warnScope(db, "采集时段", []string{h.Scope}, false); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) warnScope(db *storage.DB, of string, scope []string, accounts bool) error {
	if len(scope) == 0 {
		return nil
	}
	thing, count := "网站", countSites
	if accounts {
		thing, count = "账号", countAccounts
	}
	n, err := count(a.ctx, db, scope)
	if err == nil && n == 0 {
		_, err = fmt.Fprintf(a.stderr, "注意：%s的范围“%s”目前没有%s符合，请核对写法；已照此登记。\n", reports.Clean(of), reports.Clean(strings.Join(scope, " ")), thing)
	}
	return err
}

func countSites(ctx context.Context, db *storage.DB, scope []string) (int, error) {
	all, err := frameOf{db}.SitesIn(ctx, scope)
	return len(all), err
}

func countAccounts(ctx context.Context, db *storage.DB, scope []string) (int, error) {
	_, words := register.OfAccounts(scope)
	all, err := frameOf{db}.AccountsIn(ctx, words)
	return len(all), err
}
