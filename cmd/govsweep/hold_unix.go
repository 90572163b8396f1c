//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the lock of an open file without waiting; false when another
// process has it. The lock ends with the process, however that ends.
func lockFile(f *os.File) (bool, error) { return flock(f, syscall.LOCK_EX) }

// shareFile takes it together with others that share it.
func shareFile(f *os.File) (bool, error) { return flock(f, syscall.LOCK_SH) }

func flock(f *os.File, how int) (bool, error) {
	err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// locksWork says that a lock that is free proves that no process holds it.
const locksWork = true
