package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// While processes run a sweep they hold the lock of a file beside the
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
func (a *app) hold(sweep int64) (release func(), err error) { return a.take(sweep, lockFile) }

// share takes a sweep together with other processes that share it.
func (a *app) share(sweep int64) (release func(), err error) { return a.take(sweep, shareFile) }

func (a *app) take(sweep int64, lock func(*os.File) (bool, error)) (release func(), err error) {
	path := a.lockPath(sweep)
	if path == "" {
		return func() {}, nil
	}
	for range 20 { // who only asks holds the lock for a moment
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", path, err)
		}
		got, err := lock(f)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
		}
		if got && still(f, path) {
			return func() { letGo(f, path) }, nil
		}
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("close %s: %w", path, err)
		}
		select {
		case <-a.ctx.Done():
			return nil, a.ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("第%d次检查正由另一个程序运行，请等它结束", sweep)}
}

// still says whether an open file is the one that stands under its name: who
// held it last may have removed it.
func still(f *os.File, path string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(held, named)
}

// letGo closes a file that is held, and removes it when nobody shares it.
func letGo(f *os.File, path string) {
	if alone, err := lockFile(f); err == nil && alone {
		_ = os.Remove(path) // one that stays is empty and held by nobody
	}
	_ = f.Close() // nothing was written
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

// tellCutShort says of the sweeps that were cut short how they go on. Those of
// a schedule under way were not: serve and work go on with them by themselves.
func (a *app) tellCutShort(db *storage.DB, sweeps []govsweep.Sweep) error {
	runs, err := db.OpenScheduleRuns(a.ctx)
	if err != nil {
		return err
	}
	for i := range sweeps {
		s := &sweeps[i]
		switch {
		case !a.cutShort(s), slices.ContainsFunc(runs, func(r govsweep.ScheduleRun) bool { return r.Sweep == s.ID }):
		case s.Kind == govsweep.RetestSweep:
			fmt.Fprintf(a.stderr, "第%d次检查（复查）已中断，没有改变任何问题的状态，请重新复查。\n", s.ID)
		default:
			fmt.Fprintf(a.stderr, "第%d次检查已中断，可用“govsweep sweep resume %d”继续。\n", s.ID, s.ID)
		}
	}
	return nil
}
