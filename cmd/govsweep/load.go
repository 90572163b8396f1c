package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// load says when this process must not work: the disk is near full, or the
// database does not keep up. What waits is done later, never dropped.
type load struct {
	dir   string
	least uint64 // free bytes
	db    *storage.DB
	log   *slog.Logger
	now   func() time.Time
	free  func(dir string) (uint64, bool) // nil: of the system

	mu    sync.Mutex
	asked time.Time
	held  string
}

const (
	// askEvery lies between two looks at disk and database.
	askEvery = 5 * time.Second
	// slowDatabase is how long the simplest question may take.
	slowDatabase = 3 * time.Second
)

// why gives the reason to hold, "" for none, and logs when it changes.
func (l *load) why(ctx context.Context) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.now(); now.Sub(l.asked) < askEvery && !now.Before(l.asked) {
		return l.held
	}
	was := l.held
	l.held = l.look(ctx)
	l.asked = l.now()
	switch {
	case l.held != "" && was == "":
		l.log.WarnContext(ctx, "work held", "reason", l.held)
	case l.held == "" && was != "":
		l.log.InfoContext(ctx, "work goes on", "reason", was)
	}
	return l.held
}

func (l *load) look(ctx context.Context) string {
	free := l.free
	if free == nil {
		free = diskFree
	}
	if n, known := free(l.dir); known && n < l.least {
		return fmt.Sprintf("数据目录所在磁盘只剩%dMB，少于%dMB，已暂停工作；腾出空间后自动继续。", n>>20, l.least>>20)
	}
	began := l.now()
	_, err := l.db.Beats(ctx)
	switch took := l.now().Sub(began); {
	case err != nil && ctx.Err() == nil && govsweep.KindOf(err) != "":
		return "数据库不能读取，已暂停工作；恢复后自动继续。"
	case took > slowDatabase:
		return fmt.Sprintf("数据库响应缓慢（%.0f秒），已暂停工作；恢复后自动继续。", took.Seconds())
	}
	return ""
}
