//go:build unix

package storage_test

import (
	"syscall"
	"testing"
	"time"
)

// cpuTime is what this process has used. The work of a PostgreSQL server is
// not in it.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func perRow(b *testing.B, began time.Duration, rows int) {
	b.ReportMetric(float64((cpuTime()-began).Nanoseconds())/float64(rows)/1000, "cpu-µs/row")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rows)/1000, "µs/row")
}
