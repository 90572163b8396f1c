//go:build !linux && !darwin

package schedule

// DiskFree gives the bytes free for us on the disk of a directory: on this
// system they are not known.
func DiskFree(string) (uint64, bool) { return 0, false }
