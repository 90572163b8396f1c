//go:build !unix

package storage_test

import (
	"testing"
	"time"
)

func cpuTime() time.Duration { return 0 }

func perRow(b *testing.B, _ time.Duration, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rows)/1000, "µs/row")
}
