//go:build !race

package facts

const raceSlowness = 1
