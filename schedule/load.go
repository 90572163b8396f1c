package schedule

import (
	"context"
	"errors"
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
	// Ask asks the database the simplest question, from one goroutine at a time.
	Ask func(ctx context.Context) error
	// Here gives why the database is not the one that was opened any more, nil
	// when it is; it is asked every time and must not wait. nil: never asked.
	Here func() error
	Log  *slog.Logger
	Now  func() time.Time
	Free func(dir string) (uint64, bool) // nil: of the system

	mu     sync.Mutex
	asked  time.Time
	held   string
	lost   string     // what Here gave when held was set
	answer chan error // of the question under way; nil: there is none
}

const (
	// askEvery lies between two looks at disk and database.
	askEvery = 5 * time.Second
	// slowDatabase is how long the simplest question may take.
	slowDatabase = 3 * time.Second
)

// Why gives the reason to hold, one Chinese sentence, "" for none, and logs
// when it changes. It waits for slowDatabase at most; when ctx ends before the
// database has answered, what held before holds on.
func (l *Load) Why(ctx context.Context) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	gone := l.gone()
	if now := l.Now(); now.Sub(l.asked) < askEvery && !now.Before(l.asked) && gone == l.lost {
		return l.held
	}
	why, known := gone, true
	if gone == "" {
		why, known = l.look(ctx)
	}
	if !known {
		return l.held
	}
	was := l.held
	l.lost = gone
	l.held, l.asked = why, l.Now()
	switch {
	case l.held != "" && was == "":
		l.Log.WarnContext(ctx, "work held", "reason", l.held)
	case l.held == "" && was != "":
		l.Log.InfoContext(ctx, "work goes on", "reason", was)
	}
	return l.held
}

// gone says that the database is another one, or none any more.
func (l *Load) gone() string {
	if l.Here == nil {
		return ""
	}
	err := l.Here()
	if err == nil {
		return ""
	}
	return "已暂停工作，此后的操作不会保存：" + govsweep.SayOf(err)
}

func (l *Load) look(ctx context.Context) (why string, known bool) {
	free := l.Free
	if free == nil {
		free = DiskFree
	}
	if n, known := free(l.Dir); known && n < l.Least {
		return fmt.Sprintf("数据目录所在磁盘只剩%dMB，少于%dMB，已暂停工作；腾出空间后自动继续。", n>>20, l.Least>>20), true
	}
	began := l.Now()
	err := l.ask(ctx)
	switch took := l.Now().Sub(began); {
	case ctx.Err() != nil:
		return "", false
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("数据库响应缓慢（超过%.0f秒），已暂停工作；恢复后自动继续。", slowDatabase.Seconds()), true
	case err != nil:
		return "数据库不能读取，已暂停工作；恢复后自动继续。", true
	case took > slowDatabase:
		return fmt.Sprintf("数据库响应缓慢（%.0f秒），已暂停工作；恢复后自动继续。", took.Seconds()), true
	}
	return "", true
}

// ask waits for the answer until slowDatabase or the end of ctx. A driver may
// hang for longer: then the question stays under way and no other is begun, so
// that a database that hangs gathers no questions.
func (l *Load) ask(ctx context.Context) error {
	select {
	case <-l.answer: // came after nobody waited any more
		l.answer = nil
	default:
	}
	if l.answer == nil {
		answer := make(chan error, 1)
		l.answer = answer
		go func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), slowDatabase)
			defer cancel()
			answer <- l.Ask(ctx)
		}()
	}
	wait, stop := context.WithTimeout(ctx, slowDatabase)
	defer stop()
	select {
	case err := <-l.answer:
		l.answer = nil
		return err
	case <-wait.Done():
		return wait.Err()
	}
}
