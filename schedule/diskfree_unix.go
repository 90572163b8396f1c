//go:build linux || darwin

package schedule

import "syscall"

// DiskFree gives the bytes free for us on the disk of a directory; not ok when
// that is not known.
func DiskFree(dir string) (uint64, bool) {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}
