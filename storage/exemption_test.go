package storage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

func TestStandingExemptions(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		all := []govsweep.Exemption{
			{Scope: govsweep.ColumnScope, Target: site.ID, Column: "https://www.a.gov.cn/x/"},
			{Scope: govsweep.SiteScope, Target: site.ID},
			{Scope: govsweep.UnitScope, Unit: "某某局"},
		}
		for i := range all {
			e := &all[i]
			e.Indicator, e.Reason, e.By, e.At, e.Until = "personnel-stale", "本年度无人事变动。", "王某", day(i), "2026-12-31"
			must(t, db.SaveExemption(ctx, e))
		}
		if all[0].ID != "E1" || all[2].ID != "E3" {
			t.Fatalf("ids %s, %s", all[0].ID, all[2].ID)
		}
		must(t, db.RevokeExemption(ctx, "e2", "李某", day(9)))
		must(t, db.RevokeExemption(ctx, "E2", "李某", day(9))) // again: nothing
		all[1].RevokedBy, all[1].RevokedAt = "李某", day(9)
		for name, c := range map[string]struct {
			id, by string
			at     time.Time
			kind   govsweep.ErrorKind
		}{
			"revoked by another already": {"E2", "王某", day(9), govsweep.Conflict},
			"not there":                  {"E9", "王某", day(9), govsweep.NotFound},
			"no id":                      {"N1", "王某", day(9), govsweep.Wrong},
			"by nobody":                  {"E1", "", day(9), govsweep.Wrong},
			"at no time":                 {"E1", "王某", time.Time{}, govsweep.Wrong},
		} {
			if err := db.RevokeExemption(ctx, c.id, c.by, c.at); govsweep.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
		}
		got, err := db.Exemptions(ctx)
		must(t, err)
		if diff := cmp.Diff(all, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWrongExemptionsAreRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		for name, spoil := range map[string]func(*govsweep.Exemption){
			"without a reason":         func(e *govsweep.Exemption) { e.Reason = "" },
			"without an end":           func(e *govsweep.Exemption) { e.Until = "" },
			"until a day that is none": func(e *govsweep.Exemption) { e.Until = "2026-02-30" },
			"by nobody":                func(e *govsweep.Exemption) { e.By = "" },
			"at no time":               func(e *govsweep.Exemption) { e.At = time.Time{} },
			"of no indicator":          func(e *govsweep.Exemption) { e.Indicator = "" },
			"of another scope":         func(e *govsweep.Exemption) { e.Scope = "town" },
			"of a column without it":   func(e *govsweep.Exemption) { e.Scope = govsweep.ColumnScope },
			"of a unit with a site":    func(e *govsweep.Exemption) { e.Scope, e.Unit = govsweep.UnitScope, "某某局" },
			"given twice":              func(e *govsweep.Exemption) { e.ID = "E1" },
		} {
			e := govsweep.Exemption{Scope: govsweep.SiteScope, Target: site.ID, Indicator: "x", Reason: "y", By: "王某", At: noon, Until: "2026-12-31"}
			spoil(&e)
			if err := db.SaveExemption(ctx, &e); govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("%s: %v", name, err)
			}
		}
		if all, err := db.Exemptions(ctx); len(all) != 0 || err != nil {
			t.Errorf("kept: %v %v", all, err)
		}
	})
}
