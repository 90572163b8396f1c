package storage_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
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

// A statement that fails says nothing of the connection: it may hold the name
// yet, and would lend it to whoever gets it next.
func TestANameIsHeldOnceWhenOnlyAStatementFailed(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, one, two := t.Context(), open(t, dsn), open(t, dsn)
		if !one.Holds() {
			return
		}
		h, err := one.HoldWhile(ctx, "检查", time.Minute)
		must(t, err)
		if _, err := h.Conn().ExecContext(ctx, `BEGIN; SELECT 1 / 0`); err == nil {
			t.Fatal("it did not fail")
		}
		must(t, h.Still(ctx))
		must(t, h.Still(ctx))
		if _, err := two.Hold(ctx, "检查"); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("held twice: %v", err)
		}
		h.Release()
		again, err := two.Hold(ctx, "检查")
		must(t, err)
		again.Release()
	})
}

// A connection that held a name is not lent to others, whose statements the
// server would end with it.
func TestAConnectionThatHeldANameIsGivenUp(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, one, two := t.Context(), open(t, dsn), open(t, dsn)
		if !one.Holds() {
			return
		}
		w, _ := one.Lend()
		w.SetMaxOpenConns(1)
		for _, release := range []bool{true, false} { // else it is refused, for another has it
			other, err := two.Hold(ctx, "别人的")
			must(t, err)
			name := map[bool]string{true: "我的", false: "别人的"}[release]
			h, err := one.HoldWhile(ctx, name, time.Minute)
			if release {
				must(t, err)
				h.Release()
			} else if govsweep.KindOf(err) != govsweep.Conflict {
				t.Error(err)
			}
			var idle string
			must(t, w.QueryRowContext(ctx, `SELECT current_setting('idle_session_timeout')`).Scan(&idle))
			if idle != "0" {
				t.Errorf("idle_session_timeout is %s", idle)
			}
			other.Release()
		}
	})
}

// A program that is stopped says nothing to the server, whose machine keeps
// its connection open all the same.
func TestANameIsLostByAProgramThatDoesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, one, two := t.Context(), open(t, dsn), open(t, dsn)
		if !one.Holds() {
			return
		}
		stopped, err := one.HoldWhile(ctx, "检查", 200*time.Millisecond)
		must(t, err)
		var other *storage.Hold
		for until := time.Now().Add(30 * time.Second); other == nil; {
			if other, err = two.HoldWhile(ctx, "检查", time.Minute); err != nil && (govsweep.KindOf(err) != govsweep.Conflict || time.Now().After(until)) {
				t.Fatal(err)
			}
		}
		if err := stopped.Still(ctx); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("when it wakes up: %v", err)
		}
		must(t, other.Still(ctx))
		other.Release()
		back, err := one.HoldWhile(ctx, "检查", time.Minute)
		must(t, err)
		back.Release()
	})
}
