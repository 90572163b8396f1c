package sketch

// counters count, for each of 64 bits, how many hashes had it set. Eight
// counters of a byte lie in one word, so that a hash costs eight additions
// instead of sixty-four; full bytes are emptied into the sums.
type counters struct {
	bytes [8]uint64 // word i: the counters of bits i, i+8, i+16 …
	held  int       // hashes since the bytes were emptied
	sums  [64]uint32
	total uint32
}

const everyEighth = 0x0101010101010101

func (c *counters) add(h uint64) {
	for i := range c.bytes {
		c.bytes[i] += h >> i & everyEighth
	}
	if c.held++; c.held == 255 {
		c.empty()
	}
}

func (c *counters) empty() {
	for i, word := range c.bytes {
		for j := range 8 {
			c.sums[i+8*j] += uint32(word >> (8 * j) & 0xFF)
		}
		c.bytes[i] = 0
	}
	c.total += uint32(c.held)
	c.held = 0
}

// majority sets every bit that more than half of the hashes had.
func (c *counters) majority() uint64 {
	c.empty()
	var out uint64
	for i, n := range c.sums {
		if 2*n > c.total {
			out |= 1 << i
		}
	}
	return out
}
