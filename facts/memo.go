package facts

import (
	"hash/maphash"
	"strings"
)

// memo keeps what was found for strings that come again and again: a template
// repeats its classes and styles on every row, and a site its template on
// every page. It lives as long as the memory pages are read into, so it is
// bounded and holds copies: no page stays alive through it. What is found
// depends on the string alone, so nothing shows of what was read before.
type memo[T any] struct {
	seed   maphash.Seed
	keys   [memoSize]string
	values [memoSize]T
}

const (
	memoSize = 256 // a power of two
	memoKey  = 128 // longer strings are not kept
)

func newMemo[T any]() *memo[T] { return &memo[T]{seed: maphash.MakeSeed()} }

func (m *memo[T]) of(key string, find func(string) T) T {
	if key == "" || len(key) > memoKey {
		return find(key)
	}
	i := maphash.String(m.seed, key) & (memoSize - 1)
	if m.keys[i] != key {
		m.keys[i], m.values[i] = strings.Clone(key), find(key)
	}
	return m.values[i]
}

func styleHides(style string) bool { return HidingStyle(style) != "" }

func namedRegion(name string) Region { return regionWord(lower(name)) }
