package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

func TestEveryVersionOfAPlanStaysReadable(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		plan := &govsweep.Plan{Title: "2026年政务公开工作要点", Year: 2026, Source: "要点.docx", Imported: noon,
			Tasks: []govsweep.Task{{ID: "1.1-1", Text: "加强信息发布。", Bodies: []string{"某某局"}, State: govsweep.TaskOpen}}}
		must(t, db.SavePlan(ctx, plan, 0))
		first := *plan
		if plan.ID != "P1" || plan.Version != 1 {
			t.Fatalf("kept as %s, version %d", plan.ID, plan.Version)
		}
		must(t, db.SavePlan(ctx, plan, 0)) // the same again
		plan.Tasks = []govsweep.Task{{ID: "1.1-1", Text: "加强信息发布。", Bodies: []string{"某某局"}, State: govsweep.TaskDone, Proof: "已发布"}}
		must(t, db.SavePlan(ctx, plan, 1))
		must(t, db.SavePlan(ctx, plan, 1)) // the same again
		late := first
		late.Title = "另一标题"
		for name, version := range map[string]int{"behind": 1, "ahead": 5, "as new": 0} {
			if err := db.SavePlan(ctx, &late, version); govsweep.KindOf(err) != govsweep.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		other := &govsweep.Plan{Title: "2025年政务公开工作要点"}
		must(t, db.SavePlan(ctx, other, 0))
		got, err := db.Plan(ctx, "p1")
		must(t, err)
		if diff := cmp.Diff(plan, got); diff != "" || plan.Version != 2 {
			t.Errorf("version %d: %s", plan.Version, diff)
		}
		got, err = db.PlanVersion(ctx, "P1", 1)
		must(t, err)
		if diff := cmp.Diff(&first, got); diff != "" {
			t.Errorf("the first version: %s", diff)
		}
		all, err := db.Plans(ctx)
		must(t, err)
		if diff := cmp.Diff([]govsweep.Plan{*plan, *other}, all); diff != "" {
			t.Error(diff)
		}
		for name, err := range map[string]error{"no plan": second(db.Plan(ctx, "P9")), "no version": second(db.PlanVersion(ctx, "P1", 9)),
			"a plan nobody gave a number": db.SavePlan(ctx, &govsweep.Plan{ID: "P9"}, 0), "a version of it": db.SavePlan(ctx, &govsweep.Plan{ID: "P9"}, 3)} {
			if govsweep.KindOf(err) != govsweep.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, err := range map[string]error{"no id": second(db.Plan(ctx, "7")), "a new plan of version 3": db.SavePlan(ctx, &govsweep.Plan{}, 3)} {
			if govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
