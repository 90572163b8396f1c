package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

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
