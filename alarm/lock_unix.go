//go:build unix

package alarm

import (
	"os"
	"syscall"
)

// lock waits for the lock of a path, which is held for milliseconds; without
// one (the disk is full) the change goes on alone.
func lock(path string) (unlock func()) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return func() {}
	}
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_EX) // where files cannot be locked it goes on alone
	return func() { _ = f.Close() }                 // which also unlocks
}
