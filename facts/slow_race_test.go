//go:build race

package facts

// raceSlowness is what the race detector costs on these pages.
const raceSlowness = 6
