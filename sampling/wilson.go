package sampling

import "math"

// z is the quantile of the normal distribution for 95% on both sides.
const z = 1.959963984540054

// Wilson gives the 95% Wilson score interval of a share of hits in n. For n
// of 0 or less nothing is known: 0 and 1. hits are held within 0 and n.
func Wilson(hits, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	hits = min(max(hits, 0), n)
	size := float64(n)
	p := float64(hits) / size
	centre := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	low, high = max(centre-half, 0), min(centre+half, 1)
	switch hits { // exact at the ends, where rounding would leave a trace
	case 0:
		low = 0
	case n:
		high = 1
	}
	return low, high
}
