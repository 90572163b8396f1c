package sweep

import (
	"math/rand/v2"
	"testing"
)

func TestSeenTellsNewFromRepeatFromBetter(t *testing.T) {
	s := newSeen()
	if fresh, _ := s.add(7, 5, 1); !fresh {
		t.Error("the first time is not new")
	}
	if fresh, better := s.add(7, 5, 1); fresh || better {
		t.Error("a repeat is new or better")
	}
	if fresh, better := s.add(7, 2, 1); fresh || !better {
		t.Error("a better rank is not told")
	}
	if _, better := s.add(7, 5, 0); better {
		t.Error("a worse rank counts as better for its spelling")
	}
	if _, better := s.add(7, 2, 0); !better {
		t.Error("a better spelling of the same rank is not told")
	}
}

func TestSeenHoldsAMillionAddresses(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s := newSeen()
	keys := make([]uint64, 1_000_000)
	for i := range keys {
		keys[i] = r.Uint64()
		s.add(keys[i], i%10, i%4)
	}
	for i, k := range keys {
		if fresh, better := s.add(k, i%10, i%4); fresh || better {
			t.Fatalf("key %d is not known any more", i)
		}
	}
	if s.len() != len(keys) {
		t.Errorf("%d addresses, want %d", s.len(), len(keys))
	}
	if perKey := float64(8*len(s.slots)) / float64(len(keys)); perKey > 24 {
		t.Errorf("%.0f bytes an address", perKey)
	}
}

func BenchmarkSeenRepeat(b *testing.B) {
	s := newSeen()
	for i := range uint64(100_000) {
		s.add(i*0x9e3779b97f4a7c15, 5, 0)
	}
	for i := uint64(0); b.Loop(); i++ {
		s.add(i%100_000*0x9e3779b97f4a7c15, 5, 0)
	}
}
