package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// While a process runs a sweep it holds the lock of a file beside the
// database. It is how another one knows for certain whether a sweep that is
// said to be running was cut short: on SQLite, which lives on one machine. On
// PostgreSQL a sweep may run on any machine, and nothing is said.

// lockPath is the file of a sweep; "" where there is none.
func (a *app) lockPath(sweep int64) string { return a.lockFile(fmt.Sprintf("sweep-%d", sweep)) }

// lockFile is the file that stands for some work; "" where there is none.
func (a *app) lockFile(work string) string {
	path, ok := strings.CutPrefix(a.settings.db, "sqlite:")
	if !ok || !locksWork || path == "" || strings.Contains(path, ":memory:") {
		return ""
	}
	path, _, _ = strings.Cut(path, "?")
	return path + "." + work + ".lock"
}

// hold takes a sweep for this process and gives how it is let go. A sweep
// that another process runs is refused.
func (a *app) hold(sweep int64) (release func(), err error) {
	path := a.lockPath(sweep)
	if path == "" {
		return func() {}, nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	for range 20 { // who only asks holds the lock for a moment
		if got, err := lockFile(f); err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
		} else if got {
			return func() {
				_ = os.Remove(path) // one that stays is empty and held by nobody
				_ = f.Close()       // nothing was written
			}, nil
		}
		select {
		case <-a.ctx.Done():
			return nil, errors.Join(a.ctx.Err(), f.Close())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil, errors.Join(&govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("第%d次检查正由另一个程序运行，请等它结束", sweep)}, f.Close())
}

// cutShort says that a sweep is said to be running and that no process runs it.
func (a *app) cutShort(s *govsweep.Sweep) bool {
	path := a.lockPath(s.ID)
	if path == "" || s.State != govsweep.SweepRunning {
		return false
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil {
		return false
	}
	defer f.Close()
	free, err := lockFile(f)
	return err == nil && free
}

// tellCutShort says of the sweeps that were cut short how they go on.
func (a *app) tellCutShort(sweeps []govsweep.Sweep) {
	for i := range sweeps {
		s := &sweeps[i]
		switch {
		case !a.cutShort(s):
		case s.Kind == govsweep.RetestSweep:
			fmt.Fprintf(a.stderr, "第%d次检查（复查）已中断，没有改变任何问题的状态，请重新复查。\n", s.ID)
		default:
			fmt.Fprintf(a.stderr, "第%d次检查已中断，可用“govsweep sweep resume %d”继续。\n", s.ID, s.ID)
		}
	}
}
