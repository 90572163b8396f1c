//go:build linux || darwin

package main

import "syscall"

// diskFree gives the bytes free for us on the disk of a directory.
func diskFree(dir string) (uint64, bool) {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}
