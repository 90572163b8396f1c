package main

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// A loneTurns gives turns from memory while this process is the only one that
// asks for any on a SQLite file, which saves a transaction a request. The
// first process that asks holds the lock of one file, every other one shares
// that of a second: while anybody does, all turns come from the database.
type loneTurns struct {
	db            *storage.DB
	first, others string // the two files

	mu    sync.Mutex
	held  *os.File                    // nil: none is held yet
	lone  bool                        // we are the first
	moved bool                        // what memory promised stands in the database
	lines map[string]storage.TurnLine // also of turns from the database: they count when we are alone again
}

// turnStore is where the turns of this process come from.
func (a *app) turnStore(db *storage.DB) schedule.TurnStore {
	path := a.lockFile("turns")
	if path == "" {
		return db
	}
	return &loneTurns{db: db, first: path, others: a.lockFile("turns-of-others"), lines: map[string]storage.TurnLine{}}
}

// TakeTurn takes a turn as the database does.
func (l *loneTurns) TakeTurn(ctx context.Context, name string, gap time.Duration, group string, groupGap time.Duration) (time.Duration, bool, error) {
	l.mu.Lock()
	alone, err := l.alone()
	if err == nil && !alone && l.lone && !l.moved {
		err = l.move(ctx)
	}
	if err == nil && alone {
		defer l.mu.Unlock()
		l.moved = false
		wait, taken := l.take(name, gap, group, groupGap)
		return wait, taken, nil
	}
	if err != nil || !l.lone {
		l.mu.Unlock()
		if err != nil {
			return 0, false, err
		}
		return l.db.TakeTurn(ctx, name, gap, group, groupGap)
	}
	defer l.mu.Unlock() // so that nobody takes from memory before this is noted
	wait, taken, err := l.db.TakeTurn(ctx, name, gap, group, groupGap)
	if err == nil && taken {
		l.note(name, gap)
		if group != "" {
			l.note(group, groupGap)
		}
	}
	return wait, taken, err
}

// take takes a turn from memory.
func (l *loneTurns) take(name string, gap time.Duration, group string, groupGap time.Duration) (time.Duration, bool) {
	l.tidy()
	own, groups := l.lines[name], l.lines[group]
	of := &groups
	if group == "" {
		of = nil
	}
	wait, taken := storage.TakeTurnOf(time.Now().UnixMicro(), &own, gap.Microseconds(), of, groupGap.Microseconds())
	l.lines[name] = own
	if of != nil {
		l.lines[group] = groups
	}
	return time.Duration(wait) * time.Microsecond, taken
}

// note keeps a turn that was taken from the database.
func (l *loneTurns) note(name string, gap time.Duration) {
	l.tidy()
	line := l.lines[name]
	line.Next = max(line.Next, time.Now().UnixMicro()) + gap.Microseconds()
	l.lines[name] = line
}

func (l *loneTurns) tidy() {
	if len(l.lines) > 8192 {
		l.forget()
	}
}

func (l *loneTurns) forget() {
	now := time.Now().UnixMicro()
	for name, line := range l.lines {
		if line.Next < now && line.Last < now {
			delete(l.lines, name)
		}
	}
}

// move puts what memory has promised into the database: all or nothing, and
// what stands there already stays as it is. Who waits asks there again.
func (l *loneTurns) move(ctx context.Context) error {
	l.forget()
	next := map[string]time.Time{}
	for name, line := range l.lines {
		next[name] = time.UnixMicro(line.Next)
	}
	if err := l.db.KeepTurns(ctx, next); err != nil {
		return err
	}
	l.moved = true
	return nil
}

// alone says whether no other process asks for turns.
func (l *loneTurns) alone() (bool, error) {
	if l.held == nil {
		if err := l.enter(); err != nil {
			return false, err
		}
	}
	if !l.lone {
		return false, nil
	}
	f, err := os.OpenFile(l.others, os.O_RDWR, 0)
	if err != nil { // there is none, as usual
		return os.IsNotExist(err), nil
	}
	defer f.Close()
	free, err := lockFile(f)
	if err != nil || !free {
		return false, nil
	}
	_ = os.Remove(l.others) // left behind; one that stays is looked at again
	return true, nil
}

// enter takes the first file, else a share of the second.
func (l *loneTurns) enter() error {
	for {
		f, err := take(l.first, lockFile)
		if l.held, l.lone = f, f != nil; err != nil || l.lone {
			return err
		}
		if l.held, err = take(l.others, shareFile); err != nil || l.held != nil {
			return err
		} // the first one is just looking at it
	}
}

// take opens a file and takes its lock; nil when another process has it.
func take(path string, lock func(*os.File) (bool, error)) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if got, err := lock(f); err != nil || !got || !still(f, path) {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// end lets the files go; the process may end without it.
func (l *loneTurns) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	path := l.others
	if l.lone {
		path = l.first
	}
	if l.held != nil {
		letGo(l.held, path)
		l.held, l.lone = nil, false
	}
}
