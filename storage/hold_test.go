package storage_test

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestANameIsHeldByOneProgramAtATime(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, one, two := t.Context(), open(t, dsn), open(t, dsn)
		if !one.Holds() {
			if _, err := one.Hold(ctx, "监测"); err == nil {
				t.Error("SQLite says that it holds a name")
			}
			return
		}
		h, err := one.Hold(ctx, "监测")
		must(t, err)
		if _, err := two.Hold(ctx, "监测"); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("held twice: %v", err)
		}
		other, err := two.Hold(ctx, "另一监测点")
		must(t, err)
		must(t, h.Still(ctx))
		h.Release()
		h.Release()
		again, err := two.Hold(ctx, "监测")
		must(t, err)
		if _, err := one.Hold(ctx, "另一监测点"); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("held twice: %v", err)
		}
		again.Release()
		other.Release()
	})
}
