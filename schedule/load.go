package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// Load says when this process must not work: the disk is near full, or the
// database does not keep up. What waits is done later, never dropped. Its
// fields are set once.
type Load struct {
	Dir   string
	Least uint64 // free bytes
	// Ask asks the database the simplest question.
	Ask  func(ctx context.Context) error
	Log  *slog.Logger
	Now  func() time.Time
	Free func(dir string) (uint64, bool) // nil: of the system

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

// Why gives the reason to hold, one Chinese sentence, "" for none, and logs
// when it changes.
func (l *Load) Why(ctx context.Context) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.Now(); now.Sub(l.asked) < askEvery && !now.Before(l.asked) {
		return l.held
	}
	was := l.held
	l.held = l.look(ctx)
	l.asked = l.Now()
	switch {
	case l.held != "" && was == "":
		l.Log.WarnContext(ctx, "work held", "reason", l.held)
	case l.held == "" && was != "":
		l.Log.InfoContext(ctx, "work goes on", "reason", was)
	}
	return l.held
}

func (l *Load) look(ctx context.Context) string {
	free := l.Free
	if free == nil {
		free = DiskFree
	}
	if n, known := free(l.Dir); known && n < l.Least {
		return fmt.Sprintf("数据目录所在磁盘只剩%dMB，少于%dMB，已暂停工作；腾出空间后自动继续。", n>>20, l.Least>>20)
	}
	began := l.Now()
	err := l.Ask(ctx)
	switch took := l.Now().Sub(began); {
	case err != nil && ctx.Err() == nil && govsweep.KindOf(err) != "":
		return "数据库不能读取，已暂停工作；恢复后自动继续。"
	case took > slowDatabase:
		return fmt.Sprintf("数据库响应缓慢（%.0f秒），已暂停工作；恢复后自动继续。", took.Seconds())
	}
	return ""
}
