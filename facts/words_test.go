package facts

import (
	"math/rand/v2"
	"testing"
)

// The quick way over a word ends where the byte-by-byte way does, whatever the bytes.
func TestWordsEndAtTheSameSpaces(t *testing.T) {
	slow := func(s string) int {
		i := 0
		for i < len(s) && s[i] > ' ' && spaceRune(s[i:]) == 0 {
			i++
		}
		return i
	}
	pieces := []string{"甲", "　", "\u00a0", "\u2003", "\ufeff", "。", "，", "a", " ", "\xe3", "\x80", "\xe2\x80", "\xef\xbb", "\xc2", "𠀀", "\u1820", "\xe4\xb8", "\n", "\x00"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		s := ""
		for range r.IntN(8) {
			s += pieces[r.IntN(len(pieces))]
		}
		if got, want := wordLen(s), slow(s); got != want {
			t.Fatalf("wordLen(%q) = %d, want %d", s, got, want)
		}
	}
}
