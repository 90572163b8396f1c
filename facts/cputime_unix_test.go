//go:build unix

package facts

import (
	"syscall"
	"time"
)

// cpuTime gives the processor time this process has used: a busy machine does not lengthen it.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
