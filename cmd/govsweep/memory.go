package main

import (
	"os"
	"runtime/debug"
)

// What the heap may take before it is collected more often. Most of a run's
// heap is pages being read, which come and go: without a limit a busy moment
// lets it grow to twice what is alive, and the peak is a matter of luck.
const (
	memoryOfOne  = 72 << 20 // one site, at any number of pages
	memoryOfMore = 32 << 20 // each further site at the same time
)

// limitMemory keeps the peak of a run of so many sites at a time steady,
// unless the user said otherwise by GOMEMLIMIT.
func limitMemory(sites int) {
	if !keepsMemory() {
		debug.SetMemoryLimit(memoryOfOne + memoryOfMore*int64(max(sites-1, 0)))
	}
}

// keepsMemory says that the user has set the limit.
func keepsMemory() bool { return os.Getenv("GOMEMLIMIT") != "" }
