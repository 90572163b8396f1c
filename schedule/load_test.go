package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

// Work stops while the disk is near full or the database does not answer, says
// so, and goes on by itself.
func TestWorkIsHeldWhileTheDiskIsNearFull(t *testing.T) {
	now, free, gone, took := time.Now(), uint64(100<<20), error(nil), time.Duration(0)
	l := &schedule.Load{Least: 1 << 30, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, Free: func(string) (uint64, bool) { return free, true },
		Ask: func(context.Context) error { now = now.Add(took); return gone }}
	if why := l.Why(t.Context()); !strings.Contains(why, "只剩100MB，少于1024MB") {
		t.Error(why)
	}
	free = 2 << 30
	if why := l.Why(t.Context()); why == "" {
		t.Error("asked anew at once")
	}
	now = now.Add(time.Minute)
	if why := l.Why(t.Context()); why != "" {
		t.Error(why)
	}
	now, gone = now.Add(time.Minute), errors.New("closed")
	if why := l.Why(t.Context()); !strings.Contains(why, "数据库不能读取") {
		t.Error(why)
	}
	now, gone, took = now.Add(time.Minute), nil, 4*time.Second
	if why := l.Why(t.Context()); !strings.Contains(why, "数据库响应缓慢（4秒）") {
		t.Error(why)
	}
}

func TestTheDiskOfAFolderHasRoom(t *testing.T) {
	if n, known := schedule.DiskFree(t.TempDir()); known && n == 0 {
		t.Error("no room where this test has just made a folder")
	}
	if _, known := schedule.DiskFree("/nowhere/at/all"); known {
		t.Error("the room of a folder that is not there is known")
	}
}

// One who hangs up while the database is asked says nothing about it.
func TestAHoldStandsWhenTheOneWhoAskedHangsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		var skipped time.Duration
		l := &schedule.Load{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return time.Now().Add(skipped) }, Free: func(string) (uint64, bool) { return 0, false },
			Ask: func(ctx context.Context) error {
				if asked.Add(1) == 2 {
					<-ctx.Done()
				}
				return errors.New("closed")
			}}
		held := l.Why(t.Context())
		skipped += time.Minute
		ctx, hangUp := context.WithTimeout(t.Context(), time.Second)
		defer hangUp()
		if why := l.Why(ctx); why != held || why == "" {
			t.Errorf("%q became %q", held, why)
		}
		began := time.Now()
		if why := l.Why(t.Context()); why != held || time.Since(began) == 0 {
			t.Errorf("the next one was told %q without asking", why)
		}
	})
}

// A database that never answers holds work, and those who ask for seconds only.
func TestADatabaseThatHangsHoldsWorkButNobodyWhoAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		var skipped time.Duration
		answer := make(chan struct{})
		l := &schedule.Load{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return time.Now().Add(skipped) }, Free: func(string) (uint64, bool) { return 0, false },
			Ask: func(context.Context) error { asked.Add(1); <-answer; return nil }}
		for range 3 {
			began := time.Now()
			if why := l.Why(t.Context()); !strings.Contains(why, "数据库响应缓慢（超过3秒）") || time.Since(began) > 3*time.Second {
				t.Errorf("%q after %s", why, time.Since(began))
			}
			skipped += time.Minute
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d times while the first answer was out", asked.Load())
		}
		close(answer)
		synctest.Wait()
		if why := l.Why(t.Context()); why != "" || asked.Load() != 2 {
			t.Errorf("%q after %d questions", why, asked.Load())
		}
	})
}

// A database that was moved away goes on to answer: who asks it alone would
// work into nothing.
func TestWorkIsHeldAtOnceWhileTheDatabaseIsNotTheOneThatWasOpened(t *testing.T) {
	t.Parallel()
	now, here := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), error(nil)
	l := &schedule.Load{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, Free: func(string) (uint64, bool) { return 0, false },
		Ask: func(context.Context) error { return nil }, Here: func() error { return here }}
	if why := l.Why(t.Context()); why != "" {
		t.Error(why)
	}
	here = &govsweep.Error{Kind: govsweep.Unavailable, Say: "数据库文件不见了。"}
	if why := l.Why(t.Context()); !strings.Contains(why, "已暂停工作") || !strings.Contains(why, "数据库文件不见了") { // no second later
		t.Error(why)
	}
	here = nil
	if why := l.Why(t.Context()); why != "" {
		t.Error(why)
	}
}
