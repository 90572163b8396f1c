//go:build !unix

package main

import "runtime"

// cpuSeconds is not known on this system.
func cpuSeconds() float64 { return 0 }

// peakRSSMB is what the runtime took from the system; near the resident size.
func peakRSSMB() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / (1 << 20)
}
