// Package raced lets tests that measure size do with a smaller one under the
// race detector, which makes them five to ten times slower and shows nothing
// more at the full size. The full size is what `make test` runs.
package raced

// Less gives n, or a tenth of it under the race detector.
func Less(n int) int {
	if On {
		return max(n/10, 1)
	}
	return n
}
