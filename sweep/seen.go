package sweep

// seen is the set of addresses a run knows: eight bytes each, whatever the
// length of the address. The low bits of a slot hold the best spelling and
// rank under which the address was discovered, so that a better one is told
// from a repeat. It is owned by one goroutine.
type seen struct {
	slots []uint64 // hash in the high bits, grade in the low seven; 0 = free
	used  int
}

const gradeBits = 7

// grade packs rank (0–15) and spelling (0–3): lower is better. One is added
// so that no used slot is 0.
func grade(rank, form int) uint64 { return uint64(rank)<<2 | uint64(form)&3 }

func newSeen() *seen { return &seen{slots: make([]uint64, 1<<10)} }

// add notes an address and says whether it is new, or known under a worse
// grade only.
func (s *seen) add(key uint64, rank, form int) (fresh, better bool) {
	if 4*s.used >= 3*len(s.slots) {
		s.grow()
	}
	hash, g := key>>gradeBits|1<<(63-gradeBits), grade(rank, form)
	i := s.find(hash)
	if s.slots[i] == 0 {
		s.slots[i] = hash<<gradeBits | g
		s.used++
		return true, false
	}
	if g >= s.slots[i]&(1<<gradeBits-1) {
		return false, false
	}
	s.slots[i] = hash<<gradeBits | g
	return false, true
}

// rank gives the best rank under which an address is known.
func (s *seen) rank(key uint64) (rank int, known bool) {
	v := s.slots[s.find(key>>gradeBits|1<<(63-gradeBits))]
	return int(v & (1<<gradeBits - 1) >> 2), v != 0
}

// find gives the slot of hash, or the free one where it belongs.
func (s *seen) find(hash uint64) int {
	mask := len(s.slots) - 1
	i := int(hash) & mask
	for s.slots[i] != 0 && s.slots[i]>>gradeBits != hash {
		i = (i + 1) & mask
	}
	return i
}

func (s *seen) grow() {
	old := s.slots
	s.slots = make([]uint64, 2*len(old))
	for _, v := range old {
		if v != 0 {
			s.slots[s.find(v>>gradeBits)] = v
		}
	}
}

// len counts the addresses.
func (s *seen) len() int { return s.used }
