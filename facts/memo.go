package facts

// memo keeps what was found for the last few strings of a page: a template
// repeats its classes and styles on every row.
type memo[T any] struct {
	keys   [32]string
	values [32]T
}

func (m *memo[T]) of(key string, find func(string) T) T {
	if key == "" {
		return find(key)
	}
	i := (len(key)*7 + int(key[len(key)-1]) + int(key[len(key)/2])*3) & 31
	if m.keys[i] != key {
		m.keys[i], m.values[i] = key, find(key)
	}
	return m.values[i]
}

func styleHides(style string) bool { return HidingStyle(style) != "" }

func namedRegion(name string) Region { return regionWord(lower(name)) }
