package probe

import "syscall"

// setSegment makes a socket announce the largest TCP segment it takes.
func setSegment(fd uintptr, bytes int) error {
	return syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, bytes)
}
