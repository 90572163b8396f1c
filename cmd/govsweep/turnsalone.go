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
	held  *os.File             // nil: none is held yet
	lone  bool                 // we are the first
	moved bool                 // what memory promised stands in the database
	next  map[string]time.Time // also of turns from the database: they count when we are alone again
}

// turnStore is where the turns of this process come from.
func (a *app) turnStore(db *storage.DB) schedule.TurnStore {
	path := a.lockFile("turns")
	if path == "" {
		return db
	}
	return &loneTurns{db: db, first: path, others: a.lockFile("turns-of-others"), next: map[string]time.Time{}}
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
		l.note(time.Now().Add(wait), name, gap, group, groupGap)
	}
	return wait, taken, err
}

// take takes a turn from memory.
func (l *loneTurns) take(name string, gap time.Duration, group string, groupGap time.Duration) (time.Duration, bool) {
	now := time.Now()
	at, from := maxTime(l.next[name], now), now
	if group != "" {
		from = maxTime(l.next[group], now)
		if at.After(from) {
			return at.Sub(now), false
		}
		at = from
	}
	l.note(at, name, gap, group, groupGap)
	l.moved = false
	return at.Sub(now), true
}

// note keeps a turn that was taken.
func (l *loneTurns) note(at time.Time, name string, gap time.Duration, group string, groupGap time.Duration) {
	if len(l.next) > 8192 {
		l.forget()
	}
	l.next[name] = at.Add(gap)
	if group != "" {
		l.next[group] = at.Add(groupGap)
	}
}

func (l *loneTurns) forget() {
	for name, next := range l.next {
		if next.Before(time.Now()) {
			delete(l.next, name)
		}
	}
}

// move puts what memory has promised into the database: all or nothing, and
// what stands there already stays as it is.
func (l *loneTurns) move(ctx context.Context) error {
	l.forget()
	if err := l.db.KeepTurns(ctx, l.next); err != nil {
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

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
